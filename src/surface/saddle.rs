//! The plainest saddle: down along y for ever, up along x. It has no minimum; a run that leaves the saddle ends only
//! with its steps.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "saddle",
    name: "Saddle",
    group: Group::Saddle,
    sentence: "Downhill along y without end. Start near y = 0 and see who leaves first; Newton walks into the saddle.",
    text: "x² − y²",
    params: &[],
    view: View::square(2.0),
    start: [1.6, 0.01],
    levels: Levels::Linear,
    minima: Some(|_| vec![]),
    unbounded: true,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    x.square() - y.square()
}
