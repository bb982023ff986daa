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
    packed.extend(match trace.status {
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
    });
    for column in [&trace.x, &trace.loss, &trace.grad_norm, &trace.lr] {
        packed.extend_from_slice(column);
    }
    for column in [&trace.evaluations, &trace.hessians] {
        packed.extend(column.iter().map(|n| f64::from(*n)));
    }
    packed
}

/// The trace of a packed row; none if it is not one.
#[must_use]
pub fn unpack(packed: &[f64]) -> Option<Trace> {
    let (head, columns) = packed.split_first_chunk::<HEAD>()?;
    let [dim, rows, kind, step, place] = head.map(count);
    let status = match kind? {
        0 => Status::Running,
        1 => Status::Waiting,
        2 => Status::Converged { step: step? },
        3 => Status::Diverged { step: step?, quantity: *QUANTITIES.get(place? as usize)? },
        5 => Status::Stopped { step: step? },
        4 => Status::Unfit { needs: *Needs::ALL.get(place? as usize)? },
        _ => return None,
    };
    let (dim, rows) = (dim? as usize, rows? as usize);
    if columns.len() != rows.checked_mul(dim.checked_add(5)?)? {
        return None;
    }
    let (x, columns) = columns.split_at(rows * dim);
    let column = |n: usize| columns[n * rows..(n + 1) * rows].iter().copied();
    let counts = |n: usize| column(n).map(count).collect::<Option<Vec<_>>>();
    Some(Trace {
        dim,
        x: x.to_vec(),
        loss: column(0).collect(),
        grad_norm: column(1).collect(),
        lr: column(2).collect(),
        evaluations: counts(3)?,
        hessians: counts(4)?,
        status,
    })
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
