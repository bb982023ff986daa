//! Numbers that carry derivatives: write a formula once, over [`Scalar`], and evaluate it for its value (`f64`), its
//! gradient ([`Dual`]) or its Hessian ([`HyperDual`]) with respect to two variables, exactly.
//!
//! At a kink the derivative taken is 0 (|x| and √x at 0, both branches of `max` when equal take the first): the
//! subgradient that lets a method rest there.

use super::num;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// The derivatives of a function of two variables.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Partials {
    /// By the first and by the second.
    pub first: [f64; 2],
    /// Twice by the first, by both, twice by the second.
    pub second: [f64; 3],
}

impl Partials {
    /// None at all.
    pub const ZERO: Self = Self { first: [0.0; 2], second: [0.0; 3] };
}

/// What a surface's formula may use.
pub trait Scalar:
    Copy
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + Add<f64, Output = Self>
    + Sub<f64, Output = Self>
    + Mul<f64, Output = Self>
    + Div<f64, Output = Self>
{
    /// A constant: all derivatives are 0.
    fn constant(v: f64) -> Self;
    /// The value without its derivatives.
    fn value(self) -> f64;
    /// A function of one variable: `f` gives the value, `d(x, f(x))` its first and second derivative.
    fn unary(self, f: impl Fn(f64) -> f64, d: impl Fn(f64, f64) -> (f64, f64)) -> Self;
    /// A function of two variables: `f` gives the value, `d(x, y, f(x, y))` its derivatives.
    fn binary(self, o: Self, f: impl Fn(f64, f64) -> f64, d: impl Fn(f64, f64, f64) -> Partials) -> Self;

    /// Sine.
    #[must_use]
    fn sin(self) -> Self {
        self.unary(num::sin, |x, s| (num::cos(x), -s))
    }
    /// Cosine.
    #[must_use]
    fn cos(self) -> Self {
        self.unary(num::cos, |x, c| (-num::sin(x), -c))
    }
    /// eˣ.
    #[must_use]
    fn exp(self) -> Self {
        self.unary(num::exp, |_, e| (e, e))
    }
    /// Natural logarithm.
    #[must_use]
    fn ln(self) -> Self {
        self.unary(num::ln, |x, _| (1.0 / x, -1.0 / (x * x)))
    }
    /// Square root; its derivative at 0 is taken as 0.
    #[must_use]
    fn sqrt(self) -> Self {
        self.unary(f64::sqrt, |x, r| if x == 0.0 { (0.0, 0.0) } else { (0.5 / r, -0.25 / (x * r)) })
    }
    /// Absolute value; its derivative at 0 is taken as 0.
    #[must_use]
    fn abs(self) -> Self {
        self.unary(f64::abs, |x, _| (sign(x), 0.0))
    }
    /// x·x.
    #[must_use]
    fn square(self) -> Self {
        self * self
    }
    /// The logistic function.
    #[must_use]
    fn sigmoid(self) -> Self {
        self.unary(num::sigmoid, |x, s| {
            let d = logistic_slope(x, s);
            (d, d * (1.0 - 2.0 * s))
        })
    }
    /// ln(1 + eˣ).
    #[must_use]
    fn softplus(self) -> Self {
        self.unary(num::softplus, |x, _| {
            let s = num::sigmoid(x);
            (s, logistic_slope(x, s))
        })
    }
    /// A whole power, by repeated multiplication.
    #[must_use]
    fn powi(self, n: i32) -> Self {
        self.unary(
            |x| num::powi(x, n),
            |x, _| {
                let k = f64::from(n);
                let first = if n == 0 { 0.0 } else { k * num::powi(x, n - 1) };
                let second = if n == 0 || n == 1 { 0.0 } else { k * (k - 1.0) * num::powi(x, n - 2) };
                (first, second)
            },
        )
    }
}

/// s(1 − s) for s = sigmoid(x), also where 1 − s has no digits left.
fn logistic_slope(x: f64, s: f64) -> f64 {
    s * num::sigmoid(-x)
}

/// −1, 0 or 1: unlike `signum`, 0 at 0.
#[must_use]
pub fn sign(x: f64) -> f64 {
    if x > 0.0 {
        1.0
    } else if x < 0.0 {
        -1.0
    } else {
        0.0
    }
}

impl Scalar for f64 {
    fn constant(v: f64) -> Self {
        v
    }
    fn value(self) -> f64 {
        self
    }
    #[inline]
    fn unary(self, f: impl Fn(f64) -> f64, _: impl Fn(f64, f64) -> (f64, f64)) -> Self {
        f(self)
    }
    #[inline]
    fn binary(self, o: Self, f: impl Fn(f64, f64) -> f64, _: impl Fn(f64, f64, f64) -> Partials) -> Self {
        f(self, o)
    }
}

/// A value with its gradient in (x, y).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dual {
    /// The value.
    pub v: f64,
    /// ∂/∂x and ∂/∂y.
    pub d: [f64; 2],
}

impl Dual {
    /// No number.
    pub const NAN: Self = Self { v: f64::NAN, d: [f64::NAN; 2] };

    /// The variable with this value, moving along the given coordinate (0 is x, 1 is y).
    #[must_use]
    pub fn variable(v: f64, coordinate: usize) -> Self {
        let mut d = [0.0; 2];
        d[coordinate] = 1.0;
        Self { v, d }
    }
}

impl Scalar for Dual {
    fn constant(v: f64) -> Self {
        Self { v, d: [0.0; 2] }
    }
    fn value(self) -> f64 {
        self.v
    }
    fn unary(self, f: impl Fn(f64) -> f64, d: impl Fn(f64, f64) -> (f64, f64)) -> Self {
        let v = f(self.v);
        let (first, _) = d(self.v, v);
        Self { v, d: [first * self.d[0], first * self.d[1]] }
    }
    fn binary(self, o: Self, f: impl Fn(f64, f64) -> f64, d: impl Fn(f64, f64, f64) -> Partials) -> Self {
        let v = f(self.v, o.v);
        let [by_first, by_second] = d(self.v, o.v, v).first;
        let part = |i: usize| by_first * self.d[i] + by_second * o.d[i];
        Self { v, d: [part(0), part(1)] }
    }
}

impl Add for Dual {
    type Output = Self;
    #[inline]
    fn add(self, o: Self) -> Self {
        Self { v: self.v + o.v, d: [self.d[0] + o.d[0], self.d[1] + o.d[1]] }
    }
}

impl Sub for Dual {
    type Output = Self;
    #[inline]
    fn sub(self, o: Self) -> Self {
        Self { v: self.v - o.v, d: [self.d[0] - o.d[0], self.d[1] - o.d[1]] }
    }
}

impl Mul for Dual {
    type Output = Self;
    #[inline]
    fn mul(self, o: Self) -> Self {
        let part = |i: usize| self.d[i] * o.v + self.v * o.d[i];
        Self { v: self.v * o.v, d: [part(0), part(1)] }
    }
}

impl Div for Dual {
    type Output = Self;
    #[inline]
    fn div(self, o: Self) -> Self {
        let q = self.v / o.v;
        let part = |i: usize| (self.d[i] - q * o.d[i]) / o.v;
        Self { v: q, d: [part(0), part(1)] }
    }
}

impl Neg for Dual {
    type Output = Self;
    fn neg(self) -> Self {
        Self { v: -self.v, d: [-self.d[0], -self.d[1]] }
    }
}

/// A value with its gradient and its Hessian in (x, y).
///
/// The operations are not inlined: Hessians are asked for a few times a frame, and a copy of this arithmetic in every
/// surface would cost more in download than it saves in time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HyperDual {
    /// The value.
    pub v: f64,
    /// ∂/∂x and ∂/∂y.
    pub d: [f64; 2],
    /// ∂²/∂x², ∂²/∂x∂y, ∂²/∂y².
    pub h: [f64; 3],
}

/// The coordinates of the three entries of a symmetric 2×2 matrix.
const PAIRS: [(usize, usize); 3] = [(0, 0), (0, 1), (1, 1)];

impl HyperDual {
    /// No number.
    pub const NAN: Self = Self { v: f64::NAN, d: [f64::NAN; 2], h: [f64::NAN; 3] };

    /// The variable with this value, moving along the given coordinate (0 is x, 1 is y).
    #[must_use]
    pub fn variable(v: f64, coordinate: usize) -> Self {
        let mut d = [0.0; 2];
        d[coordinate] = 1.0;
        Self { v, d, h: [0.0; 3] }
    }

    #[inline(never)]
    fn chain(self, v: f64, first: f64, second: f64) -> Self {
        let h = |k: usize| {
            let (i, j) = PAIRS[k];
            first * self.h[k] + second * self.d[i] * self.d[j]
        };
        Self { v, d: [first * self.d[0], first * self.d[1]], h: [h(0), h(1), h(2)] }
    }
}

impl Scalar for HyperDual {
    fn constant(v: f64) -> Self {
        Self { v, d: [0.0; 2], h: [0.0; 3] }
    }
    fn value(self) -> f64 {
        self.v
    }
    fn unary(self, f: impl Fn(f64) -> f64, d: impl Fn(f64, f64) -> (f64, f64)) -> Self {
        let v = f(self.v);
        let (first, second) = d(self.v, v);
        self.chain(v, first, second)
    }
    fn binary(self, o: Self, f: impl Fn(f64, f64) -> f64, d: impl Fn(f64, f64, f64) -> Partials) -> Self {
        let v = f(self.v, o.v);
        let Partials { first: [a, b], second: [aa, ab, bb] } = d(self.v, o.v, v);
        let d = |i: usize| a * self.d[i] + b * o.d[i];
        let h = |k: usize| {
            let (i, j) = PAIRS[k];
            let mixed = ab * (self.d[i] * o.d[j] + self.d[j] * o.d[i]);
            a * self.h[k] + b * o.h[k] + aa * self.d[i] * self.d[j] + mixed + bb * o.d[i] * o.d[j]
        };
        Self { v, d: [d(0), d(1)], h: [h(0), h(1), h(2)] }
    }
}

impl Add for HyperDual {
    type Output = Self;
    #[inline(never)]
    fn add(self, o: Self) -> Self {
        let h = |k: usize| self.h[k] + o.h[k];
        Self { v: self.v + o.v, d: [self.d[0] + o.d[0], self.d[1] + o.d[1]], h: [h(0), h(1), h(2)] }
    }
}

impl Sub for HyperDual {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        self + -o
    }
}

impl Mul for HyperDual {
    type Output = Self;
    #[inline(never)]
    fn mul(self, o: Self) -> Self {
        let d = |i: usize| self.d[i] * o.v + self.v * o.d[i];
        let h = |k: usize| {
            let (i, j) = PAIRS[k];
            self.h[k] * o.v + (self.d[i] * o.d[j] + self.d[j] * o.d[i]) + self.v * o.h[k]
        };
        Self { v: self.v * o.v, d: [d(0), d(1)], h: [h(0), h(1), h(2)] }
    }
}

impl Div for HyperDual {
    type Output = Self;
    fn div(self, o: Self) -> Self {
        // Each from q o = self, differentiated once and twice; the first as in `Dual`, to the bit.
        let q = self.v / o.v;
        let d = [0, 1].map(|i| (self.d[i] - q * o.d[i]) / o.v);
        let second =
            |k: usize, i: usize, j: usize| (self.h[k] - d[i] * o.d[j] - d[j] * o.d[i] - q * o.h[k]) / o.v;
        Self { v: q, d, h: [second(0, 0, 0), second(1, 0, 1), second(2, 1, 1)] }
    }
}

impl Neg for HyperDual {
    type Output = Self;
    #[inline(never)]
    fn neg(self) -> Self {
        self.chain(-self.v, -1.0, 0.0)
    }
}

/// Arithmetic with a plain number on the right, for the types that carry derivatives.
macro_rules! with_constants {
    ($($t:ty),*) => { $(
        impl Add<f64> for $t {
            type Output = Self;
            fn add(mut self, c: f64) -> Self {
                self.v += c;
                self
            }
        }
        impl Sub<f64> for $t {
            type Output = Self;
            fn sub(mut self, c: f64) -> Self {
                self.v -= c;
                self
            }
        }
        impl Mul<f64> for $t {
            type Output = Self;
            fn mul(self, c: f64) -> Self {
                self.unary(|v| v * c, |_, _| (c, 0.0))
            }
        }
        impl Div<f64> for $t {
            type Output = Self;
            fn div(self, c: f64) -> Self {
                self.unary(|v| v / c, |_, _| (1.0 / c, 0.0))
            }
        }
    )* };
}

with_constants!(Dual, HyperDual);

#[cfg(test)]
mod tests {
    use super::*;

    /// A formula that uses every operation once.
    fn everything<T: Scalar>(x: T, y: T) -> T {
        let a = (x * y + 1.5).sin() / (y.square() + 2.0) - x.exp() * 0.3;
        let b = (x.square() + y.square() + 1.0).ln() + (x - y).cos() / 3.0;
        let c = (x * 2.0 + y).sigmoid() + (y - x).softplus() + (x.square() + 0.5).sqrt();
        a * b + c.powi(3) - (-(y + 4.0)).abs()
    }

    fn hyper(x: f64, y: f64) -> HyperDual {
        everything(HyperDual::variable(x, 0), HyperDual::variable(y, 1))
    }

    #[test]
    fn derivatives_agree_with_central_differences() {
        let step = 1e-5;
        for (x, y) in [(0.3, -0.8), (1.2, 0.4), (-1.1, 2.0)] {
            let at = hyper(x, y);
            let dual = everything(Dual::variable(x, 0), Dual::variable(y, 1));
            assert!((at.v - everything(x, y)).abs() < 1e-14 * at.v.abs().max(1.0));
            for i in 0..2 {
                let (sx, sy) = if i == 0 { (step, 0.0) } else { (0.0, step) };
                let (up, down) = (hyper(x + sx, y + sy), hyper(x - sx, y - sy));
                let first = (up.v - down.v) / (2.0 * step);
                assert!((at.d[i] - first).abs() < 1e-7, "{} {first}", at.d[i]);
                assert!((dual.d[i] - at.d[i]).abs() < 1e-13);
                for j in 0..2 {
                    let second = (up.d[j] - down.d[j]) / (2.0 * step);
                    assert!((at.h[i + j] - second).abs() < 1e-6, "{} {second}", at.h[i + j]);
                }
            }
        }
    }

    #[test]
    fn kinks_have_a_zero_subgradient() {
        let zero = Dual::variable(0.0, 0);
        assert_eq!(zero.abs().d, [0.0; 2]);
        assert_eq!(zero.sqrt().d, [0.0; 2]);
    }
}
