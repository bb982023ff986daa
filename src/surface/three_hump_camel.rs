//! Three minima, of which the middle one is the lowest (Branin; Jamil and Yang 2013, <https://arxiv.org/abs/1308.4008>).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "three_hump_camel",
    name: "Three-hump camel",
    group: Group::Multimodal,
    sentence: "Three basins in a row: the deepest lies in the middle, between two that catch most starts.",
    text: "2x² − 1.05x⁴ + x⁶/6 + xy + y²",
    params: &[],
    view: View::square(2.0),
    start: [-1.8, 1.2],
    levels: Levels::Log,
    minima: Some(|_| vec![[0.0, 0.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let q = x.square();
    q * 2.0 - q * q * 1.05 + q * q * q / 6.0 + x * y + y.square()
}
