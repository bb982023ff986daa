//! The view that holds what matters: the paths of all runs, and the minima and other critical points about them.

use super::study::{Grade, Search};
use super::{SurfaceObjective, View};
use crate::math::num;

/// A path goes no further than so many times the distance of its middle point: what diverges would make all the rest a dot.
const FAR: f64 = 10.0;
/// How far around the paths critical points count, as a part of their longer side.
const NEAR: f64 = 0.5;
/// How far around them one is looked for where none is near.
const AROUND: f64 = 3.0;
/// Room beside the outermost points, as a part of the longer side.
const MARGIN: f64 = 0.12;
/// The shorter side of a view is at least this part of the longer one.
const SLIMMEST: f64 = 0.25;
/// Critical points are looked for in so many cells along the longer side, and for about so many evaluations.
const CELLS: f64 = 48.0;
const MOST_WORK: usize = 30_000;

/// A run's path.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    /// Its points.
    pub points: Vec<[f64; 2]>,
    /// Whether it left for infinity.
    pub diverged: bool,
}

/// A box that grows with what is put into it.
#[derive(Clone, Copy)]
struct Bounds {
    low: [f64; 2],
    high: [f64; 2],
}

impl Bounds {
    fn about(points: impl IntoIterator<Item = [f64; 2]>) -> Option<Self> {
        let mut points = points.into_iter();
        let first = points.next()?;
        let mut bounds = Self { low: first, high: first };
        points.for_each(|p| bounds.add(p));
        Some(bounds)
    }

    fn add(&mut self, p: [f64; 2]) {
        for (i, v) in p.into_iter().enumerate() {
            self.low[i] = self.low[i].min(v);
            self.high[i] = self.high[i].max(v);
        }
    }

    fn longer(&self) -> f64 {
        (self.high[0] - self.low[0]).max(self.high[1] - self.low[1])
    }

    fn grown(&self, by: f64) -> Self {
        Self { low: self.low.map(|v| v - by), high: self.high.map(|v| v + by) }
    }

    fn holds(&self, p: &[f64; 2]) -> bool {
        (0..2).all(|i| self.low[i] <= p[i] && p[i] <= self.high[i])
    }

    /// How far a point is from its middle.
    fn distance(&self, p: [f64; 2]) -> f64 {
        distance(p, [0, 1].map(|i| 0.5 * (self.low[i] + self.high[i])))
    }
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    num::norm(&[a[0] - b[0], a[1] - b[1]])
}

/// The view that holds these paths and the critical points about them. Without a path it is the surface's own.
#[must_use]
pub fn fit(surface: &SurfaceObjective, paths: &[Path]) -> View {
    let own = surface.spec.view;
    let Some(mut bounds) = Bounds::about(within_reach(paths)) else {
        return own;
    };
    let usual = (own.x.1 - own.x.0).min(own.y.1 - own.y.0);
    let longer = bounds.longer();
    let wide = bounds.grown((AROUND * longer).max(0.5 * usual));
    let near = bounds.grown(NEAR * longer);
    let mut known = critical_points(surface, &wide);
    known.extend(surface.minima());
    let middle = bounds;
    if known.iter().any(|p| near.holds(p)) {
        known.into_iter().filter(|p| near.holds(p)).for_each(|p| bounds.add(p));
    } else if let Some(nearest) = known
        .into_iter()
        .filter(|p| wide.holds(p))
        .min_by(|a, b| middle.distance(*a).total_cmp(&middle.distance(*b)))
    {
        bounds.add(nearest);
    }
    framed(&bounds, 0.25 * usual)
}

/// The points of all paths without those far out of a path that diverges, or grows without end.
fn within_reach(paths: &[Path]) -> Vec<[f64; 2]> {
    let finite = |p: &&[f64; 2]| p.iter().all(|v| v.abs() < 1e9);
    let middle = |path: &Path| -> Option<f64> {
        let start = *path.points.first()?;
        let mut away: Vec<f64> = path.points.iter().filter(finite).map(|p| distance(*p, start)).collect();
        away.sort_by(f64::total_cmp);
        away.get(away.len() / 2).copied()
    };
    let settled = paths.iter().filter(|p| !p.diverged).filter_map(middle).max_by(f64::total_cmp);
    let reach = settled.or_else(|| paths.iter().filter_map(middle).min_by(f64::total_cmp)).unwrap_or(0.0);
    let mut points = Vec::new();
    for path in paths {
        let Some(start) = path.points.first().filter(finite) else { continue };
        let near = |p: &&[f64; 2]| finite(p) && distance(**p, *start) <= FAR * reach;
        points.push(*start);
        points.extend(path.points.iter().filter(near));
    }
    points
}

/// A view with some room about all that is in it, with short numbers. One without any extent is this far to each side.
fn framed(bounds: &Bounds, least: f64) -> View {
    let longer = bounds.longer();
    let farthest = bounds.low.iter().chain(&bounds.high).fold(0.0_f64, |far, v| far.max(v.abs()));
    // Closer, neighbouring pixels would share their floats.
    let is_point = longer <= 1e-8 * farthest || longer < 1e-8;
    let half = if is_point { least } else { (0.5 + MARGIN) * longer };
    let [x, y] = [0, 1].map(|i| {
        let (low, high) = (bounds.low[i], bounds.high[i]);
        let centre = 0.5 * (low + high);
        let own = if is_point { half } else { 0.5 * (high - low) + MARGIN * longer };
        let own = own.max(SLIMMEST * half);
        (shortened(centre - own, own, f64::floor), shortened(centre + own, own, f64::ceil))
    });
    View { x, y }
}

/// A number to about a hundredth of a length.
fn shortened(v: f64, length: f64, round: fn(f64) -> f64) -> f64 {
    let digits = (2.0 - num::log10(length)).floor();
    // Powers of ten are exact where they are above 1.
    let power = num::pow(10.0, digits.abs());
    if digits < 0.0 { round(v / power) * power } else { round(v * power) / power }
}

/// Where the gradient vanishes about the paths, without those that stand for whole lines of such points.
fn critical_points(surface: &SurfaceObjective, bounds: &Bounds) -> Vec<[f64; 2]> {
    let range = |k: usize| (bounds.low[k], bounds.high[k]);
    let mut search = Search::coarse(View { x: range(0), y: range(1) }, CELLS);
    search.advance(surface, MOST_WORK);
    search.found().iter().filter(|p| p.grade != Grade::Line).map(|p| p.at).collect()
}
