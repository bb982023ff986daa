//! `AdEMAMix`: Adam with a second, much slower average of the gradients: θ ← θ − η (m̂ + αw)/(√v̂ + ε),
//! w ← β₃w + (1 − β₃)g.
//!
//! The slow average is not corrected: it fills by itself, over thousands of steps with the default β₃. The paper raises α
//! and β₃ along the run; here they are what they are set to, as in optax, and can be raised by hand. The paper calls the
//! averages m₁ and m₂.

use super::averages::{Average, Pair, beta3, effective, item, over};
use super::common::{BETA1, BETA2, eps, lr};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::param::{ParamSpec, Scale};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "ademamix",
    name: "AdEMAMix",
    group: Group::Adaptive,
    params: &[
        lr(1e-3),
        BETA1,
        BETA2,
        eps(1e-8),
        beta3(
            0.9999,
            "slow moment",
            "How slowly the second average of the gradients forgets; on short runs 0.99 to 0.999 shows its work.",
        ),
        ParamSpec::new(
            "alpha",
            "α",
            "weight of the slow average",
            5.0,
            (0.0, 1e3),
            Scale::Linear,
            "How much the slow average counts against the fast one; from 4 to 10, and 0 is Adam.",
        )
        .slider(0.0, 20.0),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Adam with two memories: one of the last steps, and a very long one that keeps pushing.",
        rule: &[
            "m ← β₁ m + (1 − β₁) g",
            "w ← β₃ w + (1 − β₃) g",
            "v ← β₂ v + (1 − β₂) g²",
            "θ ← θ − η (m̂ + α w)/(√v̂ + ε)",
        ],
        reference: Reference {
            authors: "Pagliardini, Ablin, Grangier",
            year: 2024,
            title: "The AdEMAMix optimizer: better, faster, older",
            url: "https://arxiv.org/abs/2409.03137",
        },
        conventions: "Here α and β₃ stay as they are set, as in optax; the paper raises both over the run. Its weight decay is left out.",
        cost: "1 gradient",
        memory: |n, _| 3 * n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(Ademamix { pair: Pair::new(init), slow: Average::new(init), rates: init.zeros() })
    }),
};

#[derive(Clone)]
struct Ademamix {
    pair: Pair,
    slow: Average,
    rates: Vec<f64>,
}

impl Optimizer for Ademamix {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, betas, eps) = (ctx.lr, (ctx.params[1], ctx.params[2]), ctx.params[3]);
        let (beta3, alpha) = (ctx.params[4], ctx.params[5]);
        let g = ctx.gradient(x);
        self.pair.take(betas, g);
        self.slow.take(beta3, g.iter().copied());
        for (i, x) in x.iter_mut().enumerate() {
            let root = self.pair.second.hat[i].sqrt() + eps;
            *x -= over(lr * (self.pair.first.hat[i] + alpha * self.slow.raw[i]), root);
            self.rates[i] = over(lr, root);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        self.pair.state(show);
        show(item("w", "slow average gradient", StateKind::Direction, &self.slow.raw));
        show(effective(&self.rates));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        self.pair.kept(visit);
        visit(&mut self.slow.raw);
    }
}
