//! Gradient noise: g ← g + σz, z standard normal in each coordinate, drawn from the seed, the step, the
//! number of the draw within it and the coordinate, and from nothing else.
//!
//! Two runs with the same seed meet the same noise at the same step, so that they differ by their methods and not by
//! their luck. Absolute noise stays as large as it is when the gradient vanishes, and so the run never settles; relative
//! noise is σ‖g‖/√n in each of n coordinates, so that the expected square of its length is σ²‖g‖² and it vanishes with the
//! gradient.

use super::{Modifier, ModifierCtx, ModifierSpec};
use crate::later::{here, words};
use crate::math::{num, rng};
use crate::param::{ParamSpec, Scale, as_index};

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
    ],
    new: here(|| Box::new(Noise)),
};

#[derive(Clone)]
struct Noise;

impl Modifier for Noise {
    fn gradient(&mut self, grad: &mut [f64], ctx: &ModifierCtx<'_>) {
        let mut sigma = ctx.values[0];
        if as_index(ctx.values[1]) == 1 {
            sigma *= num::norm(grad) / (0..grad.len()).fold(0.0_f64, |n, _| n + 1.0).sqrt();
        }
        let stream = (u64::from(ctx.t) << 32) | u64::from(ctx.call);
        for (i, g) in (0..).zip(grad) {
            *g += sigma * rng::normal(ctx.seed, stream, i);
        }
    }
}
