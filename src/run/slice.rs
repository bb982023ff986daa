//! The loss along a line through the point where a run is: the point, the step that leaves it, what a line search tried, and
//! the quadratic model, all on the one line.

use super::inspect::Inspection;
use crate::math::num;
use crate::objective::Objective;
use crate::optim::StateKind;

/// Which line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Along {
    /// Downhill: against the gradient of f.
    #[default]
    Gradient,
    /// The way the step goes.
    Step,
    /// This many degrees from the direction of x, towards that of y.
    Degrees(f64),
}

/// A point on the line, or beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Where it stands along the line: the foot of its perpendicular.
    pub at: f64,
    /// How far it is from the line.
    pub off: f64,
    /// f there, at the point itself.
    pub value: f64,
}

/// A line through the point of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Slice {
    /// The point, where the line has 0.
    pub from: Vec<f64>,
    /// The direction, of length 1.
    pub along: Vec<f64>,
    /// f at the point.
    pub value: f64,
    /// The derivative of f along the line there.
    pub slope: f64,
    /// The second derivative; none where the problem has none to give.
    pub curvature: Option<f64>,
    /// Where the step ends.
    pub step: Mark,
    /// How long the step is.
    pub length: f64,
    /// What the method tried in the step, in order.
    pub trials: Vec<Mark>,
}

/// The parts of the line that stay free beyond what is shown on it.
const FREE: f64 = 0.3;
/// What is this many times further than the step is not followed: a search may begin far too far away.
const FOLLOW: f64 = 12.0;

impl Along {
    /// The line of a word: `step`, or a number of degrees; the gradient otherwise.
    #[must_use]
    pub fn read(word: &str) -> Self {
        match word {
            "" | "gradient" => Self::Gradient,
            "step" => Self::Step,
            _ => crate::math::decimal::parse(word).map_or(Self::Gradient, Self::Degrees),
        }
    }

    fn direction(self, seen: &Inspection, gradient: &[f64]) -> Vec<f64> {
        match self {
            Self::Gradient => gradient.iter().map(|g| -g).collect(),
            Self::Step => seen.next.iter().zip(&seen.x).map(|(b, a)| b - a).collect(),
            Self::Degrees(degrees) => {
                let turn = degrees.to_radians();
                let mut along = vec![0.0; seen.x.len()];
                for (a, v) in along.iter_mut().zip([num::cos(turn), num::sin(turn)]) {
                    *a = v;
                }
                along
            }
        }
    }
}

impl Slice {
    /// The line through the point of a run; none where it has no direction, as where the gradient is 0, or the function is not
    /// finite at the point.
    #[must_use]
    pub fn of(objective: &dyn Objective, seen: &Inspection, along: Along) -> Option<Self> {
        let from = seen.x.clone();
        let mut gradient = vec![0.0; from.len()];
        let value = objective.value_grad(&from, &mut gradient);
        let mut along = along.direction(seen, &gradient);
        let length = num::norm(&along);
        let is_line = value.is_finite() && length.is_finite() && length > 0.0;
        if !is_line {
            return None;
        }
        for a in &mut along {
            *a /= length;
        }
        let n = from.len();
        let mut h = vec![0.0; n * n];
        let curvature = objective.hessian(&from, &mut h).then(|| {
            let row = |i: usize| num::dot(&h[i * n..(i + 1) * n], &along);
            let curved: Vec<f64> = (0..n).map(row).collect();
            num::dot(&curved, &along)
        });
        let slope = num::dot(&gradient, &along);
        let mark = |point: &[f64]| mark(objective, &from, &along, point);
        let step = mark(&seen.next);
        let tried = seen.after.iter().filter(|item| item.kind == StateKind::Trials);
        let trials = tried.flat_map(|item| item.values.chunks_exact(n)).map(mark).collect();
        let moved: Vec<f64> = seen.next.iter().zip(&from).map(|(b, a)| b - a).collect();
        let length = num::norm(&moved);
        Some(Self {
            value,
            slope,
            curvature: curvature.filter(|c| c.is_finite()),
            step,
            length,
            trials,
            along,
            from,
        })
    }

    /// The point of the line at a place.
    #[must_use]
    pub fn point(&self, at: f64) -> Vec<f64> {
        self.from.iter().zip(&self.along).map(|(x, d)| x + at * d).collect()
    }

    /// f at a place of the line.
    #[must_use]
    pub fn value_at(&self, objective: &dyn Objective, at: f64) -> f64 {
        objective.value(&self.point(at))
    }

    /// The quadratic model about the point, at a place of the line.
    #[must_use]
    pub fn model_at(&self, at: f64) -> Option<f64> {
        Some(self.value + at * (self.slope + 0.5 * at * self.curvature?))
    }

    /// Where the model is lowest; none where it falls without end.
    #[must_use]
    pub fn model_minimum(&self) -> Option<f64> {
        let curvature = self.curvature.filter(|c| *c > 0.0)?;
        Some(-self.slope / curvature).filter(|at| at.is_finite())
    }

    /// The part of the line that holds the point, the step and what was tried, with room beside them; about as long as `usual`
    /// where there is nothing to hold.
    #[must_use]
    pub fn range(&self, usual: f64) -> (f64, f64) {
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        let mut hold = |at: f64, most: f64| {
            if at.is_finite() && at.abs() <= most {
                (low, high) = (low.min(at), high.max(at));
            }
        };
        hold(self.step.at, f64::MAX);
        let reach = FOLLOW * self.step.at.abs().max(1e-3 * usual);
        self.trials.iter().for_each(|t| hold(t.at, reach));
        if let Some(at) = self.model_minimum() {
            hold(at, reach);
        }
        let (mut width, middle) = (high - low, 0.5 * (low + high));
        let least = 1e-6 * usual;
        if width.is_nan() || width <= least {
            width = if self.length > least { self.length } else { 0.1 * usual };
        }
        (middle - (0.5 + FREE) * width, middle + (0.5 + FREE) * width)
    }

    /// f at equal distances over a part of the line, both ends among them.
    #[must_use]
    pub fn sample(&self, objective: &dyn Objective, (low, high): (f64, f64), count: u32) -> Vec<(f64, f64)> {
        let last = count.max(2) - 1;
        (0..=last)
            .map(|i| {
                let part = f64::from(i) / f64::from(last);
                let at = (1.0 - part) * low + part * high;
                (at, self.value_at(objective, at))
            })
            .collect()
    }
}

fn mark(objective: &dyn Objective, from: &[f64], along: &[f64], point: &[f64]) -> Mark {
    let moved: Vec<f64> = point.iter().zip(from).map(|(b, a)| b - a).collect();
    let at = num::dot(&moved, along);
    let aside: Vec<f64> = moved.iter().zip(along).map(|(m, d)| m - at * d).collect();
    Mark { at, off: num::norm(&aside), value: objective.value(point) }
}
