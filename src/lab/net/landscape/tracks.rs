//! The paths of the runs on a plane.

use crate::lab::net::runs::NetRun;
use crate::landscape::{Plane, Projection};
use std::rc::Rc;

/// The most points of a path.
const MOST: u32 = 2000;
/// How many are projected at a time.
const PIECE: usize = 64;

/// Points of a path, as far as they are projected.
#[derive(Clone, Debug, Default)]
pub struct Track {
    /// Their steps, rising.
    pub steps: Vec<u32>,
    /// Where they stand.
    pub points: Vec<Projection>,
}

impl Track {
    fn push(&mut self, step: u32, point: Projection) {
        self.steps.push(step);
        self.points.push(point);
    }

    /// How many of its points are not after a step.
    pub fn until(&self, step: u32) -> usize {
        self.steps.partition_point(|s| *s <= step)
    }
}

/// The path of a run, and those of its workers.
pub struct Tracks {
    /// The run.
    pub run: Rc<NetRun>,
    /// Its path.
    pub own: Track,
    /// A path for each worker.
    pub workers: Vec<Track>,
    /// Rows of the record, and scores, that are done.
    done: (usize, usize),
}

impl Tracks {
    /// Nothing projected yet.
    pub fn new(run: Rc<NetRun>) -> Self {
        Self { run, own: Track::default(), workers: Vec::new(), done: (0, 0) }
    }

    /// Forgets what was projected.
    pub fn clear(&mut self) {
        self.own = Track::default();
        self.workers.clear();
        self.done = (0, 0);
    }

    /// Projects some more of what is known; tells whether there is more of that.
    pub fn advance(&mut self, plane: &Plane) -> bool {
        let Self { run, own, workers, done } = self;
        run.record(|record| {
            let dim = record.dim.max(1);
            let rows = record.weights.len() / dim;
            // Every so many rows, but the last is never left out.
            let every = (record.steps / record.stride.max(1) / MOST + 1) as usize;
            let mut left = PIECE;
            while done.0 < rows && left > 0 {
                let row = done.0;
                let is_last = row + 1 == rows && !record.is_open();
                if row.is_multiple_of(every) || is_last {
                    let weights = &record.weights[row * dim..(row + 1) * dim];
                    own.push(u32::try_from(row).unwrap_or(u32::MAX) * record.stride, plane.project(weights));
                    left -= 1;
                }
                done.0 += 1;
            }
            while done.1 < record.scores.len() && left > 0 {
                let scores = &record.scores[done.1];
                for (i, weights) in scores.workers.chunks_exact(dim).enumerate() {
                    if workers.len() <= i {
                        workers.push(Track::default());
                    }
                    workers[i].push(scores.step, plane.project(weights));
                }
                left -= 1;
                done.1 += 1;
            }
            done.0 < rows || done.1 < record.scores.len()
        })
    }

    /// Where the run stands at a step, or at the last point before it that was projected.
    pub fn at(&self, step: u32) -> Option<&Projection> {
        self.own.points.get(self.own.until(step).checked_sub(1)?)
    }
}
