//! Gradient descent: θ ← θ − ηg.
//!
//! Called SGD because on a network g comes from a mini-batch; on a surface it is the whole gradient, unless noise is
//! added.

use super::common::lr;
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StepCtx};
use crate::later::here;

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "sgd",
    name: "Gradient descent (SGD)",
    group: Group::FirstOrder,
    params: &[lr(1e-3)],
    needs: Needs::Nothing,
    about: here(About {
        sentence: "Steps straight down the gradient; the measure of all others.",
        rule: &["θ ← θ − η g"],
        reference: Reference {
            authors: "Cauchy; Robbins, Monro",
            year: 1951,
            title: "A stochastic approximation method",
            url: "https://doi.org/10.1214/aoms/1177729586",
        },
        conventions: "The same everywhere.",
        cost: "1 gradient",
        memory: |_, _| 0,
        on_plane: None,
        stability: Some(|_| 2.0),
    }),
    new: Some(|_: &Init<'_>| Box::new(Sgd)),
};

#[derive(Clone)]
struct Sgd;

impl Optimizer for Sgd {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let lr = ctx.lr;
        let g = ctx.gradient(x);
        for (x, g) in x.iter_mut().zip(g) {
            *x -= lr * g;
        }
    }

    fn state(&self, _: &mut dyn FnMut(StateItem<'_>)) {}

    fn kept(&mut self, _: &mut dyn FnMut(&mut [f64])) {}
}
