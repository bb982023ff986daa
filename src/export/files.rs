//! Whole files of traces: all runs of a link, as the command line and the page write them.

use super::{csv, csv_header, json, training};
use crate::run::{RunSpec, Trace};
use crate::train::Record;
use serde_json::{Value, json};
use std::borrow::Borrow;

/// A training run: what determines it, what is known of it, and its parameters at the end.
pub type Trained = (RunSpec, Record, Vec<f64>);

/// The columns of all runs, which are on the same problem.
#[must_use]
pub fn traces_csv<T: Borrow<Trace>>(runs: &[(RunSpec, T)]) -> String {
    let dim = runs.first().map_or(2, |(spec, _)| spec.start.len());
    let mut text = csv_header(dim) + "\n";
    for (i, (_, trace)) in (1..).zip(runs) {
        csv(i, trace.borrow(), &mut text);
    }
    text
}

/// The same as JSON, with the settings of each run and how it ended.
#[must_use]
pub fn traces_json<T: Borrow<Trace>>(runs: &[(RunSpec, T)]) -> String {
    let runs: Vec<Value> = runs.iter().map(|(spec, trace)| json::run(spec, trace.borrow())).collect();
    pretty(&json!({ "runs": runs }))
}

/// The columns of training runs.
#[must_use]
pub fn training_csv(runs: &[Trained]) -> String {
    let mut text = format!("{}\n", training::HEADER);
    for (i, (_, record, _)) in (1..).zip(runs) {
        training::csv(i, record, &mut text);
    }
    text
}

/// The same as JSON, with their parameters at the end.
#[must_use]
pub fn training_json(runs: &[Trained]) -> String {
    let runs: Vec<Value> =
        runs.iter().map(|(spec, record, weights)| json::training(spec, record, weights)).collect();
    pretty(&json!({ "runs": runs }))
}

/// JSON to be read, with a line end.
#[must_use]
pub fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
