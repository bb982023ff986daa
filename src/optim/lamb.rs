//! LAMB: u ← m̂/(√v̂ + ε) + λθ; r ← ‖θ‖/‖u‖ for each layer (1 where either is 0); θ ← θ − η r u.
//!
//! Adam's direction, stretched in each layer to the size of its weights, as in optax and the paper with φ the identity. The
//! ratio makes the step proportional to ‖θ‖: it depends on where the origin is, which for the weights of a layer means
//! something and for a point on a surface nothing.

use super::common::{BETA1, BETA2, Product, corrected, eps, lr, weight_decay};
use super::layers::trust_ratio;
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::objective::Block;

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "lamb",
    name: "LAMB",
    group: Group::Matrix,
    params: &[lr(1e-3), BETA1, BETA2, eps(1e-6), weight_decay(0.0)],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Adam whose step in each layer is proportional to the size of that layer's weights.",
        rule: &[
            "m ← β₁ m + (1 − β₁) g",
            "v ← β₂ v + (1 − β₂) g²",
            "u ← m̂/(√v̂ + ε) + λ θ",
            "r ← ‖θ‖/‖u‖",
            "θ ← θ − η r u",
        ],
        reference: Reference {
            authors: "You et al.",
            year: 2020,
            title: "Large batch optimization for deep learning: training BERT in 76 minutes",
            url: "https://arxiv.org/abs/1904.00962",
        },
        conventions: "As in optax: both averages are corrected and the ratio is not bounded; other versions clip ‖θ‖ to at most 10.",
        cost: "1 gradient",
        memory: |n, _| 2 * n,
        on_plane: Some("The two coordinates count as one layer whose size is the distance from the origin, so the path depends on where the origin is."),
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(Lamb {
            layout: init.layout.to_vec(),
            first: init.zeros(),
            second: init.zeros(),
            first_product: Product::ONE,
            second_product: Product::ONE,
            corrections: [1.0; 2],
            update: init.zeros(),
            ratios: vec![1.0; init.layout.len()],
        })
    }),
};

#[derive(Clone)]
struct Lamb {
    layout: Vec<Block>,
    first: Vec<f64>,
    second: Vec<f64>,
    first_product: Product,
    second_product: Product,
    /// What the last step divided the averages by.
    corrections: [f64; 2],
    update: Vec<f64>,
    ratios: Vec<f64>,
}

impl Optimizer for Lamb {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, beta1, beta2) = (ctx.lr, ctx.params[1], ctx.params[2]);
        let (eps, decay) = (ctx.params[3], ctx.params[4]);
        let c1 = self.first_product.correction(beta1);
        let c2 = self.second_product.correction(beta2);
        self.corrections = [c1, c2];
        let g = ctx.gradient(x);
        for (i, g) in g.iter().enumerate() {
            let (m, v) = (&mut self.first[i], &mut self.second[i]);
            *m = beta1 * *m + (1.0 - beta1) * g;
            *v = beta2 * *v + (1.0 - beta2) * g * g;
            let denominator = (*v / c2).sqrt() + eps;
            let adam = if denominator > 0.0 { *m / c1 / denominator } else { 0.0 };
            self.update[i] = adam + decay * x[i];
        }
        for (block, ratio) in self.layout.iter().zip(&mut self.ratios) {
            let at = block.range();
            *ratio = trust_ratio(&x[at.clone()], &self.update[at.clone()], 1.0);
            for i in at {
                x[i] -= lr * (*ratio * self.update[i]);
            }
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("m", "average gradient", StateKind::Direction, &self.first));
        show(item("v", "average squared gradient", StateKind::Spread, &self.second));
        corrected([&self.first, &self.second], self.corrections, show);
        show(item("u", "Adam's direction with decay", StateKind::Direction, &self.update));
        show(item("r", "trust ratio of each layer", StateKind::Number, &self.ratios));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.first);
        visit(&mut self.second);
    }
}
