//! Quasi-hyperbolic momentum: b ← βb + (1 − β)g; θ ← θ − η((1 − ν)g + νb).
//!
//! Between plain gradient descent (ν = 0) and momentum whose buffer is an average (ν = 1); ν = β is Nesterov's method with
//! such a buffer. The average starts at 0 and is not corrected, so the first steps are short where ν is near 1.

use super::averages::item;
use super::common::lr;
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::param::{ParamSpec, Scale};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "qhm",
    name: "Quasi-hyperbolic momentum",
    group: Group::FirstOrder,
    params: &[
        lr(1e-3),
        ParamSpec::new(
            "beta",
            "β",
            "momentum",
            0.999,
            (0.0, 1.0),
            Scale::Complement,
            "How slowly the average of the gradients forgets: it remembers about 1/(1 − β) steps.",
        )
        .slider(0.0, 0.9999),
        ParamSpec::new(
            "nu",
            "ν",
            "share of momentum",
            0.7,
            (0.0, 1.0),
            Scale::Linear,
            "How much of the step is momentum: 0 is plain gradient descent, 1 is all momentum, 0.7 the authors' advice.",
        ),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "A weighted mean of the plain gradient and of momentum: a long memory that still answers at once.",
        rule: &["b ← β b + (1 − β) g", "θ ← θ − η ((1 − ν) g + ν b)"],
        reference: Reference {
            authors: "Ma, Yarats",
            year: 2019,
            title: "Quasi-hyperbolic momentum and Adam for deep learning",
            url: "https://arxiv.org/abs/1810.06801",
        },
        conventions: "The buffer is an average, weighted by 1 − β: rates are those of plain gradient descent, unlike PyTorch's momentum.",
        cost: "1 gradient",
        memory: |n, _| n,
        on_plane: None,
        stability: Some(|p| 2.0 * (1.0 + p[1]) / (1.0 + p[1] * (1.0 - 2.0 * p[2])).max(1e-12)),
    }),
    new: Some(|init: &Init<'_>| Box::new(Qhm { buffer: init.zeros() })),
};

#[derive(Clone)]
struct Qhm {
    buffer: Vec<f64>,
}

impl Optimizer for Qhm {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, beta, nu) = (ctx.lr, ctx.params[1], ctx.params[2]);
        let g = ctx.gradient(x);
        for ((x, b), g) in x.iter_mut().zip(&mut self.buffer).zip(g) {
            *b = beta * *b + (1.0 - beta) * g;
            *x -= lr * ((1.0 - nu) * g + nu * *b);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(item("b", "average gradient", StateKind::Direction, &self.buffer));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.buffer);
    }
}
