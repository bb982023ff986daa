//! SGD with hypergradient descent: α ← α + βgᵀu; θ ← θ − αg; u ← g. α starts at η.
//!
//! Gradients of two steps that agree make the rate grow, gradients that oppose each other make it fall: gradient descent on
//! the rate itself, the simplest form of learning to learn. The paper's first form; its multiplicative one is left out.

use super::common::lr;
use super::hypergradient::{BETA, Rate};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StepCtx};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "hypergradient_sgd",
    name: "Hypergradient SGD",
    group: Group::ParameterFree,
    params: &[lr(1e-3), BETA],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Gradient descent that also descends on its own learning rate: it grows while gradients agree.",
        rule: &["h ← gᵀ u", "α ← α + β h", "θ ← θ − α g", "u ← g"],
        reference: Reference {
            authors: "Baydin, Cornish, Martínez Rubio, Schmidt, Wood",
            year: 2018,
            title: "Online learning rate adaptation with hypergradient descent",
            url: "https://arxiv.org/abs/1703.04782",
        },
        conventions: "The rate α starts at η and grows by βh, as in the paper; a change of η during the run changes α in proportion.",
        cost: "1 gradient",
        memory: |n, _| n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| Box::new(HypergradientSgd { rate: Rate::new(init) })),
};

#[derive(Clone)]
struct HypergradientSgd {
    rate: Rate,
}

impl Optimizer for HypergradientSgd {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (rates, beta) = ((ctx.params[0], ctx.lr), ctx.params[1]);
        let g = ctx.gradient(x);
        let rate = self.rate.learn(g, beta, rates);
        for (x, g) in x.iter_mut().zip(g) {
            *x -= rate * g;
        }
        self.rate.last.copy_from_slice(g);
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        self.rate.state(show);
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.rate.last);
    }
}
