//! The vertical axis of a slice: even, or logarithmic above the lowest level where what is marked is decades apart.

use crate::math::num;
use crate::scene::cast;
use crate::scene::ticks::{self, Mark as Tick};

/// The curve is followed up to so many times the height that what is marked needs.
const FOLLOW: f64 = 1.6;
/// Values that are so many times apart are told apart on a logarithmic axis only.
const FAR_APART: f64 = 2000.0;

/// The vertical axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heights {
    /// What is subtracted from values before their logarithm is taken; none on an even axis.
    pub log_above: Option<f64>,
    /// The ends, logarithms where they are.
    pub ends: (f64, f64),
}

impl Heights {
    /// The axis for a curve and the values that are marked on it, with the lowest value of all where it is known, and how much
    /// closer than usual it is looked at.
    #[must_use]
    pub fn of(curve: &[(f64, f64)], marked: &[f64], lowest: Option<f64>, zoom: f64) -> Self {
        let finite = |v: &f64| v.is_finite();
        let least =
            |values: &mut dyn Iterator<Item = f64>| values.filter(finite).fold(f64::INFINITY, f64::min);
        let most =
            |values: &mut dyn Iterator<Item = f64>| values.filter(finite).fold(f64::NEG_INFINITY, f64::max);
        let bottom = least(&mut curve.iter().map(|p| p.1)).min(least(&mut marked.iter().copied()));
        let top = most(&mut marked.iter().copied());
        if !(bottom.is_finite() && top.is_finite()) {
            return Self { log_above: None, ends: (0.0, 1.0) };
        }
        let base = lowest.filter(|l| *l <= bottom);
        if let Some(base) = base {
            let mut above = marked.iter().map(|v| v - base).filter(|v| *v > 0.0);
            let smallest = least(&mut above);
            let largest = top - base;
            if largest > FAR_APART * smallest {
                let (low, high) = (num::log10(smallest), num::log10(largest));
                let pad = 0.12 * (high - low);
                return Self { log_above: Some(base), ends: (low - pad, high + pad) };
            }
        }
        let peak = most(&mut curve.iter().map(|p| p.1));
        let bottom = base.filter(|b| top - b < 3.0 * (top - bottom)).unwrap_or(bottom);
        let height = top - bottom;
        let least_height = 1e-9 * bottom.abs().max(top.abs()).max(1e-9);
        let high = if height > least_height {
            peak.min(bottom + FOLLOW / zoom.min(1.0) / zoom.min(1.0) * height)
        } else {
            peak
        };
        let pad = 0.06 * (high.max(top) - bottom).max(least_height);
        Self { log_above: None, ends: (bottom - pad, high.max(top) + pad) }
    }

    /// The place of a value from the lower end, 0, to the upper, 1; none where it has none.
    #[must_use]
    pub fn place(&self, value: f64) -> Option<f64> {
        let value = match self.log_above {
            None => value,
            Some(base) if value > base => num::log10(value - base),
            Some(_) => f64::MIN,
        };
        let place = (value - self.ends.0) / (self.ends.1 - self.ends.0);
        place.is_finite().then_some(place)
    }

    pub(super) fn ticks(&self, most: usize) -> Vec<Tick> {
        let (low, high) = self.ends;
        if self.log_above.is_none() {
            return ticks::marks(low, high, most);
        }
        let every = cast::whole(((high - low) / cast::float(most.max(1))).ceil()).max(1);
        let decades = cast::whole(low.ceil())..=cast::whole(high.floor());
        decades
            .filter(|d| d.rem_euclid(every) == 0)
            .map(|d| Tick {
                value: f64::from(i32::try_from(d).unwrap_or(0)),
                label: ticks::decade_label(1, d),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_marked_is_on_the_axis_and_a_wall_does_not_flatten_it() {
        let curve: Vec<(f64, f64)> =
            (-10..=10).map(|i| (f64::from(i), 1.0 + num::powi(f64::from(i), 6))).collect();
        let heights = Heights::of(&curve, &[2.0, 5.0], None, 1.0);
        let further = Heights::of(&curve, &[2.0, 5.0], None, 0.1);
        assert!(further.ends.1 > 50.0 * heights.ends.1, "further along, further up");
        for value in [1.0, 2.0, 5.0] {
            let place = heights.place(value).expect("finite");
            assert!((0.02..0.98).contains(&place), "{value}: {place}");
        }
        assert!(heights.place(1e6).is_some_and(|p| p > 1.0));
        assert_eq!(heights.log_above, None);
    }

    #[test]
    fn values_that_are_decades_apart_are_drawn_by_decades_above_the_known_minimum() {
        let curve = [(0.0, 1e-3 - 2.0), (1.0, 1e6 - 2.0)];
        let heights = Heights::of(&curve, &[1e-3 - 2.0, 1e6 - 2.0], Some(-2.0), 1.0);
        assert_eq!(heights.log_above, Some(-2.0));
        let middle = heights.place(31.6 - 2.0).expect("above");
        assert!((middle - 0.5).abs() < 0.02, "{middle}");
        assert!(heights.place(-2.0).is_none_or(|p| p < 0.0));
        assert!(heights.ticks(5).len() >= 3);
        // Not where the minimum is unknown.
        assert_eq!(Heights::of(&curve, &[1e-3 - 2.0, 1e6 - 2.0], None, 1.0).log_above, None);
    }

    #[test]
    fn an_axis_has_a_height_whatever_the_values() {
        for (curve, marked) in [
            (vec![], vec![]),
            (vec![(0.0, f64::NAN)], vec![f64::INFINITY]),
            (vec![(0.0, 3.0), (1.0, 3.0)], vec![3.0]),
            (vec![(0.0, 0.0)], vec![0.0]),
            (vec![(0.0, 1e300), (1.0, -1e300)], vec![1e300, f64::NAN]),
        ] {
            for lowest in [None, Some(0.0), Some(3.0)] {
                let Heights { ends: (low, high), .. } = Heights::of(&curve, &marked, lowest, 1.0);
                assert!(low < high && (high - low).is_finite(), "{curve:?}: {low} to {high}");
            }
        }
    }
}
