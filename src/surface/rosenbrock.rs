//! The banana valley (Rosenbrock 1960, <https://doi.org/10.1093/comjnl/3.3.175>): finding the valley is easy, following it
//! is not. At the minimum the condition number of the Hessian is about 2,500 for b = 100.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::later::{here, words};
use crate::math::{Dual, Scalar};
use crate::param::{ParamSpec, Scale};

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "rosenbrock",
    name: "Rosenbrock",
    group: Group::Valley,
    sentence: words("A curved, nearly flat valley: everyone finds it, few follow it quickly to the minimum."),
    text: "(a − x)² + b(y − x²)²",
    params: &[
        ParamSpec::new("a", "a", "minimum at x = a", 1.0, (-10.0, 10.0), Scale::Linear, "Where the minimum lies along the valley: (a, a²).")
            .slider(-1.5, 1.5),
        ParamSpec::new("b", "b", "steepness of the walls", 100.0, (0.0, 1e6), Scale::Log, "How steep the walls of the valley are; 100 is the classic.")
            .slider(1.0, 1000.0),
    ],
    view: View { x: (-2.0, 2.0), y: (-1.0, 3.0) },
    start: [-1.5, 2.0],
    levels: Levels::Log,
    minima: Some(|p| vec![[p[0], p[0] * p[0]]]),
    unbounded: false,
    residuals: here(residuals),
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, p: &[f64]) -> T {
    let along = -(x - p[0]);
    let across = y - x.square();
    along.square() + across.square() * p[1]
}

fn residuals(x: Dual, y: Dual, p: &[f64]) -> Vec<Dual> {
    vec![-(x - p[0]), (y - x.square()) * p[1].sqrt()]
}
