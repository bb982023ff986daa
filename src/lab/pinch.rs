//! Two fingers.

use crate::math::num;

/// The middle of two fingers and how far they are apart.
pub fn pinch(a: [f64; 2], b: [f64; 2]) -> ([f64; 2], f64) {
    let spread = num::norm(&[a[0] - b[0], a[1] - b[1]]).max(1.0);
    ([0.5 * (a[0] + b[0]), 0.5 * (a[1] + b[1])], spread)
}
