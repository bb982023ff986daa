//! The functions of neural networks in plain arithmetic: no branches and no tables, so that they are computed for several
//! numbers at a time (a [`Real`] may be several). They have the same bits everywhere, as those of [`num`](super::num), and
//! the errors that the tests state; those of `num` are a little closer and about three times slower.

#![expect(clippy::inline_always, reason = "loops over lanes are vectorised only around what is inlined")]

use std::f64::consts::{LN_2, LOG2_E};
use std::ops::{Add, Div, Mul, Neg, Sub};

/// ln 2 in two parts: the first has 21 bits, so that its product with a power's exponent is exact.
const LN_2_HIGH: f64 = f64::from_bits(0x3fe6_2e42_0000_0000);
const LN_2_LOW: f64 = 4.749_325_039_031_672_6e-7;
/// 3·2⁵¹ + 1023. Added to a number below 2⁵⁰, it leaves the nearest whole number in the low bits, 1023 more, as the exponent of a power
/// of 2 has it.
const WHOLE: f64 = 6_755_399_441_056_767.0;
/// Beyond this eˣ is taken as infinite, below its negative as 0.
const END: f64 = 708.0;
/// Beyond this tanh x rounds to 1.
const FLAT: f64 = 20.0;

/// The polynomial that is nearest to (eʳ − 1 − r)/r² for |r| ≤ ½ ln 2, from the highest power down: through the function at the
/// zeros of Chebyshev's polynomial. The error of r² times it is below 2⁻⁵⁴ of eʳ − 1.
const TAIL: [f64; 10] = [
    2.510_038_549_551_032e-8,
    2.762_008_844_540_974_6e-7,
    2.755_726_845_999_706_4e-6,
    2.480_152_129_595_437_6e-5,
    0.000_198_412_698_630_536_18,
    0.001_388_888_891_721_371_7,
    0.008_333_333_333_330_062,
    0.041_666_666_666_624_13,
    0.166_666_666_666_666_69,
    0.500_000_000_000_000_1,
];

/// tanh(½ f ln 2) = f P(f²)/Q(f²) for |f| ≤ ½, to 2⁻⁵⁴ of it: P and Q from the highest power down. Through the function at the zeros
/// of Chebyshev's polynomial; both are multiplied by what makes the ends just less than a power of 2, where rounding counts least.
const HALF_P: [f64; 3] = [0.042_208_777_090_141_74, 36.921_843_973_312_07, 2_766.827_130_461_089_4];
const HALF_Q: [f64; 3] = [1.827_662_900_458_801, 426.170_326_497_516_3, 7_983.375_560_226_509];

/// All constants of [`tanh`], in one place in memory.
static OF_TANH: [f64; 10] =
    [FLAT, 2.0 * LOG2_E, WHOLE - 1.0, HALF_P[0], HALF_P[1], HALF_P[2], HALF_Q[0], HALF_Q[1], HALF_Q[2], 0.5];

/// 1/33, 1/31 … 1/3: the series of artanh.
const ODD: [f64; 16] = {
    let mut odd = [0.0; 16];
    let (mut i, mut n) = (0, 33.0);
    while i < 16 {
        odd[i] = 1.0 / n;
        n -= 2.0;
        i += 1;
    }
    odd
};
/// Its end, 1/21 … 1/3, which is enough for smaller arguments.
const ODD_END: [f64; 10] = *ODD.last_chunk().expect("long enough");

/// A number, or several beside each other.
pub trait Real:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> + Neg<Output = Self>
{
    /// A constant.
    fn of(v: f64) -> Self;
    /// The size.
    #[must_use]
    fn abs(self) -> Self;
    /// This, which is not negative, with the sign of another.
    #[must_use]
    fn signed(self, sign: Self) -> Self;
    /// The smaller of this and a bound; what is not a number stays.
    #[must_use]
    fn least(self, bound: Self) -> Self;
    /// `yes` where this is above the bound, else `no`: also where one of them is not a number.
    #[must_use]
    fn above(self, bound: Self, yes: Self, no: Self) -> Self;
    /// 2ᵏ, of a whole number k that was added to 3·2⁵¹ + 1023.
    #[must_use]
    fn power(self) -> Self;
}

impl Real for f64 {
    #[inline(always)]
    fn of(v: f64) -> Self {
        v
    }
    #[inline(always)]
    fn abs(self) -> Self {
        Self::abs(self)
    }
    #[inline(always)]
    fn signed(self, sign: Self) -> Self {
        Self::copysign(self, sign)
    }
    #[inline(always)]
    fn least(self, bound: Self) -> Self {
        if bound < self { bound } else { self }
    }
    #[inline(always)]
    fn above(self, bound: Self, yes: Self, no: Self) -> Self {
        if self > bound { yes } else { no }
    }
    #[inline(always)]
    fn power(self) -> Self {
        // The whole number is in the low bits; those above are shifted out.
        Self::from_bits(self.to_bits() << 52)
    }
}

/// The polynomial with these coefficients, from the highest power down: four at a time, for one after the other each would wait
/// for the one before.
#[inline(always)]
fn polynomial<R: Real, const N: usize>(x: R, coefficients: &'static [f64; N]) -> R {
    // From memory: a register is filled faster from there than from an instruction.
    let coefficients = std::hint::black_box(coefficients);
    let of_power = |k: usize| R::of(coefficients[N - 1 - k]);
    let (x2, mut k) = (x * x, N - 1 - (N - 1) % 4);
    let x4 = x2 * x2;
    let four = |k: usize| (of_power(k) + of_power(k + 1) * x) + (of_power(k + 2) + of_power(k + 3) * x) * x2;
    let mut sum = match N - k {
        1 => of_power(k),
        2 => of_power(k) + of_power(k + 1) * x,
        3 => (of_power(k) + of_power(k + 1) * x) + of_power(k + 2) * x2,
        _ => four(k),
    };
    while k > 0 {
        k -= 4;
        sum = four(k) + sum * x4;
    }
    sum
}

/// eˣ − 1 without its power, and that: x = k ln 2 + r with |r| ≤ ½ ln 2, and they are eʳ − 1 and 2ᵏ. For |x| ≤ [`END`]; what is not
/// a number goes into the first.
#[inline(always)]
fn reduced<R: Real>(x: R) -> (R, R) {
    let shifted = x * R::of(LOG2_E) + R::of(WHOLE);
    let k = shifted - R::of(WHOLE);
    let r = (x - k * R::of(LN_2_HIGH)) - k * R::of(LN_2_LOW);
    (r + r * r * polynomial(r, &TAIL), shifted.power())
}

/// x, or the nearer end of ±`end`; what is not a number stays.
#[inline(always)]
fn clamped<R: Real>(x: R, end: f64) -> R {
    let (low, high) = (R::of(-end), R::of(end));
    let x = x.above(high, high, x);
    low.above(x, low, x)
}

/// eˣ to 2 units in the last place; above 708 infinite, below −708 zero.
#[inline(always)]
#[must_use]
pub fn exp<R: Real>(x: R) -> R {
    let (less_one, power) = reduced(clamped(x, END));
    let e = power + power * less_one;
    let e = x.above(R::of(END), R::of(f64::INFINITY), e);
    R::of(-END).above(x, R::of(0.0), e)
}

/// eˣ − 1 to 3 units in the last place; above 708 infinite.
#[inline(always)]
#[must_use]
pub fn expm1<R: Real>(x: R) -> R {
    let (less_one, power) = reduced(clamped(x, END));
    let e = power * less_one + (power - R::of(1.0));
    x.above(R::of(END), R::of(f64::INFINITY), e)
}

/// The hyperbolic tangent to 4 units in the last place.
#[inline(always)]
#[must_use]
pub fn tanh<R: Real>(x: R) -> R {
    // From memory: a register is filled faster from there than from an instruction.
    let [flat, scale, whole, p2, p1, p0, q2, q1, q0, one_half] =
        std::hint::black_box(&OF_TANH).each_ref().map(|c| R::of(*c));
    // e²ˣ = 2ʸ: no part of y is lost when its whole part k is taken off. What rounding does to y counts less the larger it is.
    let y = x.abs().least(flat) * scale;
    let shifted = y + whole;
    let f = y - (shifted - whole);
    // 2ᶠ = (q + p)/(q − p), where p/q is tanh(½ f ln 2): one division does for both.
    let square = f * f;
    let p = f * ((p2 * square + p1) * square + p0);
    let q = (q2 * square + q1) * square + q0;
    // (2ᵏ(q + p) − (q − p))/(2ᵏ(q + p) + (q − p)), halved, and so that p is not lost beside q where k is 0.
    let half = shifted.power();
    let above = (half - one_half) * q + (half + one_half) * p;
    (above / (above + (q - p))).signed(x)
}

/// The logistic function 1/(1 + e⁻ˣ) to 3 units in the last place; below −708 zero.
#[inline(always)]
#[must_use]
pub fn sigmoid<R: Real>(x: R) -> R {
    let e = exp(-x.abs());
    R::of(0.0).above(x, e, R::of(1.0)) / (R::of(1.0) + e)
}

/// ln(1 + eˣ) to 3 units in the last place; below −708 zero.
#[inline(always)]
#[must_use]
pub fn softplus<R: Real>(x: R) -> R {
    // ln(1 + e) = 2 artanh s, whose series in s² ≤ 1/9 has 16 terms.
    let e = exp(-x.abs());
    let s = e / (R::of(2.0) + e);
    let square = s * s;
    let rest = R::of(2.0) * (s + s * square * polynomial(square, &ODD));
    x.above(R::of(0.0), x, R::of(0.0)) + rest
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
    let half = 0.5 * f * f;
    let ln_m = f - (half - s * (half + square * (2.0 * polynomial(square, &ODD_END))));
    if x < f64::INFINITY { k * LN_2 + ln_m } else { x }
}

#[cfg(test)]
mod tests;
