//! Kinks along both axes; the subgradient taken on them is 0.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "l1",
    name: "Sum of absolute values",
    group: Group::NonSmooth,
    sentence: "The gradient keeps its length up to the kink: with a constant rate runs hop about it for ever, and decaying rates settle.",
    text: "|x| + |y|",
    params: &[],
    view: View::square(2.0),
    start: [-1.6, 1.1],
    levels: Levels::Linear,
    minima: Some(|_| vec![[0.0, 0.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    x.abs() + y.abs()
}
