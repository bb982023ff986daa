//! SPSA: all coordinates are shaken at once. ĝ = (f(θ + cΔ) − f(θ − cΔ))/(2c) · 1/Δ with Δᵢ = ±1; θ ← θ − aₜ ĝ, where
//! aₜ = a/(t + A)^α and cₜ = c/t^γ with t from 1 (Spall writes k + 1 with k from 0).
//!
//! Two values a step whatever the dimension; ĝ is g on average, but for terms of the order c². α = 0.602 and γ = 0.101 are
//! Spall's for practice; 1 and 1/6 are the best in the limit. He proposes A of about a tenth of the steps and c of about the
//! noise of f. a is the learning rate: a schedule multiplies aₜ. Where one of the two values is not finite there is no step.

use super::common::lr;
use super::sampling::real;
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::num;
use crate::param::{ParamSpec, Scale};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "spsa",
    name: "SPSA",
    group: Group::GradientFree,
    params: &[
        ParamSpec { symbol: "a₀", ..lr(0.003) },
        ParamSpec::new(
            "c",
            "c₀",
            "shake",
            0.1,
            (1e-8, 1e6),
            Scale::Log,
            "How far the two points are from the current one; about the noise of f, or small where there is none.",
        )
        .slider(1e-4, 10.0),
        ParamSpec::new(
            "offset",
            "A",
            "offset",
            10.0,
            (0.0, 1e6),
            Scale::Log,
            "Makes the first steps smaller and keeps the later ones; about a tenth of the steps.",
        )
        .slider(0.0, 1000.0),
        ParamSpec::new(
            "alpha",
            "α",
            "decay of the step",
            0.602,
            (0.0, 2.0),
            Scale::Linear,
            "The power by which steps become smaller; 0.602 in practice, 1 in the limit, 0 for constant steps.",
        )
        .slider(0.0, 1.0),
        ParamSpec::new(
            "gamma",
            "γ",
            "decay of the shake",
            0.101,
            (0.0, 2.0),
            Scale::Linear,
            "The power by which the shake becomes smaller; 0.101 in practice, 1/6 in the limit.",
        )
        .slider(0.0, 0.5),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Shakes all coordinates at once by coin flips and reads a slope from two values: right on average.",
        rule: &["ĝ ← (f(θ + c Δ) − f(θ − c Δ))/(2 c Δ)", "θ ← θ − a ĝ"],
        reference: Reference {
            authors: "Spall",
            year: 1992,
            title: "Multivariate stochastic approximation using a simultaneous perturbation gradient approximation",
            url: "https://doi.org/10.1109/9.119632",
        },
        conventions: "Gains as Spall gives them for practice (1998). The learning rate is his a. Modifiers of the gradient do not act on it: ĝ comes from values.",
        cost: "2 values",
        memory: |_, _| 0,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(Spsa { estimate: init.zeros(), shake: init.zeros(), trials: init.x.to_vec(), gains: [[0.0]; 2] })
    }),
};

#[derive(Clone)]
struct Spsa {
    estimate: Vec<f64>,
    /// cΔ.
    shake: Vec<f64>,
    /// θ + cΔ and θ − cΔ.
    trials: Vec<f64>,
    /// aₜ and cₜ.
    gains: [[f64; 1]; 2],
}

impl Optimizer for Spsa {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let [_, c, offset, alpha, gamma] = [0, 1, 2, 3, 4].map(|i| ctx.params[i]);
        let t = real(ctx.t as usize);
        let a = ctx.lr / num::pow(t + offset, alpha);
        let c = c / num::pow(t, gamma);
        self.gains = [[a], [c]];
        for (s, k) in self.shake.iter_mut().zip(0..) {
            *s = c * ctx.rademacher(k);
        }
        self.trials.clear();
        self.trials.extend(x.iter().zip(&self.shake).map(|(x, s)| x + s));
        self.trials.extend(x.iter().zip(&self.shake).map(|(x, s)| x - s));
        let (up, down) = self.trials.split_at(x.len());
        let difference = ctx.value(up) - ctx.value(down);
        for ((x, e), s) in x.iter_mut().zip(&mut self.estimate).zip(&self.shake) {
            let estimate = difference / (2.0 * s);
            *e = if estimate.is_finite() { estimate } else { 0.0 };
            *x -= a * *e;
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("ĝ", "estimated gradient", StateKind::Direction, &self.estimate));
        show(item("cΔ", "shake", StateKind::Displacement, &self.shake));
        show(item("±", "points tried", StateKind::Trials, &self.trials));
        show(item("a", "step size", StateKind::Number, &self.gains[0]));
        show(item("c", "size of the shake", StateKind::Number, &self.gains[1]));
    }

    fn kept(&mut self, _: &mut dyn FnMut(&mut [f64])) {}
}
