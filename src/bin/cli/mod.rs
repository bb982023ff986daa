//! `descent-lab trace`, `export`, `render` and `list`.

mod export;
mod help;
mod links;
mod listing;
mod render;
mod training;

use descent_lab::export::{check, files};
use descent_lab::link::Link;
use descent_lab::run::status::explain;
use descent_lab::run::{RunSpec, Status, Trace, trace};
use help::{HELP, USAGE};
use lexopt::prelude::{Long, Short, Value};
use lexopt::{Arg, ValueExt};
use links::{read_link, read_words};
use std::ffi::OsStr;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

/// The status where the runs of a link are not what its check says.
const CHECK_FAILED: u8 = 3;

/// A line for standard error, and exit status 2.
struct Usage(String);

impl From<lexopt::Error> for Usage {
    fn from(error: lexopt::Error) -> Self {
        Self(error.to_string())
    }
}

/// What a command has to say: on standard output, and with its status.
struct Answer {
    text: String,
    status: u8,
}

impl From<String> for Answer {
    fn from(text: String) -> Self {
        Self { text, status: 0 }
    }
}

impl From<&str> for Answer {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// Runs the command line.
pub fn main() -> ExitCode {
    match run() {
        Ok(answer) => print(&answer),
        Err(Usage(message)) => {
            eprintln!("descent-lab: {message}");
            ExitCode::from(2)
        }
    }
}

/// Prints; a reader that went away (`| head`) is no failure.
fn print(answer: &Answer) -> ExitCode {
    match std::io::stdout().lock().write_all(answer.text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            eprintln!("descent-lab: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::from(answer.status),
    }
}

/// A command: takes the arguments after it.
type Command = fn(lexopt::Parser) -> Result<Answer, Usage>;

const COMMANDS: [(&str, Command); 4] = [
    ("trace", trace_command),
    ("export", export::export_command),
    ("render", render::render_command),
    ("list", listing::list_command),
];

fn command(word: &OsStr) -> Result<Command, Usage> {
    COMMANDS.iter().find(|(name, _)| word == *name).map(|(_, command)| *command).ok_or_else(|| {
        let known: Vec<&str> = COMMANDS.iter().map(|(name, _)| *name).collect();
        Usage(format!("there is no command {}: {}", word.to_string_lossy(), known.join(", ")))
    })
}

fn run() -> Result<Answer, Usage> {
    let mut parser = lexopt::Parser::from_env();
    match parser.next()? {
        None => Err(Usage(format!("there is no command\n{USAGE}"))),
        Some(Short('h') | Long("help")) => Ok(HELP.into()),
        Some(Short('V') | Long("version")) => {
            Ok(concat!("descent-lab ", env!("CARGO_PKG_VERSION"), "\n").into())
        }
        Some(Value(word)) if word == "help" => help_command(parser),
        Some(Value(word)) => command(&word)?(parser),
        Some(other) => Err(other.unexpected().into()),
    }
}

/// The same help for every command, if there is such a one.
fn help_command(mut parser: lexopt::Parser) -> Result<Answer, Usage> {
    match parser.next()? {
        None | Some(Short('h') | Long("help")) => {}
        Some(Value(word)) => {
            command(&word)?;
        }
        Some(other) => return Err(other.unexpected().into()),
    }
    match parser.next()? {
        None => Ok(HELP.into()),
        Some(other) => Err(other.unexpected().into()),
    }
}

/// Writes a file, and says on standard error that it did.
fn write_file(path: &Path, bytes: &[u8], quiet: bool) -> Result<Answer, Usage> {
    std::fs::write(path, bytes).map_err(|error| Usage(format!("{}: {error}", path.display())))?;
    if !quiet {
        eprintln!("descent-lab: wrote {}, {} bytes", path.display(), bytes.len());
    }
    Ok("".into())
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
        Some(fragment) => read_link(&fragment)?,
        None => read_words(words)?,
    };
    Ok(Some((link, options)))
}

/// The options that are no words of links, joined.
fn known(switches: &[&str], others: &[&str]) -> String {
    [switches, others].concat().join(", --")
}

fn trace_command(parser: lexopt::Parser) -> Result<Answer, Usage> {
    let Some((link, options)) = read_options(parser, &["check"], &["format"], |_, _| false)? else {
        return Ok(HELP.into());
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
    let mut status = 0;
    if seal || !link.check.is_empty() {
        let now = check::of(&link.config);
        if seal {
            return Ok(format!("#{}\n", Link { check: check::write(&now), ..link }.write()).into());
        }
        if let Some(message) = check::differs(&link, &now) {
            eprintln!("descent-lab: check: {message}");
            status = CHECK_FAILED;
        }
    }
    Ok(Answer { text: traced(&link, output), status })
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
