//! A bowl with ripples (Bohachevsky, Johnson and Stein 1986, <https://doi.org/10.1080/00401706.1986.10488128>).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;
use std::f64::consts::PI;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "bohachevsky1",
    name: "Bohachevsky 1",
    group: Group::Multimodal,
    sentence: "A bowl with shallow ripples: momentum rolls over them, small steps stop in them.",
    text: "x² + 2y² − 0.3 cos 3πx − 0.4 cos 4πy + 0.7",
    params: &[],
    view: View::square(2.0),
    start: [-1.5, 1.3],
    levels: Levels::Linear,
    minima: Some(|_| vec![[0.0, 0.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let waves = (x * (3.0 * PI)).cos() * 0.3 + (y * (4.0 * PI)).cos() * 0.4;
    x.square() + y.square() * 2.0 - waves + 0.7
}
