//! A saddle at the origin between two minima, so that escaping it leads somewhere.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "bounded_saddle",
    name: "Saddle between two minima",
    group: Group::Saddle,
    sentence: "A saddle with a minimum on either side: the flat start is where plain gradient descent loses its time.",
    text: "x² − y² + y⁴/4",
    params: &[],
    view: View::square(2.5),
    start: [2.0, 0.01],
    levels: Levels::Linear,
    minima: Some(|_| vec![[0.0, std::f64::consts::SQRT_2], [0.0, -std::f64::consts::SQRT_2]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let y2 = y.square();
    x.square() - y2 + y2.square() / 4.0
}
