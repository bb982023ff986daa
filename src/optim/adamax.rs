//! AdaMax: m ← β₁m + (1 − β₁)g; u ← max(β₂u, |g| + ε); θ ← θ − η/(1 − β₁ᵗ) · m/u.
//!
//! Adam with the largest recent gradient in place of the root of the average square. u is no average and needs no
//! correction. The paper has no ε; PyTorch and optax add it to |g| inside the maximum, Keras to u after it.

use super::averages::{Average, effective, item, over};
use super::common::{BETA1, BETA2, eps, lr};
use super::{Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::later::{here, lines, words};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "adamax",
    name: "AdaMax",
    group: Group::Adaptive,
    sentence: words("Adam that divides by the largest recent gradient instead of a root mean square: no step is longer than about η."),
    rule: lines(&["m ← β₁ m + (1 − β₁) g", "u ← max(β₂ u, |g| + ε)", "θ ← θ − η m̂/u"]),
    params: &[lr(2e-3), BETA1, BETA2, eps(1e-8)],
    reference: here(Reference {
        authors: "Kingma, Ba",
        year: 2015,
        title: "Adam: a method for stochastic optimization",
        url: "https://arxiv.org/abs/1412.6980",
    }),
    conventions: words("PyTorch and optax add ε to |g| inside the maximum, as done here; the paper has none, Keras adds it to u."),
    cost: words("1 gradient"),
    memory: |n, _| 2 * n,
    on_plane: None,
    needs: Needs::Nothing,
    stability: None,
    new: here(|init: &Init<'_>| {
        Box::new(Adamax { first: Average::new(init), largest: init.zeros(), rates: init.zeros() })
    }),
};

#[derive(Clone)]
struct Adamax {
    first: Average,
    largest: Vec<f64>,
    rates: Vec<f64>,
}

impl Optimizer for Adamax {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, beta1, beta2, eps) = (ctx.lr, ctx.params[1], ctx.params[2], ctx.params[3]);
        let g = ctx.gradient(x);
        self.first.take(beta1, g.iter().copied());
        for (i, g) in g.iter().enumerate() {
            let u = &mut self.largest[i];
            *u = (beta2 * *u).max(g.abs() + eps);
            x[i] -= over(lr * self.first.hat[i], *u);
            self.rates[i] = over(lr, *u);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(item("m", "average gradient", StateKind::Direction, &self.first.raw));
        show(item("m̂", "average gradient, corrected", StateKind::Direction, &self.first.hat));
        show(item("u", "largest recent gradient", StateKind::Size, &self.largest));
        show(effective(&self.rates));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.first.raw);
        visit(&mut self.largest);
    }
}
