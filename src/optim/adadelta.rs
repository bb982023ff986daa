//! Adadelta: v ← ρv + (1 − ρ)g²; Δ = √(u + ε)/√(v + ε)·g; u ← ρu + (1 − ρ)Δ²; θ ← θ − ηΔ.
//!
//! ε stands inside both roots and sets the size of the first steps, about √ε: the method starts slowly and needs no other
//! unit. PyTorch, optax and the paper agree on the rule with η = 1 and ρ = 0.9 (the paper 0.95); Keras has the same rule with
//! η = 0.001 by default, a thousand times slower, which is often taken for the method itself.

use super::averages::{effective, item, over};
use super::common::{eps, lr};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::param::{ParamSpec, Scale};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "adadelta",
    name: "Adadelta",
    group: Group::Adaptive,
    params: &[
        lr(1.0),
        ParamSpec::new(
            "rho",
            "ρ",
            "decay",
            0.9,
            (0.0, 1.0),
            Scale::Complement,
            "How slowly both averages forget: they remember about 1/(1 − ρ) steps.",
        )
        .slider(0.0, 0.9999),
        eps(1e-6),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Scales the gradient by the size of recent steps over that of recent gradients, so that a step has the units of θ.",
        rule: &[
            "v ← ρ v + (1 − ρ) g²",
            "Δ ← √(u + ε)/√(v + ε) · g",
            "u ← ρ u + (1 − ρ) Δ²",
            "θ ← θ − η Δ",
        ],
        reference: Reference {
            authors: "Zeiler",
            year: 2012,
            title: "ADADELTA: an adaptive learning rate method",
            url: "https://arxiv.org/abs/1212.5701",
        },
        conventions: "The rule is the same everywhere; PyTorch has η = 1 and ρ = 0.9, Keras η = 0.001 and ρ = 0.95, so that it hardly moves.",
        cost: "1 gradient",
        memory: |n, _| 2 * n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(Adadelta {
            square: init.zeros(),
            steps: init.zeros(),
            delta: init.zeros(),
            rates: init.zeros(),
        })
    }),
};

#[derive(Clone)]
struct Adadelta {
    square: Vec<f64>,
    steps: Vec<f64>,
    /// The last step before η.
    delta: Vec<f64>,
    rates: Vec<f64>,
}

impl Optimizer for Adadelta {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, rho, eps) = (ctx.lr, ctx.params[1], ctx.params[2]);
        let g = ctx.gradient(x);
        for (i, g) in g.iter().enumerate() {
            let (v, u) = (&mut self.square[i], &mut self.steps[i]);
            *v = rho * *v + (1.0 - rho) * g * g;
            let ratio = over((*u + eps).sqrt(), (*v + eps).sqrt());
            let delta = ratio * g;
            *u = rho * *u + (1.0 - rho) * delta * delta;
            x[i] -= lr * delta;
            (self.delta[i], self.rates[i]) = (delta, lr * ratio);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(item("v", "average squared gradient", StateKind::Spread, &self.square));
        show(item("u", "average squared step", StateKind::Spread, &self.steps));
        show(item("Δ", "last step before η", StateKind::Direction, &self.delta));
        show(effective(&self.rates));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.square);
        visit(&mut self.steps);
    }
}
