//! AdamW: θ ← θ(1 − ηλ), then Adam's step.
//!
//! The decay does not pass through the gradient, so it is not divided by √v̂ as L2 is. The defaults of λ differ widely:
//! PyTorch 0.01, optax 1e-4, Keras 0.004.

use super::adam::{BIAS_CORRECTION, CONVENTION, Moments, Rates};
use super::common::{BETA1, BETA2, eps, lr, weight_decay};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StepCtx};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "adamw",
    name: "AdamW",
    group: Group::Adaptive,
    params: &[
        lr(1e-3),
        BETA1,
        BETA2,
        eps(1e-8),
        weight_decay(0.01),
        BIAS_CORRECTION,
        CONVENTION,
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Adam with weight decay apart from the gradient: every parameter shrinks at the same rate.",
        rule: &[
            "θ ← θ (1 − η λ)",
            "m ← β₁ m + (1 − β₁) g",
            "v ← β₂ v + (1 − β₂) g²",
            "θ ← θ − η m̂/(√v̂ + ε)",
        ],
        reference: Reference {
            authors: "Loshchilov, Hutter",
            year: 2019,
            title: "Decoupled weight decay regularization",
            url: "https://arxiv.org/abs/1711.05101",
        },
        conventions: "PyTorch multiplies the decay by η, as done here; the paper's λ is not multiplied by it. Defaults: PyTorch 0.01, optax 1e-4, Keras 0.004.",
        cost: "1 gradient",
        memory: |n, _| 2 * n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| Box::new(AdamW { moments: Moments::new(init) })),
};

#[derive(Clone)]
struct AdamW {
    moments: Moments,
}

impl Optimizer for AdamW {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let mut rates = Rates::read(ctx, 5, 6);
        rates.keep = 1.0 - rates.lr * ctx.params[4];
        self.moments.step(x, ctx, rates);
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        self.moments.state(show);
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        self.moments.kept(visit);
    }
}
