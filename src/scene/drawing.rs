//! A curve through points at even distances that is drawn by hand: which point is meant, and what becomes of the values.

use super::cast::{float, index};
use crate::math::num;

/// Where something is in the picture: x from 0 at the left to 1, y from 0 at the bottom to 1.
pub type Place = [f64; 2];

/// The value at the top of the picture: a quarter above the largest, and above 1.
#[must_use]
pub fn top(values: &[f64], most: f64) -> f64 {
    (1.25 * values.iter().copied().fold(1.0, f64::max)).min(most)
}

/// x of the point with this index.
#[must_use]
pub fn share(i: usize, count: usize) -> f64 {
    if count > 1 { float(i) / float(count - 1) } else { 0.0 }
}

/// The index of the point that is nearest along x.
#[must_use]
pub fn nearest(x: f64, count: usize) -> usize {
    let last = count.saturating_sub(1);
    index((num::clamp(x, 0.0, 1.0) * float(last)).round()).min(last)
}

/// The value at a height of the picture, short to write: in hundredths, or as fine as the picture can show.
#[must_use]
pub fn value(y: f64, top: f64) -> f64 {
    let value = num::clamp(y, 0.0, 1.0) * top;
    if top > 12.5 { num::round_significant(value, 2) } else { (value * 100.0).round() / 100.0 }
}

/// Draws a stroke: the points that it passes come to lie on it, and at least the one nearest to its end.
pub fn stroke(values: &mut [f64], from: Place, to: Place, top: f64) {
    let count = values.len();
    let (left, right) = if from[0] < to[0] { (from, to) } else { (to, from) };
    for (i, v) in values.iter_mut().enumerate() {
        let x = share(i, count);
        if left[0] < x && x < right[0] {
            let y = left[1] + (right[1] - left[1]) * (x - left[0]) / (right[0] - left[0]);
            *v = value(y, top);
        }
    }
    if let Some(v) = values.get_mut(nearest(to[0], count)) {
        *v = value(to[1], top);
    }
}

/// Puts another point after the one with this index, or before it if it is the last, in the middle between its neighbours.
/// All move closer together.
pub fn insert(values: &mut Vec<f64>, after: usize) {
    let at = after.min(values.len().saturating_sub(2)) + 1;
    if let (Some(a), Some(b)) = (values.get(at - 1), values.get(at)) {
        let middle = num::round_significant(a + (b - a) / 2.0, 4);
        values.insert(at, middle);
    }
}
