//! Adam with hypergradient descent: α ← α + βgᵀu, where u = m̂/(√v̂ + ε) is the direction of the step before; θ ← θ − αu.
//! α starts at η.
//!
//! u is about 1 in size, so h is about the size of the gradient and not of its square, and β can be larger than in
//! hypergradient SGD.

use super::averages::{Pair, over};
use super::common::{BETA1, BETA2, eps, lr};
use super::hypergradient::{BETA, Rate};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StepCtx};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "hypergradient_adam",
    name: "Hypergradient Adam",
    group: Group::ParameterFree,
    params: &[lr(1e-3), BETA1, BETA2, eps(1e-8), BETA],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Adam that also descends on its own learning rate: it grows while the gradient agrees with the last step.",
        rule: &[
            "h ← gᵀ u",
            "α ← α + β h",
            "m ← β₁ m + (1 − β₁) g",
            "v ← β₂ v + (1 − β₂) g²",
            "u ← m̂/(√v̂ + ε)",
            "θ ← θ − α u",
        ],
        reference: Reference {
            authors: "Baydin, Cornish, Martínez Rubio, Schmidt, Wood",
            year: 2018,
            title: "Online learning rate adaptation with hypergradient descent",
            url: "https://arxiv.org/abs/1703.04782",
        },
        conventions: "The rate α starts at η and grows by βh, as in the paper; a change of η during the run changes α in proportion.",
        cost: "1 gradient",
        memory: |n, _| 3 * n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(HypergradientAdam { rate: Rate::new(init), pair: Pair::new(init) })
    }),
};

#[derive(Clone)]
struct HypergradientAdam {
    rate: Rate,
    pair: Pair,
}

impl Optimizer for HypergradientAdam {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (rates, betas) = ((ctx.params[0], ctx.lr), (ctx.params[1], ctx.params[2]));
        let (eps, beta) = (ctx.params[3], ctx.params[4]);
        let g = ctx.gradient(x);
        let rate = self.rate.learn(g, beta, rates);
        self.pair.take(betas, g);
        for (i, x) in x.iter_mut().enumerate() {
            let u = over(self.pair.first.hat[i], self.pair.second.hat[i].sqrt() + eps);
            self.rate.last[i] = u;
            *x -= rate * u;
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        self.pair.state(show);
        self.rate.state(show);
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        self.pair.kept(visit);
        visit(&mut self.rate.last);
    }
}
