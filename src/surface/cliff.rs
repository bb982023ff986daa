//! A bowl with a steep step in it.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;
use crate::param::{ParamSpec, Scale};

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "cliff",
    name: "Cliff",
    group: Group::Cliff,
    sentence: "At the step the gradient is dozens of times larger than beside it: one step there throws a run far away, and clipping holds it.",
    text: "0.05(x² + y²) + h σ(s(x − x₀))",
    params: &[
        ParamSpec::new(
            "height",
            "h",
            "height",
            6.0,
            (0.0, 100.0),
            Scale::Linear,
            "How high the step is.",
        ).slider(0.0, 20.0),
        ParamSpec::new(
            "steepness",
            "s",
            "steepness",
            12.0,
            (0.1, 1000.0),
            Scale::Log,
            "How steep the step is: the gradient on it is about a quarter of height times steepness.",
        ).slider(1.0, 100.0),
        ParamSpec::new(
            "x0",
            "x₀",
            "place",
            0.8,
            (-10.0, 10.0),
            Scale::Linear,
            "Where the step is.",
        ).slider(-4.0, 4.0),
    ],
    view: View::square(4.0),
    start: [2.6, 2.2],
    levels: Levels::Linear,
    minima: Some(|_| Vec::new()),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, p: &[f64]) -> T {
    (x.square() + y.square()) * 0.05 + ((x - p[2]) * p[1]).sigmoid() * p[0]
}
