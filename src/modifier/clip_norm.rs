//! Clipping by norm: g ← g · min(1, c/(‖g‖ + 1e-6)) (Pascanu, Mikolov, Bengio 2013, <https://arxiv.org/abs/1211.5063>).
//!
//! The 1e-6 is PyTorch's (`clip_grad_norm_`); the paper and optax do without it, a relative difference of 1e-6/‖g‖.

use super::{Modifier, ModifierCtx, ModifierSpec};
use crate::math::num;
use crate::optim::Reference;
use crate::param::{ParamSpec, Scale};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "clip_norm",
    name: "Clip by norm",
    sentence: "Shortens a gradient longer than c to length c and keeps its direction: the cure for cliffs.",
    rule: "g ← g · min(1, c/(‖g‖ + 10⁻⁶))",
    reference: Some(Reference {
        authors: "Pascanu, Mikolov, Bengio",
        year: 2013,
        title: "On the difficulty of training recurrent neural networks",
        url: "https://arxiv.org/abs/1211.5063",
    }),
    params: &[ParamSpec::new(
        "clip_norm",
        "c",
        "largest norm",
        1.0,
        (0.0, 1e9),
        Scale::Log,
        "Gradients longer than this are shortened to it.",
    )
    .slider(1e-3, 1e3)],
    new: Some(|| Box::new(ClipNorm)),
};

#[derive(Clone)]
struct ClipNorm;

impl Modifier for ClipNorm {
    fn gradient(&mut self, grad: &mut [f64], ctx: &ModifierCtx<'_>) {
        let factor = ctx.values[0] / (num::norm(grad) + 1e-6);
        if factor < 1.0 {
            for g in grad {
                *g *= factor;
            }
        }
    }
}
