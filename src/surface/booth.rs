//! A plain quadratic with a tilted, mildly stretched bowl (Booth; Jamil and Yang 2013, <https://arxiv.org/abs/1308.4008>).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::{Dual, Scalar};

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "booth",
    name: "Booth",
    group: Group::Convex,
    sentence: "A gently stretched and tilted bowl: every method should manage it.",
    text: "(x + 2y − 7)² + (2x + y − 5)²",
    params: &[],
    view: View::square(10.0),
    start: [-7.5, 8.0],
    levels: Levels::Log,
    minima: Some(|_| vec![[1.0, 3.0]]),
    unbounded: false,
    residuals: Some(residuals),
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let first = x + y * 2.0 - 7.0;
    let second = x * 2.0 + y - 5.0;
    first.square() + second.square()
}

fn residuals(x: Dual, y: Dual, _: &[f64]) -> Vec<Dual> {
    vec![x + y * 2.0 - 7.0, x * 2.0 + y - 5.0]
}
