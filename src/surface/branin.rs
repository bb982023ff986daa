//! Three equal minima along a bent valley (Branin 1972, <https://doi.org/10.1147/rd.165.0504>).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;
use std::f64::consts::PI;
pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "branin",
    name: "Branin",
    group: Group::Multimodal,
    sentence: "A bent valley with three equal minima in it: which one a run finds tells where it came down.",
    text: "(y − 5.1x²/4π² + 5x/π − 6)² + 10(1 − 1/8π)cos x + 10",
    params: &[],
    view: View { x: (-5.0, 10.0), y: (0.0, 15.0) },
    start: [5.5, 13.0],
    levels: Levels::Log,
    minima: Some(|_| vec![
            [-PI, 12.275],
            [PI, 2.275],
            [3.0 * PI, 2.475],
        ]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let across = y - x.square() * (5.1 / (4.0 * PI * PI)) + x * (5.0 / PI) - 6.0;
    across.square() + x.cos() * (10.0 * (1.0 - 1.0 / (8.0 * PI))) + 10.0
}
