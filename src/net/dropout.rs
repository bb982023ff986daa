//! Which units are left out for an example.

use crate::math::rng;
use crate::objective::Sample;

/// Keeps these draws apart from others of the same seed.
const STREAM: u64 = 0x6472_6f70 << 32;

/// What the activation of a unit is multiplied by: 0 or 1/(1 − p). It depends on the example and not on its place in the batch.
#[inline]
#[must_use]
pub fn factor(ask: &Sample<'_>, layer: usize, row: usize, unit: usize) -> f64 {
    let stream = STREAM.wrapping_add(ask.draw.wrapping_mul(16)).wrapping_add(layer as u64);
    let kept = rng::uniform(ask.seed, stream, (row * 16 + unit) as u64) >= ask.dropout;
    if kept { 1.0 / (1.0 - ask.dropout) } else { 0.0 }
}
