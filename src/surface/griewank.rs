//! Ripples on a very wide bowl (Griewank 1981, <https://doi.org/10.1007/BF00933356>).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "griewank",
    name: "Griewank",
    group: Group::Multimodal,
    sentence: "A wide bowl under regular ripples: close up there are only ripples.",
    text: "1 + (x² + y²)/4000 − cos x · cos(y/√2)",
    params: &[],
    view: View::square(10.0),
    start: [-7.5, 6.0],
    levels: Levels::Linear,
    minima: Some(|_| vec![[0.0, 0.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    (x.square() + y.square()) / 4000.0 - x.cos() * (y / std::f64::consts::SQRT_2).cos() + 1.0
}
