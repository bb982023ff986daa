//! The lowest minimum lies far from the second lowest (Schwefel 1981).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "schwefel",
    name: "Schwefel",
    group: Group::Multimodal,
    sentence: "The lowest minimum lies in a corner, far from the next best: following good places leads away from it.",
    text: "837.9658 − x sin√|x| − y sin√|y|",
    params: &[],
    view: View::square(500.0),
    start: [-300.0, 120.0],
    levels: Levels::Linear,
    minima: Some(|_| vec![[420.968_746_359_982, 420.968_746_359_982]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let one = |t: T| t * t.abs().sqrt().sin();
    -one(x) - one(y) + 837.965_774_544_867_4
}
