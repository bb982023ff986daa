//! The three points of schedule-free methods: z takes the steps, x averages z, and y between them is where gradients are
//! taken and what the run calls θ.
//!
//! Only z is kept: x lies beyond y on the line from z, x = y + (y − z)(1 − β)/β. What changes θ from outside so changes x too.
//! The weight of the newest z in x is the square of the largest rate so far over the sum of those squares.

use super::averages::item;
use super::common::lr;
use super::{Init, StateItem, StateKind, StepCtx};
use crate::param::{ParamSpec, Scale};
use std::slice::from_ref;

/// Where between z and x the gradient is taken.
pub const BETA: ParamSpec = ParamSpec::new(
    "beta",
    "β",
    "interpolation",
    0.9,
    (0.01, 1.0),
    Scale::Complement,
    "Where the gradient is taken: 1 at the average x, near 0 at the stepping point z; 0.9 to 0.98 works as momentum.",
)
.slider(0.05, 0.999);

/// The learning rate, with what it means here.
pub const fn rate(default: f64) -> ParamSpec {
    ParamSpec {
        help: "The size of a step of z. It stays constant: the averaging does what a falling rate would.",
        ..lr(default)
    }
}

/// x, y and z.
#[derive(Clone)]
pub struct Points {
    /// What takes the steps.
    pub z: Vec<f64>,
    x: Vec<f64>,
    y: Vec<f64>,
    /// β of the last step: y lies where it said.
    beta: f64,
    /// The rate of the last step.
    rate: f64,
    largest: f64,
    total: f64,
    weight: f64,
}

impl Points {
    /// All three at the start.
    pub fn new(init: &Init<'_>) -> Self {
        let start = init.x.to_vec();
        Self {
            z: start.clone(),
            x: start.clone(),
            y: start,
            beta: 1.0,
            rate: 0.0,
            largest: 0.0,
            total: 0.0,
            weight: 0.0,
        }
    }

    /// Finds x again from `y` and z, and moves `y` to where a new β says.
    pub fn begin(&mut self, y: &mut [f64], beta: f64) {
        let beyond = (1.0 - self.beta) / self.beta;
        for ((x, y), z) in self.x.iter_mut().zip(y).zip(&self.z) {
            *x = *y + (*y - z) * beyond;
            if beta != self.beta {
                *y = *x + (1.0 - beta) * (z - *x);
            }
        }
        self.beta = beta;
    }

    /// Averages the new z into x, and puts `y` between them.
    pub fn end(&mut self, y: &mut [f64], lr: f64) {
        self.largest = self.largest.max(lr);
        let square = self.largest * self.largest;
        self.total += square;
        self.weight = if self.total > 0.0 { square / self.total } else { 0.0 };
        for ((x, y), z) in self.x.iter_mut().zip(&mut *y).zip(&self.z) {
            *x += self.weight * (z - *x);
            *y = *x + (1.0 - self.beta) * (z - *x);
        }
        self.y.copy_from_slice(y);
    }

    /// Shows them.
    pub fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(item("x", "average, the answer", StateKind::Point, &self.x));
        show(item("y", "where the gradient is taken", StateKind::Point, &self.y));
        show(item("z", "what takes the steps", StateKind::Point, &self.z));
        show(item("c", "weight of z in x", StateKind::Number, from_ref(&self.weight)));
        show(item("η", "rate of the step", StateKind::Number, from_ref(&self.rate)));
    }

    /// The rate of a step. During a warm-up it is the rate that η had a step ago, 0 at the first: optax counts the steps of
    /// the method from 0 and those of the weights from 1.
    pub fn step_rate(&mut self, ctx: &StepCtx<'_>) -> f64 {
        let t = f64::from(ctx.step);
        self.rate = if ctx.step <= ctx.warmup { ctx.lr * (t - 1.0) / t } else { ctx.lr };
        self.rate
    }
}
