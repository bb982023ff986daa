//! A bowl with a quartic wall (Jamil and Yang 2013, <https://arxiv.org/abs/1308.4008>).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "zakharov",
    name: "Zakharov",
    group: Group::Valley,
    sentence: "A round bowl with a wall of the fourth degree across it: curvature differs by thousands between wall and floor.",
    text: "x² + y² + (½x + y)² + (½x + y)⁴",
    params: &[],
    view: View::square(5.0),
    start: [-4.0, 3.5],
    levels: Levels::Log,
    minima: Some(|_| vec![[0.0, 0.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let wall = (x * 0.5 + y).square();
    x.square() + y.square() + wall + wall * wall
}
