//! The functions of neural networks in plain arithmetic: no branches and no tables, so that a loop over them is computed for
//! several numbers at a time. They have the same bits everywhere, as those of [`num`](super::num), and the errors that
//! the tests state; those of `num` are a little closer and about three times slower.

#![expect(clippy::inline_always, reason = "loops over lanes are vectorised only around what is inlined")]

use std::f64::consts::{LN_2, LOG2_E};

/// ln 2 in two parts: the first has 21 bits, so that its product with a power's exponent is exact.
const LN_2_HIGH: f64 = f64::from_bits(0x3fe6_2e42_0000_0000);
const LN_2_LOW: f64 = 4.749_325_039_031_672_6e-7;
/// Added to a number below 2⁵¹, it leaves the nearest whole number in the low bits.
const WHOLE: f64 = 6_755_399_441_055_744.0;
/// Beyond this eˣ is taken as infinite, below its negative as 0.
const END: f64 = 708.0;
/// Beyond this tanh x rounds to 1.
const FLAT: f64 = 20.0;

/// The one or the other, both computed.
#[inline(always)]
fn select(condition: bool, yes: f64, no: f64) -> f64 {
    if condition { yes } else { no }
}

/// x as k ln 2 + r, |r| ≤ ½ ln 2: gives eʳ − 1 and 2ᵏ. For |x| ≤ [`END`]; NaN goes into the first.
#[inline(always)]
fn reduced(x: f64) -> (f64, f64) {
    let shifted = x * LOG2_E + WHOLE;
    let k = shifted - WHOLE;
    let r = (x - k * LN_2_HIGH) - k * LN_2_LOW;
    // The series of eʳ − 1; what is left out is below 2⁻⁵⁷ of it.
    let mut tail = 1.0 / 6_227_020_800.0;
    tail = tail * r + 1.0 / 479_001_600.0;
    tail = tail * r + 1.0 / 39_916_800.0;
    tail = tail * r + 1.0 / 3_628_800.0;
    tail = tail * r + 1.0 / 362_880.0;
    tail = tail * r + 1.0 / 40_320.0;
    tail = tail * r + 1.0 / 5_040.0;
    tail = tail * r + 1.0 / 720.0;
    tail = tail * r + 1.0 / 120.0;
    tail = tail * r + 1.0 / 24.0;
    tail = tail * r + 1.0 / 6.0;
    tail = tail * r + 0.5;
    let less_one = r + r * r * tail;
    // The whole number is in the low bits; those above are shifted out, and 1023 is the exponent of 1.
    let power = f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52);
    (less_one, power)
}

/// x, or the nearer end of ±`end`; NaN stays.
#[inline(always)]
fn clamped(x: f64, end: f64) -> f64 {
    let x = select(x > end, end, x);
    select(x < -end, -end, x)
}

/// eˣ to 2 units in the last place; above 708 infinite, below −708 zero.
#[inline(always)]
#[must_use]
pub fn exp(x: f64) -> f64 {
    let (less_one, power) = reduced(clamped(x, END));
    let e = power + power * less_one;
    select(x < -END, 0.0, select(x > END, f64::INFINITY, e))
}

/// eˣ − 1 to 3 units in the last place; above 708 infinite.
#[inline(always)]
#[must_use]
pub fn expm1(x: f64) -> f64 {
    let (less_one, power) = reduced(clamped(x, END));
    let e = power * less_one + (power - 1.0);
    select(x > END, f64::INFINITY, e)
}

/// The hyperbolic tangent to 3 units in the last place.
#[inline(always)]
#[must_use]
pub fn tanh(x: f64) -> f64 {
    let (less_one, power) = reduced(2.0 * clamped(x.abs(), FLAT));
    let e = power * less_one + (power - 1.0);
    (e / (e + 2.0)).copysign(x)
}

/// The logistic function 1/(1 + e⁻ˣ) to 3 units in the last place; below −708 zero.
#[inline(always)]
#[must_use]
pub fn sigmoid(x: f64) -> f64 {
    let e = exp(-x.abs());
    select(x < 0.0, e, 1.0) / (1.0 + e)
}

/// ln(1 + eˣ) to 3 units in the last place; below −708 zero.
#[inline(always)]
#[must_use]
pub fn softplus(x: f64) -> f64 {
    // ln(1 + e) = 2 artanh s, whose series in s² ≤ 1/9 has 16 terms.
    let e = exp(-x.abs());
    let s = e / (2.0 + e);
    let square = s * s;
    let mut tail = 1.0 / 33.0;
    tail = tail * square + 1.0 / 31.0;
    tail = tail * square + 1.0 / 29.0;
    tail = tail * square + 1.0 / 27.0;
    tail = tail * square + 1.0 / 25.0;
    tail = tail * square + 1.0 / 23.0;
    tail = tail * square + 1.0 / 21.0;
    tail = tail * square + 1.0 / 19.0;
    tail = tail * square + 1.0 / 17.0;
    tail = tail * square + 1.0 / 15.0;
    tail = tail * square + 1.0 / 13.0;
    tail = tail * square + 1.0 / 11.0;
    tail = tail * square + 1.0 / 9.0;
    tail = tail * square + 1.0 / 7.0;
    tail = tail * square + 1.0 / 5.0;
    tail = tail * square + 1.0 / 3.0;
    let rest = 2.0 * (s + s * square * tail);
    select(x < 0.0, 0.0, x) + rest
}

/// ln x of a positive normal number to 2 units in the last place; infinity and NaN stay.
#[inline(always)]
#[must_use]
pub fn ln(x: f64) -> f64 {
    /// The bits of √½.
    const ROOT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;
    // x = 2ᵏ m with √½ ≤ m < √2; k is read off the bits of a large whole number.
    let k_bits = (x.to_bits().wrapping_sub(ROOT_HALF).cast_signed() >> 52).cast_unsigned();
    let m = f64::from_bits(x.to_bits().wrapping_sub(k_bits << 52));
    let k = f64::from_bits(WHOLE.to_bits().wrapping_add(k_bits)) - WHOLE;
    // m − 1 is exact; ln m = 2 artanh s = f − ½f² + s(½f² + …), as it loses nothing where m is near 1.
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let square = s * s;
    let mut tail = 2.0 / 21.0;
    tail = tail * square + 2.0 / 19.0;
    tail = tail * square + 2.0 / 17.0;
    tail = tail * square + 2.0 / 15.0;
    tail = tail * square + 2.0 / 13.0;
    tail = tail * square + 2.0 / 11.0;
    tail = tail * square + 2.0 / 9.0;
    tail = tail * square + 2.0 / 7.0;
    tail = tail * square + 2.0 / 5.0;
    tail = tail * square + 2.0 / 3.0;
    let half = 0.5 * f * f;
    let ln_m = f - (half - s * (half + square * tail));
    select(x < f64::INFINITY, k * LN_2 + ln_m, x)
}

#[cfg(test)]
mod tests;
