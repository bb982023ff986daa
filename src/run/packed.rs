//! A trace as a row of numbers, for its way from one program to another.

use super::status::{Quantity, Status};
use super::trace::Trace;
use crate::optim::Needs;

/// Numbers that stand before the columns: the dimension, the number of rows, and the status in three.
const HEAD: usize = 5;

/// What was not finite, by the number that stands for it.
const QUANTITIES: [Quantity; 3] = [Quantity::Position, Quantity::Loss, Quantity::Gradient];

/// The trace in one row; [`unpack`] gives back every bit.
#[must_use]
pub fn pack(trace: &Trace) -> Vec<f64> {
    let rows = trace.len();
    let mut packed = Vec::with_capacity(HEAD + rows * (trace.dim + 5));
    packed.extend([whole(trace.dim), whole(rows)]);
    packed.extend(write_status(trace.status));
    for column in [&trace.x, &trace.loss, &trace.grad_norm] {
        packed.extend_from_slice(column);
    }
    put(&mut packed, trace.lr.iter().copied());
    for column in [&trace.evaluations, &trace.hessians] {
        put(&mut packed, column.iter().map(|n| f64::from(*n)));
    }
    packed
}

/// Puts a column down that is often regular, a + b n in row n: then as a 1, a and b, and otherwise as a 0 and its numbers.
fn put(packed: &mut Vec<f64>, column: impl Iterator<Item = f64> + Clone) {
    let mut first = column.clone();
    if let (Some(a), Some(second)) = (first.next(), first.next()) {
        let b = second - a;
        if column.clone().enumerate().all(|(n, value)| value.to_bits() == line(a, b, n).to_bits()) {
            packed.extend([1.0, a, b]);
            return;
        }
    }
    packed.push(0.0);
    packed.extend(column);
}

fn line(a: f64, b: f64, n: usize) -> f64 {
    // A rate that stays keeps its sign where it is -0.
    if b == 0.0 { a } else { a + b * whole(n) }
}

/// Takes such a column from the front of what is left.
fn take(packed: &mut &[f64], rows: usize) -> Option<Vec<f64>> {
    let (kind, rest) = packed.split_first()?;
    if *kind == 0.0 {
        let (column, rest) = rest.split_at_checked(rows)?;
        *packed = rest;
        return Some(column.to_vec());
    }
    let ([a, b], rest) = rest.split_first_chunk().filter(|_| *kind == 1.0)?;
    *packed = rest;
    Some((0..rows).map(|n| line(*a, *b, n)).collect())
}

/// A status in three numbers.
#[must_use]
pub fn write_status(status: Status) -> [f64; 3] {
    match status {
        Status::Running => [0.0; 3],
        Status::Waiting => [1.0, 0.0, 0.0],
        Status::Converged { step } => [2.0, f64::from(step), 0.0],
        Status::Diverged { step, quantity } => {
            let place = QUANTITIES.iter().position(|q| *q == quantity).unwrap_or(0);
            [3.0, f64::from(step), whole(place)]
        }
        Status::Stopped { step } => [5.0, f64::from(step), 0.0],
        Status::Unfit { needs } => {
            let place = Needs::ALL.iter().position(|n| *n == needs).unwrap_or(0);
            [4.0, 0.0, whole(place)]
        }
    }
}

/// The status that three numbers stand for; none if they stand for none.
#[must_use]
pub fn read_status(numbers: [f64; 3]) -> Option<Status> {
    let [kind, step, place] = numbers.map(count);
    Some(match kind? {
        0 => Status::Running,
        1 => Status::Waiting,
        2 => Status::Converged { step: step? },
        3 => Status::Diverged { step: step?, quantity: *QUANTITIES.get(place? as usize)? },
        5 => Status::Stopped { step: step? },
        4 => Status::Unfit { needs: *Needs::ALL.get(place? as usize)? },
        _ => return None,
    })
}

/// The trace of a packed row; none if it is not one.
#[must_use]
pub fn unpack(packed: &[f64]) -> Option<Trace> {
    let (head, mut rest) = packed.split_first_chunk::<HEAD>()?;
    let [dim, rows, kind, step, place] = *head;
    let status = read_status([kind, step, place])?;
    let [dim, rows] = [dim, rows].map(count);
    let (dim, rows) = (dim? as usize, rows? as usize);
    let mut next = |len: usize| {
        let (column, after) = rest.split_at_checked(len)?;
        rest = after;
        Some(column.to_vec())
    };
    let (x, loss, grad_norm) = (next(rows.checked_mul(dim)?)?, next(rows)?, next(rows)?);
    let lr = take(&mut rest, rows)?;
    let mut counts = || take(&mut rest, rows)?.into_iter().map(count).collect::<Option<Vec<_>>>();
    let (evaluations, hessians) = (counts()?, counts()?);
    rest.is_empty().then_some(Trace { dim, x, loss, grad_norm, lr, evaluations, hessians, status })
}

/// A column of a trace, with what else a chart needs of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// The values.
    pub values: Vec<f64>,
    /// [`Trace::evaluations`], where they were asked for.
    pub evaluations: Vec<u32>,
    /// [`Trace::hessians`] likewise.
    pub hessians: Vec<u32>,
    /// Whether the run diverged.
    pub diverged: bool,
    /// Of what is measured on two sets of examples, the second; empty where there is none. Never packed.
    pub other: Vec<f64>,
    /// The step of each row; empty where row n is step n. Never packed.
    pub steps: Vec<u32>,
}

impl Column {
    /// What was measured last, at a step or before it.
    #[must_use]
    pub fn value_at(&self, step: u32) -> Option<f64> {
        let rows = if self.steps.is_empty() {
            step as usize + 1
        } else {
            self.steps.partition_point(|s| *s <= step)
        };
        self.values.get(..rows.min(self.values.len()))?.last().copied()
    }
}

/// The same column of several traces in one row, with the counts or without.
#[must_use]
pub fn pack_columns(traces: &[Trace], column: impl Fn(&Trace) -> &[f64], counts: bool) -> Vec<f64> {
    let mut packed = vec![f64::from(u8::from(counts))];
    for trace in traces {
        let diverged = matches!(trace.status, Status::Diverged { .. });
        packed.extend([whole(trace.len()), f64::from(u8::from(diverged))]);
        packed.extend_from_slice(column(trace));
        if counts {
            packed.extend(trace.evaluations.iter().chain(&trace.hessians).map(|n| f64::from(*n)));
        }
    }
    packed
}

/// The columns of such a row; none if it is not one.
#[must_use]
pub fn unpack_columns(packed: &[f64]) -> Option<Vec<Column>> {
    let (counts, mut rest) = packed.split_first()?;
    let per_row = if *counts == 0.0 { 1 } else { 3 };
    let mut columns = Vec::new();
    while let Some(([rows, diverged], after)) = rest.split_first_chunk() {
        let rows = count(*rows)? as usize;
        let (numbers, after) = after.split_at_checked(rows.checked_mul(per_row)?)?;
        let counts = |n: usize| numbers.iter().skip(n * rows).take(rows).copied().map(count).collect();
        columns.push(Column {
            values: numbers.get(..rows)?.to_vec(),
            evaluations: if per_row > 1 { counts(1) } else { Some(Vec::new()) }?,
            hessians: if per_row > 1 { counts(2) } else { Some(Vec::new()) }?,
            diverged: *diverged != 0.0,
            ..Column::default()
        });
        rest = after;
    }
    rest.is_empty().then_some(columns)
}

#[expect(clippy::cast_precision_loss, reason = "rows and dimensions are few")]
fn whole(n: usize) -> f64 {
    n as f64
}

/// The number as a count, if it is one.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what was cut off is found by comparing"
)]
fn count(value: f64) -> Option<u32> {
    let n = value as u32;
    (f64::from(n) == value).then_some(n)
}
