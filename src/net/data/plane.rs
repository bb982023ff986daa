//! A plane.

use super::draw::numbers;
use super::{Generator, Makes};
use crate::net::DataSpec;

pub static SPEC: Generator = Generator {
    key: "plane",
    name: "Plane",
    sentence: "A slope, (x + y)/12: what a single linear unit can learn, and how a method gets there.",
    makes: Makes::Numbers,
    make: |spec| Ok(points(spec)),
};

fn points(spec: &DataSpec) -> Vec<[f64; 3]> {
    numbers(spec, 1.0, |x, y| (x + y) / 12.0)
}
