//! Normalisation of sums: to mean 0 and variance 1, over the examples or over the units.

#![expect(clippy::inline_always, reason = "loops over lanes are vectorised only around what is inlined")]

use super::number::Number;

/// Added to the variance inside the root.
pub const EPS: f64 = 1e-5;

/// What a unit's sums are normalised with in evaluation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// Taken away from them.
    pub mean: f64,
    /// Then they are multiplied by this.
    pub inverse: f64,
}

/// 1/√(variance + ε).
#[inline(always)]
pub fn inverse<T: Number>(variance: T) -> T {
    T::of(1.0) / (variance + T::of(EPS)).sqrt()
}

/// Mean and 1/√(variance + ε) of some numbers, which are summed in this way.
pub fn moments<T: Number>(values: &[T], sum: fn(&mut dyn Iterator<Item = T>) -> T) -> (T, T) {
    #[expect(clippy::cast_precision_loss, reason = "a count of examples or units")]
    let count = values.len() as f64;
    let mean = sum(&mut values.iter().copied()).over(count);
    let variance = sum(&mut values.iter().map(|z| (*z - mean) * (*z - mean))).over(count);
    (mean, inverse(variance))
}
