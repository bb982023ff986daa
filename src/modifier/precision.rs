//! Numbers in fewer bits, rounded to nearest with ties to even. What is rounded:
//!
//! - The parameters: every gradient is taken at their rounded values. Without a master copy they are stored rounded too,
//!   at the end of every step, so that changes below half a unit in the last place are lost; with one they are stored in 64
//!   bits (mixed precision, Micikevicius et al. 2018, <https://arxiv.org/abs/1710.03740>).
//! - The gradient times the loss scale S; it is divided by S in 64 bits. What is too small becomes 0. What is too large
//!   becomes infinite, and then the step is not taken, as PyTorch's `GradScaler` does; unlike there S stays as it is.
//!
//! On a network the result of every operation of the forward and of the backward pass is rounded besides, and S multiplies the
//! loss before the backward pass, so what overflows or vanishes on the way does so here.
//!
//! A surface itself and the method's own arithmetic and state stay in 64 bits. Parallel workers are rounded as their
//! average. f64 rounds nothing.

use super::{Ask, Draw, Modifier, ModifierCtx, ModifierSpec, Sampling};
use crate::math::precision::{BF16, F16, F32, Format};
use crate::optim::{Reference, StateItem, StateKind};
use crate::param::{ParamSpec, Scale, as_index};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "precision",
    name: "Low precision",
    sentence: "Rounds parameters and gradients to the numbers that fewer bits can hold: small steps get lost.",
    rule: "g ← round(S g)/S",
    reference: Some(Reference {
        authors: "Micikevicius et al.",
        year: 2018,
        title: "Mixed precision training",
        url: "https://arxiv.org/abs/1710.03740",
    }),
    params: &[
        ParamSpec::choice(
            "precision",
            "format",
            &["f64", "f32", "bf16", "f16"],
            "bf16 has the range of f32 with 8 significant bits, f16 has 11 of them and ends at 65504.",
        )
        .with_default(2.0),
        ParamSpec::new(
            "loss_scale",
            "S",
            "loss scale",
            1.0,
            (1.0, 16_777_216.0),
            Scale::Log,
            "Multiplies the gradient before it is rounded, so that small ones do not become 0 in f16.",
        )
        .slider(1.0, 1e5),
        ParamSpec::switch(
            "master",
            "master copy",
            false,
            "Stores the parameters in 64 bits and rounds only what gradients are taken at.",
        ),
    ],
    new: Some(|| Box::new(Precision { rounded: Vec::new(), refused: false, count: [0.0] })),
};

#[derive(Clone)]
struct Precision {
    rounded: Vec<f64>,
    refused: bool,
    count: [f64; 1],
}

/// The format that is chosen; none for 64 bits.
fn format(values: &[f64]) -> Option<Format> {
    [None, Some(F32), Some(BF16), Some(F16)].get(as_index(values[0])).copied().flatten()
}

impl Modifier for Precision {
    fn answer(&mut self, ctx: &ModifierCtx<'_>, grad: &mut [f64], ask: &mut Ask<'_>) -> f64 {
        let Some(format) = format(ctx.values) else {
            return ask(ctx.x, grad, Draw::Same);
        };
        self.rounded.clear();
        self.rounded.extend(ctx.x.iter().map(|x| format.round(*x)));
        let value = ask(&self.rounded, grad, Draw::Same);
        let scale = ctx.values[1];
        // A sample's gradient is one that was scaled and rounded before it was divided, so this changes nothing of it.
        for g in grad.iter_mut() {
            *g = format.round(scale * *g) / scale;
        }
        if grad.iter().any(|g| !g.is_finite()) {
            self.refused = true;
            grad.fill(0.0);
        }
        value
    }

    fn sample(&self, how: &mut Sampling, values: &[f64]) {
        if let Some(format) = format(values) {
            (how.format, how.loss_scale) = (Some(format), values[1]);
        }
    }

    fn settle(&mut self, x: &mut [f64], values: &[f64]) {
        if let Some(format) = format(values).filter(|_| values[2] == 0.0) {
            for x in x {
                *x = format.round(*x);
            }
        }
    }

    fn may_refuse(&self, values: &[f64]) -> bool {
        format(values).is_some()
    }

    fn refuses(&mut self) -> bool {
        self.count[0] += if self.refused { 1.0 } else { 0.0 };
        std::mem::take(&mut self.refused)
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let (symbol, name) = ("n_skip", "steps not taken");
        show(StateItem { symbol, name, kind: StateKind::Number, values: &self.count });
    }
}
