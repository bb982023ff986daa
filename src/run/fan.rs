//! A run with many seeds: what of it is the method, and what is luck.
//!
//! The first run is the one with the seed that was given, each other has the next seed. They are traced a few steps at a time,
//! so that whoever shows them can do so between frames; what is known so far can be asked for at any time.

mod shown;

pub use shown::Fans;

use super::spec::RunSpec;
use super::trace::{Trace, Tracing};
use crate::math::num;
use crate::math::quantile::{quantile, sort};

/// The fewest and the most seeds.
pub const SEEDS: (u32, u32) = (2, 64);
/// The lower and the upper quantile of the band, and the median between them.
pub const BAND: [f64; 3] = [0.1, 0.5, 0.9];
/// The share of the points that the ellipse holds: as many as the band does.
const HELD: f64 = 0.8;

/// Several runs that differ in their seed alone.
pub struct Fan {
    spec: RunSpec,
    count: u32,
    traces: Vec<Trace>,
    current: Option<Tracing>,
    /// The fingerprint of the first run, and whether all have it.
    first: Option<u64>,
    is_one: bool,
}

/// The spread of a quantity over the runs of a fan, at some of the steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bands {
    /// The steps, rising.
    pub steps: Vec<u32>,
    /// The quantiles [`BAND`] at each of them, of the runs that are finite there.
    pub values: Vec<[f64; 3]>,
    /// How many runs those are.
    pub alive: Vec<u32>,
}

/// Where the runs of a fan are at a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Cloud {
    /// Those that got there, in the plane.
    pub points: Vec<[f64; 2]>,
    /// The median of each coordinate.
    pub median: [f64; 2],
    /// The half axes of an ellipse about it that holds 80 % of the points, in the shape of their squared distances from it: as
    /// that of a covariance, but about the median and not the mean.
    pub axes: [[f64; 2]; 2],
}

impl Fan {
    /// Nothing of it is traced yet. Of a run that this program does not carry there is none.
    #[must_use]
    pub fn new(spec: &RunSpec, count: u32) -> Option<Self> {
        let count = count.clamp(SEEDS.0, SEEDS.1);
        let traces = Vec::new();
        spec.is_here().then(|| Self {
            spec: spec.clone(),
            count,
            traces,
            current: None,
            first: None,
            is_one: true,
        })
    }

    /// Whether it is the fan of this run.
    #[must_use]
    pub fn is_of(&self, spec: &RunSpec, count: u32) -> bool {
        self.count == count.clamp(SEEDS.0, SEEDS.1) && self.spec == *spec
    }

    /// How many runs it has.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Takes up to so many steps of one run; tells whether there is more to do.
    pub fn advance(&mut self, steps: u32) -> bool {
        if self.is_whole() {
            return false;
        }
        let next = self.traces.len() as u64;
        let spec = &self.spec;
        let current = self.current.get_or_insert_with(|| {
            // Seeds are below 2⁵³, so that links can hold them.
            Tracing::new(&RunSpec { seed: spec.seed.saturating_add(next), ..spec.clone() })
        });
        if !current.advance(steps)
            && let Some(done) = self.current.take()
        {
            let trace = done.finish();
            let print = trace.fingerprint();
            self.is_one &= *self.first.get_or_insert(print) == print;
            self.traces.push(trace);
        }
        !self.is_whole()
    }

    /// Whether all runs are traced.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.traces.len() as u64 >= u64::from(self.count)
    }

    /// The runs that are traced.
    #[must_use]
    pub fn traces(&self) -> &[Trace] {
        &self.traces
    }

    /// Whether the seed makes no difference, as far as is known.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.is_one && self.traces.len() > 1
    }

    /// How many rows its runs have.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.traces.iter().map(Trace::len).sum()
    }

    /// How many runs have ended before a step, as those do that diverge.
    #[must_use]
    pub fn ended_before(&self, step: u32) -> usize {
        self.traces.iter().filter(|t| t.len() <= step as usize).count()
    }

    /// The band of a column of the traces, at no more than so many steps; the first and the last step are among them.
    #[must_use]
    pub fn bands(&self, column: impl Fn(&Trace) -> &[f64], most: u32) -> Bands {
        let mut bands = Bands::default();
        let longest = self.traces.iter().map(Trace::len).max().unwrap_or(0);
        let Ok(last) = u32::try_from(longest.saturating_sub(1)) else {
            return bands;
        };
        let every = last.div_ceil(most.max(2) - 1).max(1);
        let steps = (0..last).step_by(every as usize).chain([last]);
        let mut here = Vec::with_capacity(self.traces.len());
        for step in steps.take_while(|_| longest > 0) {
            here.clear();
            here.extend(self.traces.iter().filter_map(|t| column(t).get(step as usize)));
            sort(&mut here);
            let [Some(low), Some(middle), Some(high)] = BAND.map(|p| quantile(&here, p)) else {
                continue;
            };
            bands.steps.push(step);
            bands.values.push([low, middle, high]);
            bands.alive.push(u32::try_from(here.len()).unwrap_or(u32::MAX));
        }
        bands
    }

    /// Where the runs are at a step; none where none got there, or they are not in the plane.
    #[must_use]
    pub fn cloud(&self, step: u32) -> Option<Cloud> {
        let there = self.traces.iter().filter(|t| t.len() > step as usize);
        Cloud::of(there.filter_map(|t| t.point2(step as usize)).collect())
    }
}

impl Cloud {
    /// The middle and the spread of these points; none where there are none.
    #[must_use]
    pub fn of(points: Vec<[f64; 2]>) -> Option<Self> {
        let middle = |k: usize| {
            let mut values: Vec<f64> = points.iter().map(|p| p[k]).collect();
            sort(&mut values);
            quantile(&values, 0.5)
        };
        let median = [middle(0)?, middle(1)?];
        let off: Vec<[f64; 2]> = points.iter().map(|p| [p[0] - median[0], p[1] - median[1]]).collect();
        let mean = |i: usize, j: usize| {
            let n = off.iter().fold(0.0, |n, _| n + 1.0);
            off.iter().fold(0.0, |sum, d| sum + d[i] * d[j]) / n
        };
        let ([large, small], [x, y]) = num::eigen2(mean(0, 0), mean(0, 1), mean(1, 1));
        let sizes = [large, small].map(|s| s.max(0.0).sqrt());
        // Across a line of points there is nothing to measure.
        let is_flat = sizes[1] <= 1e-9 * sizes[0];
        let mut far: Vec<f64> = off
            .iter()
            .map(|d| {
                let along = if sizes[0] > 0.0 { (d[0] * x + d[1] * y) / sizes[0] } else { 0.0 };
                let across = if is_flat { 0.0 } else { (d[1] * x - d[0] * y) / sizes[1] };
                num::norm(&[along, across])
            })
            .collect();
        sort(&mut far);
        let reach = quantile(&far, HELD)?;
        let [a, b] = [reach * sizes[0], if is_flat { 0.0 } else { reach * sizes[1] }];
        Some(Self { points, median, axes: [[a * x, a * y], [-b * y, b * x]] })
    }
}
