//! What the tests that go through every optimizer need to know of each, family by family.

#![allow(dead_code, reason = "not every test reads every part")]

pub mod curvature;
pub mod first_order;
pub mod gradient_free;
pub mod matrix;
pub mod self_tuning;

use descent_lab::optim::OptimizerSpec;

/// A run and the points after its first steps.
pub struct Row {
    pub run: &'static str,
    pub start: [f64; 2],
    pub points: &'static [[f64; 2]],
}

/// Steps from (2, 1), where the first gradient is (2, 4).
pub const fn row(run: &'static str, points: &'static [[f64; 2]]) -> Row {
    let start = [2.0, 1.0];
    Row { run, start, points }
}

/// Steps from elsewhere.
pub const fn from(start: [f64; 2], run: &'static str, points: &'static [[f64; 2]]) -> Row {
    Row { run, start, points }
}

/// A family of methods.
pub struct Family {
    /// First steps worked out by hand; a row for each method, convention and switch. A method whose steps are random or too
    /// long to write out has a test of its own named in the reason.
    pub first: &'static [Row],
    /// Settings with which a method gets about on Rosenbrock from (−1.5, 2) for 60 steps and neither converges nor diverges;
    /// `lr=0.02` where nothing is said and there is a learning rate.
    pub tried: &'static [(&'static str, &'static str)],
    /// Parameters whose change during a run changes nothing, and why.
    pub inert: &'static [(&'static str, &'static str, &'static str)],
}

pub const FAMILIES: &[Family] =
    &[first_order::FAMILY, matrix::FAMILY, self_tuning::FAMILY, curvature::FAMILY, gradient_free::FAMILY];

/// The settings of [`Family::tried`] for a method.
pub fn tried(optimizer: &OptimizerSpec) -> &'static str {
    let known = FAMILIES.iter().flat_map(|f| f.tried).find(|(key, _)| *key == optimizer.key);
    match known {
        Some((_, settings)) => settings,
        None if optimizer.has_lr() => "lr=0.02",
        None => "",
    }
}

/// What a method needs besides a small rate to stay on Rosenbrock, and why.
const HELD: &[(&str, &str, &str)] =
    &[("hypergradient_sgd", ",beta=1e-9", "the rate grows with the square of the gradient, some 10⁶ there")];

/// `key:lr=…`, or `key:` for a method without a learning rate.
pub fn with_lr(optimizer: &OptimizerSpec, lr: &str) -> String {
    let held = HELD.iter().find(|h| h.0 == optimizer.key).map_or("", |h| h.1);
    if optimizer.has_lr() {
        format!("{}:lr={lr}{held}", optimizer.key)
    } else {
        format!("{}:", optimizer.key)
    }
}
