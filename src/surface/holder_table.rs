//! Four equal minima near the corners of a table.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;
use std::f64::consts::PI;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "holder_table",
    name: "Hölder table",
    group: Group::NonSmooth,
    sentence: "The lowest points stand at the corners of the view; the many dents between them are traps.",
    text: "−|sin x cos y e^|1 − r/π||, r = √(x² + y²)",
    params: &[],
    view: View::square(10.0),
    start: [4.1, 5.6],
    levels: Levels::Linear,
    minima: Some(|_| {
        let [x, y] = AT;
        vec![[x, y], [-x, y], [x, -y], [-x, -y]]
    }),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

/// A minimum; the others are its mirror images.
const AT: [f64; 2] = [8.055_023_475_736_564, 9.664_590_019_241_273];

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let r = (x.square() + y.square()).sqrt();
    -(x.sin() * y.cos() * (-(r / PI) + 1.0).abs().exp()).abs()
}
