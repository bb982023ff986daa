//! Reading decimal numbers, correctly rounded.
//!
//! The standard library's reader is as exact and faster, by way of a table of powers of five that is a tenth of the page's
//! download. Here what is not exact in plain arithmetic is divided out digit by digit.

use super::big::Big;
use std::cmp::Ordering;

/// More digits than any double needs to be told apart from its neighbours; those beyond count as "and a bit more".
const MOST_DIGITS: usize = 800;
/// Whole numbers of this many digits, and ten to this power, are exact in a double.
const EXACT: (usize, i32) = (15, 22);

/// The double nearest to the number written here (of two, the even one): digits with a point and an exponent, as people
/// and programs write them. Infinities and words are not numbers.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    let (negative, rest) = sign(text.as_bytes());
    let (mantissa, exponent) = match rest.iter().position(|b| matches!(b, b'e' | b'E')) {
        Some(at) => (&rest[..at], whole(&rest[at + 1..])?),
        None => (rest, 0),
    };
    let mut digits = Vec::new();
    let (mut seen, mut after_point, mut shift) = (false, false, 0_i32);
    for byte in mantissa {
        match byte {
            b'0'..=b'9' => {
                seen = true;
                if digits.len() < MOST_DIGITS {
                    if *byte != b'0' || !digits.is_empty() {
                        digits.push(byte - b'0');
                    }
                    shift -= i32::from(after_point);
                } else {
                    if *byte != b'0' {
                        digits[MOST_DIGITS - 1] |= 1;
                    }
                    shift += i32::from(!after_point);
                }
            }
            b'.' if !after_point => after_point = true,
            _ => return None,
        }
    }
    if !seen {
        return None;
    }
    let size = nearest(&digits, exponent.saturating_add(shift));
    Some(if negative { -size } else { size })
}

/// Whether it begins with a minus, and what follows a sign.
fn sign(text: &[u8]) -> (bool, &[u8]) {
    match text {
        [sign @ (b'-' | b'+'), rest @ ..] => (*sign == b'-', rest),
        rest => (false, rest),
    }
}

/// A whole number with a sign, kept small enough to add to.
fn whole(text: &[u8]) -> Option<i32> {
    let (negative, digits) = sign(text);
    if digits.is_empty() {
        return None;
    }
    let mut value = 0_i32;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = (value * 10 + i32::from(byte - b'0')).min(1_000_000);
    }
    Some(if negative { -value } else { value })
}

fn nearest(digits: &[u8], exponent: i32) -> f64 {
    let top = i32::try_from(digits.len()).unwrap_or(i32::MAX).saturating_add(exponent);
    if digits.is_empty() || top < -330 {
        return 0.0;
    }
    if top > 310 {
        return f64::INFINITY;
    }
    if digits.len() <= EXACT.0 && exponent.abs() <= EXACT.1 {
        let whole = digits.iter().fold(0.0, |n, d| n * 10.0 + f64::from(*d));
        let power = super::num::powi(10.0, exponent.abs());
        return if exponent < 0 { whole / power } else { whole * power };
    }
    let mut above = Big::default();
    for d in digits {
        above.times_plus(10, u32::from(*d));
    }
    let mut below = Big::from(1);
    for _ in 0..exponent.abs() {
        if exponent < 0 { &mut below } else { &mut above }.times_plus(10, 0);
    }
    quotient(above, below)
}

/// The double nearest to the quotient of two whole numbers, neither of them 0.
fn quotient(mut above: Big, mut below: Big) -> f64 {
    // Bring the quotient into 1 … 2; what is taken out is its binary exponent.
    let mut exponent = above.bits() - below.bits();
    if exponent > 0 { &mut below } else { &mut above }.shift(exponent.unsigned_abs());
    if above.compare(&below) == Ordering::Less {
        above.shift(1);
        exponent -= 1;
    }
    // Doubles below 2⁻¹⁰²² have fewer bits.
    let bits = 53.min(53 + 1022 + exponent);
    if bits < 0 {
        return 0.0;
    }
    let mut mantissa = 0_u64;
    for _ in 0..bits {
        mantissa <<= 1;
        if above.compare(&below) != Ordering::Less {
            above.subtract(&below);
            mantissa |= 1;
        }
        above.shift(1);
    }
    // What is left is twice the remainder: compare with a half, and round a tie to even.
    let left = above.compare(&below);
    if left == Ordering::Greater || left == Ordering::Equal && mantissa & 1 == 1 {
        mantissa += 1;
    }
    if bits < 53 {
        return f64::from_bits(mantissa);
    }
    let carried = mantissa >> 53;
    let biased = u64::try_from(exponent + 1023).unwrap_or(0) + carried;
    if biased >= 2047 {
        return f64::INFINITY;
    }
    f64::from_bits((biased << 52) | ((mantissa >> carried) & ((1 << 52) - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::rng;

    #[track_caller]
    fn same_as_std(text: &str) {
        let want: f64 = text.parse().expect("a number");
        assert_eq!(parse(text).map(f64::to_bits), Some(want.to_bits()), "{text}");
    }

    #[test]
    fn every_double_reads_back_from_its_shortest_form() {
        for i in 0..20_000 {
            let v = f64::from_bits(rng::bits(1, 2, i));
            if v.is_finite() {
                same_as_std(&format!("{v:e}"));
                same_as_std(&format!("{v}"));
            }
        }
    }

    #[test]
    fn random_decimals_are_rounded_as_the_standard_library_rounds_them() {
        for i in 0..20_000 {
            let digits = rng::bits(3, 0, i) >> (rng::bits(3, 1, i) % 60);
            let point = rng::bits(3, 2, i) % 700;
            same_as_std(&format!("{digits}e-{point}"));
            same_as_std(&format!("0.000{digits}{digits}e{}", point / 3));
        }
    }

    #[test]
    fn edges_and_ties_are_exact() {
        for text in [
            "0",
            "-0",
            "1",
            "0.1",
            ".5",
            "5.",
            "1e22",
            "1e23",
            "9007199254740993",
            "9007199254740992.5",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "4.9e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "1.7976931348623157e308",
            "1.7976931348623159e308",
            "1e400",
            "1e-400",
            "1e999999999999",
            "8.5e-1",
            "+3",
            "123456789012345678901234567890",
        ] {
            same_as_std(text);
        }
        same_as_std(&format!("1{}e-900", "0".repeat(900)));
        same_as_std(&format!("9007199254740992.5{}1", "0".repeat(900)));
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        for text in [
            "", "-", "+", ".", "e5", "1e", "1e+", "1e5.5", "1.2.3", "0x10", "inf", "NaN", "1 ", " 1",
            "1_000", "١",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
