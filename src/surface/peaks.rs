//! The hills and hollows that MATLAB shows under this name: two minima, three maxima and saddles between.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "peaks",
    name: "Peaks",
    group: Group::Multimodal,
    sentence: "Hills, hollows and passes: start on a ridge and watch which side each method comes down.",
    text: "3(1−x)² e^(−x²−(y+1)²) − 10(x/5 − x³ − y⁵) e^(−x²−y²) − ⅓ e^(−(x+1)²−y²)",
    params: &[],
    view: View::square(3.0),
    start: [0.1, 1.2],
    levels: Levels::Linear,
    minima: Some(|_| vec![[0.228_278_920_556_369_1, -1.625_534_957_499_996_5]]),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let (x2, y2) = (x.square(), y.square());
    let first = (x - 1.0).square() * (-x2 - (y + 1.0).square()).exp() * 3.0;
    let second = (x / 5.0 - x.powi(3) - y.powi(5)) * (-x2 - y2).exp() * 10.0;
    let third = (-(x + 1.0).square() - y2).exp() / 3.0;
    first - second - third
}
