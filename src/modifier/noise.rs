//! Gradient noise: g ← g + σz, z standard normal in each coordinate, drawn from (seed, step, coordinate) alone.
//!
//! Two runs with the same seed meet the same noise at the same step, so that they differ by their methods and not by
//! their luck.

use super::{Modifier, ModifierCtx, ModifierSpec};
use crate::later::words;
use crate::math::rng;
use crate::param::{ParamSpec, Scale};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "noise",
    name: "Gradient noise",
    sentence: words("Adds seeded normal noise to every gradient, as a mini-batch would; the same seed gives the same noise."),
    rule: words("g ← g + σ z"),
    params: &[ParamSpec::new(
        "noise",
        "σ",
        "gradient noise",
        0.1,
        (0.0, 1e6),
        Scale::Log,
        "The standard deviation of the noise in each coordinate of the gradient.",
    )
    .slider(0.0, 100.0)],
    new: Some(|| Box::new(Noise)),
};

#[derive(Clone)]
struct Noise;

impl Modifier for Noise {
    fn gradient(&mut self, grad: &mut [f64], ctx: &ModifierCtx<'_>) {
        let stream = (u64::from(ctx.t) << 32) | u64::from(ctx.call);
        for (i, g) in (0..).zip(grad) {
            *g += ctx.values[0] * rng::normal(ctx.seed, stream, i);
        }
    }
}
