//! Yogi: Adam with v ← v − (1 − β₂) sign(v − g²) g², so that v falls as slowly as it rises.
//!
//! In Adam a run of small gradients shrinks v by a factor at every step, and the next large gradient meets a huge rate; here
//! v changes by (1 − β₂)g² at most. As in optax both averages start at `initial` and both are corrected for 1 − βᵗ, which
//! makes the first v̂ large; the small m that it starts with moves θ a little even where there is no gradient. The paper
//! starts at the squared gradient of a first batch.

use super::averages::{Average, Pair, effective, over};
use super::common::{BETA1, BETA2, eps, lr};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StepCtx};
use crate::math::scalar::sign;
use crate::param::{ParamSpec, Scale};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "yogi",
    name: "Yogi",
    group: Group::Adaptive,
    params: &[
        lr(0.01),
        BETA1,
        BETA2,
        eps(1e-3),
        ParamSpec::new(
            "initial",
            "v₀",
            "initial average",
            1e-6,
            (0.0, 1e6),
            Scale::Log,
            "Where both averages start; larger makes the first steps shorter. Read at the start of the run.",
        )
        .slider(0.0, 1.0),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Adam whose denominator falls no faster than it rises: no sudden leaps after a quiet stretch.",
        rule: &[
            "m ← β₁ m + (1 − β₁) g",
            "v ← v − (1 − β₂) sign(v − g²) g²",
            "θ ← θ − η m̂/(√v̂ + ε)",
        ],
        reference: Reference {
            authors: "Zaheer, Reddi, Sachan, Kale, Kumar",
            year: 2018,
            title: "Adaptive methods for nonconvex optimization",
            url: "https://papers.nips.cc/paper/2018/hash/90365351ccc7437a1309dc64e4db32a3-Abstract.html",
        },
        conventions: "As in optax, m and v start at the same small number and both are corrected; the paper has no correction.",
        cost: "1 gradient",
        memory: |n, _| 2 * n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        let average = Average::from(init, init.params[4]);
        Box::new(Yogi { pair: Pair { first: average.clone(), second: average }, rates: init.zeros() })
    }),
};

#[derive(Clone)]
struct Yogi {
    pair: Pair,
    rates: Vec<f64>,
}

impl Optimizer for Yogi {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, beta1, beta2, eps) = (ctx.lr, ctx.params[1], ctx.params[2], ctx.params[3]);
        let g = ctx.gradient(x);
        self.pair.first.take(beta1, g.iter().copied());
        let rule = |v: f64, gg: f64| v - (1.0 - beta2) * sign(v - gg) * gg;
        self.pair.second.change(beta2, g.iter().map(|g| g * g), rule);
        for (i, x) in x.iter_mut().enumerate() {
            let root = self.pair.second.hat[i].max(0.0).sqrt() + eps;
            *x -= over(lr * self.pair.first.hat[i], root);
            self.rates[i] = over(lr, root);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        self.pair.state(show);
        show(effective(&self.rates));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        self.pair.kept(visit);
    }
}
