//! Rounding to the numbers that 32 and 16 bits can hold: to nearest, ties to even, with subnormals, and to infinity beyond
//! the largest, as IEEE 754 has it.

/// A binary format, narrower than 64 bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Format {
    /// Significant bits, with the one that is not stored.
    bits: i32,
    /// The exponent of the smallest normal number, 2^least.
    least: i32,
    /// The largest finite number.
    largest: f64,
}

/// IEEE single precision.
pub const F32: Format =
    Format { bits: 24, least: -126, largest: 340_282_346_638_528_859_811_704_183_484_516_925_440.0 };
/// The upper half of single precision.
pub const BF16: Format =
    Format { bits: 8, least: -126, largest: 338_953_138_925_153_547_590_470_800_371_487_866_880.0 };
/// IEEE half precision.
pub const F16: Format = Format { bits: 11, least: -14, largest: 65_504.0 };

/// 2 to a whole power, for normal numbers.
fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(u64::from((exponent + 1023).clamp(1, 2046).unsigned_abs()) << 52)
}

/// The e of 2ᵉ ≤ |v| < 2ᵉ⁺¹ for normal numbers, −1023 for smaller ones.
fn exponent(v: f64) -> i32 {
    // Eleven bits fit.
    i32::try_from((v.to_bits() >> 52) & 0x7ff).unwrap_or(0) - 1023
}

impl Format {
    /// The number of this format that is nearest; of two the one whose last bit is 0. What lies beyond the largest by half
    /// a unit or more becomes infinite.
    #[must_use]
    pub fn round(self, v: f64) -> f64 {
        if !v.is_finite() {
            return v;
        }
        // One unit in the last place; the division and the product are exact.
        let unit = power_of_two(exponent(v).max(self.least) - (self.bits - 1));
        let rounded = (v / unit).round_ties_even() * unit;
        if rounded.abs() > self.largest { f64::INFINITY.copysign(v) } else { rounded }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::rng;

    /// The value of 16 bits as IEEE half precision, from its definition.
    fn half(bits: u16) -> f64 {
        let (exponent, fraction) = (i32::from(bits >> 10 & 31), f64::from(bits & 1023));
        let size = match exponent {
            0 => fraction * power_of_two(-24),
            31 if fraction == 0.0 => f64::INFINITY,
            31 => f64::NAN,
            e => (1.0 + fraction / 1024.0) * power_of_two(e - 15),
        };
        if bits >> 15 == 1 { -size } else { size }
    }

    fn brain(bits: u16) -> f64 {
        f64::from(f32::from_bits(u32::from(bits) << 16))
    }

    #[test]
    fn every_number_of_sixteen_bits_stays_what_it_is() {
        for bits in 0..=u16::MAX {
            for (format, v) in [(F16, half(bits)), (BF16, brain(bits))] {
                let rounded = format.round(v);
                assert!(rounded.to_bits() == v.to_bits() || v.is_nan() && rounded.is_nan(), "{bits:x}: {v}");
            }
        }
    }

    #[test]
    fn between_two_numbers_the_nearer_is_taken_and_in_the_middle_the_even_one() {
        for (format, decode) in [(F16, half as fn(u16) -> f64), (BF16, brain)] {
            for bits in 0..=u16::MAX {
                let (below, above) = (decode(bits & 0x7fff), decode((bits & 0x7fff) + 1));
                if !(below.is_finite() && above.is_finite()) {
                    continue;
                }
                let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
                let middle = below + (above - below) * 0.5;
                let even = if bits & 1 == 0 { below } else { above };
                assert_eq!(format.round(sign * middle), sign * even, "{bits:x}");
                let (less, more) =
                    (f64::from_bits(middle.to_bits() - 1), f64::from_bits(middle.to_bits() + 1));
                assert_eq!(format.round(sign * less), sign * below, "{bits:x}");
                assert_eq!(format.round(sign * more), sign * above, "{bits:x}");
            }
        }
    }

    #[test]
    fn what_is_too_large_is_infinite_and_what_is_too_small_is_zero() {
        for (v, want) in [
            (65_504.0, 65_504.0),
            (65_519.999, 65_504.0),
            (65_520.0, f64::INFINITY),
            (-1e300, f64::NEG_INFINITY),
            (power_of_two(-25), 0.0),
            (2.98e-8, 0.0),
            (2.981e-8, power_of_two(-24)),
            (5e-324, 0.0),
        ] {
            assert_eq!(F16.round(v), want, "{v}");
        }
        assert_eq!(F16.round(-1e-10).to_bits(), (-0.0_f64).to_bits());
        assert_eq!(BF16.round(3.4e38), f64::INFINITY);
        assert_eq!(BF16.round(3.39e38), BF16.largest);
        assert_eq!(BF16.round(1e-45), 0.0);
        assert!(F16.round(f64::NAN).is_nan());
    }

    #[test]
    #[expect(clippy::cast_possible_truncation, reason = "the rounding that is compared with")]
    fn single_precision_is_that_of_the_machine() {
        for i in 0..200_000 {
            // All exponents, and those about the range of single precision.
            let any = f64::from_bits(rng::bits(3, 0, i));
            let near = rng::normal(3, 1, i) * f64::from(f32::from_bits(rng::bits(3, 2, i) as u32));
            for v in [any, near] {
                let (ours, theirs) = (F32.round(v), f64::from(v as f32));
                assert!(
                    ours.to_bits() == theirs.to_bits() || v.is_nan(),
                    "{v:e}: {ours:e} is not {theirs:e}"
                );
            }
        }
    }
}
