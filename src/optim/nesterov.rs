//! Nesterov's accelerated gradient, in the three forms in use.
//!
//! pytorch: b ← μb + g; θ ← θ − η(g + μb), where b starts as the first gradient.
//! keras: v ← μv − ηg; θ ← θ + μv − ηg.
//! paper (Sutskever et al. 2013): v ← μv − ηg(θ + μv); θ ← θ + v, the gradient taken where momentum will carry θ.
//! The first two store the look-ahead point θ + μv of the paper's form as θ, so their path is the paper's shifted.

use super::common::{MOMENTUM, lr};
use super::{Group, Init, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::param::ParamSpec;

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "nesterov",
    name: "Nesterov momentum",
    group: Group::FirstOrder,
    sentence: "Momentum that looks where it is about to be before it corrects: overshoots less than the heavy ball.",
    rule: &["b ← μ b + g", "θ ← θ − η (g + μ b)"],
    params: &[
        lr(1e-3),
        MOMENTUM,
        ParamSpec::choice(
            "convention",
            "convention",
            &["pytorch", "keras", "paper"],
            "pytorch and keras keep the look-ahead point as θ; paper takes the gradient at θ + μv and keeps θ itself.",
        ),
    ],
    reference: Reference {
        authors: "Nesterov; Sutskever, Martens, Dahl, Hinton",
        year: 2013,
        title: "On the importance of initialization and momentum in deep learning",
        url: "https://proceedings.mlr.press/v28/sutskever13.html",
    },
    conventions: "Frameworks draw the look-ahead iterate, the paper the iterate before it; Keras also keeps η inside the buffer.",
    cost: "1 gradient",
    memory: 1,
    stability: Some(|p| (2.0 + 2.0 * p[1]) / (1.0 + 2.0 * p[1])),
    new: |init: &Init<'_>| Box::new(Nesterov { buffer: init.zeros(), ahead: init.zeros() }),
};

#[derive(Clone)]
struct Nesterov {
    buffer: Vec<f64>,
    ahead: Vec<f64>,
}

impl Optimizer for Nesterov {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, mu, convention) = (ctx.lr, ctx.params[1], ctx.choice(2));
        for ((a, x), b) in self.ahead.iter_mut().zip(&*x).zip(&self.buffer) {
            *a = if convention == 2 { x + mu * b } else { *x };
        }
        let g = ctx.gradient(&self.ahead);
        for ((x, b), g) in x.iter_mut().zip(&mut self.buffer).zip(g) {
            match convention {
                0 => {
                    *b = mu * *b + g;
                    *x -= lr * (g + mu * *b);
                }
                1 => {
                    *b = mu * *b - lr * g;
                    *x += mu * *b - lr * g;
                }
                _ => {
                    *b = mu * *b - lr * g;
                    *x += *b;
                }
            }
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(StateItem {
            symbol: "b",
            name: "momentum buffer",
            kind: StateKind::Direction,
            values: &self.buffer,
        });
    }
}
