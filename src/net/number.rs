//! The numbers a network can be computed in. Its formulas are written once, over [`Number`]: `f64`, numbers with a
//! derivative along one direction ([`Tangent`]), and numbers of fewer bits ([`Rounded`]).

#![expect(clippy::inline_always, reason = "loops over lanes are vectorised only around what is inlined")]

use crate::math::precision::{BF16, F16, F32, Format};
use crate::math::{num, plain};
use std::f64::consts::FRAC_2_SQRT_PI;
use std::marker::PhantomData;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// What the formulas of activations are written in: one number, or several beside each other.
pub trait Elementary:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> + Neg<Output = Self>
{
    /// A constant.
    fn of(v: f64) -> Self;
    /// `yes` where this is above 0, else `no`: also where it is not a number.
    #[must_use]
    fn positive(self, yes: Self, no: Self) -> Self;
    /// eˣ.
    #[must_use]
    fn exp(self) -> Self;
    /// eˣ − 1.
    #[must_use]
    fn expm1(self) -> Self;
    /// The hyperbolic tangent.
    #[must_use]
    fn tanh(self) -> Self;
    /// The logistic function.
    #[must_use]
    fn sigmoid(self) -> Self;
    /// ln(1 + eˣ).
    #[must_use]
    fn softplus(self) -> Self;
    /// The error function.
    #[must_use]
    fn erf(self) -> Self;
}

/// The functions of a [`Number`], each with its derivative.
macro_rules! elementary {
    ($([$($generic:tt)*] $t:ty, $of:expr;)*) => { $(
        impl $($generic)* Elementary for $t {
            #[inline(always)]
            fn of(v: f64) -> Self {
                $of(v)
            }
            #[inline(always)]
            fn positive(self, yes: Self, no: Self) -> Self {
                if self.value() > 0.0 { yes } else { no }
            }
            #[inline(always)]
            fn exp(self) -> Self {
                self.apply(plain::exp, |_, e| e)
            }
            #[inline(always)]
            fn expm1(self) -> Self {
                self.apply(plain::expm1, |_, e| e + 1.0)
            }
            #[inline(always)]
            fn tanh(self) -> Self {
                self.apply(plain::tanh, |_, t| 1.0 - t * t)
            }
            #[inline(always)]
            fn sigmoid(self) -> Self {
                self.apply(plain::sigmoid, |_, s| s * (1.0 - s))
            }
            #[inline(always)]
            fn softplus(self) -> Self {
                self.apply(plain::softplus, |x, _| plain::sigmoid(x))
            }
            #[inline(always)]
            fn erf(self) -> Self {
                self.apply(num::erf, |x, _| FRAC_2_SQRT_PI * plain::exp(-(x * x)))
            }
        }
    )* };
}

elementary! {
    [] f64, std::convert::identity;
    [] Tangent, |v| Tangent { v, d: 0.0 };
    [<F: Narrow>] Rounded<F>, |v| Rounded(F::FORMAT.round(v), PhantomData);
}

/// One number that the formulas of networks take.
pub trait Number: Elementary {
    /// The value alone.
    fn value(self) -> f64;
    /// A function of one variable as one operation; `slope(x, f(x))` is its derivative.
    #[must_use]
    fn apply(self, f: impl Fn(f64) -> f64, slope: impl Fn(f64, f64) -> f64) -> Self;
    /// The quotient with a count, which itself is not rounded.
    #[must_use]
    fn over(self, count: f64) -> Self;

    /// The natural logarithm.
    #[inline(always)]
    #[must_use]
    fn ln(self) -> Self {
        self.apply(plain::ln, |x, _| 1.0 / x)
    }
    /// The square root.
    #[inline(always)]
    #[must_use]
    fn sqrt(self) -> Self {
        self.apply(f64::sqrt, |_, r| 0.5 / r)
    }
    /// The size.
    #[inline(always)]
    #[must_use]
    fn abs(self) -> Self {
        if self.value() < 0.0 { -self } else { self }
    }
}

impl Number for f64 {
    #[inline(always)]
    fn value(self) -> f64 {
        self
    }
    #[inline(always)]
    fn apply(self, f: impl Fn(f64) -> f64, _: impl Fn(f64, f64) -> f64) -> Self {
        f(self)
    }
    #[inline(always)]
    fn over(self, count: f64) -> Self {
        self / count
    }
}

/// A value with its derivative along one direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tangent {
    /// The value.
    pub v: f64,
    /// The derivative.
    pub d: f64,
}

impl Add for Tangent {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        Self { v: self.v + o.v, d: self.d + o.d }
    }
}

impl Sub for Tangent {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        Self { v: self.v - o.v, d: self.d - o.d }
    }
}

impl Mul for Tangent {
    type Output = Self;
    fn mul(self, o: Self) -> Self {
        Self { v: self.v * o.v, d: self.d * o.v + self.v * o.d }
    }
}

impl Div for Tangent {
    type Output = Self;
    fn div(self, o: Self) -> Self {
        let v = self.v / o.v;
        Self { v, d: (self.d - v * o.d) / o.v }
    }
}

impl Neg for Tangent {
    type Output = Self;
    fn neg(self) -> Self {
        Self { v: -self.v, d: -self.d }
    }
}

impl Number for Tangent {
    fn value(self) -> f64 {
        self.v
    }
    fn apply(self, f: impl Fn(f64) -> f64, slope: impl Fn(f64, f64) -> f64) -> Self {
        let v = f(self.v);
        Self { v, d: slope(self.v, v) * self.d }
    }
    fn over(self, count: f64) -> Self {
        Self { v: self.v / count, d: self.d / count }
    }
}

/// A format that is known when the program is compiled.
pub trait Narrow: Copy {
    /// Its numbers.
    const FORMAT: Format;
}

macro_rules! narrow {
    ($($(#[$doc:meta])* $name:ident = $format:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl Narrow for $name {
            const FORMAT: Format = $format;
        }
    )* };
}

narrow! {
    /// IEEE single precision.
    Single = F32;
    /// The upper half of single precision.
    Brain = BF16;
    /// IEEE half precision.
    Half = F16;
}

/// A number of few bits: the result of every operation is rounded to it. 64 bits are more than twice as many as any of the
/// formats has, so rounding the result of 64 bits gives the correctly rounded one.
#[derive(Clone, Copy, Debug)]
pub struct Rounded<F>(f64, PhantomData<F>);

macro_rules! rounded {
    ($($operation:ident, $name:ident;)*) => { $(
        impl<F: Narrow> $operation for Rounded<F> {
            type Output = Self;
            fn $name(self, o: Self) -> Self {
                Self::of(self.0.$name(o.0))
            }
        }
    )* };
}

rounded! {
    Add, add;
    Sub, sub;
    Mul, mul;
    Div, div;
}

impl<F: Narrow> Neg for Rounded<F> {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0, PhantomData)
    }
}

impl<F: Narrow> Number for Rounded<F> {
    fn value(self) -> f64 {
        self.0
    }
    fn apply(self, f: impl Fn(f64) -> f64, _: impl Fn(f64, f64) -> f64) -> Self {
        Self::of(f(self.0))
    }
    fn over(self, count: f64) -> Self {
        Self::of(self.0 / count)
    }
}
