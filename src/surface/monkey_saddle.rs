//! Three valleys meet at the origin, where the gradient and the Hessian both vanish: second-order methods learn nothing
//! there.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "monkey_saddle",
    name: "Monkey saddle",
    group: Group::Saddle,
    sentence: "Three ways down from a point where even the curvature is zero.",
    text: "x³ − 3xy²",
    params: &[],
    view: View::square(1.5),
    start: [0.9, 0.02],
    levels: Levels::Linear,
    minima: Some(|_| vec![]),
    unbounded: true,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    x.powi(3) - x * y.square() * 3.0
}
