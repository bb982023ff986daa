//! AdaBelief: m ← β₁m + (1 − β₁)g; s ← β₂s + (1 − β₂)(g − m)² + ε; θ ← θ − η m̂/(√ŝ + ε).
//!
//! Adam that divides by how much the gradient surprises: where gradients are as expected the step is long, even if they are
//! large. ε is added to s at every step and stays in it, and once more outside the root, as the authors do.
//! m already has g in it, so that g − m = β₁(g − m₋) with the m₋ before it; older versions of optax compared g with m₋, which
//! makes s larger by 1/β₁².

use super::averages::{Average, effective, item, over};
use super::common::{BETA1, BETA2, eps, lr};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "adabelief",
    name: "AdaBelief",
    group: Group::Adaptive,
    params: &[lr(1e-3), BETA1, BETA2, eps(1e-16).slider(1e-20, 1.0)],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Adam that divides by how far gradients stray from their average: bold where they are as expected.",
        rule: &[
            "m ← β₁ m + (1 − β₁) g",
            "s ← β₂ s + (1 − β₂) (g − m)² + ε",
            "θ ← θ − η m̂/(√ŝ + ε)",
        ],
        reference: Reference {
            authors: "Zhuang et al.",
            year: 2020,
            title: "AdaBelief optimizer: adapting stepsizes by the belief in observed gradients",
            url: "https://arxiv.org/abs/2010.07468",
        },
        conventions: "The average that g is compared with has g in it, as with the authors and optax; older versions of optax take the one before.",
        cost: "1 gradient",
        memory: |n, _| 2 * n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(Adabelief {
            first: Average::new(init),
            surprise: Average::new(init),
            rates: init.zeros(),
        })
    }),
};

#[derive(Clone)]
struct Adabelief {
    first: Average,
    surprise: Average,
    rates: Vec<f64>,
}

impl Optimizer for Adabelief {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, beta1, beta2, eps) = (ctx.lr, ctx.params[1], ctx.params[2], ctx.params[3]);
        let g = ctx.gradient(x);
        self.first.take(beta1, g.iter().copied());
        let errors = g.iter().zip(&self.first.raw).map(|(g, m)| g - m);
        self.surprise.change(beta2, errors, |s, error| beta2 * s + (1.0 - beta2) * error * error + eps);
        for (i, x) in x.iter_mut().enumerate() {
            let root = self.surprise.hat[i].sqrt() + eps;
            *x -= over(lr * self.first.hat[i], root);
            self.rates[i] = over(lr, root);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(item("m", "average gradient", StateKind::Direction, &self.first.raw));
        show(item("m̂", "average gradient, corrected", StateKind::Direction, &self.first.hat));
        show(item("s", "average squared surprise", StateKind::Spread, &self.surprise.raw));
        show(item("ŝ", "average squared surprise, corrected", StateKind::Spread, &self.surprise.hat));
        show(effective(&self.rates));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.first.raw);
        visit(&mut self.surprise.raw);
    }
}
