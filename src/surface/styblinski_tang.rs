//! Four bowls, one deeper than the others (Styblinski and Tang 1990, <https://doi.org/10.1016/0893-6080(90)90029-K>).
//! The minimum stands at the smallest root of 4t³ − 32t + 5 in each coordinate.

use super::{Group, Levels, SurfaceSpec, View, formula, both};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "styblinski_tang",
    name: "Styblinski–Tang",
    group: Group::Multimodal,
    sentence: "Four bowls with one slightly deeper: which one a run ends in depends on the start and on momentum.",
    text: "½ Σ (t⁴ − 16t² + 5t), t = x, y",
    params: &[],
    view: View::square(5.0),
    start: [0.6, 3.6],
    levels: Levels::Linear,
    minima: Some(|_| vec![[-2.903_534_027_771_177, -2.903_534_027_771_177]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    both(x, y, |t| {
        let q = t.square();
        q * q - q * 16.0 + t * 5.0
    }) * 0.5
}
