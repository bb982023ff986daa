//! Spiral arms.

use super::draw::{Draw, stray};
use super::{Generator, Makes, classes, real};
use crate::math::num;
use crate::net::DataSpec;

pub static SPEC: Generator = Generator {
    key: "spiral",
    name: "Spiral",
    sentence: "Arms wound into each other: hard for x and y alone, where depth, width and the method all tell.",
    makes: Makes::Classes(2, 5),
    make: |spec| Ok(points(spec)),
};

/// An arm runs from radius 0.4 to 5. The more arms, the fewer turns each, so that neighbours are as far apart.
fn points(spec: &DataSpec) -> Vec<[f64; 3]> {
    let arms = classes(spec, &SPEC);
    let turns = 3.5 / real(arms);
    (0..spec.count)
        .map(|i| {
            let arm = i % arms;
            let along = Draw::First.even(spec.seed, i / arms);
            let r = 0.4 + 4.6 * along;
            let angle = std::f64::consts::TAU * (turns * along + real(arm) / real(arms));
            let [x, y] = stray(spec, i, [r * num::sin(angle), r * num::cos(angle)], 1.0);
            [x, y, real(arm)]
        })
        .collect()
}
