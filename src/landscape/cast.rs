//! Counts as numbers and back, in one place.

/// A count as a number.
#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2⁵²")]
pub const fn float(n: usize) -> f64 {
    n as f64
}

/// A number as a count: downwards, and 0 for what is negative or not a number.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, which is meant")]
pub const fn index(v: f64) -> usize {
    v as usize
}
