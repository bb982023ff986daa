//! Values over six decades (Goldstein and Price 1971, <https://doi.org/10.1090/S0025-5718-1971-0312365-X>).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "goldstein_price",
    name: "Goldstein–Price",
    group: Group::Valley,
    sentence: "Values span six decades and several valleys cross: a rate that suits one place fails in another.",
    text: "(1 + (x+y+1)²(19 − 14x + 3x² − 14y + 6xy + 3y²)) · (30 + (2x−3y)²(18 − 32x + 12x² + 48y − 36xy + 27y²))",
    params: &[],
    view: View::square(2.0),
    start: [-1.4, 0.9],
    levels: Levels::Log,
    minima: Some(|_| vec![[0.0, -1.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let a = (x + y + 1.0).square();
    let b = x.square() * 3.0 - x * 14.0 - y * 14.0 + x * y * 6.0 + y.square() * 3.0 + 19.0;
    let c = (x * 2.0 - y * 3.0).square();
    let d = x.square() * 12.0 - x * 32.0 + y * 48.0 - x * y * 36.0 + y.square() * 27.0 + 18.0;
    (a * b + 1.0) * (c * d + 30.0)
}
