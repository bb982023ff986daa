//! A bowl covered with ripples of period 1 (Rastrigin 1974): a local minimum near every whole-numbered point.

use super::{Group, Levels, SurfaceSpec, View, formula, both};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "rastrigin",
    name: "Rastrigin",
    group: Group::Multimodal,
    sentence: "A bowl with a dimple at every whole number: local methods stop in the first one they meet.",
    text: "20 + x² + y² − 10(cos 2πx + cos 2πy)",
    params: &[],
    view: View::square(5.12),
    start: [-2.6, 3.4],
    levels: Levels::Linear,
    minima: Some(|_| vec![[0.0, 0.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    both(x, y, |t| t.square() - (t * std::f64::consts::TAU).cos() * 10.0) + 20.0
}
