//! From the values of a surface to colours.
//!
//! Evenly in f, or evenly in log(1 + (f − f₀)/ε), which is linear near f₀ and logarithmic far from it. ε is set by what
//! is in view: so that the median gets the colour it should have. A linear scale whose median would drown in the
//! darkest colours, because of a steep rim, is bent just enough to lift it.

use super::cast;
use super::field::Field;
use super::ticks;
use crate::math::num;
use crate::surface::Levels;

/// About how many contours are drawn.
pub const CONTOURS: usize = 18;
/// How many values the range is taken from.
const SAMPLES: usize = 2048;
/// The colours end at this part of the values: the last hundredth is the corners.
const HIGH: f64 = 0.99;
/// The least place of the median.
const MEDIAN_LINEAR: f64 = 0.4;
/// The place of the median on a logarithmic scale.
const MEDIAN_LOG: f64 = 0.66;
/// The smallest ε, as parts of the range.
const SMALLEST_LINEAR: f64 = 1e-2;
const SMALLEST_LOG: f64 = 1e-9;

/// A logarithmic scale is linear where the values in view, counted from f₀, span less than this factor: there the logarithm
/// is straight, and what [`log2_for_colours`] errs by would be all that is seen.
const LEAST_RATIO: f64 = 1.5;

/// log₂ for colours only: from the exponent's bits and a cubic, with an error below 0.001 (a fiftieth of a shade on ten
/// octaves). Takes positive normal numbers; what it gives for others is of no use, but finite.
#[inline]
#[expect(clippy::cast_precision_loss, clippy::cast_possible_wrap, reason = "an exponent has 11 bits")]
fn log2_for_colours(v: f64) -> f64 {
    let bits = v.to_bits();
    let exponent = (bits >> 52) as i64 - 1023;
    let u = f64::from_bits(bits & 0x000f_ffff_ffff_ffff | 0x3ff0_0000_0000_0000) - 1.0;
    exponent as f64 + u * (1.422_865_6 + u * (-0.582_086_2 + u * 0.159_220_6))
}

/// The mapping of values to 0 … 1 that colours and contour levels share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevelScale {
    /// f₀.
    zero: f64,
    /// 1/ε, or 0 where the scale is linear.
    bend: f64,
    /// The place of the lowest value and the length of the range: in f − f₀, or in octaves.
    lo: f64,
    span: f64,
    per_span: f64,
    /// The largest value seen.
    max: f64,
}

impl LevelScale {
    /// The scale for the values of a field. The field may be coarse: the fine one of the same view takes the same scale,
    /// so that the picture does not change its colours when it sharpens.
    #[must_use]
    pub fn of(field: &Field, levels: Levels, known_minimum: Option<f64>) -> Self {
        let mut min = f64::INFINITY;
        let mut max = f64::NEG_INFINITY;
        for v in field.values().iter().filter(|v| v.is_finite()) {
            min = min.min(*v);
            max = max.max(*v);
        }
        let values = field.values();
        // An odd stride does not walk down the columns of a field whose width is a power of two.
        let stride = (values.len() / SAMPLES) | 1;
        let mut sample: Vec<f64> = values.iter().copied().step_by(stride).collect();
        sample.retain(|v| v.is_finite());
        sort(&mut sample);
        if sample.is_empty() {
            (min, max) = (0.0, 0.0);
            sample.push(0.0);
        }
        let zero = match (levels, known_minimum) {
            (Levels::Log, Some(known)) => known.min(min),
            _ => min,
        };
        let above = |v: f64| (v - zero).min(f64::MAX);
        let quantile = |q: f64| above(sample[cast::index(q * cast::float(sample.len() - 1))]);
        let seen = [above(min), quantile(0.5), quantile(HIGH)];
        let bend = match levels {
            Levels::Linear => bend(seen, MEDIAN_LINEAR, SMALLEST_LINEAR),
            Levels::Log if seen[2] < LEAST_RATIO * seen[0] => 0.0,
            Levels::Log => bend(seen, MEDIAN_LOG, SMALLEST_LOG),
        };
        let [lo, _, hi] = seen.map(|v| place(v, bend));
        let span = if hi > lo { hi - lo } else { 1.0 };
        Self { zero, bend, lo, span, per_span: 1.0 / span, max }
    }

    /// Where a value stands: 0 at the lowest in view, 1 where the colours end; beyond for what is beyond.
    #[inline]
    #[must_use]
    pub fn t(&self, value: f64) -> f64 {
        let above = value - self.zero;
        let place = if self.bend == 0.0 {
            above
        } else {
            log2_for_colours((1.0 + above * self.bend).max(f64::MIN_POSITIVE))
        };
        (place - self.lo) * self.per_span
    }

    /// The same where more than a colour follows from it.
    #[must_use]
    pub fn exact_t(&self, value: f64) -> f64 {
        let above = value - self.zero;
        let above = if self.bend == 0.0 { above } else { above.max(-0.999 / self.bend) };
        (place(above, self.bend) - self.lo) * self.per_span
    }

    /// The largest value seen.
    #[must_use]
    pub fn max(&self) -> f64 {
        self.max
    }

    /// The value that stands at t.
    #[must_use]
    pub fn value(&self, t: f64) -> f64 {
        let place = self.lo + t * self.span;
        let above = if self.bend == 0.0 { place } else { (num::pow_to_show(2.0, place) - 1.0) / self.bend };
        self.zero + above
    }

    /// Values for about this many contours, rising, evenly spaced in colour; at round numbers where the scale is linear.
    /// They go on above the colours' end, up to the largest value.
    #[must_use]
    pub fn contour_levels(&self, count: usize) -> Vec<f64> {
        let lo = self.value(0.0);
        let mut levels: Vec<f64> = if self.bend == 0.0 {
            let marks = ticks::marks(lo, self.value(1.0), count);
            marks.into_iter().map(|m| m.value).collect()
        } else {
            let count_f = cast::float(count);
            let at = |k: usize| self.value((cast::float(k) + 0.5) / count_f);
            // As round as they can be and still stand about evenly, so that what is written on them is short and true.
            let round = |k: usize| {
                let (value, gap) = (at(k), 0.2 * (at(k + 1) - at(k)));
                let rounded = |digits| num::round_significant(value, digits);
                (1..16).map(rounded).find(|r| (r - value).abs() <= gap).unwrap_or(value)
            };
            (0..count + 4).map(round).collect()
        };
        levels.retain(|l| *l > lo && *l < self.max);
        levels.dedup();
        levels
    }
}

/// Sorts a few thousand numbers (Shell's method, with Ciura's gaps): std's sort would add four kilobytes to the page.
fn sort(values: &mut [f64]) {
    for gap in [701, 301, 132, 57, 23, 10, 4, 1] {
        for end in gap..values.len() {
            let mut i = end;
            while i >= gap && values[i - gap] > values[i] {
                values.swap(i - gap, i);
                i -= gap;
            }
        }
    }
}

/// The place of what stands this far above f₀.
fn place(above: f64, bend: f64) -> f64 {
    if bend == 0.0 { above } else { num::log10(1.0 + above * bend) / std::f64::consts::LOG10_2 }
}

/// The 1/ε that brings the median to its place between the lowest and the high value, or 0 if it is there already.
fn bend([low, median, high]: [f64; 3], wanted: f64, smallest: f64) -> f64 {
    let range = high - low;
    if !(range > 0.0 && range.is_finite()) || (median - low) / range >= wanted {
        return 0.0;
    }
    // The median rises with 1/ε. Halving the decades between the ends 40 times is closer than can be seen.
    let (mut straight, mut bent) = (0.0, -num::log10(smallest));
    for _ in 0..40 {
        let middle = 0.5 * (straight + bent);
        let bend = num::pow_to_show(10.0, middle) / range;
        let [lo, at, hi] = [low, median, high].map(|v| place(v, bend));
        if (at - lo) / (hi - lo) < wanted {
            straight = middle;
        } else {
            bent = middle;
        }
    }
    num::pow_to_show(10.0, bent) / range
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surface::View;

    fn field(values: &[f64]) -> Field {
        let mut field = Field::cells(View::square(1.0), values.len(), 1);
        field.values_mut().copy_from_slice(values);
        field
    }

    #[test]
    fn numbers_are_sorted() {
        let mut values: Vec<f64> = (0..3000).map(|i| f64::from(i * 7919 % 3001)).collect();
        sort(&mut values);
        assert!(values.is_sorted());
    }

    #[test]
    fn the_logarithm_for_colours_keeps_its_stated_error() {
        let mut v = 1e-12;
        while v < 1e12 {
            let error = log2_for_colours(v) - num::log2(v);
            assert!(error.abs() < 1e-3, "{v}: {error}");
            v *= 1.013;
        }
    }

    #[test]
    fn places_and_values_are_inverse() {
        let values: Vec<f64> = (0..500).map(|i| f64::from(i) * f64::from(i) * 0.01 - 3.0).collect();
        for levels in [Levels::Linear, Levels::Log] {
            let scale = LevelScale::of(&field(&values), levels, Some(-3.0));
            assert!(scale.t(-3.0).abs() < 1e-3);
            for t in [0.1, 0.5, 0.9] {
                assert!((scale.t(scale.value(t)) - t).abs() < 1e-3, "{levels:?} {t}");
            }
            let contours = scale.contour_levels(20);
            assert!((10..30).contains(&contours.len()), "{}", contours.len());
            assert!(contours.is_sorted());
        }
    }

    #[test]
    fn a_logarithmic_scale_far_from_the_minimum_spreads_its_colours_over_what_is_in_view() {
        for range in [1e-7, 1e-3, 0.1, 10.0, 60.0] {
            let values: Vec<f64> = (0..=500).map(|i| 91.7 + range * f64::from(i) / 500.0).collect();
            let scale = LevelScale::of(&field(&values), Levels::Log, Some(0.0));
            let places = [0, 125, 250, 375, 500].map(|i| scale.t(values[i]));
            assert!(places[0].abs() < 0.01 && places[4] > 0.99, "{range}: {places:?}");
            assert!(places.windows(2).all(|p| p[1] - p[0] > 0.15), "{range}: {places:?}");
            assert!(scale.contour_levels(CONTOURS).len() >= 8, "{range}");
        }
    }

    #[test]
    fn fields_without_a_range_or_without_numbers_have_a_scale() {
        for values in [
            &[2.0, 2.0, 2.0][..],
            &[f64::NAN, f64::INFINITY],
            &[f64::NAN, 1.0, f64::NEG_INFINITY],
            &[0.0, 0.0],
            &[-1e308, 1e308],
        ] {
            for levels in [Levels::Linear, Levels::Log] {
                for known in [None, Some(0.0)] {
                    let scale = LevelScale::of(&field(values), levels, known);
                    assert!(scale.t(1.0).is_finite() && scale.t(2.0).is_finite());
                    assert!(scale.contour_levels(20).len() < 100);
                }
            }
        }
    }
}
