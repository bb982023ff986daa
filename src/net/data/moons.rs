//! Two half circles.

use super::draw::{Draw, stray};
use super::{Generator, Makes, real};
use crate::math::num;
use crate::net::DataSpec;

pub static SPEC: Generator = Generator {
    key: "moons",
    name: "Moons",
    sentence: "Two half circles that reach into each other: a line gets most of them right, a curve all.",
    makes: Makes::Classes(2, 2),
    make: |spec| Ok(points(spec)),
};

/// Half circles of radius 3.2; the second is turned and shifted by one radius to the right and half of one down.
fn points(spec: &DataSpec) -> Vec<[f64; 3]> {
    const RADIUS: f64 = 3.2;
    (0..spec.count)
        .map(|i| {
            let class = i % 2;
            let angle = std::f64::consts::PI * Draw::First.even(spec.seed, i / 2);
            let (x, y) = (num::cos(angle), num::sin(angle));
            let at = if class == 0 { [x - 0.5, y - 0.25] } else { [0.5 - x, 0.25 - y] };
            let [x, y] = stray(spec, i, at.map(|v| RADIUS * v), 1.0);
            [x, y, real(class)]
        })
        .collect()
}
