//! Hills and hollows.

use super::draw::numbers;
use super::{Generator, Makes};
use crate::math::num;
use crate::net::DataSpec;

pub static SPEC: Generator = Generator {
    key: "bumps",
    name: "Gaussian bumps",
    sentence: "Hills and hollows on flat ground: hidden units must work together to make something local.",
    makes: Makes::Numbers,
    make: |spec| Ok(points(spec)),
};

/// Centres and heights.
const BUMPS: [(f64, f64, f64); 6] = [
    (-4.0, 2.5, 1.0),
    (0.0, 2.5, -1.0),
    (4.0, 2.5, 1.0),
    (-4.0, -2.5, -1.0),
    (0.0, -2.5, 1.0),
    (4.0, -2.5, -1.0),
];

fn points(spec: &DataSpec) -> Vec<[f64; 3]> {
    numbers(spec, 1.0, |x, y| {
        let mut sum = 0.0;
        for (a, b, height) in BUMPS {
            sum += height * num::exp(-0.5 * ((x - a) * (x - a) + (y - b) * (y - b)));
        }
        sum
    })
}
