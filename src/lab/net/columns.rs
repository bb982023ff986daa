//! What the page's chart shows of runs on networks.

use super::with;
use crate::link::Link;
use crate::run::Status;
use crate::run::packed::Column;
use crate::scene::Quantity;
use crate::train::{Record, Scores};

/// The columns of all runs of a link; none where it is not about a network.
pub fn columns(link: &Link, quantity: Quantity) -> Option<Vec<Column>> {
    link.config.network.as_ref()?;
    let runs = 0..link.config.runs.len();
    Some(runs.filter_map(|i| with(link, i)?.record(|record| Some(column(record, quantity)))).collect())
}

/// What is measured, where it is.
type Of = fn(&Scores) -> Option<f64>;

fn column(record: &Record, quantity: Quantity) -> Column {
    let (train, test): (Of, Of) = match quantity {
        Quantity::Loss => (|s| Some(s.train_loss), |s| Some(s.test_loss)),
        Quantity::Accuracy => (|s| s.train_accuracy, |s| s.test_accuracy),
        Quantity::GradNorm => return every_row(record, &record.grad_norm),
        Quantity::Lr => return every_row(record, &record.lr),
        Quantity::Batch => return every_row(record, &record.batch_loss),
    };
    // The row of scores that were taken a moment ago may not be there yet.
    let known = record.scores.partition_point(|s| (s.step as usize) < record.len().max(1));
    let scores = &record.scores[..known];
    let count = |counts: &[u32]| {
        let at = |s: &Scores| counts.get(s.step as usize).copied().unwrap_or(0);
        scores.iter().map(at).collect()
    };
    Column {
        values: scores.iter().filter_map(train).collect(),
        other: scores.iter().filter_map(test).collect(),
        steps: scores.iter().map(|s| s.step).collect(),
        evaluations: count(&record.evaluations),
        hessians: count(&record.hessians),
        diverged: diverged(record),
    }
}

fn every_row(record: &Record, values: &[f64]) -> Column {
    Column {
        values: values.to_vec(),
        evaluations: record.evaluations.clone(),
        hessians: record.hessians.clone(),
        diverged: diverged(record),
        ..Column::default()
    }
}

fn diverged(record: &Record) -> bool {
    matches!(record.status, Status::Diverged { .. })
}
