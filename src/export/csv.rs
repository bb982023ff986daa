//! Comma-separated values: a row a step, shortest floats that read back to the same bits.

use crate::param::number;
use crate::run::Trace;
use std::fmt::Write;

/// The names of the coordinates: x and y in the plane, x0, x1 … elsewhere.
#[must_use]
pub fn coordinates(dim: usize) -> Vec<String> {
    match dim {
        2 => vec!["x".to_owned(), "y".to_owned()],
        _ => (0..dim).map(|i| format!("x{i}")).collect(),
    }
}

/// The first line, for paths of so many coordinates.
#[must_use]
pub fn csv_header(dim: usize) -> String {
    format!("run,step,{},loss,grad_norm,lr,evaluations", coordinates(dim).join(","))
}

/// The rows of one run, numbered from 1.
pub fn csv(run: usize, trace: &Trace, out: &mut String) {
    for row in 0..trace.len() {
        let Some(point) = trace.point(row) else {
            return;
        };
        let rest = [trace.loss[row], trace.grad_norm[row], trace.lr[row]];
        let numbers: Vec<String> = point.iter().chain(&rest).map(|v| number(*v)).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{run},{row},{},{}", numbers.join(","), trace.evaluations[row]);
    }
}
