//! Random directions, filter-normalised: Li, Xu, Taylor, Studer and Goldstein 2018 (<https://arxiv.org/abs/1712.09913>).
//!
//! The incoming weights of a unit are its filter. Each filter of a direction is scaled to the length of that filter at the
//! origin, so that a step along the direction changes every unit by the same part, however large its weights are. Biases, γ
//! and β are no filters: directions leave them as they are.

use crate::math::{num, rng};
use crate::net::Shape;
use std::ops::Range;

/// The stream of the first direction; the second has the next.
const STREAM: u64 = 0x1a5d_5ca9e;

/// Where the incoming weights of each unit lie, layer after layer.
pub fn filters(shape: &Shape) -> impl Iterator<Item = Range<usize>> {
    shape.layers().iter().flat_map(|layer| {
        let block = layer.weights;
        (0..block.rows).map(move |row| {
            let from = block.offset + row * block.cols;
            from..from + block.cols
        })
    })
}

/// Two such directions. A unit whose weights are all 0 is not changed by them.
#[must_use]
pub fn directions(shape: &Shape, origin: &[f64], seed: u64) -> [Vec<f64>; 2] {
    [0, 1].map(|k| {
        let mut direction = vec![0.0; origin.len()];
        for filter in filters(shape) {
            let draws: Vec<f64> = filter.clone().map(|i| rng::normal(seed, STREAM + k, i as u64)).collect();
            let (want, have) = (num::norm(&origin[filter.clone()]), num::norm(&draws));
            let scale = if have > 0.0 { want / have } else { 0.0 };
            for (d, draw) in direction[filter].iter_mut().zip(draws) {
                *d = scale * draw;
            }
        }
        direction
    })
}
