//! Steep valleys that cross on a plain (Michalewicz 1992).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;
use crate::math::num;
use crate::param::{ParamSpec, Scale, as_index};
use std::f64::consts::PI;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "michalewicz",
    name: "Michalewicz",
    group: Group::Multimodal,
    sentence: "Steep ditches in a plain; the lowest point is where two of them cross.",
    text: "−sin x sin²ᵐ(x²/π) − sin y sin²ᵐ(2y²/π)",
    params: &[
        ParamSpec::new(
            "m",
            "m",
            "steepness",
            10.0,
            (1.0, 50.0),
            Scale::Integer,
            "How narrow the ditches are.",
        ).slider(1.0, 20.0),
    ],
    view: View { x: (0.0, PI), y: (0.0, PI) },
    start: [2.5, 1.9],
    levels: Levels::Linear,
    minima: Some(minima),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

/// The lowest point of the second term is π/2 for every m; that of the first is where cot t + (4m t/π) cot(t²/π) is 0.
fn minima(p: &[f64]) -> Vec<[f64; 2]> {
    let cot = |t: f64| num::cos(t) / num::sin(t);
    let slope = |t: f64| cot(t) + 4.0 * p[0] * t / PI * cot(t * t / PI);
    let (mut low, mut high) = (1.6, 2.2215);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if slope(middle) > 0.0 { low = middle } else { high = middle }
    }
    vec![[low, 0.5 * PI]]
}

fn f<T: Scalar>(x: T, y: T, p: &[f64]) -> T {
    let m = 2 * i32::try_from(as_index(p[0])).unwrap_or(1);
    let one = |t: T, k: f64| t.sin() * (t.square() * (k / PI)).sin().powi(m);
    -one(x, 1.0) - one(y, 2.0)
}
