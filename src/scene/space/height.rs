//! From the values of a surface to heights.

use super::super::scale::LevelScale;
use super::super::ticks;
use super::block::TOP;
use crate::math::num;
use crate::param::readable;
use crate::surface::Levels;

/// How far above the end of the colours heights go on, in parts of the colours' range: to the corners of a bowl, and not to
/// the top of a pole.
const BEYOND: f64 = 1.35;
/// The least distance of two labels, in parts of the axis.
const APART: f64 = 0.11;

/// The mapping of values to heights in the block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Height {
    scale: LevelScale,
    levels: Levels,
    /// The lowest and the highest value that are shown as what they are.
    range: (f64, f64),
    /// The place of the highest on the scale.
    end: f64,
}

impl Height {
    /// Heights on a scale of values, even in them or in the logarithm. The scale should have these levels.
    #[must_use]
    pub fn of(scale: LevelScale, levels: Levels) -> Self {
        let low = scale.value(0.0);
        let (max, end) = (scale.max(), scale.value(1.0));
        match levels {
            Levels::Linear => {
                // Even in the values themselves, however the colours are bent.
                let high = max.min(low + BEYOND * (end - low));
                let high = if high > low { high } else { low + 1.0 };
                Self { scale, levels, range: (low, high), end: 1.0 }
            }
            Levels::Log => {
                let end = num::clamp(scale.exact_t(max), 0.5, BEYOND);
                Self { scale, levels, range: (low, scale.value(end).min(max)), end }
            }
        }
    }

    /// The height of a value, between 0 and [`TOP`]; none for what is not finite.
    #[must_use]
    pub fn at(&self, value: f64) -> Option<f64> {
        let t = match self.levels {
            Levels::Linear => (value - self.range.0) / (self.range.1 - self.range.0),
            Levels::Log => self.scale.exact_t(value) / self.end,
        };
        value.is_finite().then(|| TOP * num::clamp(t, 0.0, 1.0))
    }

    /// Round values with their labels, about as many as fit, lowest first.
    #[must_use]
    pub fn ticks(&self) -> Vec<(f64, String)> {
        let (low, high) = self.range;
        match self.levels {
            Levels::Linear => {
                let marks = ticks::marks(low, high, 6);
                marks.into_iter().filter_map(|m| Some((self.at(m.value)?, m.label))).collect()
            }
            Levels::Log => self.decades(),
        }
    }

    /// The lowest value, and powers of ten as far apart as labels must be; then twos and fives between them.
    fn decades(&self) -> Vec<(f64, String)> {
        let (low, high) = self.range;
        let lowest = if low.abs() < 1e-12 * high.abs() { 0.0 } else { low };
        let mut found = vec![(0.0, readable(lowest).replace('-', "−"))];
        for digit in [1_u8, 2, 5] {
            // From the top: what is near the lowest value has no room.
            for exponent in (-12..=12_i32).rev() {
                for sign in [1.0, -1.0] {
                    let value = sign * f64::from(digit) * num::powi(10.0, exponent);
                    let apart = |at: f64| found.iter().all(|(other, _)| (at - other).abs() >= APART * TOP);
                    if let Some(at) = self.at(value).filter(|at| value > low && value <= high && apart(*at)) {
                        let minus = if sign < 0.0 { "−" } else { "" };
                        found.push((at, format!("{minus}{}", ticks::decade_label(digit, exponent.into()))));
                    }
                }
            }
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Field;
    use crate::surface::{self, SurfaceObjective, View};

    fn scale(values: impl Iterator<Item = f64>, levels: Levels) -> LevelScale {
        let values: Vec<f64> = values.collect();
        let mut field = Field::cells(View::square(1.0), values.len(), 1);
        field.values_mut().copy_from_slice(&values);
        LevelScale::of(&field, levels, None)
    }

    #[test]
    fn linear_heights_are_even_in_the_values_and_end_where_a_spike_begins() {
        let even = (0..1000).map(f64::from);
        let height = Height::of(scale(even, Levels::Linear), Levels::Linear);
        let [low, middle, high] = [0.0, 499.5, 999.0].map(|v| height.at(v).expect("finite"));
        assert_eq!(low, 0.0);
        assert!((2.0 * middle - high).abs() < 1e-9 && (high - TOP).abs() < 1e-9);
        let spike = (0..1000).map(|i| if i == 7 { 1e9 } else { f64::from(i) });
        let height = Height::of(scale(spike, Levels::Linear), Levels::Linear);
        assert!(height.at(500.0).expect("finite") > 0.3 * TOP);
        assert_eq!(height.at(1e9), Some(TOP));
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(height.at(value), None);
        }
    }

    #[test]
    fn logarithmic_heights_rise_with_decades_and_are_smooth() {
        let values = (0..2000).map(|i| num::pow(10.0, f64::from(i) / 400.0 - 2.0) - 0.01);
        let height = Height::of(scale(values, Levels::Log), Levels::Log);
        let at = |v: f64| height.at(v).expect("finite");
        let (one, ten, hundred) = (at(1.0), at(10.0), at(100.0));
        assert!((ten - one - (hundred - ten)).abs() < 0.06, "{one} {ten} {hundred}");
        // No creases where the exponent changes, which light would show.
        let slope = |v: f64| (at(v * 1.001) - at(v)) / 0.001;
        assert!((slope(3.99) - slope(4.005)).abs() < 1e-3);
    }

    #[test]
    fn ticks_are_round_apart_and_rising_on_every_surface() {
        for spec in surface::all() {
            let surface = SurfaceObjective::new(spec);
            let mut field = Field::nodes(spec.view, 60, 60);
            field.compute(&surface);
            for levels in [Levels::Linear, Levels::Log] {
                let height = Height::of(LevelScale::of(&field, levels, None), levels);
                let ticks = height.ticks();
                assert!(ticks.len() >= 2, "{} {levels:?}: {ticks:?}", spec.key);
                for pair in ticks.windows(2) {
                    assert!(pair[1].0 - pair[0].0 > 0.05 * TOP, "{} {levels:?}: {ticks:?}", spec.key);
                }
                assert!(ticks.iter().all(|(at, label)| (0.0..=TOP).contains(at) && label.len() < 12));
            }
        }
    }

    #[test]
    fn flat_and_empty_fields_have_heights() {
        for values in [&[2.0, 2.0][..], &[f64::NAN, f64::NAN], &[-1e308, 1e308]] {
            for levels in [Levels::Linear, Levels::Log] {
                let height = Height::of(scale(values.iter().copied(), levels), levels);
                assert!(height.at(1.0).is_some_and(f64::is_finite));
                assert!(height.ticks().len() < 30);
            }
        }
    }
}
