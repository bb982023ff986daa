//! `DoG`, distance over gradients: γ = r̄/√(Σ‖g‖² + 10⁻⁸), θ ← θ − γg, where r̄ is the farthest that θ has been from its start.
//!
//! r̄ starts at a small guess, r₀(1 + ‖x₀‖), and grows with the path, so the first steps are tiny and lengthen fast. The guess
//! is a lower bound of r̄ at all times, so it can be raised during a run. The authors advise to average the iterates, which is
//! left out here. There is no learning rate; a schedule multiplies γ.

use super::averages::item;
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::num;
use crate::param::{ParamSpec, Scale};

/// Inside the root, as in the authors' code and in optax.
const EPS: f64 = 1e-8;

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "dog",
    name: "DoG",
    group: Group::ParameterFree,
    params: &[
        ParamSpec::new(
            "init",
            "r₀",
            "first guess",
            1e-6,
            (0.0, 1e3),
            Scale::Log,
            "The first distance, in parts of 1 + ‖x₀‖. Small is safe, 10⁻⁶ to 10⁻⁴ is usual; 0 never moves.",
        )
        .slider(1e-8, 1.0),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "The rate is the farthest it has been from the start over the root of all squared gradients: only the first step is a guess.",
        rule: &["r̄ ← max(r̄, ‖θ − x₀‖)", "G ← G + ‖g‖²", "γ ← r̄/√(G + 10⁻⁸)", "θ ← θ − γ g"],
        reference: Reference {
            authors: "Ivgi, Hinder, Carmon",
            year: 2023,
            title: "DoG is SGD's best friend: a parameter-free dynamic step size schedule",
            url: "https://arxiv.org/abs/2302.12022",
        },
        conventions: "The rule of the paper with the first distance r₀(1 + ‖x₀‖); the average that it advises is left out.",
        cost: "1 gradient",
        memory: |n, _| n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(Dog { start: init.x.to_vec(), away: init.zeros(), farthest: 0.0, numbers: [0.0; 3] })
    }),
};

#[derive(Clone)]
struct Dog {
    start: Vec<f64>,
    away: Vec<f64>,
    /// The farthest from the start so far, without the guess.
    farthest: f64,
    /// r̄, G and γ of the last step.
    numbers: [f64; 3],
}

impl Optimizer for Dog {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        for ((away, x), start) in self.away.iter_mut().zip(&*x).zip(&self.start) {
            *away = x - start;
        }
        self.farthest = self.farthest.max(num::norm(&self.away));
        let reach = self.farthest.max(ctx.params[0] * (1.0 + num::norm(&self.start)));
        let scale = ctx.lr;
        let g = ctx.gradient(x);
        let sum = self.numbers[1] + num::dot(g, g);
        let rate = scale * reach / (sum + EPS).sqrt();
        self.numbers = [reach, sum, rate];
        for (x, g) in x.iter_mut().zip(g) {
            *x -= rate * g;
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(item("x₀", "start", StateKind::Point, &self.start));
        show(item("r̄", "farthest from the start", StateKind::Number, &self.numbers[..1]));
        show(item("G", "sum of squared gradients", StateKind::Number, &self.numbers[1..2]));
        show(item("γ", "rate of this step", StateKind::Number, &self.numbers[2..]));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.start);
    }
}
