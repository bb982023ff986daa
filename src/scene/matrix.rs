//! What is drawn of runs on a matrix: curves of k numbers a row of the path, the axis that all runs share, and the shades and
//! numbers of a heat map.

use super::{cast, ticks};
use crate::math::num;
use std::fmt::Write;

/// The minus sign of labels.
const MINUS: char = '−';

/// Rows of a path of this length that are looked at: all, or so many at equal distances, with the first and the last.
#[must_use]
pub fn rows(len: usize, most: usize) -> Vec<usize> {
    if len <= most {
        return (0..len).collect();
    }
    let parts = most.max(2) - 1;
    (0..=parts).map(|i| i * (len - 1) / parts).collect()
}

/// Curves over the steps, as many as the matrix has rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curves {
    rows: Vec<usize>,
    values: Vec<f64>,
    side: usize,
}

impl Curves {
    /// Curves through these values, `side` of them for each of the rows. Rows at the end that have none are left out.
    #[must_use]
    pub fn new(mut rows: Vec<usize>, values: Vec<f64>, side: usize) -> Self {
        rows.truncate(values.len() / side.max(1));
        Self { rows, values, side }
    }

    /// How many curves there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.side
    }

    /// All values.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// A curve as points of a square of 1 by 1, y upwards, whose right edge is the horizon.
    #[must_use]
    pub fn points(&self, curve: usize, axis: &Axis, horizon: usize) -> Vec<[f64; 2]> {
        let rows = self.rows.iter().zip(self.values.chunks_exact(self.side.max(1)));
        let last = cast::float(horizon.max(1));
        rows.map(|(row, values)| [cast::float(*row) / last, axis.place(values[curve])]).collect()
    }

    /// A curve as the `d` of an SVG path, in a square of 100 by 100 whose right edge is the horizon.
    #[must_use]
    pub fn path(&self, curve: usize, axis: &Axis, horizon: usize) -> String {
        let mut text = String::new();
        let wide = 100.0 / cast::float(horizon.max(1));
        for (row, values) in self.rows.iter().zip(self.values.chunks_exact(self.side)) {
            let (x, y) = (wide * cast::float(*row), 100.0 * (1.0 - axis.place(values[curve])));
            let _ = write!(text, "{}{x:.2},{y:.2}", if text.is_empty() { 'M' } else { 'L' });
        }
        // A single point is seen where its line has round ends.
        if self.rows.len() == 1 {
            text.push_str("h0");
        }
        text
    }
}

/// The vertical axis of curves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    lo: f64,
    hi: f64,
    log: bool,
}

/// How far below its top a logarithmic axis ends at most: what is smaller is rounding, or as good as gone, and is not what
/// the axis is for.
const DECADES: i32 = 6;
/// Less than this from bottom to top and a logarithmic axis has round numbers instead of powers of ten.
const SHORT: f64 = 30.0;
/// About as many labels as an axis has.
const LABELS: usize = 4;

impl Axis {
    /// From 0 to the largest of these values.
    #[must_use]
    pub fn linear<'a>(values: impl Iterator<Item = &'a f64>) -> Self {
        let hi = values.filter(|v| v.is_finite()).fold(0.0, |m: f64, v| m.max(*v));
        Self { lo: 0.0, hi: if hi > 0.0 { 1.05 * hi } else { 1.0 }, log: false }
    }

    /// From the smallest to the largest of these values, with 0 among them.
    #[must_use]
    pub fn around<'a>(values: impl Iterator<Item = &'a f64>) -> Self {
        let finite = values.filter(|v| v.is_finite());
        let (lo, hi) = finite.fold((0.0, 0.0), |(lo, hi): (f64, f64), v| (lo.min(*v), hi.max(*v)));
        let hi = if hi > lo { hi } else { lo + 1.0 };
        let room = 0.05 * (hi - lo);
        Self { lo: if lo < 0.0 { lo - room } else { 0.0 }, hi: hi + room, log: false }
    }

    /// From the smallest to the largest of those that are positive and not far below the others.
    #[must_use]
    pub fn log<'a>(values: impl Iterator<Item = &'a f64>) -> Self {
        Self::log_within(values, DECADES)
    }

    /// From the smallest to the largest of those that are positive and not below the largest by more powers of ten than these.
    #[must_use]
    pub fn log_within<'a>(values: impl Iterator<Item = &'a f64>, decades: i32) -> Self {
        let values: Vec<f64> = values.copied().filter(|v| *v > 0.0 && v.is_finite()).collect();
        let hi = values.iter().fold(0.0, |hi: f64, v| hi.max(*v));
        if hi == 0.0 {
            return Self { lo: 0.1, hi: 1.0, log: true };
        }
        let least = hi * num::powi(10.0, -decades);
        let lo = values.iter().filter(|v| **v >= least).fold(hi, |lo, v| lo.min(*v));
        Self { lo: lo / 1.1, hi: 1.1 * hi, log: true }
    }

    /// Where a value stands: 0 at the bottom, 1 at the top; at an end what is beyond it.
    #[must_use]
    pub fn place(&self, value: f64) -> f64 {
        let share = if !self.log {
            (value - self.lo) / (self.hi - self.lo)
        } else if value > self.lo {
            num::ln(value / self.lo) / num::ln(self.hi / self.lo)
        } else {
            0.0
        };
        // What is not a number stands at the top, where what has no bound goes.
        if share.is_nan() { 1.0 } else { num::clamp(share, 0.0, 1.0) }
    }

    /// Places with the numbers that are written there.
    #[must_use]
    pub fn labels(&self) -> Vec<(f64, String)> {
        if !self.log || self.hi / self.lo < SHORT {
            let marks = ticks::marks(self.lo, self.hi, LABELS);
            return marks.into_iter().map(|m| (self.place(m.value), m.label)).collect();
        }
        let (first, last) = (num::log10(self.lo).ceil(), num::log10(self.hi).floor());
        let every = ((last - first) / cast::float(LABELS)).ceil().max(1.0);
        let mut labels = Vec::new();
        let mut exponent = last;
        while exponent >= first {
            let power = cast::whole(exponent);
            let value = num::powi(10.0, i32::try_from(power).unwrap_or_default());
            labels.push((self.place(value), ticks::decade_label(1, power)));
            exponent -= every;
        }
        labels
    }
}

/// The largest size among the entries, for the ends of the shades: 1 where there is none.
#[must_use]
pub fn largest<'a>(entries: impl Iterator<Item = &'a f64>) -> f64 {
    let most = entries.filter(|v| v.is_finite()).fold(0.0, |m: f64, v| m.max(v.abs()));
    if most > 0.0 { most } else { 1.0 }
}

/// The shade of an entry: percent of the way from the middle to the upper colour, or to the lower one where negative.
#[must_use]
pub fn shade(entry: f64, largest: f64) -> i64 {
    cast::whole(num::clamp(100.0 * entry / largest, -100.0, 100.0).round())
}

/// An entry in few characters: two decimals in a small matrix, one in a larger.
#[must_use]
pub fn short(entry: f64, side: usize) -> String {
    let size = entry.abs();
    if !entry.is_finite() {
        return "–".to_owned();
    }
    let text = if size >= 999.5 {
        format!("{size:.0e}")
    } else if size >= 9.95 {
        format!("{size:.0}")
    } else if side > 5 || size >= 9.995 {
        format!("{size:.1}")
    } else {
        format!("{size:.2}")
    };
    let nothing = text.chars().all(|c| matches!(c, '0' | '.'));
    match (nothing, entry < 0.0) {
        (true, _) => "0".to_owned(),
        (false, true) => format!("{MINUS}{text}"),
        (false, false) => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_all_or_at_equal_distances_with_both_ends() {
        assert_eq!(rows(4, 10), [0, 1, 2, 3]);
        assert_eq!(rows(101, 5), [0, 25, 50, 75, 100]);
        assert_eq!(rows(0, 5), [0; 0]);
        assert_eq!(rows(20_001, 241).last(), Some(&20_000));
    }

    #[test]
    fn a_curve_runs_from_left_to_right_through_its_values() {
        let curves = Curves::new(vec![0, 5, 10], vec![4.0, 1.0, 2.0, 0.5, 0.0, 0.0], 2);
        let axis = Axis { lo: 0.0, hi: 4.0, log: false };
        assert_eq!(curves.path(0, &axis, 10), "M0.00,0.00L50.00,50.00L100.00,100.00");
        assert_eq!(curves.path(1, &axis, 20), "M0.00,75.00L25.00,87.50L50.00,100.00");
        // The last row is left by no step.
        assert_eq!(Curves::new(vec![0, 5, 10], vec![4.0, 2.0], 1).path(0, &axis, 10).matches('L').count(), 1);
        assert_eq!(Curves::new(vec![0], vec![2.0], 1).path(0, &axis, 10), "M0.00,50.00h0");
    }

    #[test]
    fn axes_hold_what_is_finite_and_clamp_the_rest() {
        let linear = Axis::linear([1.0, 2.0, f64::INFINITY].iter());
        assert!((linear.place(2.0) - 2.0 / 2.1).abs() < 1e-15);
        assert_eq!([linear.place(-1.0), linear.place(50.0), linear.place(f64::NAN)], [0.0, 1.0, 1.0]);
        let log = Axis::log([1e-3, 0.1, 0.0, 1e-30].iter());
        assert_eq!(log.place(0.0), 0.0);
        assert!(log.place(1e-30) == 0.0, "rounding makes no room for itself");
        assert!((0.01..0.1).contains(&log.place(1e-3)));
        let labels: Vec<String> = Axis::log([1e-3, 2.0].iter()).labels().into_iter().map(|l| l.1).collect();
        assert_eq!(labels, ["1", "0.1", "0.01", "0.001"]);
        assert!(
            !Axis::log([0.02, 0.03].iter()).labels().is_empty(),
            "round numbers where no power of ten is"
        );
        assert!(Axis::linear([].iter()).place(0.5) > 0.0 && Axis::log([].iter()).place(0.5) > 0.0);
    }

    #[test]
    fn shades_and_numbers_fit_their_cells() {
        assert_eq!([shade(-2.0, 1.0), shade(0.5, 1.0), shade(0.0, 1.0)], [-100, 50, 0]);
        assert_eq!(largest([0.5, -3.0, f64::NAN].iter()), 3.0);
        assert_eq!(largest([0.0].iter()), 1.0);
        let words = [-0.518, 0.001, -0.004, 1.0, 12.3, 9.996, -3e4].map(|v| short(v, 4));
        assert_eq!(words, ["−0.52", "0", "0", "1.00", "12", "10", "−3e4"]);
        assert_eq!([-0.518, 0.04].map(|v| short(v, 8)), ["−0.5", "0"]);
    }
}
