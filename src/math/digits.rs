//! Writing numbers as decimals, as short as they can be read back.
//!
//! The standard library's writer says the same and is a twentieth of the page's download. Here most numbers are short
//! decimals, which plain arithmetic finds; the rest is divided out digit by digit.

use super::big::Big;
use super::num;
use std::cmp::Ordering;

/// The shortest decimal that reads back to the same bits: plain digits near 1, a power of ten elsewhere.
#[must_use]
pub fn shortest(value: f64) -> String {
    write(value, None)
}

/// The decimal with so many significant digits that is nearest to the value (of two, the even one), with a power of ten.
/// Zeros at its end are left out.
#[must_use]
pub fn rounded(value: f64, digits: u32) -> String {
    write(value, Some(10_u64.saturating_pow(digits.saturating_sub(1))))
}

fn write(value: f64, enough: Option<u64>) -> String {
    let size = value.abs();
    if !size.is_finite() {
        let word = if value.is_nan() {
            "NaN"
        } else if value > 0.0 {
            "inf"
        } else {
            "-inf"
        };
        return word.to_owned();
    }
    let (mut whole, mut exponent) = digits_of(size, enough);
    while whole >= 10 && whole.is_multiple_of(10) {
        whole /= 10;
        exponent += 1;
    }
    let digits = whole.to_string();
    let plain = enough.is_none() && (size == 0.0 || (1e-4..1e15).contains(&size));
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let power = count + exponent - 1;
    let before_point = if plain { power + 1 } else { 1 };
    let mut text = String::new();
    if value.is_sign_negative() {
        text.push('-');
    }
    for place in (before_point - 1).min(0)..count.max(before_point) {
        if place == before_point {
            text.push('.');
        }
        let digit = usize::try_from(place).ok().and_then(|i| digits.as_bytes().get(i));
        text.push(digit.map_or('0', |d| char::from(*d)));
    }
    if !plain {
        text.push('e');
        text.push_str(&power.to_string());
    }
    text
}

/// The digits of a finite number that is not negative, as a whole number and a power of ten: as few as tell it from its
/// neighbours, or until they are at least `enough`.
fn digits_of(value: f64, enough: Option<u64>) -> (u64, i32) {
    if value == 0.0 {
        return (0, 0);
    }
    if enough.is_none()
        && let Some(short) = short_of(value)
    {
        return short;
    }
    divided(value, enough)
}

/// The same for what has few digits and few of them after the point. With 15 digits or less no other decimal reads as
/// the same number.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and below 10¹⁵")]
fn short_of(value: f64) -> Option<(u64, i32)> {
    let mut power = 1.0;
    for places in 0..=22 {
        let whole = (value * power).round();
        if whole >= 1e15 {
            return None;
        }
        // The quotient of two exact numbers is what the decimal reads as.
        if whole / power == value {
            return Some((whole as u64, -places));
        }
        power *= 10.0;
    }
    None
}

/// The same by long division of exact numbers. What is left of the value is told from nothing, and from one more of the
/// last digit, by comparing it with half the distance to the neighbours.
fn divided(value: f64, enough: Option<u64>) -> (u64, i32) {
    let bits = value.to_bits();
    let (biased, fraction) = (bits >> 52, bits & ((1 << 52) - 1));
    let hidden = u64::from(biased > 0) << 52;
    let binary = i32::try_from(biased.max(1)).unwrap_or(0) - 1075;
    // All in quarters of the last bit. The neighbour below a power of two is half as far.
    let mut left = Big::from((fraction | hidden) << 2);
    let mut above = Big::from(2);
    let mut below = Big::from(if fraction == 0 && biased > 1 { 1 } else { 2 });
    let mut unit = Big::from(4);
    if binary < 0 {
        unit.shift(binary.unsigned_abs());
    } else {
        for big in [&mut left, &mut above, &mut below] {
            big.shift(binary.unsigned_abs());
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "a decimal exponent is below 400")]
    let mut exponent = num::log10(value).floor() as i32;
    for _ in 0..exponent.unsigned_abs() {
        if exponent > 0 {
            unit.times_plus(10, 0);
        } else {
            for big in [&mut left, &mut above, &mut below] {
                big.times_plus(10, 0);
            }
        }
    }
    let mut digits = 0_u64;
    loop {
        digits *= 10;
        while left.compare(&unit) != Ordering::Less {
            left.subtract(&unit);
            digits += 1;
        }
        let mut rest = unit.clone();
        rest.subtract(&left);
        // A number that ends in a 0 bit wins the ties with its neighbours.
        let within = |distance: &Big, reach: &Big| {
            enough.is_none()
                && distance.compare(reach) < if bits & 1 == 0 { Ordering::Greater } else { Ordering::Equal }
        };
        let (low, high) = (within(&left, &below), within(&rest, &above));
        if low || high || enough.is_some_and(|enough| digits >= enough) {
            let nearer = left.compare(&rest);
            let tie_up = enough.is_none() || digits & 1 == 1;
            let up = nearer == Ordering::Greater || nearer == Ordering::Equal && tie_up;
            return (digits + u64::from(if low == high { up } else { high }), exponent);
        }
        for big in [&mut left, &mut above, &mut below] {
            big.times_plus(10, 0);
        }
        exponent -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::rng;

    #[track_caller]
    fn same_as_std(v: f64) {
        for v in [v, -v] {
            let size = v.abs();
            let plain = size == 0.0 || (1e-4..1e15).contains(&size) || !v.is_finite();
            assert_eq!(shortest(v), if plain { format!("{v}") } else { format!("{v:e}") });
            if size.is_finite() && size > 0.0 {
                assert_eq!(divided(size, None).0.to_string().trim_end_matches('0'), digits_by_std(size));
                let rounded_by_std = format!("{v:.2e}");
                let (digits, exponent) = rounded_by_std.split_once('e').expect("an exponent");
                let digits = digits.trim_end_matches('0').trim_end_matches('.');
                assert_eq!(rounded(v, 3), format!("{digits}e{exponent}"), "{v:e}");
            }
        }
    }

    fn digits_by_std(size: f64) -> String {
        let text = format!("{size:e}");
        let (digits, _) = text.split_once('e').expect("an exponent");
        digits.replace('.', "")
    }

    #[test]
    fn every_double_is_written_as_the_standard_library_writes_it() {
        for i in 0..40_000 {
            same_as_std(f64::from_bits(rng::bits(11, 0, i)));
        }
    }

    #[test]
    fn powers_of_two_and_ten_and_their_neighbours_are_exact() {
        for exponent in 0..2047_u64 {
            let power = exponent << 52;
            for bits in [power.saturating_sub(1), power, power + 1] {
                same_as_std(f64::from_bits(bits));
            }
        }
        for exponent in -330..310 {
            let power: f64 = format!("1e{exponent}").parse().expect("a number");
            for v in [power, power.next_up(), power.next_down(), 9.995 * power, 5.0 * power] {
                same_as_std(v);
            }
        }
    }

    #[test]
    fn short_decimals_and_whole_numbers_are_exact() {
        for i in 0..40_000 {
            let whole = rng::bits(12, 0, i) >> (rng::bits(12, 1, i) % 64);
            #[expect(clippy::cast_precision_loss, reason = "the nearest double is meant")]
            let v = whole as f64;
            same_as_std(v);
            let places = rng::bits(12, 2, i) % 30;
            same_as_std(format!("{whole}e-{places}").parse().expect("a number"));
        }
    }

    #[test]
    fn edges_are_written_as_the_standard_library_writes_them() {
        for v in [
            0.0,
            f64::MAX,
            f64::MIN_POSITIVE,
            5e-324,
            1e15,
            1e-4,
            9_007_199_254_740_993.0,
            1e22,
            1e23,
            0.1 + 0.2,
        ] {
            same_as_std(v);
        }
        same_as_std(f64::INFINITY);
        assert_eq!(shortest(f64::NAN), "NaN");
    }
}
