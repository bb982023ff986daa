//! `descent-lab export`: a run as a script in Python, or its numbers.

use super::{Answer, Format, HELP, Usage, chosen, read_options, traced, write_file};
use descent_lab::export::code::{Flavour, script};
use descent_lab::link::Link;
use std::path::Path;

/// What it is exported to.
#[derive(Clone, Copy)]
enum To {
    Code(Flavour),
    Numbers(Format),
}

const TO: [(&str, To); 5] = [
    ("pytorch", To::Code(Flavour::Pytorch)),
    ("optax", To::Code(Flavour::Optax)),
    ("numpy", To::Code(Flavour::Numpy)),
    ("csv", To::Numbers(Format::Csv)),
    ("json", To::Numbers(Format::Json)),
];

/// Writes one run of a link, or of options, in the wanted form.
pub fn export_command(parser: lexopt::Parser) -> Result<Answer, Usage> {
    // `--run 2` is one of the runs, `--run adam` is a run.
    let is_number = |key: &str, value: &str| key == "run" && value.bytes().all(|b| b.is_ascii_digit());
    let Some((mut link, options)) = read_options(parser, &["quiet"], &["to", "out"], is_number)? else {
        return Ok(HELP.into());
    };
    let (mut to, mut out, mut run, mut quiet) = (None, None, None, false);
    for (key, value) in options {
        match key.as_str() {
            "to" => to = Some(chosen("to", &value, &TO)?),
            "quiet" => quiet = true,
            "out" => out = Some(value),
            _ => run = Some(value),
        }
    }
    let known: Vec<&str> = TO.iter().map(|(key, _)| *key).collect();
    let to = to.ok_or_else(|| Usage(format!("--to is missing: {}", known.join(", "))))?;
    if let Some(run) = &run {
        pick(&mut link, run)?;
    }
    let text = match to {
        To::Numbers(format) => traced(&link, format),
        To::Code(flavour) => code(&link, flavour)?,
    };
    match out {
        None => Ok(text.into()),
        Some(path) => write_file(Path::new(&path), text.as_bytes(), quiet),
    }
}

/// Leaves only the run with this number in the link.
fn pick(link: &mut Link, run: &str) -> Result<(), Usage> {
    let count = link.config.runs.len();
    let index = run.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).filter(|i| *i < count);
    let index = index.ok_or_else(|| Usage(format!("--run: there is no run {run}; there are {count}")))?;
    let run = link.config.runs.swap_remove(index);
    link.config.runs = vec![run];
    Ok(())
}

fn code(link: &Link, flavour: Flavour) -> Result<String, Usage> {
    match link.config.runs.len() {
        0 => Err(Usage("there is no run to export".to_owned())),
        1 => script(&link.config.run_spec(0), flavour).map_err(Usage),
        n => Err(Usage(format!(
            "a script is of one run, and there are {n}: choose one with --run 1 to --run {n}"
        ))),
    }
}
