//! Waves that run along hyperbolas (Schaffer's second function).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "schaffer2",
    name: "Schaffer 2",
    group: Group::Multimodal,
    sentence: "Waves along hyperbolas around a single lowest point.",
    text: "½ + (sin²(x² − y²) − ½)/(1 + 0.001(x² + y²))²",
    params: &[],
    view: View::square(5.0),
    start: [-3.2, 1.7],
    levels: Levels::Linear,
    minima: Some(|_| vec![[0.0, 0.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let (xx, yy) = (x.square(), y.square());
    let below = ((xx + yy) * 0.001 + 1.0).square();
    ((xx - yy).sin().square() - 0.5) / below + 0.5
}
