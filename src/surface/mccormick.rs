//! A tilted, wavy valley (`McCormick` 1976, <https://doi.org/10.1007/BF01580665>).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "mccormick",
    name: "McCormick",
    group: Group::Multimodal,
    sentence: "A tilted plane with a wave on it: one minimum in view, more beyond.",
    text: "sin(x + y) + (x − y)² − 1.5x + 2.5y + 1",
    params: &[],
    view: View { x: (-1.5, 4.0), y: (-3.0, 4.0) },
    start: [3.4, -1.5],
    levels: Levels::Linear,
    minima: Some(|_| vec![[-0.547_197_551_196_597_6, -1.547_197_551_196_597_6]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    (x + y).sin() + (x - y).square() - x * 1.5 + y * 2.5 + 1.0
}
