//! Signum: m ← μm + (1 − μ)g; θ ← θ − η sign(m). Without momentum it is signSGD.
//!
//! The average starts at 0 and is not corrected: only its sign counts. PyTorch has none of the two; optax and the authors
//! agree on the rule.

use super::averages::item;
use super::common::{MOMENTUM, lr};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::scalar::sign;

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "signum",
    name: "Signum",
    group: Group::Adaptive,
    params: &[lr(1e-3), MOMENTUM],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Moves every coordinate by exactly η against the sign of the average gradient; without momentum, signSGD.",
        rule: &["m ← μ m + (1 − μ) g", "θ ← θ − η sign(m)"],
        reference: Reference {
            authors: "Bernstein, Wang, Azizzadenesheli, Anandkumar",
            year: 2018,
            title: "signSGD: compressed optimisation for non-convex problems",
            url: "https://arxiv.org/abs/1802.04434",
        },
        conventions: "Whether the average is μm + (1 − μ)g or μm + g makes no difference to its sign.",
        cost: "1 gradient",
        memory: |n, _| n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| Box::new(Signum { average: init.zeros() })),
};

#[derive(Clone)]
struct Signum {
    average: Vec<f64>,
}

impl Optimizer for Signum {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, mu) = (ctx.lr, ctx.params[1]);
        let g = ctx.gradient(x);
        for ((x, m), g) in x.iter_mut().zip(&mut self.average).zip(g) {
            *m = mu * *m + (1.0 - mu) * g;
            *x -= lr * sign(*m);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(item("m", "average gradient", StateKind::Direction, &self.average));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.average);
    }
}
