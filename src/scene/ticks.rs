//! Tick positions at round numbers, and their labels, written digit by digit: the labels of an axis then agree in their
//! decimals, and no float formatting is needed.

use super::cast;
use crate::math::num;

/// The minus sign of labels.
const MINUS: char = '−';

/// A position on an axis at a round number.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where.
    pub value: f64,
    /// What is written there.
    pub label: String,
}

/// The round step (1, 2 or 5 times a power of ten) that divides the span into at most `most` parts: its digit and the
/// power.
fn round_step(span: f64, most: usize) -> (u8, i32) {
    let least = span / cast::float(most.max(1));
    #[expect(clippy::cast_possible_truncation, reason = "a decimal exponent is below 400")]
    let mut exponent = num::log10(least).floor() as i32;
    let mut digit = 1;
    // The product of two roundings may miss the step by its last bit; a millionth is not seen.
    while power_of_ten(exponent) * f64::from(digit) < least * (1.0 - 1e-6) {
        (digit, exponent) = match digit {
            1 => (2, exponent),
            2 => (5, exponent),
            _ => (1, exponent + 1),
        };
    }
    (digit, exponent)
}

fn power_of_ten(exponent: i32) -> f64 {
    num::powi(10.0, exponent)
}

/// Round positions from `lo` to `hi`, at most about `most`. None for a range that is empty or not finite.
pub fn marks(lo: f64, hi: f64, most: usize) -> Vec<Mark> {
    let span = hi - lo;
    if !(span.is_finite() && span > 0.0) {
        return Vec::new();
    }
    let (digit, exponent) = round_step(span, most);
    // A quotient with the exact power is closer to the decimal than a product with an inexact one.
    let value_of = |n: f64| {
        if exponent < 0 { n / power_of_ten(-exponent) } else { n * power_of_ten(exponent) }
    };
    let step = value_of(f64::from(digit));
    if step <= 0.0 {
        return Vec::new();
    }
    let (first, last) = ((lo / step - 1e-6).ceil(), (hi / step + 1e-6).floor());
    // Where the step is below the spacing of floats there is nothing to tell apart.
    if !(last - first <= cast::float(2 * most + 4) && first.abs() < 1e15) {
        return Vec::new();
    }
    let largest = lo.abs().max(hi.abs());
    let mut marks = Vec::new();
    let mut i = cast::whole(first);
    while i <= cast::whole(last) {
        let n = i * i64::from(digit);
        #[expect(clippy::cast_precision_loss, reason = "below 10¹⁵")]
        let value = value_of(n as f64);
        marks.push(Mark { value, label: label(n, exponent, largest) });
        i += 1;
    }
    marks
}

/// n · 10^exponent on an axis that reaches to `largest`.
fn label(n: i64, exponent: i32, largest: f64) -> String {
    if n == 0 {
        return "0".to_owned();
    }
    if exponent < 0 && largest < 1e-3 || exponent >= 0 && largest >= 1e5 {
        return scientific(n, exponent);
    }
    plain(n, exponent)
}

/// With as many decimals as the step has.
fn plain(n: i64, exponent: i32) -> String {
    let mut digits = n.unsigned_abs().to_string();
    if exponent >= 0 {
        for _ in 0..exponent {
            digits.push('0');
        }
    } else {
        let decimals = cast::index(f64::from(-exponent));
        while digits.len() <= decimals {
            digits.insert(0, '0');
        }
        digits.insert(digits.len() - decimals, '.');
    }
    signed(n, digits)
}

/// The label of digit · 10^exponent on a logarithmic axis.
pub fn decade_label(digit: u8, exponent: i64) -> String {
    let (n, exponent) = (i64::from(digit), i32::try_from(exponent).unwrap_or(0));
    if (-3..=4).contains(&exponent) { plain(n, exponent) } else { scientific(n, exponent) }
}

/// As in 1.5e−4.
fn scientific(n: i64, exponent: i32) -> String {
    let all = n.unsigned_abs().to_string();
    let power = exponent + i32::try_from(all.len()).unwrap_or(1) - 1;
    let mut digits = all.trim_end_matches('0').to_owned();
    if digits.len() > 1 {
        digits.insert(1, '.');
    }
    digits.push('e');
    if power < 0 {
        digits.push(MINUS);
    }
    digits.push_str(&power.unsigned_abs().to_string());
    signed(n, digits)
}

fn signed(n: i64, mut digits: String) -> String {
    if n < 0 {
        digits.insert(0, MINUS);
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(lo: f64, hi: f64, most: usize) -> Vec<String> {
        marks(lo, hi, most).into_iter().map(|m| m.label).collect()
    }

    #[test]
    fn labels_are_round_and_agree_in_their_decimals() {
        for (lo, hi, most, want) in [
            (-2.0, 2.0, 4, "−2 −1 0 1 2"),
            (-1.0, 3.0, 10, "−1.0 −0.5 0 0.5 1.0 1.5 2.0 2.5 3.0"),
            (0.93, 1.11, 4, "0.95 1.00 1.05 1.10"),
            (0.0, 500.0, 5, "0 100 200 300 400 500"),
            (0.0, 200_000.0, 4, "0 5e4 1e5 1.5e5 2e5"),
            (-3e-5, 2e-5, 5, "−3e−5 −2e−5 −1e−5 0 1e−5 2e−5"),
            (1.0, 1.0 + 4e-9, 2, "1.000000000 1.000000002 1.000000004"),
        ] {
            assert_eq!(labels(lo, hi, most).join(" "), want, "{lo} … {hi}");
        }
    }

    #[test]
    fn values_are_the_decimals_that_are_written() {
        let values: Vec<f64> = marks(-0.3, 0.3, 6).iter().map(|m| m.value).collect();
        assert_eq!(values, [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3]);
    }

    #[test]
    fn ranges_without_numbers_between_have_no_ticks() {
        for (lo, hi) in [(1.0, 1.0), (2.0, 1.0), (f64::NAN, 1.0), (0.0, f64::INFINITY)] {
            assert_eq!(marks(lo, hi, 5), []);
        }
        let next = f64::from_bits(1e9_f64.to_bits() + 1);
        assert!(marks(1e9, next, 5).len() <= 14);
    }
}
