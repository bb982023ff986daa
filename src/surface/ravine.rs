//! A quadratic bowl whose curvatures are 1 and κ, turned by θ: the textbook of conditioning. Gradient descent needs
//! lr < 2/κ and then crawls along the floor; the best contraction per step is (κ − 1)/(κ + 1).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::later::{here, words};
use crate::math::{Dual, Scalar};
use crate::param::{ParamSpec, Scale};
use crate::math::num;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "ravine",
    name: "Ravine",
    group: Group::Convex,
    sentence: words("A stretched bowl: one curvature κ times the other. Turn it and per-coordinate methods lose their advantage."),
    text: "½(u² + κ v²), (u, v) = (x, y) turned by θ",
    params: &[
        ParamSpec::new("kappa", "κ", "condition number", 20.0, (1.0, 1e6), Scale::Log, "How many times steeper the walls are than the floor; 1 is round.")
            .slider(1.0, 1000.0),
        ParamSpec::new("theta", "θ", "angle in degrees", 0.0, (-180.0, 180.0), Scale::Linear, "Turns the bowl; 45 puts the valley on the diagonal.")
            .slider(-90.0, 90.0),
    ],
    view: View::square(4.0),
    start: [-3.2, 2.4],
    levels: Levels::Linear,
    minima: Some(|_| vec![[0.0, 0.0]]),
    unbounded: false,
    residuals: here(residuals),
    formula: Some(formula!(f)),
};

fn turned<T: Scalar>(x: T, y: T, p: &[f64]) -> (T, T) {
    let angle = p[1] * (std::f64::consts::PI / 180.0);
    let (c, s) = (num::cos(angle), num::sin(angle));
    (x * c + y * s, y * c - x * s)
}

fn f<T: Scalar>(x: T, y: T, p: &[f64]) -> T {
    let (u, v) = turned(x, y, p);
    (u.square() + v.square() * p[0]) * 0.5
}

fn residuals(x: Dual, y: Dual, p: &[f64]) -> Vec<Dual> {
    let (u, v) = turned(x, y, p);
    vec![u * 0.5_f64.sqrt(), v * (0.5 * p[0]).sqrt()]
}
