//! How a run ended, and why, in a sentence.

use super::spec::{Problem, RunSpec};
use super::trace::Trace;
use crate::math::num;
use crate::objective::Objective;
use crate::surface::SurfaceObjective;
use std::fmt;

/// A run counts as converged from the step after which ‖∇f‖ stays below this.
pub const CONVERGED_GRAD_NORM: f64 = 1e-6;

/// How a run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// Still under way at its last step.
    #[default]
    Running,
    /// Not traced: what it needs is not in this program, or not there yet.
    Waiting,
    /// The gradient vanished at this step and stayed so.
    Converged {
        /// The first step from which it did.
        step: u32,
    },
    /// The numbers left the finite range at this step.
    Diverged {
        /// The step that could not be recorded.
        step: u32,
        /// What was not finite there.
        quantity: Quantity,
    },
}

impl Status {
    /// One word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Waiting => "waiting",
            Self::Converged { .. } => "converged",
            Self::Diverged { .. } => "diverged",
        }
    }
}

/// What was not finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A coordinate.
    Position,
    /// The loss.
    Loss,
    /// The gradient.
    Gradient,
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Position => "position",
            Self::Loss => "loss",
            Self::Gradient => "gradient",
        })
    }
}

/// A number for people: three or four digits, an exponent for what is very small or large.
#[must_use]
pub fn readable(v: f64) -> String {
    if v == 0.0 {
        return "0".to_owned();
    }
    if !v.is_finite() {
        return "not finite".to_owned();
    }
    let size = v.abs();
    if (1e-3..1e5).contains(&size) {
        return format!("{}", num::round_significant(v, 4));
    }
    let text = format!("{v:.2e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    format!("{}e{exponent}", digits.trim_end_matches('0').trim_end_matches('.'))
}

/// How a run ended, without the reason.
#[must_use]
pub fn brief(status: Status) -> String {
    match status {
        Status::Running | Status::Waiting => String::new(),
        Status::Converged { step } => format!("Converged at step {step}."),
        Status::Diverged { step, quantity } => {
            format!("Diverged at step {step}: the {quantity} left the finite numbers.")
        }
    }
}

/// The sentence for how a run ended; empty while there is nothing to say.
#[must_use]
pub fn explain(spec: &RunSpec, trace: &Trace) -> String {
    match trace.status {
        Status::Running | Status::Waiting => String::new(),
        Status::Converged { step } => explain_convergence(spec, trace, step),
        Status::Diverged { step, quantity } => {
            let Problem::Surface(surface) = &spec.problem;
            let what = if step == 0 {
                return format!("The {quantity} is not finite at the start; move the start pin.");
            } else {
                format!("Diverged at step {step}: the {quantity} left the finite numbers")
            };
            match divergence_cause(spec, surface, trace) {
                Some(cause) => format!("{what}; {cause}."),
                None => format!("{what}; a smaller learning rate or clipping may hold it."),
            }
        }
    }
}

fn divergence_cause(spec: &RunSpec, surface: &SurfaceObjective, trace: &Trace) -> Option<String> {
    if surface.is_unbounded() && trace.loss.last().is_some_and(|f| *f < 0.0) {
        return Some("this surface falls without end, so there is no minimum to find".to_owned());
    }
    for row in 0..trace.len() {
        let settings = spec.settings_at(u32::try_from(row).unwrap_or(u32::MAX));
        let limit_times_curvature = settings.optimizer.stability?(&settings.params);
        let [x, y] = trace.point2(row)?;
        let [xx, xy, yy] = surface.hessian_at(x, y).h;
        let ([largest, _], _) = num::eigen2(xx, xy, yy);
        let limit = limit_times_curvature / largest;
        if largest > 0.0 && trace.lr[row] > limit {
            let place = if row == 0 { "at the start".to_owned() } else { format!("at step {row}") };
            return Some(format!(
                "lr {} exceeds {}/λmax = {} {place}",
                readable(trace.lr[row]),
                readable(limit_times_curvature),
                readable(limit),
            ));
        }
    }
    None
}

/// What kind of stationary point a point is, by the signs of the curvatures there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stationary {
    /// Upwards all round.
    Minimum,
    /// Down somewhere, up elsewhere.
    Saddle,
    /// Downwards all round.
    Maximum,
    /// Flat in some direction.
    Degenerate,
}

/// The kind of the point, whose gradient is taken to vanish.
#[must_use]
pub fn stationary_kind(surface: &SurfaceObjective, [x, y]: [f64; 2]) -> Stationary {
    let [xx, xy, yy] = surface.hessian_at(x, y).h;
    let ([largest, smallest], _) = num::eigen2(xx, xy, yy);
    let flat = 1e-9 * largest.abs().max(smallest.abs()).max(1e-9);
    if smallest > flat {
        Stationary::Minimum
    } else if largest < -flat {
        Stationary::Maximum
    } else if smallest < -flat && largest > flat {
        Stationary::Saddle
    } else {
        Stationary::Degenerate
    }
}

fn explain_convergence(spec: &RunSpec, trace: &Trace, step: u32) -> String {
    let Problem::Surface(surface) = &spec.problem;
    let Some(point) = trace.point2(trace.last()) else {
        return String::new();
    };
    let loss = trace.loss[trace.last()];
    let place = match stationary_kind(surface, point) {
        Stationary::Minimum => match surface.known_minimum() {
            Some(best) if loss > best + 1e-6 * (1.0 + best.abs()) => {
                format!("a local minimum, above the lowest ({})", readable(best))
            }
            _ => "a minimum".to_owned(),
        },
        Stationary::Saddle => "a saddle, not a minimum".to_owned(),
        Stationary::Maximum => "a maximum, not a minimum".to_owned(),
        Stationary::Degenerate => "a point with a flat direction".to_owned(),
    };
    format!("Converged at step {step} to {place}: the gradient stays below 10⁻⁶.")
}
