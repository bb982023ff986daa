//! A disc within rings.

use super::draw::{Draw, stray};
use super::{Generator, Makes, classes, real};
use crate::math::num;
use crate::net::DataSpec;

pub static SPEC: Generator = Generator {
    key: "circle",
    name: "Circle",
    sentence: "A disc within rings: no line can part them, but three units can, and x² and y² do it alone.",
    makes: Makes::Classes(2, 5),
    make: |spec| Ok(points(spec)),
};

/// Each band is twice as wide as the gaps, and the last ends at 5.
fn points(spec: &DataSpec) -> Vec<[f64; 3]> {
    let seed = spec.seed;
    let gap = 5.0 / (3.0 * real(classes(spec, &SPEC)) - 1.0);
    (0..spec.count)
        .map(|i| {
            let class = i % classes(spec, &SPEC);
            let inner = 3.0 * gap * real(class);
            let outer = inner + 2.0 * gap;
            // Even over the area of the band.
            let r = Draw::First.between(seed, i, inner * inner, outer * outer).sqrt();
            let angle = std::f64::consts::TAU * Draw::Second.uniform(seed, i);
            let [x, y] = stray(spec, i, [r * num::cos(angle), r * num::sin(angle)], 1.0);
            [x, y, real(class)]
        })
        .collect()
}
