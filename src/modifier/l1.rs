//! L1 regularisation: g ← g + λ sign(θ), a subgradient of λ‖θ‖₁; 0 where a coordinate is 0.
//!
//! A subgradient does not make coordinates exactly 0 as proximal steps do: they end up stepping to and fro across it. The
//! loss that is drawn stays without the penalty.

use super::{Modifier, ModifierCtx, ModifierSpec};
use crate::param::{ParamSpec, Scale};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "l1",
    name: "L1 regularisation",
    sentence: "Adds λ sign(θ) to the gradient: pulls every coordinate towards 0 with the same force.",
    rule: "g ← g + λ sign(θ)",
    reference: None,
    params: &[ParamSpec::new(
        "l1",
        "λ",
        "L1 strength",
        0.01,
        (0.0, 1e6),
        Scale::Log,
        "The strength of the pull towards 0 in each coordinate.",
    )
    .slider(0.0, 10.0)],
    new: Some(|| Box::new(L1)),
};

#[derive(Clone)]
struct L1;

impl Modifier for L1 {
    fn gradient(&mut self, grad: &mut [f64], ctx: &ModifierCtx<'_>) {
        for (g, x) in grad.iter_mut().zip(ctx.x) {
            if *x > 0.0 {
                *g += ctx.values[0];
            } else if *x < 0.0 {
                *g -= ctx.values[0];
            }
        }
    }
}
