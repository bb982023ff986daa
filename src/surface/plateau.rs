//! A hole in a plain: far from it the gradient vanishes.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;
use crate::param::{ParamSpec, Scale};

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "plateau",
    name: "Plateau",
    group: Group::Saddle,
    sentence: "Far from the hole the gradient is as good as 0: plain descent stands still, adaptive methods walk on.",
    text: "1 − e^(−(x² + y²)/2σ²)",
    params: &[
        ParamSpec::new(
            "sigma",
            "σ",
            "width",
            0.6,
            (0.05, 10.0),
            Scale::Log,
            "How wide the hole is: the narrower, the flatter the rest.",
        ).slider(0.2, 3.0),
    ],
    view: View::square(3.0),
    start: [-2.0, 1.2],
    levels: Levels::Linear,
    minima: Some(|_| vec![[0.0, 0.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, p: &[f64]) -> T {
    let r = x.square() + y.square();
    -(r * (-0.5 / (p[0] * p[0]))).exp() + 1.0
}
