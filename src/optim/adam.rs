//! Adam: m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; θ ← θ − η m̂/(√v̂ + ε), m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ).
//!
//! paper: the efficient form at the end of the paper's section 2 (and Keras), η√(1 − β₂ᵗ)/(1 − β₁ᵗ) · m/(√v + ε), where ε
//! acts before the correction and so counts for more in the first steps. Keras has ε = 1e-7 by default.
//! Without the correction (a switch, for teaching) both averages start out too small, v the more so: the first steps are
//! up to (1 − β₁)/√(1 − β₂) ≈ 3 times as long.

use super::common::{BETA1, BETA2, Product, corrected, eps, lr};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::later::here;
use crate::param::ParamSpec;

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "adam",
    name: "Adam",
    group: Group::Adaptive,
    params: &[lr(1e-3), BETA1, BETA2, eps(1e-8), BIAS_CORRECTION, CONVENTION],
    needs: Needs::Nothing,
    about: here(About {
        sentence: "Momentum divided by the recent size of the gradient: steps of about η in every coordinate.",
        rule: &["m ← β₁ m + (1 − β₁) g", "v ← β₂ v + (1 − β₂) g²", "θ ← θ − η m̂/(√v̂ + ε)"],
        reference: Reference {
            authors: "Kingma, Ba",
            year: 2015,
            title: "Adam: a method for stochastic optimization",
            url: "https://arxiv.org/abs/1412.6980",
        },
        conventions: "PyTorch and optax add ε to the corrected root; the paper's efficient form and Keras add it before the correction.",
        cost: "1 gradient",
        memory: |n, _| 2 * n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| Box::new(Adam { moments: Moments::new(init) })),
};

/// Whether the averages are corrected for having started at 0.
pub const BIAS_CORRECTION: ParamSpec = ParamSpec::switch(
    "bias_correction",
    "bias correction",
    true,
    "Undoes the pull towards 0 of averages that started at 0. Switch it off to see the first steps leap.",
);

/// Where ε is added.
pub const CONVENTION: ParamSpec = ParamSpec::choice(
    "convention",
    "convention",
    &["pytorch", "paper"],
    "pytorch adds ε after the bias correction, paper (and Keras) before it.",
);

/// The two averages that Adam and its kin keep.
#[derive(Clone)]
pub struct Moments {
    first: Vec<f64>,
    second: Vec<f64>,
    first_product: Product,
    second_product: Product,
    /// What the last step divided the averages by.
    corrections: [f64; 2],
}

/// What a step of Adam reads besides the averages.
#[derive(Clone, Copy)]
pub struct Rates {
    pub lr: f64,
    pub beta1: f64,
    pub beta2: f64,
    pub eps: f64,
    /// What is left of x by decoupled decay, applied after the gradient is taken and before the step.
    pub keep: f64,
    pub corrected: bool,
    pub paper: bool,
}

impl Rates {
    /// Reads lr, β₁, β₂, ε from the first four parameters, then the switch and the choice at the given places.
    pub fn read(ctx: &StepCtx<'_>, switch: usize, choice: usize) -> Self {
        Self {
            lr: ctx.lr,
            beta1: ctx.params[1],
            beta2: ctx.params[2],
            eps: ctx.params[3],
            keep: 1.0,
            corrected: ctx.is_on(switch),
            paper: ctx.choice(choice) == 1,
        }
    }
}

impl Moments {
    /// Both averages at 0.
    pub fn new(init: &Init<'_>) -> Self {
        Self {
            first: init.zeros(),
            second: init.zeros(),
            first_product: Product::ONE,
            second_product: Product::ONE,
            corrections: [1.0; 2],
        }
    }

    /// Takes in the gradient at `x` and moves `x`.
    pub fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>, r: Rates) {
        let mut c1 = self.first_product.correction(r.beta1);
        let mut c2 = self.second_product.correction(r.beta2);
        if !r.corrected {
            (c1, c2) = (1.0, 1.0);
        }
        self.corrections = [c1, c2];
        let root = c2.sqrt();
        // The paper's form multiplies by the root of the correction what the other divides the root by.
        let (rate, inner) = if r.paper { (r.lr * root / c1, 1.0) } else { (r.lr / c1, root) };
        let g = ctx.gradient(x);
        for ((x, g), (m, v)) in x.iter_mut().zip(g).zip(self.first.iter_mut().zip(&mut self.second)) {
            *m = r.beta1 * *m + (1.0 - r.beta1) * g;
            *v = r.beta2 * *v + (1.0 - r.beta2) * g * g;
            let denominator = v.sqrt() / inner + r.eps;
            *x *= r.keep;
            if denominator > 0.0 {
                *x -= rate * *m / denominator;
            }
        }
    }

    /// Visits both averages.
    pub fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.first);
        visit(&mut self.second);
    }

    /// Shows both averages, as they are kept and corrected.
    pub fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("m", "average gradient", StateKind::Direction, &self.first));
        show(item("v", "average squared gradient", StateKind::Spread, &self.second));
        corrected([&self.first, &self.second], self.corrections, show);
    }
}

#[derive(Clone)]
struct Adam {
    moments: Moments,
}

impl Optimizer for Adam {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let rates = Rates::read(ctx, 4, 5);
        self.moments.step(x, ctx, rates);
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        self.moments.state(show);
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        self.moments.kept(visit);
    }
}
