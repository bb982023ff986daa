//! L2 regularisation, coupled: g ← g + λθ, the gradient of ½λ‖θ‖². PyTorch's `weight_decay` of every optimizer but AdamW.
//!
//! What follows sees it as part of the gradient: Adam divides it by √v̂ with the rest, which decoupled decay avoids. The
//! loss that is drawn stays without the penalty.

use super::{Modifier, ModifierCtx, ModifierSpec};
use crate::param::{ParamSpec, Scale};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "l2",
    name: "L2 regularisation",
    sentence: "Adds λθ to the gradient: pulls towards the origin, through whatever the optimizer does to gradients.",
    rule: "g ← g + λ θ",
    reference: None,
    params: &[ParamSpec::new(
        "l2",
        "λ",
        "L2 strength",
        0.01,
        (0.0, 1e6),
        Scale::Log,
        "The strength of the pull towards the origin.",
    )
    .slider(0.0, 10.0)],
    new: Some(|| Box::new(L2)),
};

#[derive(Clone)]
struct L2;

impl Modifier for L2 {
    fn gradient(&mut self, grad: &mut [f64], ctx: &ModifierCtx<'_>) {
        for (g, x) in grad.iter_mut().zip(ctx.x) {
            *g += ctx.values[0] * x;
        }
    }
}
