//! Six minima and two saddles between them (Dixon and Szegő 1978).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "six_hump_camel",
    name: "Six-hump camel",
    group: Group::Saddle,
    sentence: "Two of the six minima are the lowest; saddles between them hold runs up.",
    text: "(4 − 2.1x² + x⁴/3)x² + xy + (4y² − 4)y²",
    params: &[],
    view: View { x: (-2.0, 2.0), y: (-1.0, 1.0) },
    start: [-1.9, 0.9],
    levels: Levels::Linear,
    minima: Some(|_| vec![[0.089_842_013_100_318_06, -0.712_656_403_020_739_6], [-0.089_842_013_100_318_06, 0.712_656_403_020_739_6]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let xx = x.square();
    let yy = y.square();
    (xx.square() / 3.0 - xx * 2.1 + 4.0) * xx + x * y + (yy * 4.0 - 4.0) * yy
}
