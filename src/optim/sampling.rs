//! What the methods share that ask for values alone: how a value counts, the point that a run has, a population.
//!
//! Modifiers of the gradient (noise, clipping, L2 …) do not act on these methods: they see f as it is. Modifiers that move
//! the parameters do: the point of the run is then asked for again.

use super::{Init, StepCtx};
use crate::math::num;
use crate::param::{ParamSpec, Scale};

/// f at `x` as something to compare: what is not finite (also −∞) is the worst there is, and so is a point that is none.
pub fn ask(ctx: &mut StepCtx<'_>, x: &[f64]) -> f64 {
    let f = ctx.value(x);
    if f.is_finite() && x.iter().all(|x| x.is_finite()) { f } else { f64::INFINITY }
}

/// Whether a move from one value to another is made at this temperature, for a uniform draw: Metropolis's rule.
pub fn metropolis(from: f64, to: f64, temperature: f64, draw: f64) -> bool {
    to < f64::INFINITY && (to <= from || draw < num::exp(-(to - from) / temperature))
}

/// A number of things, as a number.
#[expect(clippy::cast_precision_loss, reason = "counts of points and coordinates")]
pub const fn real(count: usize) -> f64 {
    count as f64
}

/// How many points there are in a population.
pub const fn population(default: f64, least: f64, help: &'static str) -> ParamSpec {
    ParamSpec::new("population", "P", "population", default, (least, 200.0), Scale::Integer, help)
        .slider(least, 60.0)
}

/// The widths of the region, a number for each coordinate.
pub fn widths(init: &Init<'_>) -> Vec<f64> {
    init.region.iter().map(|(lo, hi)| hi - lo).collect()
}

/// A point with its value.
#[derive(Clone)]
pub struct Held {
    /// Where.
    pub x: Vec<f64>,
    /// f there.
    pub value: f64,
    known: bool,
}

impl Held {
    /// The start, of which nothing is known yet.
    pub fn new(init: &Init<'_>) -> Self {
        Self { x: init.x.to_vec(), value: f64::INFINITY, known: false }
    }

    /// Makes sure that it is the point of the run: asks for f in the first step, and where something else than the method
    /// has moved the run.
    pub fn stand(&mut self, x: &[f64], ctx: &mut StepCtx<'_>) {
        if !self.known || self.x != x {
            let value = ask(ctx, x);
            self.take(x, value);
        }
    }

    /// Becomes this point.
    pub fn take(&mut self, x: &[f64], value: f64) {
        self.x.copy_from_slice(x);
        self.value = value;
        self.known = true;
    }

    /// Becomes this point if that is better.
    pub fn offer(&mut self, x: &[f64], value: f64) {
        if value < self.value {
            self.take(x, value);
        }
    }
}

/// Points with their values, and the best point that was ever asked for.
#[derive(Clone)]
pub struct Population {
    /// The points, one after the other.
    pub points: Vec<f64>,
    /// Their values; empty until they are drawn.
    pub values: Vec<f64>,
    /// The best so far: where the run is.
    pub best: Held,
    region: Vec<(f64, f64)>,
}

impl Population {
    /// The start alone, until the first step.
    pub fn new(init: &Init<'_>) -> Self {
        Self {
            points: init.x.to_vec(),
            values: Vec::new(),
            best: Held::new(init),
            region: init.region.to_vec(),
        }
    }

    /// How many points there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// In the first step: draws points evenly over the region, the start being the first, and asks for all of them.
    /// Otherwise sees to it that the best is where the run is. Says whether it was the first step.
    pub fn begin(&mut self, count: usize, x: &[f64], ctx: &mut StepCtx<'_>) -> bool {
        self.best.stand(x, ctx);
        if !self.values.is_empty() {
            return false;
        }
        self.points = x.repeat(count);
        self.values = vec![self.best.value; count];
        for i in 1..count {
            let point = &mut self.points[i * x.len()..(i + 1) * x.len()];
            draw(&self.region, point, i * x.len(), ctx);
            self.values[i] = ask(ctx, point);
            self.best.offer(point, self.values[i]);
        }
        true
    }

    /// The i-th point.
    pub fn point(&self, i: usize) -> &[f64] {
        let n = self.best.x.len();
        &self.points[i * n..(i + 1) * n]
    }
}

/// Draws a point evenly from the region, from this counter on.
pub fn draw(region: &[(f64, f64)], point: &mut [f64], counter: usize, ctx: &StepCtx<'_>) {
    for ((p, (lo, hi)), k) in point.iter_mut().zip(region).zip(counter as u64..) {
        *p = lo + ctx.uniform(k) * (hi - lo);
    }
}
