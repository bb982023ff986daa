//! What the layer-wise methods share: the size of a block of parameters, and LAMB's and LARS's ratio of two sizes.

use crate::math::num;

/// The root of the mean square.
#[expect(clippy::cast_precision_loss, reason = "a number of parameters")]
pub fn rms(v: &[f64]) -> f64 {
    num::norm(v) / (v.len() as f64).sqrt()
}

/// `factor`·‖θ‖/‖u‖, and 1 where either is 0.
pub fn trust_ratio(theta: &[f64], update: &[f64], factor: f64) -> f64 {
    let (size, step) = (num::norm(theta), num::norm(update));
    if size > 0.0 && step > 0.0 { factor * (size / step) } else { 1.0 }
}
