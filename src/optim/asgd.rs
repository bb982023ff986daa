//! Averaged SGD: θ ← θ(1 − ληₜ) − ηₜ g with ηₜ = η/(1 + λη(t − 1))^α; beside it runs an average x̄ of the iterates.
//!
//! x̄ is θ itself up to step t₀ + 1, then the mean of the iterates since: x̄ ← x̄ + μ(θ − x̄), μ = 1/max(1, t − 1 − t₀).
//! It does not act on θ; it is the answer that the run gives at the end. PyTorch's t₀ is 10⁶ by default, so that most runs
//! never average; a small one shows what averaging does. The decay λ pulls towards 0 and is part of the method's problem.

use super::averages::item;
use super::common::lr;
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::num;
use crate::param::{ParamSpec, Scale};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "asgd",
    name: "Averaged SGD",
    group: Group::FirstOrder,
    params: &[
        lr(0.01),
        ParamSpec::new(
            "lambd",
            "λ",
            "decay",
            1e-4,
            (0.0, 1e3),
            Scale::Log,
            "Shrinks θ by ληₜ at every step, and makes the rate fall; 10⁻⁴ is usual.",
        )
        .slider(0.0, 1.0),
        ParamSpec::new(
            "alpha",
            "α",
            "power",
            0.75,
            (0.0, 4.0),
            Scale::Linear,
            "How fast the rate falls, as a power of the step; from 0.5 to 1.",
        )
        .slider(0.0, 2.0),
        ParamSpec::new(
            "t0",
            "t₀",
            "start of averaging",
            1e6,
            (0.0, 1e6),
            Scale::Log,
            "After so many steps the average begins; until then it is the iterate itself. PyTorch's million means never.",
        ),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Plain steps with a slowly falling rate, and an average of where they went, which noise moves far less.",
        rule: &[
            "ηₜ ← η/(1 + λ η (t − 1))^α",
            "θ ← θ (1 − λ ηₜ) − ηₜ g",
            "μ ← 1/max(1, t − 1 − t₀)",
            "x̄ ← x̄ + μ (θ − x̄)",
        ],
        reference: Reference {
            authors: "Polyak, Juditsky",
            year: 1992,
            title: "Acceleration of stochastic approximation by averaging",
            url: "https://doi.org/10.1137/0330046",
        },
        conventions: "PyTorch's form, after Bottou; other implementations average from the first step or over a window.",
        cost: "1 gradient",
        memory: |n, _| n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| Box::new(Asgd { average: init.x.to_vec(), averaged: 0.0, numbers: [init.params[0], 1.0] })),
};

#[derive(Clone)]
struct Asgd {
    average: Vec<f64>,
    /// How many iterates are in the average.
    averaged: f64,
    /// ηₜ and μ of the last step.
    numbers: [f64; 2],
}

impl Optimizer for Asgd {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, lambda, alpha, start) = (ctx.lr, ctx.params[1], ctx.params[2], ctx.params[3]);
        let before = f64::from(ctx.t - 1);
        let rate = lr / num::pow(1.0 + lambda * lr * before, alpha);
        // Counted, so that a t₀ that is moved later does not make old iterates count.
        self.averaged = if before > start { self.averaged + 1.0 } else { 0.0 };
        let mu = 1.0 / self.averaged.max(1.0);
        self.numbers = [rate, mu];
        let g = ctx.gradient(x);
        for ((x, average), g) in x.iter_mut().zip(&mut self.average).zip(g) {
            *x = *x * (1.0 - lambda * rate) - rate * g;
            *average = if mu < 1.0 { *average + mu * (*x - *average) } else { *x };
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(item("x̄", "average of the iterates", StateKind::Point, &self.average));
        show(item("ηₜ", "rate of this step", StateKind::Number, &self.numbers[..1]));
        show(item("μ", "weight of the newest iterate", StateKind::Number, &self.numbers[1..]));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.average);
    }
}
