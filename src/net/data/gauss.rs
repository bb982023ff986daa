//! Normal clouds.

use super::draw::{Draw, stray};
use super::{Generator, Makes, classes, real};
use crate::math::num;
use crate::net::DataSpec;

pub static SPEC: Generator = Generator {
    key: "gauss",
    name: "Gaussian clouds",
    sentence: "Normal clouds around a centre: lines part them, so a network without hidden layers is enough.",
    makes: Makes::Classes(2, 5),
    make: |spec| Ok(points(spec)),
};

/// The centres stand on a circle. Clouds have the standard deviation 0.5, and more with noise.
fn points(spec: &DataSpec) -> Vec<[f64; 3]> {
    const RADIUS: f64 = 3.0;
    let count = classes(spec, &SPEC);
    (0..spec.count)
        .map(|i| {
            let class = i % count;
            let angle = std::f64::consts::TAU * (real(class) / real(count) + 0.125);
            let spread = |draw: Draw| 0.5 * draw.normal(spec.seed, i);
            let at = [
                RADIUS * num::cos(angle) + spread(Draw::First),
                RADIUS * num::sin(angle) + spread(Draw::Second),
            ];
            let [x, y] = stray(spec, i, at, 1.5);
            [x, y, real(class)]
        })
        .collect()
}
