//! Training runs as comma-separated values: a row a step, shortest floats that read back to the same bits.

use crate::param::number;
use crate::train::Record;
use std::fmt::Write;

/// The first line.
pub const HEADER: &str = "run,step,loss,test_loss,accuracy,test_accuracy,batch_loss,grad_norm,lr,evaluations";

/// The rows of one run, numbered from 1. What is measured only every so many steps is empty in between.
pub fn csv(run: usize, record: &Record, out: &mut String) {
    let mut scores = record.scores.iter().peekable();
    for row in 0..record.len() {
        let mut measured = [None; 4];
        while let Some(s) = scores.next_if(|s| s.step as usize <= row) {
            if s.step as usize == row {
                measured = [Some(s.train_loss), Some(s.test_loss), s.train_accuracy, s.test_accuracy];
            }
        }
        let kept = [record.batch_loss[row], record.grad_norm[row], record.lr[row]];
        let cells: Vec<String> =
            measured.into_iter().chain(kept.map(Some)).map(|v| v.map_or_else(String::new, number)).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{run},{row},{},{}", cells.join(","), record.evaluations[row]);
    }
}
