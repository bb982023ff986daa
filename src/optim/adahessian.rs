//! AdaHessian: Adam with the curvature in place of the gradient under the root. z random signs, D = |z ⊙ Hz|;
//! m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)D²; θ ← θ − η m̂/((√v̂)ᵏ + ε).
//!
//! z ⊙ Hz is Hutchinson's estimate of the diagonal of H: right on average, and off by the entries beside the diagonal, with
//! random signs. Hz is exact where the problem gives its Hessian, else from two more gradients. As in the authors' code, D is not
//! averaged over matrices or vectors (only over the kernels of convolutions), and decay is added to the step.

use super::common::{BETA1, BETA2, Product, corrected, eps, lr, weight_decay};
use super::diagonal::product_with_signs;
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::num;
use crate::param::{ParamSpec, Scale};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "adahessian",
    name: "AdaHessian",
    group: Group::Curvature,
    params: &[
        lr(0.1),
        BETA1,
        BETA2,
        eps(1e-4),
        weight_decay(0.0),
        ParamSpec::new(
            "hessian_power",
            "k",
            "Hessian power",
            1.0,
            (0.0, 1.0),
            Scale::Linear,
            "1 divides by the curvature as Newton does; 0 is plain momentum.",
        ),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Adam that divides by each coordinate's curvature, estimated with random signs, in place of the size of its gradient.",
        rule: &[
            "D ← z · H z",
            "m ← β₁ m + (1 − β₁) g",
            "v ← β₂ v + (1 − β₂) D²",
            "θ ← θ − η m̂/((√v̂)^k + ε)",
        ],
        reference: Reference {
            authors: "Yao et al.",
            year: 2021,
            title: "ADAHESSIAN: an adaptive second order optimizer for machine learning",
            url: "https://arxiv.org/abs/2006.00719",
        },
        conventions: "The authors: rate 0.15, ε 1e-4 outside the root, power 1. Copies of their code have a power of 0.5 or another ε.",
        cost: "1 gradient and 1 Hessian (3 gradients where there is none)",
        memory: |n, _| 2 * n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(AdaHessian {
            first: init.zeros(),
            second: init.zeros(),
            first_product: Product::ONE,
            second_product: Product::ONE,
            corrections: [1.0; 2],
            signs: init.zeros(),
            estimate: init.zeros(),
        })
    }),
};

#[derive(Clone)]
struct AdaHessian {
    first: Vec<f64>,
    second: Vec<f64>,
    first_product: Product,
    second_product: Product,
    /// What the last step divided the averages by.
    corrections: [f64; 2],
    signs: Vec<f64>,
    estimate: Vec<f64>,
}

impl Optimizer for AdaHessian {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, beta1, beta2) = (ctx.lr, ctx.params[1], ctx.params[2]);
        let (eps, decay, power) = (ctx.params[3], ctx.params[4], ctx.params[5]);
        let c1 = self.first_product.correction(beta1);
        let c2 = self.second_product.correction(beta2);
        self.corrections = [c1, c2];
        let (product, signs) = product_with_signs(x, ctx);
        self.signs = signs;
        let g = ctx.gradient(x);
        for (i, g) in g.iter().enumerate() {
            let (m, v, d) = (&mut self.first[i], &mut self.second[i], &mut self.estimate[i]);
            // One curvature that is not finite would stay in v for ever.
            if product[i].is_finite() {
                *d = self.signs[i] * product[i];
            }
            *m = beta1 * *m + (1.0 - beta1) * g;
            *v = beta2 * *v + (1.0 - beta2) * *d * *d;
            let denominator = num::pow((*v / c2).sqrt(), power) + eps;
            let step = if denominator > 0.0 { *m / c1 / denominator } else { 0.0 };
            x[i] -= lr * (step + decay * x[i]);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("m", "average gradient", StateKind::Direction, &self.first));
        show(item("v", "average squared curvature", StateKind::Spread, &self.second));
        corrected([&self.first, &self.second], self.corrections, show);
        show(item("z", "random signs", StateKind::Matrix, &self.signs));
        show(item("D", "estimated curvature", StateKind::Matrix, &self.estimate));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.first);
        visit(&mut self.second);
    }
}
