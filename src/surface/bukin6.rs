//! A ridge of kinks along a parabola (Bukin 1997).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "bukin6",
    name: "Bukin 6",
    group: Group::NonSmooth,
    sentence: "All along a curved ditch there is a kink: gradients point across it, hardly ever along it.",
    text: "100√|y − 0.01x²| + 0.01|x + 10|",
    params: &[],
    view: View { x: (-15.0, -5.0), y: (-3.0, 3.0) },
    start: [-6.5, 2.0],
    levels: Levels::Linear,
    minima: Some(|_| vec![[-10.0, 1.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    (y - x.square() * 0.01).abs().sqrt() * 100.0 + (x + 10.0).abs() * 0.01
}
