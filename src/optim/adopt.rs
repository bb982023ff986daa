//! ADOPT: divides the gradient by the v of the steps before it, and only then averages: m ← β₁m + (1 − β₁) clip(g/max(√v, ε),
//! ±(t − 1)^¼); θ ← θ − ηm; v ← β₂v + (1 − β₂)g².
//!
//! In Adam the gradient stands in its own denominator, which is why some β₂ let it diverge; here it does not, and any β₂
//! will do. The first step only stores v = g² and does not move. The clip, from the authors' later version, keeps the first
//! steps short. Neither average is corrected; v starts full, m does not.

use super::averages::{effective, item, over};
use super::common::{BETA1, BETA2, eps, lr};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "adopt",
    name: "ADOPT",
    group: Group::Adaptive,
    params: &[lr(1e-3), BETA1, BETA2.with_default(0.9999), eps(1e-6)],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Adam that divides by the v of the step before, which has not seen the gradient yet: it converges whatever β₂ is.",
        rule: &[
            "c = (t − 1)^(1/4)",
            "m ← β₁ m + (1 − β₁) clip(g/max(√v, ε), −c, c)",
            "θ ← θ − η m",
            "v ← β₂ v + (1 − β₂) g²",
        ],
        reference: Reference {
            authors: "Taniguchi et al.",
            year: 2024,
            title: "ADOPT: modified Adam can converge with any β2 with the optimal rate",
            url: "https://arxiv.org/abs/2411.02853",
        },
        conventions: "With the clip at (t − 1)^¼ of the authors' second version, as optax has it; the first version had none.",
        cost: "1 gradient",
        memory: |n, _| 2 * n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(Adopt { average: init.zeros(), square: init.zeros(), rates: init.zeros(), limit: 0.0 })
    }),
};

#[derive(Clone)]
struct Adopt {
    average: Vec<f64>,
    square: Vec<f64>,
    rates: Vec<f64>,
    limit: f64,
}

impl Optimizer for Adopt {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, beta1, beta2, eps) = (ctx.lr, ctx.params[1], ctx.params[2], ctx.params[3]);
        let is_first = ctx.t == 1;
        self.limit = f64::from(ctx.t - 1).sqrt().sqrt();
        let g = ctx.gradient(x);
        for (i, g) in g.iter().enumerate() {
            let (m, v) = (&mut self.average[i], &mut self.square[i]);
            if is_first {
                *v = g * g;
                continue;
            }
            let root = v.sqrt().max(eps);
            // Of a gradient after none at all only the sign is known to count.
            let ratio = if root > 0.0 { g / root } else { g * f64::MAX };
            *m = beta1 * *m + (1.0 - beta1) * ratio.max(-self.limit).min(self.limit);
            *v = beta2 * *v + (1.0 - beta2) * g * g;
            x[i] -= lr * *m;
            self.rates[i] = over(lr, root);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(item("m", "average of scaled gradients", StateKind::Direction, &self.average));
        show(item("v", "average squared gradient", StateKind::Spread, &self.square));
        show(item("c", "largest scaled gradient", StateKind::Number, std::slice::from_ref(&self.limit)));
        show(effective(&self.rates));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.average);
        visit(&mut self.square);
    }
}
