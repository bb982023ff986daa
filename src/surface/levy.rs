//! Waves along a slanted bowl (Lévy and Montalvo 1985, <https://doi.org/10.1137/0906002>).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;
use std::f64::consts::PI;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "levy",
    name: "Lévy",
    group: Group::Multimodal,
    sentence: "Waves across the way to the minimum, higher in one direction than in the other.",
    text: "sin²πu + (u−1)²(1 + 10 sin²(πu + 1)) + (v−1)²(1 + sin² 2πv), u = 1 + (x−1)/4, v = 1 + (y−1)/4",
    params: &[],
    view: View::square(10.0),
    start: [-7.0, 6.0],
    levels: Levels::Log,
    minima: Some(|_| vec![[1.0, 1.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let (u, v) = ((x - 1.0) / 4.0 + 1.0, (y - 1.0) / 4.0 + 1.0);
    let first = (u * PI).sin().square();
    let middle = (u - 1.0).square() * ((u * PI + 1.0).sin().square() * 10.0 + 1.0);
    let last = (v - 1.0).square() * ((v * (2.0 * PI)).sin().square() + 1.0);
    first + middle + last
}
