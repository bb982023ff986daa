//! What every method, schedule and modifier is held to, as a table: for people (`docs/conformance.md`) and for the page
//! (`src/export/conformance.tsv`).

use super::held::{DEPARTURES, HELD};
use super::pycma;
use super::recorded::{Case, cases};
use super::run_text::settings;
use descent_lab::optim::{self, OptimizerSpec};
use descent_lab::param::find;
use descent_lab::run::Settings;
use descent_lab::{modifier, schedule};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What is compared, of what, under which convention, with which library: what a row of the table is about.
type About = (&'static str, &'static str, String, String);

/// What came out.
#[derive(Default)]
struct Row {
    version: String,
    runs: usize,
    functions: BTreeSet<String>,
    /// The smallest and the largest number of steps.
    steps: Option<(u64, u64)>,
    /// The largest difference; where minima are compared there is none.
    error: Option<f64>,
}

impl Row {
    fn take(&mut self, version: &str, on: &str, steps: Option<u64>, error: Option<f64>) {
        version.clone_into(&mut self.version);
        self.runs += 1;
        self.functions.insert(on.split('(').next().unwrap_or(on).to_owned());
        if let Some(n) = steps {
            let (low, high) = self.steps.unwrap_or((n, n));
            self.steps = Some((low.min(n), high.max(n)));
        }
        if let Some(e) = error {
            self.error = Some(self.error.unwrap_or(0.0).max(e));
        }
    }

    fn steps(&self) -> String {
        match self.steps {
            None => "–".to_owned(),
            Some((low, high)) if low == high => low.to_string(),
            Some((low, high)) => format!("{low}–{high}"),
        }
    }

    fn error(&self) -> String {
        self.error.map_or("–".to_owned(), up)
    }
}

/// A figure to one digit, rounded up: what it stays below.
fn up(error: f64) -> String {
    let text = format!("{error:e}");
    let (digits, power) = text.split_once('e').expect("an exponent");
    let (digits, power): (f64, i32) = (digits.parse().expect("digits"), power.parse().expect("a power"));
    match (digits.ceil(), power) {
        (0.0, _) => "0".to_owned(),
        (10.0, power) => format!("1e{}", power + 1),
        (digits, power) => format!("{digits}e{power}"),
    }
}

/// The word of the convention that these settings follow; empty where there is only one.
fn convention(settings: &Settings) -> String {
    let params = settings.optimizer.params;
    find(params, "convention").map(|i| params[i].format(settings.params[i])).unwrap_or_default()
}

/// All the conventions of a method.
fn conventions(spec: &OptimizerSpec) -> Vec<String> {
    let Some(p) = find(spec.params, "convention").map(|i| &spec.params[i]) else {
        return vec![String::new()];
    };
    let descent_lab::param::Scale::Choice(words) = p.scale else { panic!("{}: no choice", spec.key) };
    words.iter().map(|w| (*w).to_owned()).collect()
}

/// Everything that is compared with a library.
fn rows() -> BTreeMap<About, Row> {
    let mut rows: BTreeMap<About, Row> = BTreeMap::new();
    for case in &cases() {
        let Ok(settings) = settings(case.text("run")) else {
            continue;
        };
        let (library, _) = case.file.split_once('/').expect("a folder");
        let key = settings.optimizer.key;
        let mut take = |kind, key, convention: String, steps, error| {
            let row = rows.entry((kind, key, convention, library.to_owned())).or_default();
            row.take(&case.version, on(case), steps, error);
        };
        if case.compare() == "minimum" && case.minimum().is_ok() {
            take("minimum", key, convention(&settings), None, None);
        }
        let Ok((error, _)) = case.largest_error() else {
            continue;
        };
        let steps = case.row["steps"].as_u64();
        take("path", key, convention(&settings), steps, Some(error));
        if settings.schedule.spec.key != "constant" {
            take("schedule", settings.schedule.spec.key, String::new(), steps, Some(error));
        }
        for choice in &settings.modifiers {
            take("modifier", choice.spec.key, String::new(), steps, Some(error));
        }
    }
    for case in pycma::recorded() {
        let about = ("update", "cma_es", String::new(), "pycma".to_owned());
        let on = case["surface"].as_str().expect("a surface");
        let (error, _) = pycma::largest_error(&case);
        let steps = Some(pycma::GENERATIONS as u64);
        rows.entry(about).or_default().take(&pycma::version(), on, steps, Some(error));
    }
    rows
}

/// What the case is on: a surface or a matrix problem.
fn on(case: &Case) -> &str {
    case.row["problem"].as_str().unwrap_or(case.text("surface"))
}

/// Where a kind of thing stands in its registry.
fn place(kind: &str, key: &str) -> usize {
    let keys: Vec<&str> = match kind {
        "schedule" => schedule::ALL.iter().map(|s| s.key).collect(),
        "modifier" => modifier::ALL.iter().map(|s| s.key).collect(),
        _ => optim::ALL.iter().map(|s| s.key).collect(),
    };
    keys.iter().position(|k| *k == key).expect(key)
}

/// Both tables.
pub struct Tables {
    /// For people.
    pub markdown: String,
    /// For the page: tabs between kind, key, convention, library, version, runs, functions, steps and error; or between
    /// `held`, key, test and words.
    pub tsv: String,
    /// Methods with no row from a library.
    pub without: Vec<&'static str>,
}

/// Compares everything and writes the tables.
pub fn tables() -> Tables {
    let rows = rows();
    let mut sorted: Vec<_> = rows.iter().collect();
    // Within a kind in the order of the menus, and PyTorch before optax.
    sorted.sort_by_key(|((kind, key, convention, library), _)| {
        (*kind, place(kind, key), convention.clone(), std::cmp::Reverse(library.clone()))
    });
    let of = |kind: &str| sorted.iter().filter(|((k, ..), _)| *k == kind).copied().collect::<Vec<_>>();
    let mut tsv = String::new();
    for kind in ["path", "minimum", "update", "schedule", "modifier"] {
        for ((kind, key, convention, library), row) in of(kind) {
            let Row { version, runs, functions, .. } = row;
            let functions = functions.len();
            let fields = format!("{version}\t{runs}\t{functions}\t{}\t{}", row.steps(), row.error());
            writeln!(tsv, "{kind}\t{key}\t{convention}\t{library}\t{fields}").expect("written");
        }
    }
    for (key, test, words) in HELD {
        writeln!(tsv, "held\t{key}\t{test}\t{words}").expect("written");
    }
    let compared: BTreeSet<&str> = rows
        .keys()
        .filter(|(kind, ..)| ["path", "minimum", "update"].contains(kind))
        .map(|(_, key, ..)| *key)
        .collect();
    let without = optim::ALL.iter().map(|s| s.key).filter(|key| !compared.contains(key)).collect();
    Tables { markdown: markdown(&of, &rows), tsv, without }
}

const INTRODUCTION: &str = "# What the optimizers are held to

Written by `DESCENT_BLESS=1 cargo test --test conformance`; without that word the same test fails where this page is not what
comes out. The recorded runs and how they were made are in [tests/fixtures](../tests/fixtures/README.md). A difference is
|ours − theirs| / (1 + |theirs|), the largest along all paths, in every coordinate and in the average where there is one; it is
rounded up to one digit. What passes is 10⁻⁹.

";

fn markdown<'a>(of: &impl Fn(&str) -> Vec<(&'a About, &'a Row)>, rows: &BTreeMap<About, Row>) -> String {
    let mut text = INTRODUCTION.to_owned();
    let name = |key: &str| optim::find(key).map_or(key, |s| s.name).to_owned();
    text += "## Paths, step by step\n\n";
    text += "| method | convention | reference | paths | functions | steps | largest difference |\n|---|---|---|---|---|---|---|\n";
    for ((_, key, convention, library), row) in of("path") {
        let convention = if convention.is_empty() { "–" } else { convention };
        line(&mut text, &[&name(key), convention, &cited(library, row)], row);
    }
    text += "\n## The update on the same points\n\n";
    text += "Points are drawn by chance, so the recorded ones are given to our update.\n\n";
    text += "| method | reference | runs | functions | generations | largest difference |\n|---|---|---|---|---|---|\n";
    for ((_, key, _, library), row) in of("update") {
        line(&mut text, &[&name(key), &cited(library, row)], row);
    }
    text += "\n## Minimum reached\n\n";
    text += "Line searches differ between libraries, and with them the paths. Held: a minimum as low to 10⁻⁹, and the same one \
             where there is only one; at up to twice the evaluations and 10.\n\n";
    text += "| method | reference | runs | functions |\n|---|---|---|---|\n";
    for ((_, key, _, library), row) in of("minimum") {
        let (name, reference) = (name(key), cited(library, row));
        writeln!(text, "| {name} | {reference} | {} | {} |", row.runs, row.functions.len()).expect("written");
    }
    for (title, kind) in [("Schedules", "schedule"), ("Modifiers", "modifier")] {
        let head =
            "| reference | paths | functions | steps | largest difference |\n|---|---|---|---|---|---|\n";
        write!(text, "\n## {title}\n\nOn paths of the methods above.\n\n| {kind} {head}").expect("written");
        for ((_, key, _, library), row) in of(kind) {
            line(&mut text, &[&format!("`{key}`"), &cited(library, row)], row);
        }
        writeln!(text, "\n{}", held_otherwise(kind, rows)).expect("written");
    }
    text += "\n## Without a recorded run\n\n";
    text += "Every method, convention and switch is held to first steps worked out by hand (`tests/first_steps.rs`). That, and:\n\n";
    text += "| method | held to | in |\n|---|---|---|\n";
    for (key, test, words) in HELD {
        writeln!(text, "| {} | {words} | `{test}` |", name(key)).expect("written");
    }
    text += "\nConventions with no recorded path, held to first steps worked out by hand:\n\n";
    for spec in optim::ALL.iter().filter(|s| find(s.params, "convention").is_some()) {
        for convention in conventions(spec) {
            let about = |library: &str| ("path", spec.key, convention.clone(), library.to_owned());
            if !["torch", "optax", "scipy"].iter().any(|l| rows.contains_key(&about(l))) {
                writeln!(text, "- {}: {convention}", spec.name).expect("written");
            }
        }
    }
    text += "\n## Where ours differ, and why\n\n";
    for departure in DEPARTURES {
        writeln!(text, "- {departure}").expect("written");
    }
    text
}

/// Which of a registry no recorded path covers.
fn held_otherwise(kind: &str, rows: &BTreeMap<About, Row>) -> String {
    let (all, test): (Vec<&str>, _) = match kind {
        "schedule" => (schedule::ALL.iter().map(|s| s.key).collect(), "tests/schedules.rs"),
        _ => (modifier::ALL.iter().map(|s| s.key).collect(), "tests/modifiers.rs"),
    };
    let covered: BTreeSet<_> = rows.keys().filter(|a| a.0 == kind).map(|a| a.1).collect();
    let rest: Vec<_> = all.into_iter().filter(|k| !covered.contains(k)).map(|k| format!("`{k}`")).collect();
    format!("The others are held to their formulas (`{test}`): {}.", rest.join(", "))
}

fn cited(library: &str, row: &Row) -> String {
    let name = match library {
        "torch" => "PyTorch",
        "scipy" => "SciPy",
        other => other,
    };
    format!("{name} {}", row.version)
}

fn line(text: &mut String, first: &[&str], row: &Row) {
    let (steps, error) = (row.steps(), row.error());
    let first = first.join(" | ");
    writeln!(text, "| {first} | {} | {} | {steps} | {error} |", row.runs, row.functions.len())
        .expect("written");
}
