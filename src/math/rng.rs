//! Counter-based randomness: a draw is a pure function of (seed, stream, counter).
//!
//! Nothing is carried from draw to draw, so a run can be cut, continued or replayed anywhere, two runs with the same
//! seed meet the same noise, and the order in which things are computed does not matter.

use super::num;

/// The finaliser of `SplitMix64` (Steele, Lea, Flood 2014, <https://doi.org/10.1145/2660193.2660195>): every input bit
/// changes every output bit with probability close to one half.
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// 64 random bits for this counter of this stream.
#[must_use]
pub fn bits(seed: u64, stream: u64, counter: u64) -> u64 {
    let key = mix(seed.wrapping_add(GOLDEN)) ^ mix(stream.wrapping_mul(GOLDEN).wrapping_add(1));
    mix(mix(key.wrapping_add(counter.wrapping_mul(GOLDEN))) ^ key)
}

/// Uniform in [0, 1), 53 bits.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
pub fn uniform(seed: u64, stream: u64, counter: u64) -> f64 {
    (bits(seed, stream, counter) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Standard normal, by Box and Muller from two draws.
#[must_use]
pub fn normal(seed: u64, stream: u64, counter: u64) -> f64 {
    let u = uniform(seed, stream, counter.wrapping_mul(2));
    let v = uniform(seed, stream, counter.wrapping_mul(2).wrapping_add(1));
    // 1 − u lies in (0, 1], so the logarithm is finite.
    (-2.0 * num::ln(1.0 - u)).sqrt() * num::cos(std::f64::consts::TAU * v)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_draws_have_the_moments_of_a_normal() {
        let n = 40_000;
        let draws: Vec<f64> = (0..n).map(|i| normal(7, 3, i)).collect();
        let count = f64::from(u32::try_from(n).unwrap());
        let mean = draws.iter().sum::<f64>() / count;
        let var = draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / count;
        let kurt = draws.iter().map(|x| num::powi(x - mean, 4)).sum::<f64>() / count / (var * var);
        assert!(mean.abs() < 0.02, "{mean}");
        assert!((var - 1.0).abs() < 0.03, "{var}");
        assert!((kurt - 3.0).abs() < 0.15, "{kurt}");
    }

    #[test]
    fn streams_and_seeds_are_unrelated() {
        for (a, b) in [((1, 0), (2, 0)), ((1, 0), (1, 1))] {
            let dot: f64 = (0..10_000).map(|i| normal(a.0, a.1, i) * normal(b.0, b.1, i)).sum();
            assert!((dot / 10_000.0).abs() < 0.04, "{dot}");
        }
    }

    #[test]
    fn the_same_counter_gives_the_same_draw() {
        assert_eq!(bits(7, 1, 9), bits(7, 1, 9));
        assert_ne!(bits(7, 1, 9), bits(7, 1, 10));
        assert!((0..1000).map(|i| uniform(1, 2, i)).all(|u| (0.0..1.0).contains(&u)));
    }
}
