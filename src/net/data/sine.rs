//! A sum of sines.

use super::draw::numbers;
use super::{Generator, Makes};
use crate::math::num;
use crate::net::DataSpec;

pub static SPEC: Generator = Generator {
    key: "sine",
    name: "Sines",
    sentence: "(sin x + sin y)/2: takes many units on x and y, and none on the features sin x and sin y.",
    makes: Makes::Numbers,
    make: |spec| Ok(points(spec)),
};

fn points(spec: &DataSpec) -> Vec<[f64; 3]> {
    numbers(spec, 1.0, |x, y| 0.5 * (num::sin(x) + num::sin(y)))
}
