//! A bowl with a flat direction at its minimum: the eigenvalues there are 0 and 4.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "flower",
    name: "Flower",
    group: Group::Valley,
    sentence: "At the minimum one direction has no curvature, so the last stretch is slower than any exponential.",
    text: "x² + y² + x sin y + y sin x",
    params: &[],
    view: View::square(6.0),
    start: [-5.0, 3.5],
    levels: Levels::Linear,
    minima: Some(|_| vec![[0.0, 0.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    x.square() + y.square() + x * y.sin() + y * x.sin()
}
