//! AdaGrad: s ← s + g²; θ ← θ − η/(1 + (t − 1)κ) · g/(√s + ε), coordinate by coordinate.
//!
//! optax puts ε inside the root, g/√(s + ε) with 0 where s = 0, and by default starts s at 0.1 with ε = 1e-7.

use super::common::{eps, lr};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::param::{ParamSpec, Scale};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "adagrad",
    name: "AdaGrad",
    group: Group::Adaptive,
    params: &[
        lr(0.01),
        ParamSpec::new(
            "lr_decay",
            "κ",
            "rate decay",
            0.0,
            (0.0, 1e3),
            Scale::Log,
            "Divides the rate by 1 + (t − 1)κ on top of what the accumulator does; 0 is usual.",
        )
        .slider(0.0, 1.0),
        eps(1e-10),
        ParamSpec::new(
            "initial_accumulator",
            "s₀",
            "initial accumulator",
            0.0,
            (0.0, 1e6),
            Scale::Log,
            "Where the sum of squares starts; above 0 the first steps are shorter. Read at the start of the run.",
        )
        .slider(0.0, 10.0),
        ParamSpec::choice(
            "convention",
            "convention",
            &["pytorch", "optax"],
            "pytorch adds ε after the root, optax inside it.",
        ),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Divides each coordinate by the root of all its squared gradients so far: steps only shrink, least where gradients are rare.",
        rule: &["s ← s + g²", "θ ← θ − η/(1 + (t − 1)κ) · g/(√s + ε)"],
        reference: Reference {
            authors: "Duchi, Hazan, Singer",
            year: 2011,
            title: "Adaptive subgradient methods for online learning and stochastic optimization",
            url: "https://jmlr.org/papers/v12/duchi11a.html",
        },
        conventions: "PyTorch: ε outside the root, accumulator from 0. optax: ε inside, accumulator from 0.1.",
        cost: "1 gradient",
        memory: |n, _| n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| Box::new(Adagrad { sum: vec![init.params[3]; init.x.len()] })),
};

#[derive(Clone)]
struct Adagrad {
    sum: Vec<f64>,
}

impl Optimizer for Adagrad {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (eps, inside) = (ctx.params[2], ctx.choice(4) == 1);
        let lr = ctx.lr / (1.0 + f64::from(ctx.t - 1) * ctx.params[1]);
        let g = ctx.gradient(x);
        for ((x, s), g) in x.iter_mut().zip(&mut self.sum).zip(g) {
            *s += g * g;
            let root = if inside { (*s + eps).sqrt() } else { s.sqrt() + eps };
            // Where nothing has ever moved this coordinate, it stays.
            if *s > 0.0 {
                *x -= lr * g / root;
            }
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(StateItem {
            symbol: "s",
            name: "sum of squared gradients",
            kind: StateKind::Spread,
            values: &self.sum,
        });
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.sum);
    }
}
