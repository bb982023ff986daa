//! AMSGrad: Adam whose denominator never falls. m and v as in Adam; s ← max(s, v); θ ← θ − η m̂/(√ŝ + ε).
//!
//! pytorch: the largest v before its correction, and the correction of the step: ŝ = s/(1 − β₂ᵗ).
//! optax: the largest of the corrected v̂, s ← max(s, v̂), used as it is. In the first steps v̂ is at its largest and is never
//! forgotten, so optax's steps can stay shorter. The paper corrects neither average. Both maxima are kept, so that the
//! convention may be changed during a run.

use super::averages::{Pair, effective, item, over};
use super::common::{BETA1, BETA2, eps, lr};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::param::ParamSpec;

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "amsgrad",
    name: "AMSGrad",
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
            "pytorch corrects the largest v, optax keeps the largest corrected v.",
        ),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Adam that divides by the largest v so far, so that rates only fall: it converges where Adam may not.",
        rule: &[
            "m ← β₁ m + (1 − β₁) g",
            "v ← β₂ v + (1 − β₂) g²",
            "s ← max(s, v)",
            "θ ← θ − η m̂/(√ŝ + ε)",
        ],
        reference: Reference {
            authors: "Reddi, Kale, Kumar",
            year: 2018,
            title: "On the convergence of Adam and beyond",
            url: "https://arxiv.org/abs/1904.09237",
        },
        conventions: "PyTorch takes the maximum before the bias correction, optax after it; the paper has no correction.",
        cost: "1 gradient",
        memory: |n, _| 3 * n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(Amsgrad {
            pair: Pair::new(init),
            largest: init.zeros(),
            largest_hat: init.zeros(),
            used: init.zeros(),
            rates: init.zeros(),
            optax: false,
        })
    }),
};

#[derive(Clone)]
struct Amsgrad {
    pair: Pair,
    largest: Vec<f64>,
    /// The largest of the corrected squares.
    largest_hat: Vec<f64>,
    /// What stands under the root.
    used: Vec<f64>,
    rates: Vec<f64>,
    /// What was read at the last step.
    optax: bool,
}

impl Optimizer for Amsgrad {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, betas, eps) = (ctx.lr, (ctx.params[1], ctx.params[2]), ctx.params[3]);
        self.optax = ctx.choice(4) == 1;
        let g = ctx.gradient(x);
        self.pair.first.take(betas.0, g.iter().copied());
        let square = |v: f64, gg: f64| betas.1 * v + (1.0 - betas.1) * gg;
        let rest = self.pair.second.change(betas.1, g.iter().map(|g| g * g), square);
        for (i, x) in x.iter_mut().enumerate() {
            self.largest[i] = self.largest[i].max(self.pair.second.raw[i]);
            self.largest_hat[i] = self.largest_hat[i].max(self.pair.second.hat[i]);
            self.used[i] = if self.optax { self.largest_hat[i] } else { self.largest[i] / rest };
            let root = self.used[i].sqrt() + eps;
            *x -= over(lr * self.pair.first.hat[i], root);
            self.rates[i] = over(lr, root);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let largest = if self.optax { &self.largest_hat } else { &self.largest };
        self.pair.state(show);
        show(item("s", "largest square so far", StateKind::Spread, largest));
        show(item("ŝ", "largest square so far, corrected", StateKind::Spread, &self.used));
        show(effective(&self.rates));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        self.pair.kept(visit);
        visit(if self.optax { &mut self.largest_hat } else { &mut self.largest });
    }
}
