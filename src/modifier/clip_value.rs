//! Clipping by value: every coordinate of g into [−c, c]. PyTorch's `clip_grad_value_`. The direction changes, unlike
//! with clipping by norm.

use crate::math::num;
use super::{Modifier, ModifierCtx, ModifierSpec};
use crate::param::{ParamSpec, Scale};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "clip_value",
    name: "Clip by value",
    sentence: "Cuts every coordinate of the gradient off at ±c, which also turns its direction.",
    rule: "g ← clip(g, ±c)",
    reference: None,
    params: &[ParamSpec::new(
        "clip_value",
        "c",
        "largest coordinate",
        1.0,
        (0.0, 1e9),
        Scale::Log,
        "Coordinates of the gradient beyond this are cut off at it.",
    )
    .slider(1e-3, 1e3)],
    new: Some(|| Box::new(ClipValue)),
};

#[derive(Clone)]
struct ClipValue;

impl Modifier for ClipValue {
    fn gradient(&mut self, grad: &mut [f64], ctx: &ModifierCtx<'_>) {
        for g in grad {
            *g = num::clamp(*g, -ctx.values[0], ctx.values[0]);
        }
    }
}
