//! RAdam: Adam whose denominator is used only once v has seen enough gradients to be trusted.
//!
//! ρ∞ = 2/(1 − β₂) − 1, ρ = ρ∞ − 2tβ₂ᵗ/(1 − β₂ᵗ) is about how many gradients v has in it. While ρ is small the step is ηm̂,
//! plain momentum; then ηrm̂/(√v̂ + ε) with r = √[(ρ − 4)(ρ − 2)ρ∞/((ρ∞ − 4)(ρ∞ − 2)ρ)], which rises to 1 like a warm-up.
//! pytorch: from ρ > 5, and ε before the correction, √(1 − β₂ᵗ)/(√v + ε).
//! optax: from ρ ≥ 5, and ε after it. The paper says ρ > 4 and has no ε.
//! With a small β₂ (ρ∞ ≤ 5) v is never trusted and the method stays momentum: the first steps, undivided, are as long as the
//! gradient says.

use super::averages::{Pair, effective, item, over};
use super::common::{BETA1, BETA2, Product, eps, lr};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::param::ParamSpec;

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "radam",
    name: "RAdam",
    group: Group::Adaptive,
    params: &[
        lr(1e-3),
        BETA1,
        BETA2,
        eps(1e-8),
        ParamSpec::choice(
            "convention",
            "convention",
            &["pytorch", "optax"],
            "pytorch adds ε before the bias correction, optax after it.",
        ),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Adam that begins as momentum and trusts its denominator little by little: a warm-up that sets itself.",
        rule: &[
            "m ← β₁ m + (1 − β₁) g",
            "v ← β₂ v + (1 − β₂) g²",
            "ρ = ρ∞ − 2 t β₂ᵗ/(1 − β₂ᵗ)",
            "θ ← θ − η r m̂/(√v̂ + ε) once ρ > 5, before that θ ← θ − η m̂",
        ],
        reference: Reference {
            authors: "Liu et al.",
            year: 2020,
            title: "On the variance of the adaptive learning rate and beyond",
            url: "https://arxiv.org/abs/1908.03265",
        },
        conventions: "PyTorch: from ρ > 5, ε before the correction. optax: from ρ ≥ 5, ε after it. The paper: from ρ > 4.",
        cost: "1 gradient",
        memory: |n, _| 2 * n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(Radam {
            pair: Pair::new(init),
            product: Product::ONE,
            rates: init.zeros(),
            numbers: [0.0; 3],
        })
    }),
};

#[derive(Clone)]
struct Radam {
    pair: Pair,
    product: Product,
    rates: Vec<f64>,
    /// ρ∞, ρ and r of the last step.
    numbers: [f64; 3],
}

/// r for a length ρ of the average out of ρ∞.
fn rectification(length: f64, longest: f64) -> f64 {
    let part = (length - 4.0) * (length - 2.0) * longest;
    (part / ((longest - 4.0) * (longest - 2.0) * length)).sqrt()
}

impl Optimizer for Radam {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, betas, eps) = (ctx.lr, (ctx.params[1], ctx.params[2]), ctx.params[3]);
        let optax = ctx.choice(4) == 1;
        let product = self.product.take(betas.1);
        // An average that never forgets would be infinitely long; so long is long enough.
        let longest = (2.0 / (1.0 - betas.1) - 1.0).min(1e15);
        let rest = if product < 1.0 { 1.0 - product } else { 1.0 };
        let length = longest - 2.0 * f64::from(ctx.t) * product / rest;
        let trusted = length > 5.0 || optax && length >= 5.0;
        let r = if trusted { rectification(length, longest) } else { 0.0 };
        self.numbers = [longest, length, r];
        let g = ctx.gradient(x);
        self.pair.take(betas, g);
        let root = rest.sqrt();
        for (i, x) in x.iter_mut().enumerate() {
            let (m, v) = (self.pair.first.hat[i], self.pair.second.raw[i]);
            let below = if optax { self.pair.second.hat[i].sqrt() + eps } else { (v.sqrt() + eps) / root };
            let step = if trusted { over(lr * r * m, below) } else { lr * m };
            *x -= step;
            self.rates[i] = if trusted { over(lr * r, below) } else { lr };
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        self.pair.state(show);
        show(item("ρ∞", "longest length of the average", StateKind::Number, &self.numbers[..1]));
        show(item("ρ", "length of the average", StateKind::Number, &self.numbers[1..2]));
        show(item("r", "rectification, 0 before it begins", StateKind::Number, &self.numbers[2..]));
        show(effective(&self.rates));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        self.pair.kept(visit);
    }
}
