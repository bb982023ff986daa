//! Adan: averages of the gradient (m), of its change since the last step (v), and of the square of g + (1 − β₂)(g − g′) (n),
//! all corrected; θ ← θ − η (m̂ + (1 − β₂)v̂)/(√(n̂ + ε′) + ε).
//!
//! g + (1 − β₂)(g − g′) is about the gradient a step ahead, Nesterov's momentum without a second gradient. The paper writes β
//! for what is 1 − β here; in its letters the factor is 1 − β₂ too, which is 0.92 there and 0.08 with optax's β₂ = 0.92. The
//! authors' code multiplies by 0.92; here it is optax's 1 − β₂, which the recorded paths are from. The first change is 0.

use super::averages::{Average, beta3, effective, item, over};
use super::common::{BETA1, BETA2, eps, lr};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::param::ParamSpec;

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "adan",
    name: "Adan",
    group: Group::Adaptive,
    params: &[
        lr(1e-3),
        BETA1.with_default(0.98),
        ParamSpec {
            name: "trend",
            help: "How slowly the average of the changes of the gradient forgets; its share in the step is 1 − β₂.",
            default: 0.92,
            ..BETA2
        },
        beta3(
            0.99,
            "second moment",
            "How slowly the average of the squares forgets: it remembers about 1/(1 − β₃) steps.",
        ),
        eps(1e-8),
        ParamSpec {
            key: "eps_root",
            symbol: "ε′",
            name: "epsilon inside the root",
            help: "A second small number, inside the root; optax has 10⁻⁸ there, the paper none.",
            ..eps(0.0).slider(0.0, 0.01)
        },
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Adam that adds the trend of the gradient: it steps by what the gradient is about to be.",
        rule: &[
            "m ← β₁ m + (1 − β₁) g",
            "v ← β₂ v + (1 − β₂) (g − g′)",
            "n ← β₃ n + (1 − β₃) (g + (1 − β₂) (g − g′))²",
            "θ ← θ − η (m̂ + (1 − β₂) v̂)/(√(n̂ + ε′) + ε)",
        ],
        reference: Reference {
            authors: "Xie, Zhou, Li, Lin, Yan",
            year: 2022,
            title: "Adan: adaptive Nesterov momentum algorithm for faster optimizing deep models",
            url: "https://arxiv.org/abs/2208.06677",
        },
        conventions: "The trend enters with 1 − β₂ as in optax; the authors' code has β₂ there. β here is 1 − β of the paper.",
        cost: "1 gradient",
        memory: |n, _| 4 * n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(Adan {
            first: Average::new(init),
            trend: Average::new(init),
            square: Average::new(init),
            last: init.zeros(),
            rates: init.zeros(),
        })
    }),
};

#[derive(Clone)]
struct Adan {
    first: Average,
    trend: Average,
    square: Average,
    /// The gradient of the step before.
    last: Vec<f64>,
    rates: Vec<f64>,
}

impl Optimizer for Adan {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, beta1, beta2, beta3) = (ctx.lr, ctx.params[1], ctx.params[2], ctx.params[3]);
        let (eps, inside) = (ctx.params[4], ctx.params[5]);
        let is_first = ctx.t == 1;
        let share = 1.0 - beta2;
        let g = ctx.gradient(x);
        if is_first {
            self.last.copy_from_slice(g);
        }
        let changes = || g.iter().zip(&self.last).map(|(g, last)| (g, g - last));
        self.first.take(beta1, g.iter().copied());
        self.trend.take(beta2, changes().map(|(_, change)| change));
        let ahead = changes().map(|(g, change)| g + share * change);
        self.square.take(beta3, ahead.map(|a| a * a));
        self.last.copy_from_slice(g);
        for (i, x) in x.iter_mut().enumerate() {
            let root = (self.square.hat[i] + inside).sqrt() + eps;
            *x -= over(lr * (self.first.hat[i] + share * self.trend.hat[i]), root);
            self.rates[i] = over(lr, root);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(item("m", "average gradient", StateKind::Direction, &self.first.raw));
        show(item("m̂", "average gradient, corrected", StateKind::Direction, &self.first.hat));
        show(item("v", "average change of the gradient", StateKind::Direction, &self.trend.raw));
        show(item("v̂", "average change of the gradient, corrected", StateKind::Direction, &self.trend.hat));
        show(item("n", "average square", StateKind::Spread, &self.square.raw));
        show(item("n̂", "average square, corrected", StateKind::Spread, &self.square.hat));
        show(item("g′", "last gradient", StateKind::Direction, &self.last));
        show(effective(&self.rates));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.first.raw);
        visit(&mut self.trend.raw);
        visit(&mut self.square.raw);
        visit(&mut self.last);
    }
}
