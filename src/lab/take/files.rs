//! What can be saved as a text: a table, from which the panel makes its buttons.

use super::Now;
use crate::export::code::{Flavour, script};
use crate::export::files::{Trained, traces_csv, traces_json, training_csv, training_json};
use crate::lab::{net, runs};
use crate::run::{RunSpec, Trace};

/// A kind of file.
pub struct File {
    /// Which part of the panel has its button.
    pub group: &'static str,
    /// What is written on it.
    pub name: &'static str,
    /// What the name of a file of it ends in.
    pub ending: &'static str,
    /// What it is for those who are asked what to do with it.
    pub kind: &'static str,
    /// What is in it; or why there is none.
    pub make: fn(&Now<'_>) -> Result<String, String>,
}

/// Of the numbers.
pub const NUMBERS: &str = "numbers";
/// Of scripts.
pub const CODE: &str = "code";

/// All of them. One more is a line here, and its group a line in `super::GROUPS`.
pub const FILES: &[File] = &[
    File { group: NUMBERS, name: "CSV", ending: ".csv", kind: "text/csv", make: csv },
    File { group: NUMBERS, name: "JSON", ending: ".json", kind: "application/json", make: json },
    File { group: CODE, name: "PyTorch", ending: "-pytorch.py", kind: PYTHON, make: pytorch },
    File { group: CODE, name: "optax", ending: "-optax.py", kind: PYTHON, make: optax },
    File { group: CODE, name: "NumPy", ending: "-numpy.py", kind: PYTHON, make: numpy },
];

/// What is said in place of the buttons where the runs are on a network.
pub const NO_CODE: &str = "Runs on networks are not written as Python scripts yet. Their numbers, and JSON with the weights at the end, are above.";

const PYTHON: &str = "text/x-python";

fn pytorch(now: &Now<'_>) -> Result<String, String> {
    code(now, Flavour::Pytorch)
}

fn optax(now: &Now<'_>) -> Result<String, String> {
    code(now, Flavour::Optax)
}

fn numpy(now: &Now<'_>) -> Result<String, String> {
    code(now, Flavour::Numpy)
}

/// The open run as a script.
fn code(now: &Now<'_>, flavour: Flavour) -> Result<String, String> {
    if now.run >= now.link.config.runs.len() {
        return Err(NONE.to_owned());
    }
    script(&now.link.config.run_spec(now.run), flavour)
}

fn csv(now: &Now<'_>) -> Result<String, String> {
    match trained(now)? {
        Some(runs) => Ok(training_csv(&runs)),
        None => Ok(traces_csv(&traced(now)?)),
    }
}

fn json(now: &Now<'_>) -> Result<String, String> {
    match trained(now)? {
        Some(runs) => Ok(training_json(&runs)),
        None => Ok(traces_json(&traced(now)?)),
    }
}

const NONE: &str = "There is no run to save.";

fn traced(now: &Now<'_>) -> Result<Vec<(RunSpec, Trace)>, String> {
    let of = |i| runs::with(now.text, i, |spec, trace| (spec.clone(), trace.clone()));
    let all: Vec<_> = (0..now.link.config.runs.len()).filter_map(of).collect();
    if all.is_empty() { Err(NONE.to_owned()) } else { Ok(all) }
}

/// The runs of a network; none where there is no network.
fn trained(now: &Now<'_>) -> Result<Option<Vec<Trained>>, String> {
    if now.link.config.network.is_none() {
        return Ok(None);
    }
    let mut all = Vec::new();
    for i in 0..now.link.config.runs.len() {
        let run = net::with(&now.link, i).ok_or(NONE)?;
        let record = run.record(Clone::clone);
        if record.is_open() {
            return Err("The runs are still being trained. Try again when they have ended.".to_owned());
        }
        let (at, weights) = run.weights(record.last());
        if at != record.last() {
            return Err(
                "The weights at the end are still being worked out. Try again in a moment.".to_owned()
            );
        }
        all.push((run.spec.clone(), record, weights));
    }
    if all.is_empty() { Err(NONE.to_owned()) } else { Ok(Some(all)) }
}
