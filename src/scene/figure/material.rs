//! What a figure is drawn from.

use crate::link::Link;
use crate::run::fan::{Bands, Fan, SEEDS};
use crate::run::packed::Column;
use crate::run::{Status, Trace, trace};
use crate::scene::Quantity;
use crate::train::{Record, Scores, Training};
use std::cell::RefCell;

/// Rows of the band of a fan.
const ROWS: u32 = 500;

/// What a figure is drawn from.
pub struct Material {
    /// All that is to be seen.
    pub link: Link,
    /// The run that is open: whose overlays, slice and fan are shown.
    pub open: usize,
    /// The traces of all runs; none of networks.
    pub traces: Vec<Trace>,
    /// What the link's chart shows of each run.
    pub columns: Vec<Column>,
    /// The open run with many seeds, where that is wanted.
    pub fan: Option<Fan>,
    /// Of networks, the weights of a run at a step.
    pub weights: Option<Weights>,
}

/// Gives the weights of a run at a step, if it has any.
pub type Weights = Box<dyn Fn(usize, u32) -> Option<Vec<f64>>>;

impl Material {
    /// Works out everything that a link shows, however long that takes.
    #[must_use]
    pub fn of(link: Link, open: usize) -> Self {
        let specs = (0..link.config.runs.len()).map(|i| link.config.run_spec(i));
        let quantity = quantity(&link);
        if link.config.network.is_some() {
            let mut runs: Vec<Training> = specs.filter_map(|spec| Training::new(&spec)).collect();
            for run in &mut runs {
                while run.advance(u64::MAX) {}
            }
            let columns = runs.iter().map(|run| training(run.record(), quantity)).collect();
            let runs = RefCell::new(runs);
            let weights: Weights = Box::new(move |run, step| {
                let mut runs = runs.try_borrow_mut().ok()?;
                Some(runs.get_mut(run)?.weights(step))
            });
            return Self { link, open, traces: Vec::new(), columns, fan: None, weights: Some(weights) };
        }
        let traces = specs.map(|spec| trace(&spec)).collect();
        let fan = Self::fan(&link, open);
        Self::traced(link, open, traces, fan)
    }

    /// The same from traces that are known.
    #[must_use]
    pub fn traced(link: Link, open: usize, traces: Vec<Trace>, fan: Option<Fan>) -> Self {
        let quantity = quantity(&link);
        let column = |trace: &Trace| Column {
            values: quantity.column(trace).to_vec(),
            evaluations: trace.evaluations.clone(),
            hessians: trace.hessians.clone(),
            diverged: matches!(trace.status, Status::Diverged { .. }),
            ..Column::default()
        };
        let columns = traces.iter().map(column).collect();
        Self { link, open, traces, columns, fan, weights: None }
    }

    /// What the chart shows.
    #[must_use]
    pub fn quantity(&self) -> Quantity {
        quantity(&self.link)
    }

    /// The fan that a link wants of a run.
    #[must_use]
    pub fn fan(link: &Link, run: usize) -> Option<Fan> {
        let count = *link.config.look.numbers("fan").first()?;
        if !link.config.is_plane() || run >= link.config.runs.len() {
            return None;
        }
        let count = (SEEDS.0..=SEEDS.1).find(|n| f64::from(*n) >= count)?;
        let mut fan = Fan::new(&link.config.run_spec(run), count)?;
        while fan.advance(u32::MAX) {}
        Some(fan)
    }

    /// The spread of that over the seeds of the fan.
    pub(super) fn bands(&self) -> Option<(Bands, usize)> {
        let fan = self.fan.as_ref().filter(|fan| !fan.traces().is_empty())?;
        let quantity = self.quantity();
        Some((fan.bands(|trace| quantity.column(trace), ROWS), fan.traces().len()))
    }
}

/// What the chart of a link shows; of what only networks have, the loss stands for it elsewhere.
fn quantity(link: &Link) -> Quantity {
    if link.config.network.is_none() && link.chart.is_of_networks() {
        return Quantity::Loss;
    }
    Quantity::from(link.chart)
}

/// What is measured, where it is.
type Of = fn(&Scores) -> Option<f64>;

/// What a chart shows of a training run.
#[must_use]
pub fn training(record: &Record, quantity: Quantity) -> Column {
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
