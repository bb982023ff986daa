//! The axes: their ranges, and round positions on them.

use super::{ChartSpec, Quantity, XAxis, YScale};
use crate::math::num;
use crate::scene::cast;
use crate::scene::ticks::{self, Mark};

/// About how far numbers on the axes stand apart.
const X_TICK_PX: f64 = 64.0;
const Y_TICK_PX: f64 = 25.0;
/// The most decades shown.
const MOST_DECADES: f64 = 20.0;
/// The part of the range left free above and below.
const PADDING: f64 = 0.05;

/// An axis in its own coordinate: log₁₀ of the value where it is logarithmic.
#[derive(Clone, Debug)]
pub struct Axis {
    pub range: (f64, f64),
    pub marks: Vec<Mark>,
}

/// The horizontal axis.
pub fn horizontal(spec: &ChartSpec<'_>, width_px: f64) -> Axis {
    let mut end = 1.0_f64;
    for s in spec.series {
        end = end.max(spec.x_axis.of_row(s, s.last()));
    }
    if spec.x_axis == XAxis::Steps {
        end = end.max(f64::from(spec.horizon));
    }
    let most = cast::index(width_px / X_TICK_PX).max(2);
    let mut marks = ticks::marks(0.0, end, most);
    // There is nothing between two steps.
    marks.retain(|m| m.value.fract() == 0.0);
    Axis { range: (0.0, end), marks }
}

/// The vertical axis and the scale it got.
pub fn vertical(spec: &ChartSpec<'_>, height_px: f64) -> (Axis, YScale) {
    let most = cast::index(height_px / Y_TICK_PX).max(2);
    let seen = Seen::of(spec);
    // What falls below 0 would stand on the lower edge, as if it had come to rest there.
    // But for what is left of subtracting the minimum.
    let is_below = seen.min < -1e-9 * seen.max.max(spec.baseline.abs());
    if spec.y_scale == YScale::Log && seen.least_positive <= seen.max && !is_below {
        let hi = num::log10(seen.max);
        let lo = num::log10(seen.least_positive).max(hi - MOST_DECADES);
        // A quarter of a decade at least, so that a constant stands in the middle.
        let range = padded(lo, hi, 0.25);
        let marks = logarithmic(range, most);
        return (Axis { range, marks }, YScale::Log);
    }
    let (mut lo, hi) = (seen.min, seen.max);
    if !matches!(spec.quantity, Quantity::Loss | Quantity::Accuracy) && lo >= 0.0 {
        lo = 0.0;
    }
    let least = 1e-3 * lo.abs().max(hi.abs());
    let range = padded(lo, hi, if least > 0.0 { least } else { 1.0 });
    let marks = ticks::marks(range.0, range.1, most);
    (Axis { range, marks }, YScale::Linear)
}

fn padded(lo: f64, hi: f64, least_span: f64) -> (f64, f64) {
    let missing = 0.5 * (least_span - (hi - lo)).max(0.0);
    let pad = missing + PADDING * (hi - lo).max(least_span);
    (lo - pad, hi + pad)
}

/// What the values to be shown span.
struct Seen {
    min: f64,
    max: f64,
    least_positive: f64,
}

impl Seen {
    fn of(spec: &ChartSpec<'_>) -> Self {
        let cap = cap(spec);
        let mut seen = Self { min: f64::INFINITY, max: f64::NEG_INFINITY, least_positive: f64::INFINITY };
        for s in spec.series {
            for v in s.values.iter().chain(s.other) {
                let v = v - spec.baseline;
                if v <= cap {
                    seen.max = seen.max.max(v);
                    seen.min = seen.min.min(v);
                    if v > 0.0 {
                        seen.least_positive = seen.least_positive.min(v);
                    }
                }
            }
        }
        for v in spec.fan_over_steps().into_iter().flat_map(|fan| fan.bands.values.iter().flatten()) {
            let v = v - spec.baseline;
            if v <= cap {
                seen.max = seen.max.max(v);
                seen.min = seen.min.min(v);
                if v > 0.0 {
                    seen.least_positive = seen.least_positive.min(v);
                }
            }
        }
        if seen.min > seen.max {
            (seen.min, seen.max) = (0.0, 1.0);
        }
        // Far below −cap there is as little to see.
        seen.min = seen.min.max(-cap);
        seen
    }
}

/// Up to where runs are followed: one that blows up is not to flatten all others.
fn cap(spec: &ChartSpec<'_>) -> f64 {
    let (follow, follow_calm) = match spec.y_scale {
        YScale::Log => (1e3, 1e6),
        YScale::Linear => (1.5, 20.0),
    };
    let mut start = 0.0_f64;
    let mut calm = 0.0_f64;
    for s in spec.series {
        let size = |v: &f64| (v - spec.baseline).abs();
        start = start.max(s.values.first().map_or(0.0, size));
        if !s.diverged {
            calm = s.values.iter().fold(calm, |m, v| m.max(size(v)));
        }
    }
    let cap = (follow * start).max(calm.min(follow_calm * start));
    if matches!(spec.quantity, Quantity::Lr | Quantity::Accuracy) || cap <= 0.0 {
        return f64::MAX;
    }
    cap
}

/// Decades and digits between, or round values where too few of those are in range to read a scale from.
fn logarithmic((lo, hi): (f64, f64), most: usize) -> Vec<Mark> {
    let marks = decades((lo, hi), most);
    if marks.len() > 1 {
        return marks;
    }
    let value = |place| num::pow(10.0, place);
    let round = ticks::marks(value(lo), value(hi), most);
    round.into_iter().map(|mark| Mark { value: num::log10(mark.value), ..mark }).collect()
}

/// Decades, or also digits between where only a few are in range.
fn decades((lo, hi): (f64, f64), most: usize) -> Vec<Mark> {
    let most = cast::float(most);
    let digits: &[u8] = match hi - lo {
        span if 3.0 * span <= most => &[1, 2, 5],
        span if 2.0 * span <= most => &[1, 3],
        _ => &[1],
    };
    let least = cast::whole(((hi - lo) / most).ceil());
    let every = [1, 2, 3, 5, 10, 20, 50, 100];
    let every = every.into_iter().find(|e| *e >= least).unwrap_or(200);
    let mut marks = Vec::new();
    for exponent in cast::whole(lo.floor())..=cast::whole(hi.ceil()) {
        if exponent.rem_euclid(every) != 0 {
            continue;
        }
        for digit in digits {
            #[expect(clippy::cast_precision_loss, reason = "exponents are small")]
            let value = exponent as f64 + num::log10(f64::from(*digit));
            if (lo..=hi).contains(&value) {
                marks.push(Mark { value, label: ticks::decade_label(*digit, exponent) });
            }
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_can_be_read_however_small_the_range() {
        for (lo, hi) in [(2.2, 4.1), (5.5, 9.8), (1.1, 1.9), (0.000_55, 0.000_98), (550.0, 980.0), (0.3, 7.0)]
        {
            for most in [2, 4, 7] {
                let range = (num::log10(lo), num::log10(hi));
                let marks = logarithmic(range, most);
                assert!(marks.len() > 1 || most == 2, "{lo} to {hi}: {marks:?}");
                assert!(
                    marks.iter().all(|m| range.0 <= m.value && m.value <= range.1),
                    "{lo} to {hi}: {marks:?}"
                );
            }
        }
        let labels: Vec<_> =
            logarithmic((num::log10(2.2), num::log10(4.1)), 7).into_iter().map(|m| m.label).collect();
        assert_eq!(labels, ["2.5", "3.0", "3.5", "4.0"]);
    }
}
