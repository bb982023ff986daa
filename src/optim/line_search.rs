//! Line searches: how far to go from θ along d.
//!
//! Backtracking shortens until Armijo's condition holds; the strong Wolfe search is in `strong_wolfe.rs`. Both show what they
//! tried, both end after a number of tries, and where nothing was found θ stays.
//!
//! Values come from the function as it is, gradients as the run's modifiers leave them. With noise or L2 the two do not
//! belong to one function; the conditions are then tested on what is given, and the number of tries bounds the search.

use super::strong_wolfe::{Line, Sample, strong_wolfe};
use super::{Init, StateItem, StateKind, StepCtx};
use crate::math::num;
use crate::param::{ParamSpec, Scale};
use std::slice::from_ref;

/// How often backtracking shortens at most.
const SHORTENINGS: u32 = 29;

/// η of methods with a line search.
pub const FIRST: ParamSpec = ParamSpec::new(
    "lr",
    "η",
    "first trial",
    1.0,
    (0.0, 1e6),
    Scale::Log,
    "The step length that the line search tries first; 1 is usual. The search then lengthens or shortens it.",
)
.slider(1e-3, 10.0);

/// c₁ of Armijo's condition.
pub const C1: ParamSpec = ParamSpec::new(
    "c1",
    "c₁",
    "sufficient decrease",
    1e-4,
    (0.0, 1.0),
    Scale::Log,
    "How much of the decrease that the slope promises a step must bring. Usually 0.0001, and below c₂.",
)
.slider(1e-6, 0.5);

/// c₂ of the curvature condition.
pub const C2: ParamSpec = ParamSpec::new(
    "c2",
    "c₂",
    "curvature condition",
    0.9,
    (0.0, 1.0),
    Scale::Linear,
    "How much of the slope may be left after a step. 0.9 is loose, 0.1 nearly exact; 0 searches the minimum along the line.",
)
.slider(0.001, 0.999);

/// The factor of backtracking.
pub const SHRINK: ParamSpec = ParamSpec::new(
    "shrink",
    "ρ",
    "shortening",
    0.5,
    (0.1, 0.9),
    Scale::Linear,
    "The factor by which backtracking shortens a step that does not bring enough; usually one half.",
);

/// The move that a search made.
pub struct Move {
    /// The step.
    pub s: Vec<f64>,
    /// The change of the gradient, both taken in this step.
    pub y: Vec<f64>,
}

/// A direction, the search along it, and what there is to see of it afterwards.
#[derive(Clone)]
pub struct Search {
    /// d: where to go, set by the method before it searches.
    pub direction: Vec<f64>,
    /// α: how far the last search went.
    pub length: f64,
    /// dᵀg where it began.
    pub slope: f64,
    trials: Vec<f64>,
}

impl Search {
    /// Before the first step.
    pub fn new(init: &Init<'_>) -> Self {
        Self { direction: init.zeros(), length: 0.0, slope: 0.0, trials: init.x.to_vec() }
    }

    /// Points downhill.
    pub fn downhill(&mut self, g: &[f64]) {
        for (d, g) in self.direction.iter_mut().zip(g) {
            *d = -g;
        }
    }

    /// Whether f falls along the direction, where the gradient is g.
    pub fn descends(&self, g: &[f64]) -> bool {
        let slope = num::dot(g, &self.direction);
        slope < 0.0 && slope.is_finite()
    }

    /// Shows the direction, the trials and the length.
    pub fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("d", "direction", StateKind::Displacement, &self.direction));
        show(item("α", "step length", StateKind::Number, from_ref(&self.length)));
        show(item("θ′", "trial points", StateKind::Trials, &self.trials));
    }

    /// Makes ready for a search where the gradient is `ctx.grad`; whether there is one to make.
    fn begin(&mut self, ctx: &StepCtx<'_>, first: f64) -> bool {
        self.trials.clear();
        self.length = 0.0;
        self.slope = num::dot(ctx.grad, &self.direction);
        first > 0.0 && first.is_finite() && self.slope.is_finite() && self.slope < 0.0
    }

    /// Goes to the end of the step, and shows where it stayed if nothing was tried.
    fn end(&mut self, x: &mut [f64], t: f64) {
        self.length = t;
        if self.trials.is_empty() {
            self.trials.extend_from_slice(x);
        }
        if t > 0.0 {
            for (x, d) in x.iter_mut().zip(&self.direction) {
                *x += t * d;
            }
        }
    }

    /// Moves x along the direction: `first`, shortened by `shrink` until f falls by c₁ of what the slope promises. `f` and
    /// `ctx.grad` are those at x. Asks for up to 30 values.
    pub fn backtrack(
        &mut self,
        x: &mut [f64],
        ctx: &mut StepCtx<'_>,
        f: f64,
        first: f64,
        [c1, shrink]: [f64; 2],
    ) {
        let mut accepted = 0.0;
        if self.begin(ctx, first) {
            let line = &mut Line { oracle: ctx.oracle, x, d: &self.direction, trials: &mut self.trials };
            let mut t = first;
            for _ in 0..=SHORTENINGS {
                match line.value(t) {
                    None => break,
                    Some(new) if new.is_finite() && new <= f + c1 * t * self.slope => {
                        accepted = t;
                        break;
                    }
                    Some(_) => t *= shrink,
                }
            }
        }
        self.end(x, accepted);
    }

    /// Moves x along the direction to where the strong Wolfe conditions hold, or to the lowest point of the last bracket.
    /// `f` and `ctx.grad` are those at x. Asks for up to 26 gradients.
    pub fn wolfe(
        &mut self,
        x: &mut [f64],
        ctx: &mut StepCtx<'_>,
        f: f64,
        first: f64,
        conditions: [f64; 2],
    ) -> Option<Move> {
        let mut found = None;
        if self.begin(ctx, first) {
            let start = Sample { t: 0.0, f, slope: self.slope, g: ctx.grad.to_vec() };
            let line = Line { oracle: ctx.oracle, x, d: &self.direction, trials: &mut self.trials };
            found = strong_wolfe(line, start, first, conditions).filter(|s| s.t > 0.0 && s.is_finite());
        }
        self.end(x, found.as_ref().map_or(0.0, |s| s.t));
        let Sample { t, g, .. } = found?;
        let s = self.direction.iter().map(|d| t * d).collect();
        let y = g.iter().zip(&*ctx.grad).map(|(new, old)| new - old).collect();
        Some(Move { s, y })
    }
}
