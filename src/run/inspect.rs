//! A run stopped at a step and looked into: the method's state there, and the step that leaves it.
//!
//! Found by running it again from its start, so that nothing has to be kept while a trace is computed.

use super::runner::Runner;
use super::spec::RunSpec;
use crate::objective::Counts;
use crate::optim::{StateItem, StateKind};

/// A named part of a state, to keep.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The letter in the rule.
    pub symbol: &'static str,
    /// What it is.
    pub name: &'static str,
    /// How to read it.
    pub kind: StateKind,
    /// The numbers.
    pub values: Vec<f64>,
}

impl From<StateItem<'_>> for Shown {
    fn from(item: StateItem<'_>) -> Self {
        Self { symbol: item.symbol, name: item.name, kind: item.kind, values: item.values.to_vec() }
    }
}

/// Gradient noise as it acts where a run is: on the first question of the step that leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct Noise {
    /// The gradient without it.
    pub gradient: Vec<f64>,
    /// What is added to it.
    pub drawn: Vec<f64>,
    /// Its standard deviation in each coordinate.
    pub sigma: f64,
}

/// A run at a step, and the step that leaves it.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// How many steps were taken.
    pub step: u32,
    /// Where the run is.
    pub x: Vec<f64>,
    /// The state there.
    pub before: Vec<Shown>,
    /// How many numbers the method keeps there.
    pub kept: usize,
    /// What was asked on the way there.
    pub asked: Counts,
    /// The learning rate of the step that leaves, after the schedule.
    pub lr: f64,
    /// The noise of gradients that are asked for there; none where none is added, or gradients come from samples.
    pub noise: Option<Noise>,
    /// The method's parameters in that step, in order, as a schedule may have moved them.
    pub params: Vec<f64>,
    /// The gradient that the rule was given in that step, after the modifiers; the last one if it asked more than once.
    pub gradient: Vec<f64>,
    /// Where that step leads; also beyond the last step of the run.
    pub next: Vec<f64>,
    /// The state after it.
    pub after: Vec<Shown>,
    /// What that step asked.
    pub cost: Counts,
}

/// The run at this step, or as near to it as it got before its numbers left the finite range; none if it has no start, or the
/// problem lacks what the method needs.
#[must_use]
pub fn inspect(spec: &RunSpec, step: u32) -> Option<Inspection> {
    let mut runner = Runner::new(spec);
    if runner.settings().optimizer.needs.is_missing(spec.problem.objective()) {
        return None;
    }
    runner.observe().ok()?;
    let mut last = look(&mut runner);
    // The rows of a trace end before the first that is not finite, so the step before is the last to stop at.
    while last.step < step.min(spec.steps) && !runner.is_spent() {
        runner.advance();
        match runner.observe() {
            Ok(_) if runner.step() < step.min(spec.steps) => last.step = runner.step(),
            Ok(_) => return Some(inspect_at(runner)),
            Err(_) => return inspect(spec, last.step),
        }
    }
    Some(leave(runner, last))
}

/// The run where it is, and the step that leaves it.
#[must_use]
pub fn inspect_at(mut runner: Runner) -> Inspection {
    let seen = look(&mut runner);
    leave(runner, seen)
}

/// What there is to see before the next step.
fn look(runner: &mut Runner) -> Inspection {
    let mut before = Vec::new();
    runner.state(&mut |item| before.push(item.into()));
    Inspection {
        step: runner.step(),
        x: runner.x().to_vec(),
        before,
        kept: runner.kept(),
        asked: runner.counts(),
        lr: runner.lr(),
        noise: runner.noise(),
        params: Vec::new(),
        gradient: Vec::new(),
        next: Vec::new(),
        after: Vec::new(),
        cost: Counts::default(),
    }
}

/// Takes the step that leaves.
fn leave(mut runner: Runner, mut seen: Inspection) -> Inspection {
    runner.advance();
    runner.state(&mut |item| seen.after.push(item.into()));
    seen.params = runner.params().to_vec();
    seen.gradient = runner.gradient().to_vec();
    seen.next = runner.x().to_vec();
    let (all, before) = (runner.counts(), seen.asked);
    seen.cost = Counts {
        values: all.values - before.values,
        gradients: all.gradients - before.gradients,
        hessians: all.hessians - before.hessians,
    };
    seen
}
