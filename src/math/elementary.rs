//! The functions that typed formulas have beyond those of [`Scalar`], with exact first and second derivatives.
//!
//! As there, the derivative taken at a kink or where the tangent is vertical is 0. A value that is not a number stays so.

use super::num;
use super::scalar::{Partials, Scalar, sign};

/// More elementary functions, for every kind of number that carries derivatives.
pub trait Elementary: Scalar {
    /// Tangent.
    #[must_use]
    fn tan(self) -> Self {
        self.unary(num::tan, |_, t| {
            let d = 1.0 + t * t;
            (d, 2.0 * t * d)
        })
    }
    /// Arcsine; its derivative at ±1 is taken as 0.
    #[must_use]
    fn asin(self) -> Self {
        self.unary(num::asin, |x, _| arc(x))
    }
    /// Arccosine; its derivative at ±1 is taken as 0.
    #[must_use]
    fn acos(self) -> Self {
        self.unary(num::acos, |x, _| {
            let (first, second) = arc(x);
            (-first, -second)
        })
    }
    /// Arctangent.
    #[must_use]
    fn atan(self) -> Self {
        self.unary(num::atan, |x, _| {
            let d = 1.0 / (1.0 + x * x);
            (d, -2.0 * x * d * d)
        })
    }
    /// The angle of the point (x, self); its derivatives at the origin are taken as 0.
    #[must_use]
    fn atan2(self, x: Self) -> Self {
        self.binary(x, num::atan2, |y, x, _| {
            let r = num::norm(&[x, y]);
            if r == 0.0 {
                return Partials::ZERO;
            }
            let (c, s) = (x / r, y / r);
            Partials {
                first: [c / r, -s / r],
                second: [-2.0 * s * c / r / r, (s - c) * (s + c) / r / r, 2.0 * s * c / r / r],
            }
        })
    }
    /// Hyperbolic sine.
    #[must_use]
    fn sinh(self) -> Self {
        self.unary(num::sinh, |x, s| (num::cosh(x), s))
    }
    /// Hyperbolic cosine.
    #[must_use]
    fn cosh(self) -> Self {
        self.unary(num::cosh, |x, c| (num::sinh(x), c))
    }
    /// Hyperbolic tangent.
    #[must_use]
    fn tanh(self) -> Self {
        self.unary(num::tanh, |x, t| {
            // 1 − tanh² would lose all digits where tanh is near 1.
            let c = num::cosh(x);
            let d = 1.0 / (c * c);
            (d, -2.0 * t * d)
        })
    }
    /// Decimal logarithm.
    #[must_use]
    fn log10(self) -> Self {
        self.unary(num::log10, |x, _| {
            let first = std::f64::consts::LOG10_E / x;
            (first, -first / x)
        })
    }
    /// Cube root, of negative numbers too; its derivative at 0 is taken as 0.
    #[must_use]
    fn cbrt(self) -> Self {
        self.unary(num::cbrt, |x, r| {
            if x == 0.0 {
                return (0.0, 0.0);
            }
            let first = 1.0 / (3.0 * r * r);
            (first, -2.0 * first / (3.0 * x))
        })
    }
    /// The largest whole number that is not above; its derivative is taken as 0 everywhere.
    #[must_use]
    fn floor(self) -> Self {
        self.unary(f64::floor, |_, _| (0.0, 0.0))
    }
    /// −1, 0 or 1.
    #[must_use]
    fn sign(self) -> Self {
        self.unary(|x| if x.is_nan() { x } else { sign(x) }, |_, _| (0.0, 0.0))
    }
    /// The smaller one; the first where they are equal.
    #[must_use]
    fn min(self, o: Self) -> Self {
        if o.value() < self.value() || o.value().is_nan() { o } else { self }
    }
    /// The larger one; the first where they are equal.
    #[must_use]
    fn max(self, o: Self) -> Self {
        if o.value() > self.value() || o.value().is_nan() { o } else { self }
    }
    /// max(0, x).
    #[must_use]
    fn relu(self) -> Self {
        let slope = |x: f64, _| (if x > 0.0 { 1.0 } else { 0.0 }, 0.0);
        self.unary(|x| if x > 0.0 || x.is_nan() { x } else { 0.0 }, slope)
    }
    /// e^(−x²).
    #[must_use]
    fn gauss(self) -> Self {
        self.unary(|x| num::exp(-(x * x)), |x, g| (-2.0 * x * g, (4.0 * x * x - 2.0) * g))
    }
    /// self to any power.
    ///
    /// Of a number that is not positive only whole powers are defined, so how the power changes with its exponent is taken
    /// as 0 there; so are the derivatives of 0^p that would be infinite though 0^p is not.
    #[must_use]
    fn powf(self, exponent: Self) -> Self {
        self.powf_by(exponent, num::ln(self.value()))
    }
    /// The same where the logarithm of the value is known.
    #[must_use]
    fn powf_by(self, exponent: Self, ln: f64) -> Self {
        self.binary(exponent, |x, p| power(x, p, ln), power_partials)
    }
    /// The number itself where `condition` is not 0, else the other; not a number where `condition` is not one.
    #[must_use]
    fn if_else(condition: Self, then: Self, otherwise: Self) -> Self {
        if condition.value().is_nan() {
            Self::constant(f64::NAN)
        } else if condition.value() == 0.0 {
            otherwise
        } else {
            then
        }
    }
    /// 1 where the comparison of the values holds, else 0.
    #[must_use]
    fn holds(self, o: Self, comparison: impl Fn(&f64, &f64) -> bool) -> Self {
        Self::constant(if comparison(&self.value(), &o.value()) { 1.0 } else { 0.0 })
    }
}

impl<T: Scalar> Elementary for T {}

/// The first and second derivative of the arcsine.
fn arc(x: f64) -> (f64, f64) {
    let rest = (1.0 - x) * (1.0 + x);
    if rest == 0.0 {
        return (0.0, 0.0);
    }
    let first = 1.0 / rest.sqrt();
    (first, x * first / rest)
}

/// The largest whole exponent that is multiplied out.
pub const MOST_FACTORS: f64 = 64.0;

/// x^p for ln = ln x. `num::pow` has more right digits where the result is far from 1, but takes three times as long.
fn power(x: f64, p: f64, ln: f64) -> f64 {
    let whole = p.floor() == p;
    if whole && p.abs() <= MOST_FACTORS {
        #[expect(clippy::cast_possible_truncation, reason = "whole and small")]
        return num::powi(x, p as i32);
    }
    if !whole && x > 0.0 { num::exp(p * ln) } else { num::pow(x, p) }
}

fn power_partials(x: f64, p: f64, v: f64) -> Partials {
    let mut first = if p == 0.0 { 0.0 } else { p * num::pow(x, p - 1.0) };
    let mut second = if p == 0.0 || p == 1.0 { 0.0 } else { p * (p - 1.0) * num::pow(x, p - 2.0) };
    if x > 0.0 {
        let l = num::ln(x);
        let mixed = num::pow(x, p - 1.0) * (1.0 + p * l);
        return Partials { first: [first, v * l], second: [second, mixed, v * l * l] };
    }
    if x == 0.0 && p > 0.0 {
        if p < 1.0 {
            first = 0.0;
        }
        if p < 2.0 {
            second = 0.0;
        }
    }
    Partials { first: [first, 0.0], second: [second, 0.0, 0.0] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::HyperDual;

    #[test]
    fn kinks_and_vertical_tangents_have_no_slope() {
        let x = |v| HyperDual::variable(v, 0);
        for (name, at) in [
            ("cbrt", x(0.0).cbrt()),
            ("asin", x(1.0).asin()),
            ("acos", x(-1.0).acos()),
            ("relu", x(0.0).relu()),
            ("sign", x(0.0).sign()),
            ("floor", x(2.0).floor()),
            ("x^0.5", x(0.0).powf(HyperDual::constant(0.5))),
            ("atan2", x(0.0).atan2(HyperDual::variable(0.0, 1))),
        ] {
            assert_eq!((at.d, at.h), ([0.0; 2], [0.0; 3]), "{name}");
        }
    }

    #[test]
    fn whole_powers_of_negative_numbers_have_their_derivatives() {
        let cube = HyperDual::variable(-2.0, 0).powf(HyperDual::constant(3.0));
        assert_eq!((cube.v, cube.d[0], cube.h[0]), (-8.0, 12.0, -12.0));
    }

    #[test]
    fn what_is_no_number_stays_none() {
        let nan = f64::NAN;
        assert!(Elementary::min(nan, 1.0).is_nan() && Elementary::min(1.0, nan).is_nan());
        assert!(Elementary::max(nan, 1.0).is_nan() && Elementary::max(1.0, nan).is_nan());
        assert!(nan.relu().is_nan() && Elementary::sign(nan).is_nan());
        assert!(f64::if_else(nan, 1.0, 2.0).is_nan());
    }
}
