//! The points of a view at which the gradient vanishes, or flips at a kink: minima, saddles and maxima.
//!
//! The gradient is taken on a grid. Where both of its parts change their sign within a cell, or where it is shorter than all
//! around, Newton's method looks for the point. What is missed, then, are pairs of points closer than a cell, and kinks that
//! are not minima. The search may be done in pieces.

use super::super::{SurfaceObjective, View};
use super::newton;
use crate::math::num;

/// Cells along the longer side of the view.
const CELLS: f64 = 128.0;
/// The most points that are kept.
const MOST: usize = 1200;
/// How far Newton's method may go from where it begins, in cells.
const REACH: f64 = 3.0;
/// Points closer than this part of a cell are one; those with a direction in which nothing is sharp, within a larger part; of
/// those on a line some stand for the others.
const SAME: [f64; 3] = [1e-3, 0.2, 2.0];
/// Curvatures below this part of what is usual in the view count as none.
const FLAT: f64 = 1e-8;
/// Corners of the ring on which values tell what a point is that curvatures do not tell.
const RING: u32 = 24;

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
    starts: Vec<[f64; 2]>,
    phase: Phase,
    found: Vec<CriticalPoint>,
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
        self.found.len() >= MOST
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
                        self.look_near(surface, *start, &mut done);
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
                    self.starts.push(self.place(whole(column) + 0.5, whole(row) + 0.5));
                } else if column > 0 && row > 0 {
                    let own = size(column, row);
                    let around = [(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)];
                    let least = around.into_iter().all(|(a, b)| {
                        own < size(column.saturating_add_signed(a), row.saturating_add_signed(b))
                    });
                    if least {
                        self.starts.push(self.place(whole(column), whole(row)));
                    }
                }
            }
        }
        sizes.retain(|v| v.is_finite());
        sizes.sort_by(f64::total_cmp);
        let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
        let span = self.cell[0] * whole(self.columns) + self.cell[1] * whole(self.rows);
        self.usual = [usual, 2.0 * usual / span];
    }

    fn place(&self, column: f64, row: f64) -> [f64; 2] {
        [self.view.x.0 + column * self.cell[0], self.view.y.0 + row * self.cell[1]]
    }

    /// A gradient that counts as none.
    fn tiny(&self) -> f64 {
        1e-12 * self.usual[0]
    }

    fn reach(&self) -> f64 {
        REACH * self.cell[0].max(self.cell[1])
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

    /// Takes a point into the list, if it is in view, is one and is new.
    fn keep(&mut self, surface: &SurfaceObjective, at: [f64; 2], kink: bool, work: &mut usize) {
        let near =
            |p: &CriticalPoint, part: f64| (0..2).all(|k| (p.at[k] - at[k]).abs() <= part * self.cell[k]);
        if !self.view.contains(at) || self.found.iter().any(|p| near(p, SAME[0])) {
            return;
        }
        let here = surface.hessian_at(at[0], at[1]);
        let ([large, small], vector) = num::eigen2(here.h[0], here.h[1], here.h[2]);
        *work += 2;
        let flat = |l: f64| l.abs() <= FLAT * self.usual[1].max(large.abs().max(small.abs()));
        let regular = !kink && !flat(large) && !flat(small) && !self.jumps_at(surface, at);
        let (kind, grade) = if regular {
            let kind = match (large > 0.0, small > 0.0) {
                (true, true) => Kind::Minimum,
                (true, false) => Kind::Saddle,
                _ => Kind::Maximum,
            };
            (kind, Grade::Regular)
        } else {
            *work += 2 * RING as usize;
            let Some(kind) = self.by_values(surface, at, here.v) else {
                return;
            };
            let jumps = kink || self.jumps_at(surface, at);
            let same = |p: &CriticalPoint| match p.grade {
                Grade::Regular => false,
                Grade::Line => near(p, SAME[2]),
                Grade::Degenerate | Grade::Kink => near(p, SAME[1]),
            };
            if !jumps && self.found.iter().any(same) {
                return;
            }
            let axes = [(vector, large), ([-vector[1], vector[0]], small)];
            let grade = if jumps {
                Grade::Kink
            } else if axes.into_iter().any(|(v, l)| flat(l) && self.goes_on(surface, at, v, work)) {
                Grade::Line
            } else {
                Grade::Degenerate
            };
            (kind, grade)
        };
        self.found.push(CriticalPoint { at, f: here.v, kind, grade, curvatures: [large, small] });
    }

    /// Whether there are more such points on either side along a direction.
    fn goes_on(&self, surface: &SurfaceObjective, at: [f64; 2], v: [f64; 2], work: &mut usize) -> bool {
        let side = 0.7 * self.cell[0].max(self.cell[1]);
        [side, -side].into_iter().any(|by| {
            let from = [at[0] + by * v[0], at[1] + by * v[1]];
            newton::root(surface, from, 0.5 * side, self.tiny(), work).is_some()
        })
    }

    /// The kind by the values around: none in a plain without slope.
    fn by_values(&self, surface: &SurfaceObjective, at: [f64; 2], f: f64) -> Option<Kind> {
        let rounding = 4.0 * f64::EPSILON * f.abs();
        let mut seen = [false; 3];
        for i in 0..RING {
            let turn = std::f64::consts::TAU * f64::from(i) / f64::from(RING);
            let x = at[0] + 0.2 * self.cell[0] * num::cos(turn);
            let y = at[1] + 0.2 * self.cell[1] * num::sin(turn);
            let above = surface.at(x, y) - f;
            seen[if above > rounding { 2 } else { usize::from(above >= -rounding) }] = true;
        }
        match seen {
            [true, _, true] => Some(Kind::Saddle),
            [false, _, true] => Some(Kind::Minimum),
            [true, _, false] => Some(Kind::Maximum),
            [false, _, false] => None,
        }
    }

    /// Whether the gradient does not shrink on the way to a point: that of a kink.
    fn jumps_at(&self, surface: &SurfaceObjective, at: [f64; 2]) -> bool {
        let size = |by: f64| {
            let around = [(1.0, 0.3), (-0.3, 1.0), (-1.0, -0.3), (0.3, -1.0)];
            let sizes = around.map(|(a, b)| {
                let g = surface.gradient_at(at[0] + a * by * self.cell[0], at[1] + b * by * self.cell[1]);
                num::norm(&g.d)
            });
            sizes.into_iter().fold(0.0, f64::max)
        };
        // A smooth gradient is a thousand times smaller at a thousandth of the distance.
        let (far, near) = (size(1e-2), size(1e-5));
        far > 0.0 && near > 0.1 * far
    }

    /// The lowest point near a start, if it is on a kink: by trying eight neighbours, ever closer.
    fn kink(&self, surface: &SurfaceObjective, start: [f64; 2], work: &mut usize) -> Option<[f64; 2]> {
        let mut at = start;
        let mut lowest = surface.at(at[0], at[1]);
        let mut step = 0.5;
        while step > 1e-10 {
            let mut better = None;
            for (a, b) in [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1)] {
                let x = at[0] + f64::from(a) * step * self.cell[0];
                let y = at[1] + f64::from(b) * step * self.cell[1];
                let f = surface.at(x, y);
                *work += 1;
                if f < lowest {
                    lowest = f;
                    better = Some([x, y]);
                }
            }
            match better {
                Some(to) => at = to,
                None => step *= 0.5,
            }
            if (0..2).any(|k| (at[k] - start[k]).abs() > 1.5 * self.cell[k]) {
                return None;
            }
        }
        let lowest_around = self.by_values(surface, at, lowest) == Some(Kind::Minimum);
        (lowest_around && self.jumps_at(surface, at)).then_some(at)
    }
}

#[expect(clippy::cast_precision_loss, reason = "cells of a grid")]
const fn whole(n: usize) -> f64 {
    n as f64
}
