//! Opposite quadrants.

use super::draw::{Draw, stray};
use super::{Generator, Makes, real};
use crate::net::DataSpec;

pub static SPEC: Generator = Generator {
    key: "xor",
    name: "Exclusive or",
    sentence: "Opposite quadrants share a class: x and y say nothing alone, and their product says everything.",
    makes: Makes::Classes(2, 2),
    make: |spec| Ok(points(spec)),
};

fn points(spec: &DataSpec) -> Vec<[f64; 3]> {
    let seed = spec.seed;
    (0..spec.count)
        .map(|i| {
            let class = i % 2;
            // Clean points keep away from the axes.
            let x = Draw::First.between(seed, i, 0.3, 5.0);
            let y = Draw::Second.between(seed, i, 0.3, 5.0);
            let side = if (i / 2).is_multiple_of(2) { 1.0 } else { -1.0 };
            let other = if class == 0 { -side } else { side };
            let [x, y] = stray(spec, i, [side * x, other * y], 1.0);
            [x, y, real(class)]
        })
        .collect()
}
