//! Logistic regression on two separable points: the minimum lies at infinity.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "logistic",
    name: "Logistic loss",
    group: Group::Convex,
    sentence: "Two separable points: the loss falls for ever along a ray, and only weight decay gives it a minimum.",
    text: "log(1 + e^(−(2x + y))) + log(1 + e^(−(x + 2y)))",
    params: &[],
    view: View::square(6.0),
    start: [-4.0, 2.0],
    levels: Levels::Linear,
    minima: Some(|_| Vec::new()),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let first = -(x * 2.0 + y);
    let second = -(x + y * 2.0);
    first.softplus() + second.softplus()
}
