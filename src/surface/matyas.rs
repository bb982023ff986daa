//! A shallow quadratic whose valley lies on the diagonal (Matyas 1965).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "matyas",
    name: "Matyas",
    group: Group::Convex,
    sentence: "A shallow bowl with its valley on the diagonal: methods that scale each coordinate gain nothing.",
    text: "0.26(x² + y²) − 0.48xy",
    params: &[],
    view: View::square(10.0),
    start: [-8.0, 3.0],
    levels: Levels::Linear,
    minima: Some(|_| vec![[0.0, 0.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    (x.square() + y.square()) * 0.26 - x * y * 0.48
}
