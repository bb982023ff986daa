//! Schedule-free AdamW: z ← z − η(g(y)/(√v̂ + ε) + λy), with x and y as in schedule-free SGD.
//!
//! There is no first moment: the interpolation does its work. v is corrected, ε stands outside the root, and the decay acts at
//! y, as in optax and the authors' code. Warm-up as in schedule-free SGD.

use super::averages::{Average, effective, item, over};
use super::common::{BETA2, eps, weight_decay};
use super::schedule_free::{BETA, Points, rate};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "schedule_free_adamw",
    name: "Schedule-free AdamW",
    group: Group::ParameterFree,
    params: &[rate(0.0025), BETA, BETA2, eps(1e-8), weight_decay(0.0)],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "AdamW with an average of the path in the place of momentum and of a falling rate.",
        rule: &[
            "v ← β₂ v + (1 − β₂) g(y)²",
            "z ← z − η (g(y)/(√v̂ + ε) + λ y)",
            "x ← x + c (z − x)",
            "y ← β x + (1 − β) z",
        ],
        reference: Reference {
            authors: "Defazio et al.",
            year: 2024,
            title: "The road less scheduled",
            url: "https://arxiv.org/abs/2405.15682",
        },
        conventions: "The decay acts at y, as in optax; the authors also offer it at z. In a warm-up the step lags a step behind, as in optax.",
        cost: "1 gradient",
        memory: |n, _| 2 * n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(ScheduleFreeAdamw {
            points: Points::new(init),
            square: Average::new(init),
            rates: init.zeros(),
        })
    }),
};

#[derive(Clone)]
struct ScheduleFreeAdamw {
    points: Points,
    square: Average,
    rates: Vec<f64>,
}

impl Optimizer for ScheduleFreeAdamw {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, rate) = (ctx.lr, self.points.step_rate(ctx));
        let (beta2, eps, decay) = (ctx.params[2], ctx.params[3], ctx.params[4]);
        self.points.begin(x, ctx.params[1]);
        let g = ctx.gradient(x);
        self.square.take(beta2, g.iter().map(|g| g * g));
        for (i, g) in g.iter().enumerate() {
            let root = self.square.hat[i].sqrt() + eps;
            self.points.z[i] -= rate * (over(*g, root) + decay * x[i]);
            self.rates[i] = over(rate, root);
        }
        self.points.end(x, lr);
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        self.points.state(show);
        show(item("v", "average squared gradient", StateKind::Spread, &self.square.raw));
        show(item("v̂", "average squared gradient, corrected", StateKind::Spread, &self.square.hat));
        show(effective(&self.rates));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.points.z);
        visit(&mut self.square.raw);
    }
}
