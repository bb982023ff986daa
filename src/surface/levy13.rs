//! Lévy's function number 13 (Lévy and Montalvo 1985, <https://doi.org/10.1137/0906002>).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;
use std::f64::consts::PI;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "levy13",
    name: "Lévy 13",
    group: Group::Multimodal,
    sentence: "Fine ripples on a bowl: a start a little to the side ends in another dent.",
    text: "sin² 3πx + (x−1)²(1 + sin² 3πy) + (y−1)²(1 + sin² 2πy)",
    params: &[],
    view: View::square(5.0),
    start: [-3.6, 3.2],
    levels: Levels::Log,
    minima: Some(|_| vec![[1.0, 1.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let first = (x * (3.0 * PI)).sin().square();
    let middle = (x - 1.0).square() * ((y * (3.0 * PI)).sin().square() + 1.0);
    let last = (y - 1.0).square() * ((y * (2.0 * PI)).sin().square() + 1.0);
    first + middle + last
}
