//! A flat basin with steep corners (Beale 1958): large gradients at the border, almost none near the minimum.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::{Dual, Scalar};

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "beale",
    name: "Beale",
    group: Group::Valley,
    sentence: "A flat basin between steep corners: a rate that is safe in the corner is far too small on the floor.",
    text: "(1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²",
    params: &[],
    view: View::square(4.5),
    start: [1.0, 1.6],
    levels: Levels::Log,
    minima: Some(|_| vec![[3.0, 0.5]]),
    unbounded: false,
    residuals: Some(residuals),
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let y2 = y.square();
    let first = x * y - x + 1.5;
    let second = x * y2 - x + 2.25;
    let third = x * (y2 * y) - x + 2.625;
    first.square() + second.square() + third.square()
}

fn residuals(x: Dual, y: Dual, _: &[f64]) -> Vec<Dual> {
    let y2 = y.square();
    vec![x * y - x + 1.5, x * y2 - x + 2.25, x * (y2 * y) - x + 2.625]
}
