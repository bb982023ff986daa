//! What a figure shows, in words: for those who cannot see it, and for names of files.

use super::Material;
use super::legend::{cut, run_words};
use crate::link::Link;
use crate::param::readable;
use crate::run::Status;
use crate::session::{Config, SEED};
use std::fmt::Write;

/// Letters of a typed function in a title, at the most.
const MOST: usize = 80;
/// More runs than this are counted and not named in the name of a file.
const NAMED: usize = 3;

/// What is minimised.
fn problem(config: &Config) -> String {
    if config.network.is_some() {
        return "a network".to_owned();
    }
    match (&config.problem, &config.surface.custom) {
        (Some(matrix), _) => matrix.spec.name.to_owned(),
        (None, Some(custom)) => format!("f(x, y) = {}", cut(custom.text(), MOST)),
        (None, None) => config.surface.spec.name.to_owned(),
    }
}

/// The title of a figure: the methods and what they minimise.
#[must_use]
pub fn title(link: &Link) -> String {
    let mut names: Vec<&str> = Vec::new();
    for run in &link.config.runs {
        let name = run.settings.optimizer.name;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let problem = problem(&link.config);
    if names.is_empty() { problem } else { format!("{} on {problem}", names.join(", ")) }
}

/// What is to be seen at a step.
#[must_use]
pub fn words(material: &Material, step: u32) -> String {
    let config = &material.link.config;
    let mut text = format!("{} at step {step} of {}.", title(&material.link), config.steps);
    if config.is_plane() {
        let [x, y] = config.start.map(readable);
        let _ = write!(text, " All runs start at ({x}, {y}).");
    }
    if config.noise > 0.0 {
        let _ = write!(text, " Gradient noise {}, seed {}.", readable(config.noise), config.seed);
    } else if config.seed != SEED {
        let _ = write!(text, " Seed {}.", config.seed);
    }
    for (i, run) in (1..).zip(&config.runs) {
        let _ = write!(text, " Run {i}: {}", run_words(&run.settings));
        let row = step as usize;
        if let Some(trace) = material.traces.get(i - 1).filter(|trace| !trace.is_empty()) {
            if let Some([x, y]) = trace.point2(row) {
                let _ = write!(text, ", at ({}, {})", readable(x), readable(y));
            }
            let _ = write!(text, ", loss {}", readable(trace.loss[row.min(trace.last())]));
            if matches!(trace.status, Status::Diverged { .. }) && row >= trace.last() {
                let _ = write!(text, ", diverged after step {}", trace.last());
            }
        } else if let Some(column) = material.columns.get(i - 1)
            && let Some(value) = column.value_at(step)
        {
            let _ = write!(text, ", {} {}", material.quantity().title(), readable(value));
        }
        for edit in &run.edits {
            let _ = write!(
                text,
                "; from step {} on {}",
                edit.step,
                crate::link::item::write(run.settings.optimizer, &edit.item)
            );
        }
        text.push('.');
    }
    text
}

/// What a file of one of the runs is called.
#[must_use]
pub fn name_of_run(link: &Link, run: usize) -> String {
    let mut link = link.clone();
    link.config.runs = link.config.runs.get(run).cloned().into_iter().collect();
    name(&link, None)
}

/// What a file with the figure of a step is called, without what says its kind: `rosenbrock-adam-step120`.
#[must_use]
pub fn name(link: &Link, step: Option<u32>) -> String {
    let config = &link.config;
    let mut parts = vec![
        match (&config.network, &config.problem) {
            (Some(_), _) => "network",
            (None, Some(matrix)) => matrix.spec.key,
            (None, None) if config.surface.custom.is_some() => "function",
            (None, None) => config.surface.spec.key,
        }
        .to_owned(),
    ];
    match config.runs.len() {
        0 => {}
        n if n <= NAMED => parts.extend(config.runs.iter().map(|r| r.settings.optimizer.key.to_owned())),
        n => parts.push(format!("{n}-runs")),
    }
    parts.extend(step.map(|step| format!("step{step}")));
    parts.join("-").replace('_', "-")
}
