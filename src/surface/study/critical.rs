//! The points of a view at which the gradient vanishes, or flips at a kink: minima, saddles and maxima.
//!
//! The gradient is taken on a grid. Where both of its parts change their sign within a cell, or where it is shorter than all
//! around, Newton's method looks for the point. What is missed, then, are pairs of points closer than a cell, and kinks that
//! are not minima. The search may be done in pieces.

mod kinds;

use super::super::{SurfaceObjective, View};
use super::newton;
use crate::math::num;

/// Cells along the longer side of the view.
const CELLS: f64 = 128.0;
/// The most points that are kept, and the most that stand for lines.
const MOST: usize = 1200;
const MOST_OF_LINES: usize = 4000;
/// The gradient on an edge of a cell turns about within so small a part of its length where a line may cross.
const CROSSING: f64 = 0.2;
/// Gradients below this part of the steepest in view count as none: there exponentials run out of digits.
const PLAIN: f64 = 1e-150;
/// How far Newton's method may go from where it begins, in cells.
const REACH: f64 = 3.0;

/// What a critical point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Everything near is higher, or as high.
    Minimum,
    /// Lower in some directions, higher in others.
    Saddle,
    /// Everything near is lower.
    Maximum,
}

/// What its kind is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// Its curvatures, of which none is 0.
    Regular,
    /// The values around it: a curvature is 0.
    Degenerate,
    /// The values around it: it is on a kink, where the gradient jumps.
    Kink,
    /// The values around it: it is one of a line of them.
    Line,
}

/// A point at which the gradient vanishes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CriticalPoint {
    /// Where.
    pub at: [f64; 2],
    /// f there.
    pub f: f64,
    /// What it is.
    pub kind: Kind,
    /// What that is known from.
    pub grade: Grade,
    /// The eigenvalues of the Hessian, the larger one first; of no meaning on a kink.
    pub curvatures: [f64; 2],
}

/// What is done next.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Phase {
    Rows(usize),
    Starts(usize),
    Done,
}

/// Where to look.
#[derive(Clone, Copy, Debug)]
struct Start {
    at: [f64; 2],
    /// Whether it is only for a line of points that may cross an edge of a cell here.
    crossing: bool,
}

/// A search under way.
#[derive(Clone, Debug)]
pub struct Search {
    view: View,
    columns: usize,
    rows: usize,
    cell: [f64; 2],
    gradients: Vec<[f64; 2]>,
    /// The length of the gradient that is usual in the view, and the curvature that goes with it.
    usual: [f64; 2],
    starts: Vec<Start>,
    phase: Phase,
    found: Vec<CriticalPoint>,
    /// How many of these stand for lines.
    of_lines: usize,
}

impl Search {
    /// A search of a view that has not begun.
    #[must_use]
    pub fn new(view: View) -> Self {
        Self::coarse(view, CELLS)
    }

    /// The same with so many cells along the longer side, at most as many as usual.
    #[must_use]
    pub fn coarse(view: View, cells: f64) -> Self {
        let span = [view.x.1 - view.x.0, view.y.1 - view.y.0];
        let side = span[0].max(span[1]) / num::clamp(cells, 2.0, CELLS);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 128")]
        let count = |span: f64| num::clamp((span / side).ceil(), 2.0, CELLS) as usize;
        let (columns, rows) = (count(span[0]), count(span[1]));
        let cell = [span[0] / whole(columns), span[1] / whole(rows)];
        let phase = if side > 0.0 && side.is_finite() { Phase::Rows(0) } else { Phase::Done };
        Self {
            view,
            columns,
            rows,
            cell,
            gradients: Vec::new(),
            usual: [0.0; 2],
            starts: Vec::new(),
            phase,
            found: Vec::new(),
            of_lines: 0,
        }
    }

    /// The view that is searched.
    #[must_use]
    pub const fn view(&self) -> View {
        self.view
    }

    /// Whether nothing is left to do.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.phase == Phase::Done
    }

    /// Whether there are more points than are kept.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.found.len() - self.of_lines >= MOST
    }

    /// Whether the gradient vanishes everywhere in view, so far as it was looked at.
    #[must_use]
    pub fn is_flat(&self) -> bool {
        self.is_done() && self.found.is_empty() && self.gradients.iter().flatten().all(|d| *d == 0.0)
    }

    /// What has been found so far: when all is done minima, saddles and maxima, each from the lowest up.
    #[must_use]
    pub fn found(&self) -> &[CriticalPoint] {
        &self.found
    }

    /// All critical points of a view.
    #[must_use]
    pub fn all(surface: &SurfaceObjective, view: View) -> Self {
        let mut search = Self::new(view);
        while search.advance(surface, usize::MAX) {}
        search
    }

    /// Does about so many evaluations' worth of work; tells whether more is left.
    pub fn advance(&mut self, surface: &SurfaceObjective, work: usize) -> bool {
        let mut done = 0;
        while done < work {
            match self.phase {
                Phase::Rows(row) if row <= self.rows => {
                    let y = self.view.y.0 + whole(row) * self.cell[1];
                    for column in 0..=self.columns {
                        let x = self.view.x.0 + whole(column) * self.cell[0];
                        self.gradients.push(surface.gradient_at(x, y).d);
                    }
                    done += self.columns + 1;
                    self.phase = Phase::Rows(row + 1);
                }
                Phase::Rows(_) => {
                    self.plan();
                    done += self.gradients.len();
                    self.phase = Phase::Starts(0);
                }
                Phase::Starts(next) => match self.starts.get(next) {
                    Some(start) if !self.is_full() => {
                        let Start { at, crossing } = *start;
                        if crossing {
                            self.look_for_line(surface, at, &mut done);
                        } else {
                            self.look_near(surface, at, &mut done);
                        }
                        self.phase = Phase::Starts(next + 1);
                    }
                    _ => {
                        self.found.sort_by(|a, b| a.kind.cmp(&b.kind).then(a.f.total_cmp(&b.f)));
                        self.phase = Phase::Done;
                    }
                },
                Phase::Done => return false,
            }
        }
        !self.is_done()
    }

    /// Where to look, from the gradients on the grid.
    fn plan(&mut self) {
        let mut sizes: Vec<f64> = self.gradients.iter().map(|g| num::norm(g)).collect();
        let plain = PLAIN * sizes.iter().copied().filter(|size| size.is_finite()).fold(0.0, f64::max);
        for (gradient, size) in self.gradients.iter_mut().zip(&mut sizes) {
            if *size <= plain {
                (*gradient, *size) = ([0.0; 2], 0.0);
            }
        }
        let width = self.columns + 1;
        let size = |column: usize, row: usize| sizes[row * width + column];
        for row in 0..self.rows {
            for column in 0..self.columns {
                let i = row * width + column;
                let corners = [i, i + 1, i + width, i + width + 1].map(|c| self.gradients[c]);
                let flips = |k: usize| {
                    let part = corners.map(|g| g[k]);
                    part.iter().any(|v| *v <= 0.0) && part.iter().any(|v| *v >= 0.0)
                };
                // In a plain without any slope there is nothing to look for.
                let sloped = corners.iter().flatten().any(|v| *v != 0.0);
                if flips(0) && flips(1) && sloped {
                    self.start(whole(column) + 0.5, whole(row) + 0.5, false);
                } else if column > 0 && row > 0 {
                    let own = size(column, row);
                    let around = [(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)];
                    let least = around.into_iter().all(|(a, b)| {
                        own < size(column.saturating_add_signed(a), row.saturating_add_signed(b))
                    });
                    if least {
                        self.start(whole(column), whole(row), false);
                    }
                }
            }
        }
        self.plan_lines();
        sizes.retain(|v| v.is_finite());
        sizes.sort_by(f64::total_cmp);
        let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
        let span = self.cell[0] * whole(self.columns) + self.cell[1] * whole(self.rows);
        self.usual = [usual, 2.0 * usual / span];
    }

    /// Where a line of points may cross an edge of a cell: the gradient turns about, almost through 0. Where it only touches 0,
    /// as on the axes with x²y², not both of its parts change their sign.
    fn plan_lines(&mut self) {
        let width = self.columns + 1;
        for row in 0..=self.rows {
            for column in 0..=self.columns {
                let i = row * width + column;
                let ends = [(column < self.columns, 1, [1.0, 0.0]), (row < self.rows, width, [0.0, 1.0])];
                for (_, next, along) in ends.into_iter().filter(|(inside, ..)| *inside) {
                    let (a, b) = (self.gradients[i], self.gradients[i + next]);
                    let (size, other) = (num::norm(&a), num::norm(&b));
                    let part = size / (size + other);
                    let left = [0, 1].map(|k| a[k] + part * (b[k] - a[k]));
                    if a[0] * b[0] + a[1] * b[1] <= 0.0
                        && num::norm(&left) <= CROSSING * size.max(other)
                        && part >= 0.0
                    {
                        self.start(whole(column) + part * along[0], whole(row) + part * along[1], true);
                    }
                }
            }
        }
    }

    fn start(&mut self, column: f64, row: f64, crossing: bool) {
        let at = [self.view.x.0 + column * self.cell[0], self.view.y.0 + row * self.cell[1]];
        self.starts.push(Start { at, crossing });
    }

    /// A gradient that counts as none.
    fn tiny(&self) -> f64 {
        1e-12 * self.usual[0]
    }

    fn reach(&self) -> f64 {
        REACH * self.cell[0].max(self.cell[1])
    }

    /// Looks where a line may cross; what is there of other points is found from the cells.
    fn look_for_line(&mut self, surface: &SurfaceObjective, start: [f64; 2], work: &mut usize) {
        let reach = self.cell[0].max(self.cell[1]);
        if let Some(at) = newton::root(surface, start, reach, self.tiny(), work) {
            self.keep(surface, at, false, work);
        }
    }

    /// Looks from the middle of a cell, and from its corners where that leads elsewhere.
    fn look_near(&mut self, surface: &SurfaceObjective, start: [f64; 2], work: &mut usize) {
        let mut inside = false;
        for (a, b) in [(0.0, 0.0), (-0.45, -0.45), (0.45, 0.45), (-0.45, 0.45), (0.45, -0.45)] {
            let from = [start[0] + a * self.cell[0], start[1] + b * self.cell[1]];
            if let Some(at) = newton::root(surface, from, self.reach(), self.tiny(), work) {
                inside |= (0..2).all(|k| (at[k] - start[k]).abs() <= 0.51 * self.cell[k]);
                self.keep(surface, at, false, work);
            }
            if inside {
                return;
            }
        }
        if let Some(at) = self.kink(surface, start, work) {
            self.keep(surface, at, true, work);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "cells of a grid")]
const fn whole(n: usize) -> f64 {
    n as f64
}
