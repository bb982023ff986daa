//! The paths of the runs, here and on the graphics processor. Each is put there once for a trace; what of it is drawn at a
//! step follows from counts.

use super::super::runs;
use super::gpu::{Gpu, MARK, Numbers};
use super::sheet::Mark;
use crate::run::{RunSpec, Status};
use crate::scene::space::lines::PIECE;
use crate::scene::space::path::{on_surface, shown};
use crate::scene::space::{Point, Relief, SpacePath};

/// A run over the surface.
pub struct Path {
    spec: RunSpec,
    /// Where it goes.
    pub over: SpacePath,
    /// Its points in the plane.
    points: Vec<[f64; 2]>,
    /// Whether it left the finite numbers in the end.
    diverged: bool,
    /// Its pieces on the graphics processor.
    pub lines: Option<Numbers>,
    /// And its marks.
    pub marks: Option<Numbers>,
}

impl Path {
    fn new(run: usize, spec: RunSpec, relief: &Relief, gpu: Option<&Gpu>) -> Self {
        let (over, points, diverged) = runs::of(&spec, |trace| {
            let points = (0..trace.len()).map_while(|row| trace.point2(row)).collect();
            (SpacePath::of(trace, relief), points, matches!(trace.status, Status::Diverged { .. }))
        });
        let mut marks = Vec::with_capacity(MARK * over.marks.len());
        for at in &over.marks {
            Mark::OnPath(run).put(*at, 1.0, &mut marks);
        }
        let put = |numbers: &[f32], each: usize| gpu.and_then(|gpu| gpu.numbers(numbers, each));
        let (lines, marks) = (put(&over.lines.pieces, PIECE), put(&marks, MARK));
        Self { spec, over, points, diverged, lines, marks }
    }

    fn free(self, gpu: Option<&Gpu>) {
        if let Some(gpu) = gpu {
            gpu.free(self.lines);
            gpu.free(self.marks);
        }
    }

    /// Where it stands at a step, and its mark there; none where it cannot begin.
    pub fn position(&self, run: usize, step: usize, focused: bool, relief: &Relief) -> Option<(Point, Mark)> {
        let last = self.points.len().checked_sub(1)?;
        let (place, inside) = shown(&relief.block, self.points[step.min(last)])?;
        let mark = match (inside, self.diverged && step >= last) {
            (_, true) => Mark::Diverged(run),
            (true, false) => Mark::Position(run, focused),
            (false, false) => Mark::Away(run),
        };
        Some((on_surface(relief, place).unwrap_or([place[0], place[1], 0.0]), mark))
    }
}

/// Brings the paths up to date: those of runs that are the same stay, unless the surface is another one.
pub fn update(paths: &mut Vec<Path>, specs: Vec<RunSpec>, relief: &Relief, gpu: Option<&Gpu>, anew: bool) {
    let mut old = std::mem::take(paths).into_iter();
    for (run, spec) in specs.into_iter().enumerate() {
        let next = match old.next() {
            Some(path) if path.spec == spec && !anew => path,
            other => {
                if let Some(path) = other {
                    path.free(gpu);
                }
                Path::new(run, spec, relief, gpu)
            }
        };
        paths.push(next);
    }
    for path in old {
        path.free(gpu);
    }
}
