//! Quantiles of a sample.
//!
//! Of n values in order, x₀ ≤ … ≤ xₙ₋₁, the quantile of p is the value at place p(n − 1), and between two places as far from the
//! lower to the upper as the place is from one to the next: definition 7 of Hyndman and Fan 1996
//! (<https://doi.org/10.1080/00031305.1996.10473566>), which is what R and NumPy give when nothing is said. That of ½ is the
//! median, those of 0 and 1 are the smallest and the largest.

use super::num;

/// Puts values in order; those that are not finite are left out.
pub fn sort(values: &mut Vec<f64>) {
    values.retain(|v| v.is_finite());
    values.sort_by(f64::total_cmp);
}

/// The quantile of p, from 0 to 1, of values in order; none where there are no values.
#[must_use]
pub fn quantile(ordered: &[f64], p: f64) -> Option<f64> {
    let (low, above) = split(ordered.len(), p)?;
    let here = *ordered.get(low)?;
    let next = ordered.get(low + 1).copied().unwrap_or(here);
    // Not here + above(next − here): the difference of two large values may overflow.
    Some(if above == 0.0 || here == next { here } else { (1.0 - above) * here + above * next })
}

/// The place of a quantile: the index below it, and how far above that it is.
fn split(count: usize, p: f64) -> Option<(usize, f64)> {
    let last = u32::try_from(count.checked_sub(1)?).ok()?;
    let place = num::clamp(p, 0.0, 1.0) * f64::from(last);
    let low = place.floor();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and a count")]
    Some((low as usize, place - low))
}
