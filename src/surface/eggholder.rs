//! Minima everywhere, the lowest of the usual square on its border.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "eggholder",
    name: "Eggholder",
    group: Group::Multimodal,
    sentence: "Minima everywhere, of all depths; the lowest in this square lies on its border, and beyond it there are lower ones.",
    text: "−(y + 47) sin√|y + x/2 + 47| − x sin√|x − y − 47|",
    params: &[],
    view: View::square(512.0),
    start: [-200.0, 300.0],
    levels: Levels::Linear,
    minima: Some(|_| vec![[512.0, 404.231_805_113_757_8]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let first = (y + 47.0) * (y + x * 0.5 + 47.0).abs().sqrt().sin();
    let second = x * (x - y - 47.0).abs().sqrt().sin();
    -first - second
}
