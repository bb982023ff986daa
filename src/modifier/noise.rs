//! Gradient noise: g ← g + σz, z standard normal in each coordinate, drawn from the seed, the step, the
//! number of the draw within it and the coordinate, and from nothing else.
//!
//! Two runs with the same seed meet the same noise at the same step, so that they differ by their methods and not by
//! their luck. Absolute noise stays as large as it is when the gradient vanishes, and so the run never settles; relative
//! noise is σ‖g‖/√n in each of n coordinates, so that the expected square of its length is σ²‖g‖² and it vanishes with the
//! gradient.
//!
//! A stream other than 0 is other noise for the same seed: that of a run which is to have its own.

use super::{Modifier, ModifierCtx, ModifierSpec};
use crate::later::{here, words};
use crate::math::{num, rng};
use crate::param::{ParamSpec, Scale, as_index, as_seed};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "noise",
    name: "Gradient noise",
    sentence: words("Adds seeded normal noise to every gradient, as a mini-batch would; the same seed gives the same noise."),
    rule: words("g ← g + σ z"),
    reference: None,
    params: &[
        ParamSpec::new(
            "noise",
            "σ",
            "gradient noise",
            0.1,
            (0.0, 1e6),
            Scale::Log,
            "The standard deviation of the noise in each coordinate of the gradient.",
        )
        .slider(0.0, 100.0),
        ParamSpec::choice(
            "noise_kind",
            "measured",
            &["absolute", "relative"],
            "absolute noise has the same size everywhere, relative noise is σ‖g‖/√n in each of n coordinates.",
        ),
        ParamSpec::new(
            "noise_stream",
            "s",
            "stream of noise",
            0.0,
            (0.0, 1e6),
            Scale::Integer,
            "Runs with the same stream meet the same noise at the same step; 0 is the one that all share.",
        )
        .slider(0.0, 8.0),
    ],
    new: here(|| Box::new(Noise)),
};

/// The place of the stream among the values.
pub const STREAM: usize = 2;
/// What sets the seeds of streams apart from all that is drawn with the seed itself.
const OWN: u64 = 0x6e6f_6973_6500_0000;

/// σ in each coordinate where the gradient is this.
#[must_use]
pub fn sigma(values: &[f64], grad: &[f64]) -> f64 {
    let mut sigma = values[0];
    if as_index(values[1]) == 1 {
        sigma *= num::norm(grad) / (0..grad.len()).fold(0.0_f64, |n, _| n + 1.0).sqrt();
    }
    sigma
}

/// What the draws of a stream are drawn with: the run's seed, or that of the stream.
#[must_use]
pub fn own_seed(values: &[f64], seed: u64) -> u64 {
    match values.get(STREAM).map_or(0, |own| as_seed(*own)) {
        0 => seed,
        own => rng::bits(seed, OWN, own),
    }
}

/// The draw z of each coordinate, for this draw of this step (from 1), one after the other.
pub fn draws(values: &[f64], seed: u64, t: u32, call: u32) -> impl Iterator<Item = f64> + use<> {
    let seed = own_seed(values, seed);
    let stream = (u64::from(t) << 32) | u64::from(call);
    (0..).map(move |i| rng::normal(seed, stream, i))
}

#[derive(Clone)]
struct Noise;

impl Modifier for Noise {
    fn gradient(&mut self, grad: &mut [f64], ctx: &ModifierCtx<'_>) {
        let sigma = sigma(ctx.values, grad);
        for (g, z) in grad.iter_mut().zip(draws(ctx.values, ctx.seed, ctx.t, ctx.call)) {
            *g += sigma * z;
        }
    }
}
