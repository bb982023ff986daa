//! Schaffer's fourth function. Some tables print 0.291992 for the value of its minima; it is 0.292579.
//!
//! The cosine is even, so the absolute value can be left out, and then the derivatives are right also where it is 0.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "schaffer4",
    name: "Schaffer 4",
    group: Group::Multimodal,
    sentence: "Four equal minima near the middle of a field of waves.",
    text: "½ + (cos²(sin|x² − y²|) − ½)/(1 + 0.001(x² + y²))²",
    params: &[],
    view: View::square(5.0),
    start: [-3.2, 1.9],
    levels: Levels::Linear,
    minima: Some(|_| vec![[0.0, A], [0.0, -A], [A, 0.0], [-A, 0.0]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

/// Where the minima lie on the axes.
const A: f64 = 1.253_131_831_463_733_2;

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let (xx, yy) = (x.square(), y.square());
    let below = ((xx + yy) * 0.001 + 1.0).square();
    ((xx - yy).sin().cos().square() - 0.5) / below + 0.5
}
