//! The smooth partner of |x| + |y| (Huber 1964, <https://doi.org/10.1214/aoms/1177703732>): ½t² for |t| ≤ δ, else δ(|t| − ½δ).

use super::{Group, Levels, SurfaceSpec, View, formula, both};
use crate::math::Scalar;
use crate::param::{ParamSpec, Scale};

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "huber",
    name: "Huber",
    group: Group::NonSmooth,
    sentence: "Round at the bottom and straight outside: far out it is |x| + |y|, near the minimum a bowl in which runs settle.",
    text: "H(x) + H(y), H(t) = ½t² for |t| ≤ δ, else δ(|t| − ½δ)",
    params: &[
        ParamSpec::new(
            "delta",
            "δ",
            "width",
            0.5,
            (0.01, 10.0),
            Scale::Log,
            "How far from the minimum it is round.",
        ).slider(0.05, 2.0),
    ],
    view: View::square(2.0),
    start: [-1.6, 1.1],
    levels: Levels::Linear,
    minima: Some(|_| vec![[0.0, 0.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, p: &[f64]) -> T {
    let d = p[0];
    both(x, y, |t| if t.value().abs() <= d { t.square() * 0.5 } else { (t.abs() - 0.5 * d) * d })
}
