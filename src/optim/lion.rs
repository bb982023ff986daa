//! Lion: θ ← θ(1 − ηλ) − η sign(β₁m + (1 − β₁)g), then m ← β₂m + (1 − β₂)g.
//!
//! Every coordinate moves by exactly η at every step, so the rate wants to be some 3 to 10 times below Adam's; near a
//! minimum it can only circle at a distance of about η unless the rate falls.

use super::common::{BETA1, BETA2, lr, weight_decay};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::scalar::sign;

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "lion",
    name: "Lion",
    group: Group::Adaptive,
    params: &[lr(1e-4), BETA1, BETA2.with_default(0.99), weight_decay(0.0)],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Moves every coordinate by exactly η, against the sign of an average gradient.",
        rule: &[
            "θ ← θ (1 − η λ) − η sign(β₁ m + (1 − β₁) g)",
            "m ← β₂ m + (1 − β₂) g",
        ],
        reference: Reference {
            authors: "Chen et al.",
            year: 2023,
            title: "Symbolic discovery of optimization algorithms",
            url: "https://arxiv.org/abs/2302.06675",
        },
        conventions: "The paper and optax agree on the rule; optax's default weight decay is 1e-3, here 0.",
        cost: "1 gradient",
        memory: |n, _| n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| Box::new(Lion { average: init.zeros() })),
};

#[derive(Clone)]
struct Lion {
    average: Vec<f64>,
}

impl Optimizer for Lion {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, beta1, beta2) = (ctx.lr, ctx.params[1], ctx.params[2]);
        let keep = 1.0 - lr * ctx.params[3];
        let g = ctx.gradient(x);
        for ((x, m), g) in x.iter_mut().zip(&mut self.average).zip(g) {
            *x = *x * keep - lr * sign(beta1 * *m + (1.0 - beta1) * g);
            *m = beta2 * *m + (1.0 - beta2) * g;
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(StateItem {
            symbol: "m",
            name: "average gradient",
            kind: StateKind::Direction,
            values: &self.average,
        });
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.average);
    }
}
