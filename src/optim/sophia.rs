//! Sophia: m ← β₁m + (1 − β₁)g; every k steps h ← β₂h + (1 − β₂) diag H; θ ← θ − η clip(m/max(ρh, ε), −1, 1).
//!
//! diag H is exact on surfaces; on problems without a Hessian it is Hutchinson's estimate from random signs. The default is the
//! paper's algorithm 3: m and h are not corrected for their start, and h is brought up to date before the step that uses it.
//! optax corrects m, and uses the h of the step before, so that its first step has h = 0 and moves by η in every coordinate. The
//! paper divides by ρ times the batch size in its code, which is left out. Where a curvature is not positive, ε takes its
//! place and the step is η in the direction of the sign.

use crate::math::num;
use super::common::{BETA1, BETA2, Product, eps, lr};
use super::diagonal::diagonal;
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::param::{ParamSpec, Scale, as_index};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "sophia",
    name: "Sophia",
    group: Group::Curvature,
    params: &[
        lr(0.01),
        BETA1.with_default(0.965),
        BETA2.with_default(0.99),
        ParamSpec::new(
            "rho",
            "ρ",
            "curvature factor",
            1.0,
            (0.0, 1e6),
            Scale::Log,
            "Scales the curvature: the smaller, the more coordinates are clipped and move by η.",
        )
        .slider(1e-4, 10.0),
        eps(1e-12),
        ParamSpec::new(
            "interval",
            "k",
            "steps between Hessians",
            10.0,
            (1.0, 1e6),
            Scale::Integer,
            "The curvature is looked at only every so many steps; 10 in the paper.",
        )
        .slider(1.0, 50.0),
        ParamSpec::choice(
            "convention",
            "convention",
            &["paper", "optax"],
            "paper uses the average as it is and the newest curvature; optax corrects the average and uses the curvature of the step before.",
        ),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Divides momentum by each coordinate's own curvature and moves none by more than η, which is the whole step where the curvature is small or negative.",
        rule: &[
            "m ← β₁ m + (1 − β₁) g",
            "h ← β₂ h + (1 − β₂) diag(H)",
            "u ← clip(m/max(ρ h, ε), 1)",
            "θ ← θ − η u",
        ],
        reference: Reference {
            authors: "Liu, Li, Hall, Liang, Ma",
            year: 2024,
            title: "Sophia: a scalable stochastic second-order optimizer for language model pre-training",
            url: "https://arxiv.org/abs/2305.14342",
        },
        conventions: "The paper does not correct m; optax does, uses the curvature of the step before, and has ρ = 0.01 by default. Both estimate diag H; here it is exact where the Hessian is known.",
        cost: "1 gradient, and every k steps 1 Hessian (2 gradients where there is none)",
        memory: |n, _| 2 * n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(Sophia {
            first: init.zeros(),
            product: Product::ONE,
            curvature: init.zeros(),
            update: init.zeros(),
        })
    }),
};

#[derive(Clone)]
struct Sophia {
    first: Vec<f64>,
    product: Product,
    curvature: Vec<f64>,
    update: Vec<f64>,
}

impl Sophia {
    fn look(&mut self, x: &[f64], ctx: &mut StepCtx<'_>, beta2: f64) {
        for (h, new) in self.curvature.iter_mut().zip(diagonal(x, ctx)) {
            // One that is not finite would stay for ever.
            if new.is_finite() {
                *h = beta2 * *h + (1.0 - beta2) * new;
            }
        }
    }
}

impl Optimizer for Sophia {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, beta1, beta2) = (ctx.lr, ctx.params[1], ctx.params[2]);
        let (rho, eps) = (ctx.params[3], ctx.params[4]);
        let optax = ctx.choice(6) == 1;
        let due = (ctx.t as usize - 1).is_multiple_of(as_index(ctx.params[5]).max(1));
        let before = x.to_vec();
        if due && !optax {
            self.look(&before, ctx, beta2);
        }
        let correction = self.product.correction(beta1);
        let correction = if optax { correction } else { 1.0 };
        let g = ctx.gradient(x);
        for (i, g) in g.iter().enumerate() {
            let m = &mut self.first[i];
            *m = beta1 * *m + (1.0 - beta1) * g;
            let (m, h) = (*m / correction, (rho * self.curvature[i]).max(eps));
            let ratio = if m == 0.0 { 0.0 } else { m / h };
            self.update[i] = num::clamp(ratio, -1.0, 1.0);
            x[i] -= lr * self.update[i];
        }
        if due && optax {
            self.look(&before, ctx, beta2);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("m", "average gradient", StateKind::Direction, &self.first));
        show(item("h", "average curvature of each coordinate", StateKind::Matrix, &self.curvature));
        show(item("u", "clipped step", StateKind::Direction, &self.update));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.first);
        visit(&mut self.curvature);
    }
}
