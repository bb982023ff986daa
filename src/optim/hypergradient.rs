//! A learning rate that is itself learnt: α ← α + βh, where h = gᵀu is how much a longer last step would have helped, u the
//! direction of that step (Baydin et al. 2018).
//!
//! The rate is held as a multiple of η, so that a change of η, by hand or by a schedule, changes the learnt rate in proportion.
//! While η stays this is the paper's rule.

use super::averages::item;
use super::{Init, StateItem, StateKind};
use crate::math::num;
use crate::param::{ParamSpec, Scale};

/// The rate of the rate.
pub const BETA: ParamSpec = ParamSpec::new(
    "beta",
    "β",
    "rate of the rate",
    1e-3,
    (0.0, 1e3),
    Scale::Log,
    "How fast the learning rate itself is learnt; 0 leaves it alone. Gradients enter it squared, so steep slopes want it tiny.",
)
.slider(1e-9, 1.0);

/// The learnt rate.
#[derive(Clone)]
pub struct Rate {
    /// The direction of the last step.
    pub last: Vec<f64>,
    multiple: f64,
    /// α and h of the last step.
    numbers: [f64; 2],
}

impl Rate {
    /// η itself.
    pub fn new(init: &Init<'_>) -> Self {
        Self { last: init.zeros(), multiple: 1.0, numbers: [init.params[0], 0.0] }
    }

    /// Learns from the gradient, and says the rate of the step. `base` is η, `lr` η after the schedule.
    pub fn learn(&mut self, g: &[f64], beta: f64, (base, lr): (f64, f64)) -> f64 {
        let h = num::dot(g, &self.last);
        if base > 0.0 {
            self.multiple += beta * h / base;
        }
        let rate = lr * self.multiple;
        self.numbers = [rate, h];
        rate
    }

    /// Shows the rate, and what it is learnt from.
    pub fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(item("α", "learnt rate", StateKind::Number, &self.numbers[..1]));
        show(item("h", "gain of a longer last step", StateKind::Number, &self.numbers[1..]));
        show(item("u", "direction of the last step", StateKind::Direction, &self.last));
    }
}
