//! The draws of data sets: each a pure function of seed, purpose and the number of the point.

use super::real;
use crate::math::{num, rng};
use crate::net::{DataSpec, PLANE};

/// What is drawn. Each has a stream of its own, and none is shared with the weights of a network of the same seed.
#[derive(Clone, Copy)]
pub enum Draw {
    /// The first coordinate of a position, whatever that is.
    First,
    /// The second.
    Second,
    /// Which of the pieces of its class a point is in.
    Piece,
    /// How far x strays.
    NoiseX,
    /// How far y strays.
    NoiseY,
    /// How far the number strays.
    NoiseLabel,
    /// Training or test.
    Part,
}

/// Where the streams of data begin: "data" in letters.
const STREAMS: u64 = 0x6461_7461 << 8;

impl Draw {
    const fn stream(self) -> u64 {
        STREAMS + self as u64
    }

    /// Uniform in [0, 1).
    pub fn uniform(self, seed: u64, i: usize) -> f64 {
        rng::uniform(seed, self.stream(), i as u64)
    }

    /// Uniform between these.
    pub fn between(self, seed: u64, i: usize, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform(seed, i)
    }

    /// Standard normal.
    pub fn normal(self, seed: u64, i: usize) -> f64 {
        rng::normal(seed, self.stream(), i as u64)
    }

    /// In [0, 1), spread more evenly than chance over however many there are: steps of the golden section from a random
    /// place.
    pub fn even(self, seed: u64, i: usize) -> f64 {
        const GOLDEN: f64 = 0.618_033_988_749_894_9;
        (self.uniform(seed, 0) + real(i) * GOLDEN).fract()
    }
}

/// Anywhere in the square.
pub fn anywhere(seed: u64, i: usize) -> [f64; 2] {
    [Draw::First.between(seed, i, -PLANE, PLANE), Draw::Second.between(seed, i, -PLANE, PLANE)]
}

/// The point after noise: it strays by a normal distance, `by` at noise 1. What would leave the square is reflected at its
/// edge.
pub fn stray(spec: &DataSpec, i: usize, at: [f64; 2], by: f64) -> [f64; 2] {
    let far = spec.noise * by;
    let inside = |v: f64| {
        let reflected = if v.abs() > PLANE { v.signum() * (2.0 * PLANE - v.abs()) } else { v };
        num::clamp(reflected, -PLANE, PLANE)
    };
    [
        inside(at[0] + far * Draw::NoiseX.normal(spec.seed, i)),
        inside(at[1] + far * Draw::NoiseY.normal(spec.seed, i)),
    ]
}

/// Points all over the square with the number that `f` has there, after noise: normal, half of `spread` at noise 1.
pub fn numbers(spec: &DataSpec, spread: f64, f: impl Fn(f64, f64) -> f64) -> Vec<[f64; 3]> {
    (0..spec.count)
        .map(|i| {
            let [x, y] = anywhere(spec.seed, i);
            [x, y, f(x, y) + noise(spec, i, spread)]
        })
        .collect()
}

/// What noise adds to the number of a point.
pub fn noise(spec: &DataSpec, i: usize, spread: f64) -> f64 {
    spec.noise * 0.5 * spread * Draw::NoiseLabel.normal(spec.seed, i)
}
