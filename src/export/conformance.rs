//! What every method is held to: read from the table that `tests/conformance.rs` writes.

use crate::later::words;
use crate::optim::OptimizerSpec;
use crate::param::{self, as_index};

/// Tabs between kind, key, convention, library, version, runs, functions, steps and the largest difference; or between
/// `held`, key, test and words.
const TABLE: &str = words(include_str!("conformance.tsv"));

/// A comparison with a library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    /// `path`, `minimum` or `update`.
    pub kind: &'static str,
    /// The convention that was followed; empty where there is only one.
    pub convention: &'static str,
    /// The library.
    pub library: &'static str,
    /// Its version.
    pub version: &'static str,
    /// How many runs.
    pub runs: &'static str,
    /// On how many functions.
    pub functions: &'static str,
    /// How many steps.
    pub steps: &'static str,
    /// The largest difference, as `5e-16`.
    pub error: &'static str,
}

fn rows(kind: &str) -> impl Iterator<Item = Vec<&'static str>> {
    TABLE
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(move |row| row.first() == Some(&kind))
}

/// The comparisons of a method with libraries, PyTorch's convention first.
#[must_use]
pub fn compared(spec: &OptimizerSpec) -> Vec<Compared> {
    let mut all: Vec<Compared> = ["path", "update", "minimum"]
        .into_iter()
        .flat_map(rows)
        .filter_map(|row| {
            let [kind, key, convention, library, version, runs, functions, steps, error] = row[..] else {
                return None;
            };
            let library = match library {
                "torch" => "PyTorch",
                "scipy" => "SciPy",
                other => other,
            };
            // What it was built on is for the documentation.
            let version = version.split(" (").next().unwrap_or(version);
            (key == spec.key).then_some(Compared {
                kind,
                convention,
                library,
                version,
                runs,
                functions,
                steps,
                error,
            })
        })
        .collect();
    all.sort_by_key(|c| c.library != "PyTorch");
    all
}

/// What a method without a recorded run is held to, besides first steps worked out by hand.
#[must_use]
pub fn held(spec: &OptimizerSpec) -> Option<&'static str> {
    rows("held").find(|row| row.get(1) == Some(&spec.key)).and_then(|row| row.get(3).copied())
}

/// A few words: the libraries that it agrees with, and in what if not in its path.
#[must_use]
pub fn badge(spec: &OptimizerSpec) -> String {
    let all = compared(spec);
    let of = |kind: &str| {
        let mut libraries: Vec<&str> = all.iter().filter(|c| c.kind == kind).map(|c| c.library).collect();
        libraries.dedup();
        libraries.join(", ")
    };
    match [of("path"), of("update"), of("minimum")] {
        [path, ..] if !path.is_empty() => format!("as {path}"),
        [_, update, _] if !update.is_empty() => format!("update as {update}"),
        [.., minimum] if !minimum.is_empty() => format!("minimum as {minimum}"),
        _ => "worked out by hand".to_owned(),
    }
}

/// The convention that these values of its parameters choose.
fn convention(spec: &OptimizerSpec, params: &[f64]) -> Option<&'static str> {
    let i = param::find(spec.params, "convention")?;
    let param::Scale::Choice(words) = spec.params[i].scale else {
        return None;
    };
    words.get(as_index(*params.get(i)?)).copied()
}

/// What it is held to, in sentences, for these values of its parameters: libraries that follow another convention come
/// after those that follow this one.
#[must_use]
pub fn sentence(spec: &OptimizerSpec, params: &[f64]) -> String {
    let all = compared(spec);
    if all.is_empty() {
        return match held(spec) {
            Some(words) => format!(
                "No reference implementation: held to first steps worked out by hand, and to {words}."
            ),
            None => "No reference implementation: held to first steps worked out by hand.".to_owned(),
        };
    }
    let now = convention(spec, params).unwrap_or_default();
    let (ours, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|c| c.convention == now);
    let mut sentences = Vec::new();
    if ours.is_empty() {
        sentences.push(format!("The convention {now} is held to first steps worked out by hand."));
    }
    sentences.extend(agreement(&ours));
    if let Some(other) = others.first() {
        let rest = agreement(&others).join(" ");
        sentences.push(format!("With the convention {}: {}", other.convention, lower(&rest)));
    }
    sentences.join(" ")
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|c| c.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// `Agrees with PyTorch 2.15.0 on 22 paths over 14 functions to 3·10⁻¹⁵, and with optax … .` and sentences for the rest.
fn agreement(all: &[Compared]) -> Vec<String> {
    let mut sentences = Vec::new();
    let paths: Vec<String> = all.iter().filter(|c| c.kind == "path").map(path).collect();
    if !paths.is_empty() {
        sentences.push(format!("Agrees with {}.", paths.join(", and with ")));
    }
    for c in all.iter().filter(|c| c.kind != "path") {
        let Compared { library, version, runs, functions, steps, .. } = c;
        sentences.push(if c.kind == "update" {
            let error = readable(c.error);
            format!(
                "On the same points its update is that of {library} {version}: {runs} runs of {steps} generations on \
                 {functions} functions, to {error}."
            )
        } else {
            format!("Reaches the minima that {library} {version} reaches: {runs} runs on {functions} functions.")
        });
    }
    sentences
}

fn path(c: &Compared) -> String {
    let Compared { library, version, runs, functions, error, .. } = c;
    let functions =
        if *functions == "1" { "1 function".to_owned() } else { format!("{functions} functions") };
    let error = if *error == "0" { "to the last bit".to_owned() } else { format!("to {}", readable(error)) };
    format!("{library} {version} on {runs} paths over {functions} {error}")
}

/// `5e-16` as `5·10⁻¹⁶`.
fn readable(error: &str) -> String {
    let Some((digits, power)) = error.split_once('e') else {
        return error.to_owned();
    };
    let raised = |c: char| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        other => other.to_digit(10).and_then(|d| char::from_u32(0x2070 + d)).unwrap_or(other),
    };
    let power: String = power.chars().map(raised).collect();
    if digits == "1" { format!("10{power}") } else { format!("{digits}·10{power}") }
}
