//! Two equal minima in curved valleys (Dixon and Price 1989, <https://doi.org/10.1007/BF00941077>).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::{Dual, Scalar};
use std::f64::consts::{FRAC_1_SQRT_2, SQRT_2};
pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "dixon_price",
    name: "Dixon–Price",
    group: Group::Valley,
    sentence: "Two mirror valleys that curve away from the start: a sum of squares with a choice to make.",
    text: "(x − 1)² + 2(2y² − x)²",
    params: &[],
    view: View::square(3.0),
    start: [-2.2, 1.8],
    levels: Levels::Log,
    minima: Some(|_| vec![[1.0, FRAC_1_SQRT_2], [1.0, -FRAC_1_SQRT_2]]),
    unbounded: false,
    residuals: Some(residuals),
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let across = y.square() * 2.0 - x;
    (x - 1.0).square() + across.square() * 2.0
}

fn residuals(x: Dual, y: Dual, _: &[f64]) -> Vec<Dual> {
    vec![x - 1.0, (y.square() * 2.0 - x) * SQRT_2]
}
