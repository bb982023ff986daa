//! What a script is held to: where our run was, and how closely another implementation can follow it.

use crate::optim::Group;
use crate::run::spec::Problem;
use crate::run::{RunSpec, Trace, trace};
use crate::surface::Transform;

/// Rows that are looked at, the last among them.
const ROWS: usize = 6;
/// How much the start is moved, relative to itself, to see how rounding grows.
const SHAKE: f64 = 1e-14;

/// Points of a run that a script must pass.
pub struct Check {
    /// Steps and points.
    pub points: Vec<(usize, Vec<f64>)>,
    /// How close it must come.
    pub tolerance: f64,
    /// Whether rounding grows so much that the run cannot be followed to its end.
    pub is_cut: bool,
}

/// Scales the surface by a rounding error, so that its values, slopes and curvatures differ in their last digits.
fn bend(spec: &mut RunSpec, signs: [f64; 2]) {
    if let Problem::Surface(surface) = &mut spec.problem {
        let mut values = Transform::values(surface.transform.as_ref());
        for (value, sign) in values.iter_mut().skip(1).zip(signs) {
            *value *= 1.0 + SHAKE * sign;
        }
        if spec.settings.optimizer.group == Group::Curvature {
            // A matrix that can hardly be inverted shows when it is turned, and not when it is stretched.
            values[0] += 100.0 * SHAKE * signs[0];
        }
        surface.transform = Transform::new(&values);
    }
}

/// How far runs part that begin a rounding error apart, up to each row.
fn spread(spec: &RunSpec, ours: &Trace) -> Vec<f64> {
    let mut worst = vec![0.0_f64; ours.len()];
    for (signs, bends) in [([1.0, 1.0], false), ([1.0, -1.0], true), ([-0.7, 0.4], true)] {
        let mut other = spec.clone();
        if bends {
            bend(&mut other, signs);
        }
        for (i, x) in other.start.iter_mut().enumerate() {
            *x *= 1.0 + SHAKE * signs[i % 2];
        }
        let other = trace(&other);
        for (row, worst) in worst.iter_mut().enumerate() {
            let (Some(a), Some(b)) = (ours.point(row), other.point(row).filter(|_| row < other.len())) else {
                *worst = f64::INFINITY;
                continue;
            };
            for (a, b) in a.iter().zip(b) {
                let far = (a - b).abs() / (1.0 + a.abs());
                *worst = if far.is_nan() { f64::INFINITY } else { worst.max(far) };
            }
        }
    }
    let mut so_far = 0.0_f64;
    for worst in &mut worst {
        so_far = so_far.max(*worst);
        *worst = so_far;
    }
    worst
}

impl Check {
    /// What to hold a script of this run to.
    pub fn new(spec: &RunSpec, ours: &Trace) -> Self {
        let spread = spread(spec, ours);
        let within = |limit: f64| spread.partition_point(|s| *s <= limit).saturating_sub(1);
        let last = ours.last();
        // A rounding error at the start grows to this, and there is one at every step.
        let (fine, coarse) = (within(2e-12), within(2e-9));
        let (end, tolerance) = if fine == last { (last, 1e-9) } else { (coarse, 1e-6) };
        let mut rows: Vec<usize> = (1..=ROWS).map(|i| end * i / ROWS).filter(|row| *row > 0).collect();
        rows.dedup();
        if rows.is_empty() {
            rows.push(0);
        }
        let point = |row: usize| ours.point(row).map(|p| (row, p.to_vec()));
        Self { points: rows.into_iter().filter_map(point).collect(), tolerance, is_cut: end < last }
    }

    /// The last row that is looked at.
    pub fn end(&self) -> usize {
        self.points.last().map_or(0, |(row, _)| *row)
    }
}
