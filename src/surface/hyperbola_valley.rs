//! A product of two weights that should be 1: a whole line of minima, sharp at its ends and flat in its middle.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "hyperbola_valley",
    name: "Hyperbola valley",
    group: Group::Valley,
    sentence: "All points of a line are minima, of different sharpness: large steps, noise and SAM slide to the flat ones.",
    text: "(xy − 1)²",
    params: &[],
    view: View { x: (0.1, 4.0), y: (0.1, 4.0) },
    start: [0.5, 3.6],
    levels: Levels::Log,
    minima: Some(|_| vec![[1.0, 1.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    (x * y - 1.0).square()
}
