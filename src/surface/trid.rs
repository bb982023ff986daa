//! A bowl whose axes lie along the diagonals.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "trid",
    name: "Trid",
    group: Group::Convex,
    sentence: "A mild slanted bowl: a rate for each coordinate cannot straighten it, since its axes are the diagonals.",
    text: "(x − 1)² + (y − 1)² − xy",
    params: &[],
    view: View::square(4.0),
    start: [-3.0, 2.5],
    levels: Levels::Linear,
    minima: Some(|_| vec![[2.0, 2.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    (x - 1.0).square() + (y - 1.0).square() - x * y
}
