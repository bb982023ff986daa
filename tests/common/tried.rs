//! Runs to try changes on, and the comparison with the plain replay.

#![allow(dead_code, reason = "not every test reads every part")]

use super::family::tried;
use super::replay::replay;
use super::run_text::run_spec;
use descent_lab::optim::OptimizerSpec;
use descent_lab::run::{Edit, RunSpec, Trace};

/// The steps of the runs.
pub const STEPS: u32 = 60;

/// A run of the optimizer with values at which it gets about and neither converges nor diverges. Its rate falls: where η
/// stays, some conventions are the same.
pub fn base(optimizer: &OptimizerSpec) -> RunSpec {
    let run = format!("{}:{},schedule=exponential(gamma=0.99)", optimizer.key, tried(optimizer));
    run_spec("rosenbrock", [-1.5, 2.0], STEPS, &run, "").expect("readable")
}

/// The run with these edits.
pub fn edited(spec: &RunSpec, edits: Vec<Edit>) -> RunSpec {
    RunSpec { edits, ..spec.clone() }
}

/// The numbers with every bit told apart.
pub fn bits(x: &[f64]) -> Vec<u64> {
    x.iter().map(|v| v.to_bits()).collect()
}

/// The trace follows the plain replay bit for bit, as far as it goes.
pub fn follows(trace: &Trace, spec: &RunSpec) -> Result<(), String> {
    for (row, point) in replay(spec).iter().enumerate().take(trace.len()) {
        let ours = trace.point(row).unwrap_or(&[]);
        if bits(ours) != bits(&point.x) || trace.lr[row].to_bits() != point.lr.to_bits() {
            let theirs = (&point.x, point.lr);
            return Err(format!("row {row}: {ours:?}, lr {} is not {theirs:?}", trace.lr[row]));
        }
    }
    Ok(())
}
