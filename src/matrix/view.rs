//! What can be shown of a run on a matrix: pure functions of its path, which is the rows of a trace one after the other.

use super::MatrixObjective;
use crate::math::linear;

/// W at a row of the path, row after row.
#[must_use]
pub fn weights(path: &[f64], side: usize, row: usize) -> Option<&[f64]> {
    path.get(row * side * side..(row + 1) * side * side)
}

/// The singular values of W at every row of the path, the largest first: k numbers a row.
#[must_use]
pub fn singular_values(path: &[f64], side: usize) -> Vec<f64> {
    path.chunks_exact(side * side).flat_map(|w| linear::singular_values(w, (side, side))).collect()
}

/// The singular values of every step W₊ − W, the largest first: k numbers a row, one row less than the path has.
#[must_use]
pub fn step_singular_values(path: &[f64], side: usize) -> Vec<f64> {
    let rows: Vec<&[f64]> = path.chunks_exact(side * side).collect();
    let step = |pair: &[&[f64]]| -> Vec<f64> { pair[1].iter().zip(pair[0]).map(|(b, a)| b - a).collect() };
    rows.windows(2).flat_map(|pair| linear::singular_values(&step(pair), (side, side))).collect()
}

/// The loss of each item at every row of the path, the most frequent first: k numbers a row. None where there are no items.
#[must_use]
pub fn item_losses(objective: &MatrixObjective, path: &[f64]) -> Option<Vec<f64>> {
    let side = objective.side();
    let mut losses = Vec::with_capacity(path.len() / side);
    for w in path.chunks_exact(side * side) {
        losses.extend(objective.item_losses(w)?);
    }
    Some(losses)
}
