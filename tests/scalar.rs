//! The numbers that carry derivatives: every operation has the value of the plain one, bit for bit, and the derivatives of
//! the textbook.

mod common {
    pub mod cases;
}

use common::cases::cases;
use descent_lab::math::{Dual, HyperDual, Scalar, num};
use proptest::prelude::*;

/// A function of one variable in four forms: plain, over the two types, and its first and second derivative.
struct Unary {
    name: &'static str,
    plain: fn(f64) -> f64,
    own: fn(f64) -> f64,
    dual: fn(Dual) -> Dual,
    hyper: fn(HyperDual) -> HyperDual,
    first: fn(f64) -> f64,
    second: fn(f64) -> f64,
    /// Where it is tried.
    from: f64,
}

macro_rules! unary {
    ($name:literal, $op:expr, $plain:expr, $first:expr, $second:expr, from $from:expr) => {
        Unary {
            name: $name,
            plain: $plain,
            own: |x: f64| $op(x),
            dual: |x: Dual| $op(x),
            hyper: |x: HyperDual| $op(x),
            first: $first,
            second: $second,
            from: $from,
        }
    };
}

fn cubed<T: Scalar>(x: T) -> T {
    x.powi(3)
}

fn inverse_squared<T: Scalar>(x: T) -> T {
    x.powi(-2)
}

const UNARY: &[Unary] = &[
    unary!("sin", Scalar::sin, num::sin, num::cos, |x| -num::sin(x), from - 9.0),
    unary!("cos", Scalar::cos, num::cos, |x| -num::sin(x), |x| -num::cos(x), from - 9.0),
    unary!("exp", Scalar::exp, num::exp, num::exp, num::exp, from - 9.0),
    unary!("ln", Scalar::ln, num::ln, |x| 1.0 / x, |x| -1.0 / (x * x), from 0.01),
    unary!("sqrt", Scalar::sqrt, f64::sqrt, |x| 0.5 / x.sqrt(), |x| -0.25 / (x * x.sqrt()), from 0.01),
    unary!("abs", Scalar::abs, f64::abs, f64::signum, |_| 0.0, from - 9.0),
    unary!("square", Scalar::square, |x| x * x, |x| 2.0 * x, |_| 2.0, from - 9.0),
    unary!("cubed", cubed, |x| x * (x * x), |x| 3.0 * x * x, |x| 6.0 * x, from - 9.0),
    unary!("x⁻²", inverse_squared, |x| 1.0 / (x * x), |x| -2.0 / (x * x * x), |x| 6.0 / (x * x * x * x), from 0.01),
    unary!(
        "sigmoid",
        Scalar::sigmoid,
        num::sigmoid,
        |x| num::sigmoid(x) * num::sigmoid(-x),
        |x| { num::sigmoid(x) * num::sigmoid(-x) * (1.0 - 2.0 * num::sigmoid(x)) },
        from - 9.0
    ),
    unary!(
        "softplus",
        Scalar::softplus,
        num::softplus,
        num::sigmoid,
        |x| num::sigmoid(x) * num::sigmoid(-x),
        from - 9.0
    ),
];

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 4e-15 * (1.0 + b.abs())
}

/// A number with arbitrary derivatives, to see that they are carried and not recreated.
fn carried(v: f64, k: f64) -> HyperDual {
    HyperDual { v, d: [1.5 + k, -0.5 * k], h: [0.25, k, -2.0] }
}

fn gradient(x: HyperDual) -> Dual {
    Dual { v: x.v, d: x.d }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_function_of_one_variable_follows_the_chain_rule(at in 0.0..18.0_f64, k in -2.0..2.0_f64) {
        for u in UNARY {
            let value = u.from + at;
            let x = carried(value, k);
            let (d, h) = ((u.dual)(gradient(x)), (u.hyper)(x));
            let want = (u.plain)(value).to_bits();
            prop_assert_eq!((u.own)(value).to_bits(), want, "{} of {}", u.name, value);
            prop_assert_eq!(d.v.to_bits(), want, "{} of {}: dual", u.name, value);
            prop_assert_eq!(h.v.to_bits(), want, "{} of {}: hyper-dual", u.name, value);
            let (first, second) = ((u.first)(value), (u.second)(value));
            for i in 0..2 {
                prop_assert!(near(d.d[i], first * x.d[i]), "{} of {value}: {:?}", u.name, d.d);
                prop_assert_eq!(d.d[i].to_bits(), h.d[i].to_bits());
            }
            for (k, (i, j)) in [(0, 0), (0, 1), (1, 1)].into_iter().enumerate() {
                let want = first * x.h[k] + second * x.d[i] * x.d[j];
                let size = (first * x.h[k]).abs() + (second * x.d[i] * x.d[j]).abs();
                prop_assert!((h.h[k] - want).abs() <= 1e-14 * (1.0 + size), "{} of {value}: {:?}", u.name, h.h);
            }
        }
    }

    #[test]
    fn arithmetic_follows_the_rules_of_sum_product_and_quotient(a in -9.0..9.0_f64, b in 0.1..9.0_f64, k in -2.0..2.0_f64) {
        let (x, y) = (carried(a, k), carried(b, k - 1.0));
        let (dx, dy) = (gradient(x), gradient(y));
        let rows: [(&str, f64, Dual, HyperDual); 9] = [
            ("x + y", a + b, dx + dy, x + y),
            ("x − y", a - b, dx - dy, x - y),
            ("x · y", a * b, dx * dy, x * y),
            ("x / y", a / b, dx / dy, x / y),
            ("−x", -a, -dx, -x),
            ("x + c", a + 0.3, dx + 0.3, x + 0.3),
            ("x − c", a - 0.3, dx - 0.3, x - 0.3),
            ("x · c", a * 0.3, dx * 0.3, x * 0.3),
            ("x / c", a / 0.3, dx / 0.3, x / 0.3),
        ];
        // The quotient is the product with 1/y, whose derivatives are −1/y² and 2/y³.
        let inverse = |i: usize, j: usize, k: usize| 2.0 * y.d[i] * y.d[j] / (b * b * b) - y.h[k] / (b * b);
        for (name, value, dual, hyper) in rows {
            prop_assert_eq!((dual.v.to_bits(), hyper.v.to_bits()), (value.to_bits(), value.to_bits()), "{}", name);
            for (k, (i, j)) in [(0, 0), (0, 1), (1, 1)].into_iter().enumerate() {
                let (first, second) = match name {
                    "x + y" => (x.d[i] + y.d[i], x.h[k] + y.h[k]),
                    "x − y" => (x.d[i] - y.d[i], x.h[k] - y.h[k]),
                    "x · y" => (
                        x.d[i] * b + a * y.d[i],
                        x.h[k] * b + x.d[i] * y.d[j] + x.d[j] * y.d[i] + a * y.h[k],
                    ),
                    "x / y" => (
                        x.d[i] / b - a * y.d[i] / (b * b),
                        x.h[k] / b - (x.d[i] * y.d[j] + x.d[j] * y.d[i]) / (b * b) + a * inverse(i, j, k),
                    ),
                    "−x" => (-x.d[i], -x.h[k]),
                    "x · c" => (x.d[i] * 0.3, x.h[k] * 0.3),
                    "x / c" => (x.d[i] / 0.3, x.h[k] / 0.3),
                    _ => (x.d[i], x.h[k]),
                };
                let size = 1.0 + (a.abs() + 1.0) * 9.0 / (b * b * b).min(1.0);
                prop_assert!((dual.d[i] - first).abs() <= 1e-14 * size, "{name}: {:?}", dual.d);
                prop_assert!((hyper.d[i] - first).abs() <= 1e-14 * size, "{name}: {:?}", hyper.d);
                prop_assert!((hyper.h[k] - second).abs() <= 1e-13 * size, "{name}: {:?}", hyper.h);
            }
        }
    }
}

#[test]
fn at_a_kink_the_derivative_is_zero() {
    let zero = HyperDual::variable(0.0, 0);
    for (name, at) in [("abs", zero.abs()), ("sqrt", zero.sqrt()), ("√x²", zero.square().sqrt())] {
        assert_eq!((at.v, at.d, at.h), (0.0, [0.0; 2], [0.0; 3]), "{name}");
    }
}

#[test]
fn a_variable_moves_along_its_own_coordinate_and_a_constant_along_none() {
    assert_eq!(Dual::variable(3.0, 1), Dual { v: 3.0, d: [0.0, 1.0] });
    assert_eq!(HyperDual::variable(3.0, 0), HyperDual { v: 3.0, d: [1.0, 0.0], h: [0.0; 3] });
    assert_eq!(Dual::constant(3.0).d, [0.0; 2]);
    assert_eq!(HyperDual::constant(3.0).h, [0.0; 3]);
}
