//! Polyak's step: γ = min((f(θ) − f*)/‖g‖², `γ_max`); θ ← θ − γg.
//!
//! If f were linear down to its least value f*, the step would end exactly there. It needs f*, which on the surfaces here is
//! known, so it is shown at its best; on a network one guesses 0. As in optax, a gradient with ‖g‖² up to 2.2e-16 does not move,
//! and `γ_max` caps the step where the gradient is small and f is not. Modifiers change g and not f, so with noise the step
//! is that of the true value along a wrong direction.

use super::averages::item;
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::num;
use crate::param::{ParamSpec, Scale};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "polyak",
    name: "Polyak step",
    group: Group::ParameterFree,
    params: &[
        ParamSpec::new(
            "max_lr",
            "γ_max",
            "largest rate",
            1.0,
            (0.0, 1e6),
            Scale::Log,
            "No rate is larger; 1 is usual, and a small one turns the method into plain gradient descent.",
        )
        .slider(1e-4, 100.0),
    ],
    needs: Needs::Minimum,
    about: Some(About {
        sentence: "Chooses the step from how far f still is above its least value, which it must know.",
        rule: &["γ ← min((f(θ) − f*)/‖g‖², γ_max)", "θ ← θ − γ g"],
        reference: Reference {
            authors: "Polyak",
            year: 1969,
            title: "Minimization of unsmooth functionals",
            url: "https://doi.org/10.1016/0041-5553(69)90061-5",
        },
        conventions: "Capped like the stochastic Polyak step of Loizou et al. (2021), with its c = 1; Polyak's own step has no cap.",
        cost: "1 gradient",
        memory: |_, _| 0,
        on_plane: None,
        stability: None,
    }),
    new: Some(|_: &Init<'_>| Box::new(Polyak { numbers: [0.0; 2] })),
};

#[derive(Clone)]
struct Polyak {
    /// γ and f* of the last step.
    numbers: [f64; 2],
}

impl Optimizer for Polyak {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let Some(least) = ctx.oracle.known_minimum() else {
            return;
        };
        let value = ctx.oracle.gradient(x, ctx.grad);
        let square = num::dot(ctx.grad, ctx.grad);
        // f* is rounded as f is; below it there is nothing to gain.
        let gap = (value - least).max(0.0);
        let step = if square > f64::EPSILON { (gap / square).min(ctx.params[0]) } else { 0.0 };
        let rate = ctx.lr * step;
        self.numbers = [rate, least];
        for (x, g) in x.iter_mut().zip(&*ctx.grad) {
            *x -= rate * g;
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(item("γ", "rate of this step", StateKind::Number, &self.numbers[..1]));
        show(item("f*", "least value of f", StateKind::Number, &self.numbers[1..]));
    }

    fn kept(&mut self, _: &mut dyn FnMut(&mut [f64])) {}
}
