//! Comma-separated values: a row a step, shortest floats that read back to the same bits.

use crate::param::number;
use crate::run::Trace;
use std::fmt::Write;

/// The first line.
pub const CSV_HEADER: &str = "run,step,x,y,loss,grad_norm,lr,evaluations";

/// The rows of one run, numbered from 1.
pub fn csv(run: usize, trace: &Trace, out: &mut String) {
    for row in 0..trace.len() {
        let Some([x, y]) = trace.point2(row) else {
            return;
        };
        let numbers = [x, y, trace.loss[row], trace.grad_norm[row], trace.lr[row]].map(number);
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{run},{row},{},{}", numbers.join(","), trace.evaluations[row]);
    }
}
