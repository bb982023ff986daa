//! Four minima of the same depth (Himmelblau 1972).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::{Dual, Scalar};

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "himmelblau",
    name: "Himmelblau",
    group: Group::Multimodal,
    sentence: "Four minima of equal depth: neighbouring starts, or another optimizer from the same start, end in different ones.",
    text: "(x² + y − 11)² + (x + y² − 7)²",
    params: &[],
    view: View::square(6.0),
    start: [-0.5, -1.0],
    levels: Levels::Log,
    minima: Some(|_| vec![
            [3.0, 2.0],
            [-2.805_118_086_952_745, 3.131_312_518_250_573],
            [-3.779_310_253_377_747, -3.283_185_991_286_17],
            [3.584_428_340_330_492, -1.848_126_526_964_404],
        ]),
    unbounded: false,
    residuals: Some(residuals),
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let first = x.square() + y - 11.0;
    let second = x + y.square() - 7.0;
    first.square() + second.square()
}

fn residuals(x: Dual, y: Dual, _: &[f64]) -> Vec<Dual> {
    vec![x.square() + y - 11.0, x + y.square() - 7.0]
}
