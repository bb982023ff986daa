//! Schedule-free SGD: z ← z − ηg(y); x ← (1 − c)x + cz; y ← βx + (1 − β)z. θ is y.
//!
//! The average x converges as if the rate had fallen, though it does not: no schedule and no known end are needed. During a
//! warm-up optax, and so this, takes the step with the rate of the step before, and weighs it with its own; the authors' code
//! uses its own for both. β is the authors' momentum; optax calls it b1.

use super::schedule_free::{BETA, Points, rate};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StepCtx};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "schedule_free_sgd",
    name: "Schedule-free SGD",
    group: Group::ParameterFree,
    params: &[rate(1.0), BETA],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Takes gradients between a stepping point and the average of its path: averaging instead of a falling rate.",
        rule: &["z ← z − η g(y)", "x ← x + c (z − x)", "y ← β x + (1 − β) z"],
        reference: Reference {
            authors: "Defazio et al.",
            year: 2024,
            title: "The road less scheduled",
            url: "https://arxiv.org/abs/2405.15682",
        },
        conventions: "The path is y, where gradients are taken; the answer is x. In a warm-up the step lags a step behind, as in optax.",
        cost: "1 gradient",
        memory: |n, _| n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| Box::new(ScheduleFreeSgd { points: Points::new(init) })),
};

#[derive(Clone)]
struct ScheduleFreeSgd {
    points: Points,
}

impl Optimizer for ScheduleFreeSgd {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, rate) = (ctx.lr, self.points.step_rate(ctx));
        self.points.begin(x, ctx.params[1]);
        let g = ctx.gradient(x);
        for (z, g) in self.points.z.iter_mut().zip(g) {
            *z -= rate * g;
        }
        self.points.end(x, lr);
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        self.points.state(show);
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.points.z);
    }
}
