//! The path of a run over the surface: laid on its triangles, with marks along it.

use super::super::cast;
use super::super::clip::clip;
use super::lines::Lines;
use super::relief::Relief;
use super::{Block, Point};
use crate::math::num;
use crate::run::Trace;

/// A point nearer to the last one than this is not drawn.
const THIN: f64 = 0.0025;
/// A path has about so many pieces at the most: a long one has longer pieces.
const MOST_PIECES: f64 = 5000.0;
/// Marks on a path stand at least this far apart, along it.
const MARK_EVERY: f64 = 0.24;
/// And this far apart as the crow flies, where a path goes to and fro.
const MARK_APART: f64 = 0.09;

/// A path in the block. How much of it is drawn at a step follows from counts, so that nothing is made anew as a run plays.
#[derive(Clone, Debug, Default)]
pub struct SpacePath {
    /// The whole of it.
    pub lines: Lines,
    /// How many pieces lead to each row.
    upto: Vec<u32>,
    /// Marks along it.
    pub marks: Vec<Point>,
    marks_upto: Vec<u32>,
}

impl SpacePath {
    /// The path of a trace over a relief.
    #[must_use]
    pub fn of(trace: &Trace, relief: &Relief) -> Self {
        let base = relief.block.base();
        let places: Vec<[f64; 2]> =
            (0..trace.len()).map_while(|row| trace.point2(row)).map(|p| relief.block.from_plot(p)).collect();
        let cut = |from: [f64; 2], to: [f64; 2]| clip(from, to, &base);
        let in_sight = places.windows(2).filter_map(|w| cut(w[0], w[1]));
        let total: f64 = in_sight.map(|[a, b]| num::norm(&[b[0] - a[0], b[1] - a[1]])).sum();
        let [dx, dy] = relief.spacing();
        let mut pen = Pen {
            relief,
            longest: dx.min(dy).max(total / MOST_PIECES),
            path: Self::default(),
            along: 0.0,
            since_mark: 0.0,
        };
        let mut last = places.first().copied().unwrap_or_default();
        for (row, to) in places.iter().enumerate() {
            let d = [to[0] - last[0], to[1] - last[1]];
            let near = d[0].abs() < THIN && d[1].abs() < THIN;
            // The last one is where its mark stands.
            if !near || row + 1 == places.len() {
                if let Some([a, b]) = cut(last, *to) {
                    pen.lay(a, b);
                    if b == *to {
                        pen.mark(b);
                    }
                }
                last = *to;
            }
            pen.path.upto.push(cast::id(pen.path.lines.len()));
            pen.path.marks_upto.push(cast::id(pen.path.marks.len()));
        }
        pen.path
    }

    /// How many of its pieces, and how many of its marks, lead to a row.
    #[must_use]
    pub fn upto(&self, row: usize) -> (usize, usize) {
        let count = |counts: &[u32]| counts.get(row).or(counts.last()).map_or(0, |n| *n as usize);
        (count(&self.upto), count(&self.marks_upto))
    }
}

struct Pen<'a> {
    relief: &'a Relief,
    longest: f64,
    path: SpacePath,
    along: f64,
    since_mark: f64,
}

impl Pen<'_> {
    /// Goes straight over the base and with the surface in height; over a hole it leaves out what has no height.
    fn lay(&mut self, a: [f64; 2], b: [f64; 2]) {
        let d = [b[0] - a[0], b[1] - a[1]];
        let length = num::norm(&d);
        self.since_mark += length;
        let count = cast::index((length / self.longest).ceil()).max(1);
        let place = |k: usize| {
            let u = cast::float(k) / cast::float(count);
            on_surface(self.relief, [a[0] + u * d[0], a[1] + u * d[1]])
        };
        // What a row adds is in pieces of its own: they are counted.
        self.path.lines.stop();
        let mut before = place(0);
        for k in 1..=count {
            let here = place(k);
            if let (Some(from), Some(to)) = (before, here) {
                self.along = self.path.lines.go_on(from, to, self.along);
            }
            before = here;
        }
    }

    fn mark(&mut self, at: [f64; 2]) {
        let apart = |mark: &Point| num::norm(&[mark[0] - at[0], mark[1] - at[1]]) >= MARK_APART;
        if self.since_mark >= MARK_EVERY
            && self.path.marks.last().is_none_or(apart)
            && let Some(point) = on_surface(self.relief, at)
        {
            self.path.marks.push(point);
            self.since_mark = 0.0;
        }
    }
}

/// The point of the surface over a place.
#[must_use]
pub fn on_surface(relief: &Relief, [x, y]: [f64; 2]) -> Option<Point> {
    Some([x, y, relief.at([x, y])?])
}

/// Where a point of the plane is shown, and whether it lies within the block: beyond its edge, the place on the edge in its
/// direction.
#[must_use]
pub fn shown(block: &Block, point: [f64; 2]) -> Option<([f64; 2], bool)> {
    let place = block.from_plot(point);
    if block.view.contains(point) {
        return Some((place, true));
    }
    let [_, edge] = clip([0.0; 2], place, &block.base())?;
    Some((edge, false))
}

#[cfg(test)]
mod tests;
