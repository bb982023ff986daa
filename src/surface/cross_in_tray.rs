//! Four equal minima beside a cross of kinks.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;
use std::f64::consts::PI;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "cross_in_tray",
    name: "Cross in tray",
    group: Group::NonSmooth,
    sentence: "A cross of kinks between four equal minima; the sides of the tray are nearly flat.",
    text: "−10⁻⁴ (|sin x sin y e^|100 − r/π|| + 1)^0.1, r = √(x² + y²)",
    params: &[],
    view: View::square(10.0),
    start: [-4.4, 3.1],
    levels: Levels::Linear,
    minima: Some(|_| vec![[AT, AT], [-AT, AT], [AT, -AT], [-AT, -AT]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

/// A minimum; the others are its mirror images.
const AT: f64 = 1.349_406_617_153_910_8;

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let r = (x.square() + y.square()).sqrt();
    let inner = (x.sin() * y.sin() * (-(r / PI) + 100.0).abs().exp()).abs() + 1.0;
    -(inner.ln() * 0.1).exp() * 1e-4
}
