//! What the methods with averages of gradients share: an average with its correction, a quotient that is 0 where there is
//! nothing to divide by, and short ways to name a state.

use super::common::{BETA2, Product};
use super::{Init, StateItem, StateKind};
use crate::param::ParamSpec;

/// The decay rate of a third average.
pub const fn beta3(default: f64, name: &'static str, help: &'static str) -> ParamSpec {
    ParamSpec { key: "beta3", symbol: "β₃", name, help, default, ..BETA2 }
}

/// a/b, and 0 where b is 0: where nothing was ever seen, nothing moves.
pub fn over(a: f64, b: f64) -> f64 {
    if b > 0.0 { a / b } else { 0.0 }
}

/// A named part of a state.
pub const fn item<'a>(
    symbol: &'static str,
    name: &'static str,
    kind: StateKind,
    values: &'a [f64],
) -> StateItem<'a> {
    StateItem { symbol, name, kind, values }
}

/// The rate by which each coordinate of a direction is multiplied.
pub const fn effective(values: &[f64]) -> StateItem<'_> {
    item("ηᵢ", "effective rate", StateKind::Rates, values)
}

/// An average that forgets, coordinate by coordinate, and the same corrected for where it started.
#[derive(Clone)]
pub struct Average {
    /// The average as it is kept.
    pub raw: Vec<f64>,
    /// The average over 1 − Π β.
    pub hat: Vec<f64>,
    product: Product,
}

impl Average {
    /// An average that starts at 0.
    pub fn new(init: &Init<'_>) -> Self {
        Self::from(init, 0.0)
    }

    /// An average that starts elsewhere.
    pub fn from(init: &Init<'_>, start: f64) -> Self {
        Self { raw: vec![start; init.x.len()], hat: init.zeros(), product: Product::ONE }
    }

    /// Takes in a value for each coordinate.
    pub fn take(&mut self, beta: f64, values: impl Iterator<Item = f64>) {
        self.change(beta, values, |average, value| beta * average + (1.0 - beta) * value);
    }

    /// Takes in a value for each coordinate by a rule of its own: from the average and the value to the new average.
    pub fn change(
        &mut self,
        beta: f64,
        values: impl Iterator<Item = f64>,
        rule: impl Fn(f64, f64) -> f64,
    ) -> f64 {
        let rest = self.product.correction(beta);
        for ((raw, hat), value) in self.raw.iter_mut().zip(&mut self.hat).zip(values) {
            *raw = rule(*raw, value);
            *hat = *raw / rest;
        }
        rest
    }
}

/// The two averages of Adam and its kin.
#[derive(Clone)]
pub struct Pair {
    /// Of the gradient.
    pub first: Average,
    /// Of its square.
    pub second: Average,
}

impl Pair {
    /// Both at 0.
    pub fn new(init: &Init<'_>) -> Self {
        Self { first: Average::new(init), second: Average::new(init) }
    }

    /// Takes in a gradient.
    pub fn take(&mut self, (beta1, beta2): (f64, f64), g: &[f64]) {
        self.first.take(beta1, g.iter().copied());
        self.second.take(beta2, g.iter().map(|g| g * g));
    }

    /// Shows both, as kept and corrected.
    pub fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(item("m", "average gradient", StateKind::Direction, &self.first.raw));
        show(item("m̂", "average gradient, corrected", StateKind::Direction, &self.first.hat));
        show(item("v", "average squared gradient", StateKind::Spread, &self.second.raw));
        show(item("v̂", "average squared gradient, corrected", StateKind::Spread, &self.second.hat));
    }

    /// Visits both.
    pub fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.first.raw);
        visit(&mut self.second.raw);
    }
}
