//! A wide bowl with two narrow wells sunk into it, the left one deeper.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "two_wells",
    name: "Two wells",
    group: Group::Multimodal,
    sentence: "A shallow well in the way of a deeper one: momentum and noise may carry a run across, plain descent stays.",
    text: "x² + y² − 2e^(−((x−1)² + y²)/0.2) − 3e^(−((x+1)² + y²)/0.2)",
    params: &[],
    view: View::square(2.0),
    start: [1.7, 0.9],
    levels: Levels::Linear,
    minima: Some(|_| vec![[-0.936_300_634_010_918_6, 0.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let y2 = y.square();
    let well = |centre: f64, depth: f64| (-((x - centre).square() + y2) / 0.2).exp() * depth;
    x.square() + y2 - well(1.0, 2.0) - well(-1.0, 3.0)
}
