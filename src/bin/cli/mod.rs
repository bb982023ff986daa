//! `descent-lab trace`, `export`, `render` and `list`.

mod export;
mod listing;
mod render;
mod training;

use descent_lab::export::{check, files};
use descent_lab::link::{Link, Reader};
use descent_lab::network;
use descent_lab::run::status::explain;
use descent_lab::run::{RunSpec, Status, Trace, trace};
use lexopt::prelude::{Long, Short, Value};
use lexopt::{Arg, ValueExt};
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

const HELP: &str = "\
Optimizers on loss surfaces, the same bits as on the page.

  descent-lab trace --surface rosenbrock --start=-1.5,2 --steps 120 \\
                    --run 'adam:lr=0.05,beta2=0.97' [--run …] [--edit 1@60:lr=0.01]
                    [--seed 7] [--noise 0.1] [--format csv|json]
  descent-lab trace --link '#v=1&surface=…&run=…'      what a link of the page shows
  descent-lab trace --link '…' --check   the link with what its runs come to (check=), in place of the traces
  descent-lab trace --surface 'custom(a=2)' --f 'x^2 + a y^4' --run adam   a function of your own
  descent-lab trace --surface beale --transform rotate=30,scale_x=2 --run sgd   turned, scaled; also shift_x, tilt_x …
  descent-lab trace --problem 'matrix_lsq(k=4)' --run muon   a matrix in place of a surface, with a start of its own
  descent-lab trace --network 8-8 --data 'spiral(noise=0.1)' --run adam:lr=0.01,batch=16   trains a network
  descent-lab render --link '#v=1&…' --out fig.svg|fig.png [--what stage|charts|both] [--size 800x600]
                     [--theme light|dark|print|projector] [--frame paper|page] [--step 120] [--open 1]
                     [--scale 2]      what a link shows, as a figure; --surface, --run and all other words of links
                                      instead of --link; --frame page is the stage from edge to edge, as the page has it
  descent-lab export --link '#…' --to pytorch|optax|numpy|csv|json [--run N] [--out FILE]
                                                       a run as a Python script that checks itself against ours
  descent-lab list [surfaces|problems|optimizers|schedules|modifiers] [--format text|json]

What a link says of runs is an option of the same name (all words: --link). csv has the header
run,step,x,y,loss,grad_norm,lr,evaluations and a row a step; on a matrix, x0,x1,… row after row in place of
x,y; on a network run,step,loss,test_loss,accuracy,test_accuracy,batch_loss,grad_norm,lr,evaluations, where
what is measured only now and then is empty in between; json has its final weights. Where a link has a check= that
its runs do not meet any more, that goes to standard error. A run that diverged ends with its last finite row, and the reason goes to standard error.

  -h, --help       this text
  -V, --version    the version
";

/// A line for standard error, and exit status 2.
struct Usage(String);

impl From<lexopt::Error> for Usage {
    fn from(error: lexopt::Error) -> Self {
        Self(error.to_string())
    }
}

/// Runs the command line.
pub fn main() -> ExitCode {
    match run() {
        Ok(text) => print(&text),
        Err(Usage(message)) => {
            eprintln!("descent-lab: {message}");
            ExitCode::from(2)
        }
    }
}

/// Prints; a reader that went away (`| head`) is no failure.
fn print(text: &str) -> ExitCode {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            eprintln!("descent-lab: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

fn run() -> Result<String, Usage> {
    let mut parser = lexopt::Parser::from_env();
    match parser.next()? {
        Some(Short('h') | Long("help")) | None => Ok(HELP.to_owned()),
        Some(Short('V') | Long("version")) => {
            Ok(concat!("descent-lab ", env!("CARGO_PKG_VERSION"), "\n").to_owned())
        }
        Some(Value(command)) if command == "trace" => trace_command(parser),
        Some(Value(command)) if command == "export" => export::export_command(parser),
        Some(Value(command)) if command == "render" => render::render_command(parser),
        Some(Value(command)) if command == "list" => listing::list_command(parser),
        Some(Value(command)) => {
            let command = command.to_string_lossy();
            Err(Usage(format!("there is no command {command}: trace, export, render, list")))
        }
        Some(other) => Err(other.unexpected().into()),
    }
}

/// What is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Json,
    Text,
}

fn format(parser: &mut lexopt::Parser, allowed: &[(&str, Format)]) -> Result<Format, Usage> {
    let word = parser.value()?.string()?;
    chosen("format", &word, allowed)
}

/// What a word stands for, as the value of an option.
fn chosen<T: Copy>(option: &str, word: &str, allowed: &[(&str, T)]) -> Result<T, Usage> {
    allowed.iter().find(|(key, _)| *key == word).map(|(_, f)| *f).ok_or_else(|| {
        let known: Vec<&str> = allowed.iter().map(|(key, _)| *key).collect();
        Usage(format!("--{option}: {word} is not one of {}", known.join(", ")))
    })
}

/// The words of links that are options of the same name.
const WORDS: [&str; 15] = [
    "surface",
    "f",
    "transform",
    "problem",
    "network",
    "data",
    "formula",
    "points",
    "start",
    "steps",
    "seed",
    "noise",
    "run",
    "edit",
    "view",
];

/// What is asked for: a link, and options that are no words of it. None where only help is wanted.
type Asked = Option<(Link, Vec<(String, String)>)>;

/// Reads options: `--link`, the words of links, and these besides: `switches` have no value, `others` have one. Of `own` one may say that it takes a word's option for itself.
fn read_options(
    mut parser: lexopt::Parser,
    switches: &[&'static str],
    others: &[&'static str],
    own: impl Fn(&str, &str) -> bool,
) -> Result<Asked, Usage> {
    let mut words: Vec<(String, String)> = Vec::new();
    let mut options: Vec<(String, String)> = Vec::new();
    let mut link = None;
    while let Some(arg) = parser.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(None),
            Long(key) if switches.contains(&key) => options.push((key.to_owned(), String::new())),
            Long("link") => link = Some(parser.value()?.string()?),
            Long(key) if WORDS.contains(&key) || others.contains(&key) => {
                let key = key.to_owned();
                let value = parser.value()?.string()?;
                let is_other = others.contains(&key.as_str()) || own(&key, &value);
                if is_other { &mut options } else { &mut words }.push((key, value));
            }
            Arg::Long(key) => {
                return Err(Usage(format!(
                    "there is no option --{key}: --{}, --link, --{}",
                    WORDS.join(", --"),
                    known(switches, others)
                )));
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let link = match link {
        Some(_) if !words.is_empty() => {
            let others = known(switches, others);
            return Err(Usage(format!("--link says everything; it goes with --{others} alone")));
        }
        Some(fragment) => read_link(&fragment),
        None => read_words(words)?,
    };
    Ok(Some((link, options)))
}

/// The options that are no words of links, joined.
fn known(switches: &[&str], others: &[&str]) -> String {
    [switches, others].concat().join(", --")
}

fn trace_command(parser: lexopt::Parser) -> Result<String, Usage> {
    let Some((link, options)) = read_options(parser, &["check"], &["format"], |_, _| false)? else {
        return Ok(HELP.to_owned());
    };
    let mut output = Format::Csv;
    let mut seal = false;
    for (key, word) in options {
        if key == "check" {
            seal = true;
        } else {
            output = chosen("format", &word, &[("csv", Format::Csv), ("json", Format::Json)])?;
        }
    }
    if seal || !link.check.is_empty() {
        let now = check::of(&link.config);
        if seal {
            return Ok(format!("#{}\n", Link { check: check::write(&now), ..link }.write()));
        }
        if let Some(message) = check::differs(&link, &now) {
            eprintln!("descent-lab: check: {message}");
        }
    }
    Ok(traced(&link, output))
}

/// The traces of all runs of a link.
fn traced(link: &Link, output: Format) -> String {
    if link.config.network.is_some() {
        return training::render(&link.config, output);
    }
    let runs: Vec<(RunSpec, Trace)> = (0..link.config.runs.len())
        .map(|i| link.config.run_spec(i))
        .map(|spec| {
            let trace = trace(&spec);
            (spec, trace)
        })
        .collect();
    render(&runs, output)
}

/// A link shows what it can, and so does this; what was left out is told on standard error.
fn read_link(fragment: &str) -> Link {
    let fragment = fragment.split_once('#').map_or(fragment, |(_, after)| after);
    let (link, notices) = Link::read(fragment);
    for notice in notices {
        eprintln!("descent-lab: {notice}");
    }
    link
}

/// Options are what somebody meant just now: the first that is wrong ends it.
fn read_words(mut words: Vec<(String, String)>) -> Result<Link, Usage> {
    if !words.iter().any(|(key, _)| key == "run") {
        return Err(Usage("--run is missing, for example --run 'adam:lr=0.05'".to_owned()));
    }
    // The surface brings its own start, so it is read first.
    words.sort_by_key(|(key, _)| key != "surface");
    let mut reader = Reader::default();
    let (of_network, words): (Vec<_>, Vec<_>) =
        words.into_iter().partition(|(key, _)| network::WORDS.contains(&key.as_str()));
    if !of_network.is_empty() {
        let words: Vec<String> = of_network.iter().map(|(key, value)| format!("{key}={value}")).collect();
        reader.network(&words.join("&"));
    }
    for (key, value) in &words {
        reader.word(key, value);
    }
    let (link, notices) = reader.finish();
    match notices.first() {
        Some(notice) => Err(Usage(format!("--{notice}"))),
        None => Ok(link),
    }
}

fn render(runs: &[(RunSpec, Trace)], output: Format) -> String {
    for (i, (spec, trace)) in (1..).zip(runs) {
        if matches!(trace.status, Status::Diverged { .. }) {
            eprintln!("descent-lab: run {i} ({}): {}", spec.settings.optimizer.key, explain(spec, trace));
        }
    }
    if output == Format::Json { files::traces_json(runs) } else { files::traces_csv(runs) }
}

fn pretty(value: &serde_json::Value) -> String {
    files::pretty(value)
}
