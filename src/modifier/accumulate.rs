//! Gradient accumulation: the mean of k gradients at the same point, each with its own noise, and one update. A step then
//! costs k gradients, which the counts show; without noise all k are the same.

use super::{Ask, Modifier, ModifierCtx, ModifierSpec, mean};
use crate::param::{ParamSpec, Scale};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "accumulate",
    name: "Gradient accumulation",
    sentence: "Averages several noisy gradients before each update: less noise, for as many times the cost.",
    rule: "g ← (g₁ + … + gₖ)/k",
    reference: None,
    params: &[ParamSpec::new(
        "accumulate",
        "k",
        "gradients a step",
        4.0,
        (1.0, 32.0),
        Scale::Integer,
        "How many gradients are averaged; the noise shrinks with the root of their number.",
    )],
    new: Some(|| Box::new(Accumulate)),
};

#[derive(Clone)]
struct Accumulate;

impl Modifier for Accumulate {
    fn answer(&mut self, ctx: &ModifierCtx<'_>, grad: &mut [f64], ask: &mut Ask<'_>) -> f64 {
        mean(ctx.values[0], ctx, grad, ask)
    }
}
