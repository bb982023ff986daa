//! How a run ended, and why, in a sentence.

use super::spec::{Problem, RunSpec, in_order};
use super::trace::Trace;
use crate::math::num;
use crate::objective::Objective;
use crate::optim::Needs;
pub use crate::param::readable;
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
    /// It was stopped at this step, for it had worked as much as a run may.
    Stopped {
        /// The last step.
        step: u32,
    },
    /// The method cannot run on this problem: there is only the start.
    Unfit {
        /// What the problem lacks.
        needs: Needs,
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
            Self::Stopped { .. } => "stopped",
            Self::Unfit { .. } => "unfit",
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

/// How a run ended, without the reason.
#[must_use]
pub fn brief(status: Status) -> String {
    match status {
        Status::Running | Status::Waiting => String::new(),
        Status::Stopped { step } => format!("Stopped at step {step}."),
        Status::Unfit { .. } => "This method does not run here.".to_owned(),
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
        Status::Stopped { step } => format!(
            "Stopped at step {step}, where it had worked as much as a run may: fewer workers, a smaller population or problem, \
             or a cheaper method goes further."
        ),
        Status::Unfit { needs } => {
            format!("{} does not run here: {}.", spec.settings.optimizer.name, needs.why())
        }
        Status::Diverged { step, quantity } => {
            let surface = match &spec.problem {
                Problem::Surface(surface) => Some(surface),
                Problem::Matrix(_) | Problem::Network(_) => None,
            };
            if step == 0 {
                let advice = if surface.is_some() { "; move the start pin" } else { "" };
                return format!("The {quantity} is not finite at the start{advice}.");
            }
            let what = format!("Diverged at step {step}: the {quantity} left the finite numbers");
            match surface.and_then(|surface| divergence_cause(spec, surface, trace)) {
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
    let mut live = spec.settings.clone();
    let mut edits = in_order(spec.edits.iter()).into_iter().peekable();
    for row in 0..trace.len() {
        let step = u32::try_from(row).unwrap_or(u32::MAX);
        while let Some(edit) = edits.next_if(|e| e.step <= step) {
            live.apply(&edit.item);
        }
        let mut settings = live.clone();
        let moved = settings.schedule.factor(settings.warmup, step, spec.steps).momentum;
        if let (Some(value), Some(i)) = (moved, settings.momentum()) {
            settings.params[i] = value;
        }
        let limit_times_curvature = settings.optimizer.about?.stability?(&settings.params);
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
    let place = match (&spec.problem, trace.point2(trace.last())) {
        (Problem::Surface(surface), Some(point)) => place_on(surface, point, trace.loss[trace.last()]),
        _ => place_of_value(spec.problem.objective().known_minimum(), trace.loss[trace.last()]),
    };
    format!("Converged at step {step} to {place}: the gradient stays below 10⁻⁶.")
}

/// How close a value must be to the smallest one to count as it.
fn slack(best: f64) -> f64 {
    1e-6 * (1.0 + best.abs())
}

/// Where curvatures are not looked at, only the value can tell.
fn place_of_value(best: Option<f64>, loss: f64) -> String {
    match best {
        Some(best) if loss <= best + slack(best) => "a minimum".to_owned(),
        _ => "a point where nothing pulls".to_owned(),
    }
}

fn place_on(surface: &SurfaceObjective, point: [f64; 2], loss: f64) -> String {
    match stationary_kind(surface, point) {
        Stationary::Minimum => match surface.known_minimum() {
            Some(best) if loss > best + slack(best) => {
                format!("a local minimum, above the lowest ({})", readable(best))
            }
            _ => "a minimum".to_owned(),
        },
        Stationary::Saddle => "a saddle, not a minimum".to_owned(),
        Stationary::Maximum => "a maximum, not a minimum".to_owned(),
        Stationary::Degenerate => "a point with a flat direction".to_owned(),
    }
}
