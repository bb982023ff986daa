//! What can be shown of a run on a matrix: pure functions of its path, which is the rows of a trace one after the other, at
//! those rows that are asked for.

use super::MatrixObjective;
use crate::math::jacobi;

/// W at a row of the path, row after row.
#[must_use]
pub fn weights(path: &[f64], side: usize, row: usize) -> Option<&[f64]> {
    path.get(row * side * side..(row + 1) * side * side)
}

/// W₊ − W, the step that leaves a row of the path.
#[must_use]
pub fn step(path: &[f64], side: usize, row: usize) -> Option<Vec<f64>> {
    let (from, to) = (weights(path, side, row)?, weights(path, side, row + 1)?);
    Some(to.iter().zip(from).map(|(b, a)| b - a).collect())
}

/// The singular values of W at these rows of the path, the largest first: k numbers a row.
#[must_use]
pub fn singular_values(path: &[f64], side: usize, rows: &[usize]) -> Vec<f64> {
    let of = |w: &[f64]| jacobi::singular_values(w, (side, side));
    rows.iter().filter_map(|row| weights(path, side, *row)).flat_map(of).collect()
}

/// The singular values of the steps W₊ − W that leave these rows, the largest first: k numbers a row. The last row of the path
/// is left by none.
#[must_use]
pub fn step_singular_values(path: &[f64], side: usize, rows: &[usize]) -> Vec<f64> {
    let of = |w: Vec<f64>| jacobi::singular_values(&w, (side, side));
    rows.iter().filter_map(|row| step(path, side, *row)).flat_map(of).collect()
}

/// The loss of each item at these rows of the path, the most frequent first: k numbers a row. None where there are no items.
#[must_use]
pub fn item_losses(objective: &MatrixObjective, path: &[f64], rows: &[usize]) -> Option<Vec<f64>> {
    let side = objective.side();
    let mut losses = Vec::with_capacity(rows.len() * side);
    for w in rows.iter().filter_map(|row| weights(path, side, *row)) {
        losses.extend(objective.item_losses(w)?);
    }
    Some(losses)
}
