//! Simulated annealing: y = θ + s·w·N(0, I), w the widths of the region; y is taken with probability
//! min(1, exp(−(f(y) − f(θ))/T)) (Metropolis), and T falls geometrically.
//!
//! cooling is the factor of a step; 0 lets T fall to a thousandth over the run, which makes the run depend on its length.
//! T is a running product, so that a change of the factor acts on the steps after it. The point of the run is the current
//! one, not the best so far, which is shown. Steps keep their size: near the end most are refused, and the run rests within
//! about s·w of a minimum.

use super::sampling::{Held, ask, metropolis, widths};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::num;
use crate::optim::common::Product;
use crate::param::{ParamSpec, Scale};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "simulated_annealing",
    name: "Simulated annealing",
    group: Group::GradientFree,
    params: &[
        ParamSpec::new(
            "temperature",
            "T₀",
            "temperature",
            1.0,
            (0.0, 1e9),
            Scale::Log,
            "How much higher a step may go at the start: about the height of the barriers to cross.",
        )
        .slider(0.0, 100.0),
        ParamSpec::new(
            "cooling",
            "α",
            "cooling",
            0.0,
            (0.0, 1.0),
            Scale::Complement,
            "What is left of the temperature after a step; 0 cools to a thousandth over the run.",
        )
        .slider(0.0, 0.9999),
        ParamSpec::new(
            "scale",
            "s",
            "step scale",
            0.1,
            (0.0, 10.0),
            Scale::Log,
            "The size of the steps, as a share of the region that the problem shows first.",
        )
        .slider(1e-3, 1.0),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "A random walk that goes uphill often while it is hot and hardly ever once it is cold.",
        rule: &["y ← θ + s w ξ", "p ← min(1, exp(−(f(y) − f(θ))/T))", "T ← α T"],
        reference: Reference {
            authors: "Kirkpatrick, Gelatt, Vecchi",
            year: 1983,
            title: "Optimization by simulated annealing",
            url: "https://doi.org/10.1126/science.220.4598.671",
        },
        conventions: "Normal steps of one size, geometric cooling. The point shown is the current one, not the best so far. Modifiers of the gradient do not act on it.",
        cost: "1 value, one more in the first step",
        memory: |n, _| n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(SimulatedAnnealing {
            current: Held::new(init),
            best: Held::new(init),
            tried: init.x.to_vec(),
            widths: widths(init),
            cooled: Product::ONE,
            temperature: [init.params[0]],
            chance: [1.0],
        })
    }),
};

#[derive(Clone)]
struct SimulatedAnnealing {
    current: Held,
    best: Held,
    tried: Vec<f64>,
    widths: Vec<f64>,
    /// What is left of the first temperature, as a share.
    cooled: Product,
    temperature: [f64; 1],
    chance: [f64; 1],
}

/// Over the run the temperature falls to this share.
const LEFT: f64 = 1e-3;

impl Optimizer for SimulatedAnnealing {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let [hot, cooling, scale] = [0, 1, 2].map(|i| ctx.params[i]);
        self.current.stand(x, ctx);
        self.best.offer(x, self.current.value);
        for ((y, x), (w, k)) in self.tried.iter_mut().zip(&*x).zip(self.widths.iter().zip(1..)) {
            *y = x + scale * w * ctx.normal(k);
        }
        let value = ask(ctx, &self.tried);
        let temperature = hot * self.cooled.now();
        let rise = value - self.current.value;
        self.chance = [if metropolis(self.current.value, value, temperature, 0.0) {
            num::exp(-rise / temperature).min(1.0)
        } else {
            0.0
        }];
        if metropolis(self.current.value, value, temperature, ctx.uniform(0)) {
            self.current.take(&self.tried, value);
            self.best.offer(&self.tried, value);
            x.copy_from_slice(&self.tried);
        }
        let factor = if cooling > 0.0 { cooling } else { num::pow(LEFT, 1.0 / f64::from(ctx.horizon.max(1))) };
        self.cooled.take(factor);
        self.temperature = [temperature];
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("y", "point tried", StateKind::Trials, &self.tried));
        show(item("p", "chance of taking it", StateKind::Number, &self.chance));
        show(item("T", "temperature", StateKind::Number, &self.temperature));
        show(item("b", "best so far", StateKind::Point, &self.best.x));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.best.x);
    }
}
