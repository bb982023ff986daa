//! One deep hole in a plain (Easom 1990).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;
use std::f64::consts::PI;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "easom",
    name: "Easom",
    group: Group::Multimodal,
    sentence: "One narrow hole in a plain: who starts elsewhere sees almost no gradient.",
    text: "−cos x cos y e^(−(x−π)² − (y−π)²)",
    params: &[],
    view: View { x: (0.0, 6.0), y: (0.0, 6.0) },
    start: [1.6, 4.4],
    levels: Levels::Linear,
    minima: Some(|_| vec![[PI, PI]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let r = (x - PI).square() + (y - PI).square();
    -(x.cos() * y.cos() * (-r).exp())
}
