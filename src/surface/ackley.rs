//! A nearly flat outer region full of dimples around one deep funnel (Ackley 1987). The funnel's tip is a kink: at the
//! origin the function is not differentiable, and the subgradient taken there is 0.

use super::{Group, Levels, SurfaceSpec, View, formula, both};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "ackley",
    name: "Ackley",
    group: Group::Multimodal,
    sentence: "A funnel in a field of dimples: the gradient far out says little about where the minimum is.",
    text: "−20e^(−0.2√(½(x²+y²))) − e^(½(cos 2πx + cos 2πy)) + 20 + e",
    params: &[],
    view: View::square(5.0),
    start: [-3.4, 2.7],
    levels: Levels::Linear,
    minima: Some(|_| vec![[0.0, 0.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let funnel = (((x.square() + y.square()) * 0.5).sqrt() * -0.2).exp() * -20.0;
    let dimples = (both(x, y, |t| (t * std::f64::consts::TAU).cos()) * 0.5).exp();
    funnel - dimples + (20.0 + std::f64::consts::E)
}
