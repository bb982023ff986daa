//! NAdam: Adam with Nesterov's look ahead. The step is η (c₁g + c₂m)/(√v̂ + ε).
//!
//! pytorch: the momentum rises to β₁, μₜ = β₁(1 − ½·0.96^(tψ)); c₁ = (1 − μₜ)/(1 − Πμ), c₂ = μₜ₊₁/(1 − Πμ·μₜ₊₁).
//! Keras is the same with ψ = 1. optax has no ψ: c₁ = (1 − β₁)/(1 − β₁ᵗ), c₂ = β₁/(1 − β₁ᵗ⁺¹). Both products are kept, so that
//! the convention may be changed during a run.

use super::averages::{Pair, effective, item, over};
use super::common::{BETA1, BETA2, Product, eps, lr};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::num;
use crate::param::{ParamSpec, Scale};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "nadam",
    name: "NAdam",
    group: Group::Adaptive,
    params: &[
        lr(2e-3),
        BETA1,
        BETA2,
        eps(1e-8),
        ParamSpec::new(
            "momentum_decay",
            "ψ",
            "momentum growth",
            4e-3,
            (0.0, 1e3),
            Scale::Log,
            "How fast the momentum rises from half of β₁ to all of it; 0 leaves it at half, 1 takes some 100 steps.",
        )
        .slider(0.0, 1.0),
        ParamSpec::choice(
            "convention",
            "convention",
            &["pytorch", "optax"],
            "pytorch lets the momentum grow with ψ, optax has β₁ from the start.",
        ),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Adam with Nesterov momentum: the step already contains the momentum of the step after it.",
        rule: &[
            "m ← β₁ m + (1 − β₁) g",
            "v ← β₂ v + (1 − β₂) g²",
            "μ ← β₁ (1 − ½ · 0.96^(t ψ))",
            "θ ← θ − η (c₁ g + c₂ m)/(√v̂ + ε)",
        ],
        reference: Reference {
            authors: "Dozat",
            year: 2016,
            title: "Incorporating Nesterov momentum into Adam",
            url: "https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ",
        },
        conventions: "PyTorch: growing momentum with ψ = 0.004. Keras: the same with ψ = 1. optax: constant momentum.",
        cost: "1 gradient",
        memory: |n, _| 2 * n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(Nadam {
            pair: Pair::new(init),
            rates: init.zeros(),
            grown: Product::ONE,
            plain: Product::ONE,
            numbers: [0.0; 3],
        })
    }),
};

#[derive(Clone)]
struct Nadam {
    pair: Pair,
    rates: Vec<f64>,
    /// Π μ and Π β₁.
    grown: Product,
    plain: Product,
    /// μ, c₁ and c₂ of the last step.
    numbers: [f64; 3],
}

/// The momentum of step `t`.
fn grown(beta1: f64, t: f64, psi: f64) -> f64 {
    beta1 * (1.0 - 0.5 * num::pow(0.96, t * psi))
}

/// The shares of the gradient and of the average, for the momenta of this step and the next.
fn shares(product: &mut Product, now: f64, next: f64) -> (f64, f64) {
    let rest = product.correction(now);
    // What the product will be a step on; the product itself stays.
    let ahead = product.clone().correction(next);
    ((1.0 - now) / rest, next / ahead)
}

impl Optimizer for Nadam {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, betas, eps, psi) = (ctx.lr, (ctx.params[1], ctx.params[2]), ctx.params[3], ctx.params[4]);
        let t = f64::from(ctx.t);
        let (now, next) = (grown(betas.0, t, psi), grown(betas.0, t + 1.0, psi));
        let torch = shares(&mut self.grown, now, next);
        let optax = shares(&mut self.plain, betas.0, betas.0);
        let is_optax = ctx.choice(5) == 1;
        let (mu, (c1, c2)) = if is_optax { (betas.0, optax) } else { (now, torch) };
        self.numbers = [mu, c1, c2];
        let g = ctx.gradient(x);
        self.pair.take(betas, g);
        for (i, g) in g.iter().enumerate() {
            let root = self.pair.second.hat[i].sqrt() + eps;
            x[i] -= over(lr * (c1 * g + c2 * self.pair.first.raw[i]), root);
            self.rates[i] = over(lr, root);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        self.pair.state(show);
        show(item("μ", "momentum of this step", StateKind::Number, &self.numbers[..1]));
        show(item("c₁", "share of the gradient", StateKind::Number, &self.numbers[1..2]));
        show(item("c₂", "share of the average", StateKind::Number, &self.numbers[2..]));
        show(effective(&self.rates));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        self.pair.kept(visit);
    }
}
