//! Eighteen equal minima among hundreds (Shubert 1972, <https://doi.org/10.1137/0709036>).

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "shubert",
    name: "Shubert",
    group: Group::Multimodal,
    sentence: "Eighteen of the minima are equally low, in pairs; which one is found depends on the start alone.",
    text: "g(x) g(y), g(t) = Σᵢ i cos((i+1)t + i), i = 1…5",
    params: &[],
    view: View::square(5.0),
    start: [-3.4, 2.2],
    levels: Levels::Linear,
    minima: Some(|_| lowest()),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

/// Where g is lowest, and where it is highest: the product is lowest where one factor is the one and the other the other.
const LOW: [f64; 3] = [-7.708_313_735_499_347, -1.425_128_428_319_761, 4.858_056_878_859_826];
const HIGH: [f64; 3] = [-7.083_506_407_651_56, -0.800_321_100_471_973_1, 5.482_864_206_707_614];

fn lowest() -> Vec<[f64; 2]> {
    let pairs = LOW.into_iter().flat_map(|low| HIGH.map(|high| [low, high]));
    pairs.flat_map(|[low, high]| [[low, high], [high, low]]).collect()
}

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let g = |t: T| {
        let mut sum = T::constant(0.0);
        let mut i = 1.0;
        while i < 5.5 {
            sum = sum + (t * (i + 1.0) + i).cos() * i;
            i += 1.0;
        }
        sum
    };
    g(x) * g(y)
}
