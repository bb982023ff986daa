//! Rings as of a drop in water.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "drop_wave",
    name: "Drop wave",
    group: Group::Multimodal,
    sentence: "Rings around the minimum: every step down is followed by a ridge.",
    text: "−(1 + cos 12r)/(½r² + 2), r = √(x² + y²)",
    params: &[],
    view: View::square(5.12),
    start: [-3.3, 2.1],
    levels: Levels::Linear,
    minima: Some(|_| vec![[0.0, 0.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let rr = x.square() + y.square();
    -((rr.sqrt() * 12.0).cos() + 1.0) / (rr * 0.5 + 2.0)
}
