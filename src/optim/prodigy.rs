//! Prodigy: Adam that estimates the distance d from the start to the minimum, and steps in units of it.
//!
//! γ = ηd√(1 − β₂ᵗ)/(1 − β₁ᵗ); m and v average dg and (dg)²; s ← √β₂ s + γdg and r ← √β₂ r + γd gᵀ(x₀ − θ) bound the distance:
//! θ ← θ − λγθ − γm/(√v + dε), d ← max(d, c r/‖s‖₁). The step uses the new d in its ε and the old one in γ, as the authors'
//! code and optax do. They divide s and r by d₀, which cancels. d₀ is a lower bound of d at all times, so it can be raised
//! during a run.
//!
//! With the usual d₀ = 10⁻⁶ the first steps are a millionth of a unit long, and d doubles only every few steps: on a surface
//! the run looks stuck for a while, then leaps. A larger d₀ shortens the wait.

use super::averages::{item, over};
use super::common::{BETA1, BETA2, Product, eps, lr, weight_decay};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::param::{ParamSpec, Scale};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "prodigy",
    name: "Prodigy",
    group: Group::ParameterFree,
    params: &[
        lr(1.0),
        BETA1,
        BETA2,
        eps(1e-8),
        weight_decay(0.0),
        ParamSpec::new(
            "d0",
            "d₀",
            "first distance",
            1e-6,
            (1e-12, 1e3),
            Scale::Log,
            "Where the estimate of the distance starts. It only grows, so small is safe; on surfaces 0.01 saves the wait.",
        )
        .slider(1e-8, 1.0),
        ParamSpec::new(
            "d_coef",
            "c",
            "distance factor",
            1.0,
            (0.0, 1e3),
            Scale::Log,
            "Multiplies the estimate of the distance: above 1 bolder, below 1 more careful, from 0.5 to 2.",
        )
        .slider(0.1, 10.0),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Adam that finds its own rate by estimating how far away the minimum is; it looks stuck at first.",
        rule: &[
            "γ ← η d √(1 − β₂ᵗ)/(1 − β₁ᵗ)",
            "m ← β₁ m + (1 − β₁) d g",
            "v ← β₂ v + (1 − β₂) d² g²",
            "s ← √β₂ s + γ d g",
            "r ← √β₂ r + γ d gᵀ(x₀ − θ)",
            "d ← max(d, c r/‖s‖₁)",
            "θ ← θ − λ γ θ − γ m/(√v + d ε)",
        ],
        reference: Reference {
            authors: "Mishchenko, Defazio",
            year: 2024,
            title: "Prodigy: an expeditiously adaptive parameter-free learner",
            url: "https://arxiv.org/abs/2306.06101",
        },
        conventions: "As the authors' code and optax: bias-corrected, β₃ = √β₂. The paper's listing has no correction.",
        cost: "1 gradient",
        memory: |n, _| 4 * n,
        on_plane: Some("On a surface it seems stuck at first: d starts at a millionth and must grow before anything is seen to move."),
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(Prodigy {
            first: init.zeros(),
            second: init.zeros(),
            sum: init.zeros(),
            start: init.x.to_vec(),
            products: [Product::ONE; 2],
            distance: init.params[5],
            gain: 0.0,
            rate: 0.0,
        })
    }),
};

#[derive(Clone)]
struct Prodigy {
    first: Vec<f64>,
    second: Vec<f64>,
    sum: Vec<f64>,
    start: Vec<f64>,
    /// Π β₁ and Π β₂.
    products: [Product; 2],
    distance: f64,
    gain: f64,
    rate: f64,
}

impl Optimizer for Prodigy {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, beta1, beta2, eps) = (ctx.lr, ctx.params[1], ctx.params[2], ctx.params[3]);
        let (decay, coefficient) = (ctx.params[4], ctx.params[6]);
        let d = self.distance.max(ctx.params[5]);
        let rest1 = self.products[0].correction(beta1);
        let rest2 = self.products[1].correction(beta2);
        let (rate, beta3) = (lr * d * rest2.sqrt() / rest1, beta2.sqrt());
        let g = ctx.gradient(x);
        let (mut along, mut size) = (0.0, 0.0);
        for (i, g) in g.iter().enumerate() {
            let scaled = d * g;
            self.first[i] = beta1 * self.first[i] + (1.0 - beta1) * scaled;
            self.second[i] = beta2 * self.second[i] + (1.0 - beta2) * scaled * scaled;
            self.sum[i] = beta3 * self.sum[i] + rate * scaled;
            along += g * (self.start[i] - x[i]);
            size += self.sum[i].abs();
        }
        self.gain = beta3 * self.gain + d * rate * along;
        self.distance = d.max(coefficient * over(self.gain, size));
        self.rate = rate;
        for (i, x) in x.iter_mut().enumerate() {
            let below = self.second[i].sqrt() + self.distance * eps;
            *x -= decay * rate * *x + over(rate * self.first[i], below);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let number = std::slice::from_ref;
        show(item("d", "estimated distance", StateKind::Number, number(&self.distance)));
        show(item("γ", "rate of this step", StateKind::Number, number(&self.rate)));
        show(item("r", "progress towards the minimum", StateKind::Number, number(&self.gain)));
        show(item("s", "weighted sum of gradients", StateKind::Direction, &self.sum));
        show(item("m", "average gradient times d", StateKind::Direction, &self.first));
        show(item("v", "average squared gradient times d²", StateKind::Spread, &self.second));
        show(item("x₀", "start", StateKind::Point, &self.start));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.first);
        visit(&mut self.second);
        visit(&mut self.sum);
        visit(&mut self.start);
    }
}
