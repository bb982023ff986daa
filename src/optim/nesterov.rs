//! Nesterov's accelerated gradient, in the three forms in use.
//!
//! pytorch: b ← μb + g; θ ← θ − η(g + μb), where b starts as the first gradient.
//! keras: v ← μv − ηg; θ ← θ + μv − ηg.
//! paper (Sutskever et al. 2013): v ← μv − ηg(θ + μv); θ ← θ + v, the gradient taken where momentum will carry θ.
//! The first two store the look-ahead point θ + μv of the paper's form as θ, so their path is the paper's shifted. Both
//! buffers are kept, so that the convention may be changed during a run.

use super::common::{MOMENTUM, lr, momentum_state};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StepCtx};
use crate::later::here;
use crate::param::ParamSpec;

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "nesterov",
    name: "Nesterov momentum",
    group: Group::FirstOrder,
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
    needs: Needs::Nothing,
    about: here(About {
        sentence: "Momentum that looks where it is about to be before it corrects: overshoots less than the heavy ball.",
        rule: &["b ← μ b + g", "θ ← θ − η (g + μ b)"],
        reference: Reference {
            authors: "Nesterov; Sutskever, Martens, Dahl, Hinton",
            year: 2013,
            title: "On the importance of initialization and momentum in deep learning",
            url: "https://proceedings.mlr.press/v28/sutskever13.html",
        },
        conventions: "In frameworks θ is the point looked ahead to, in the paper the one before it; Keras also keeps η inside the buffer.",
        cost: "1 gradient",
        memory: |n, _| n,
        on_plane: None,
        stability: Some(|p| (2.0 + 2.0 * p[1]) / (1.0 + 2.0 * p[1])),
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(Nesterov {
            buffer: init.zeros(),
            velocity: init.zeros(),
            ahead: init.zeros(),
            convention: 0,
        })
    }),
};

#[derive(Clone)]
struct Nesterov {
    buffer: Vec<f64>,
    velocity: Vec<f64>,
    ahead: Vec<f64>,
    convention: usize,
}

impl Optimizer for Nesterov {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, mu) = (ctx.lr, ctx.params[1]);
        self.convention = ctx.choice(2);
        for ((a, x), v) in self.ahead.iter_mut().zip(&*x).zip(&self.velocity) {
            *a = if self.convention == 2 { x + mu * v } else { *x };
        }
        let g = ctx.gradient(&self.ahead);
        let kept = self.buffer.iter_mut().zip(&mut self.velocity);
        for ((x, g), (b, v)) in x.iter_mut().zip(g).zip(kept) {
            *b = mu * *b + g;
            *v = mu * *v - lr * g;
            match self.convention {
                0 => *x -= lr * (g + mu * *b),
                1 => *x += mu * *v - lr * g,
                _ => *x += *v,
            }
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(momentum_state(self.convention != 0, &self.buffer, &self.velocity));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(if self.convention == 0 { &mut self.buffer } else { &mut self.velocity });
    }
}
