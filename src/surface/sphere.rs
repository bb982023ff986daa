//! The plainest bowl.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "sphere",
    name: "Sphere",
    group: Group::Convex,
    sentence: "Every method goes straight down: what differs is how far each step goes.",
    text: "x² + y²",
    params: &[],
    view: View::square(5.12),
    start: [-4.0, 3.0],
    levels: Levels::Linear,
    minima: Some(|_| vec![[0.0, 0.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    x.square() + y.square()
}
