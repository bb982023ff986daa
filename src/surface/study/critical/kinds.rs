//! What a point is that was found: by its curvatures, and where these do not tell by the values around it.

use super::super::super::SurfaceObjective;
use super::super::newton;
use super::{CriticalPoint, Grade, Kind, MOST_OF_LINES, Search};
use crate::math::num;

/// Points closer than this part of a cell are one; those with a direction in which nothing is sharp, within a larger part; of
/// those on a line some stand for the others.
const SAME: [f64; 3] = [1e-3, 0.2, 2.0];
/// Curvatures below this part of what is usual in the view count as none.
const FLAT: f64 = 1e-8;
/// Directions in which a line is looked for where both curvatures are 0.
const CROSSES: [[f64; 2]; 4] = [[1.0, 0.0], [0.0, 1.0], [0.8, 0.6], [-0.6, 0.8]];
/// Corners of the ring on which values tell what a point is that curvatures do not tell.
const RING: u32 = 24;

impl Search {
    /// Takes a point into the list, if it is in view, is one and is new.
    pub(super) fn keep(&mut self, surface: &SurfaceObjective, at: [f64; 2], kink: bool, work: &mut usize) {
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
            let across = [-vector[1], vector[0]];
            let mut axes = vec![(vector, large), (across, small)];
            if flat(large) && flat(small) {
                // Without any curvature lines may go anywhere, as two do that cross.
                axes.extend(CROSSES.map(|v| (v, 0.0)));
            }
            let grade = if jumps {
                Grade::Kink
            } else if axes.into_iter().any(|(v, l)| flat(l) && self.goes_on(surface, at, v, work)) {
                Grade::Line
            } else {
                Grade::Degenerate
            };
            (kind, grade)
        };
        if grade == Grade::Line {
            if self.of_lines >= MOST_OF_LINES {
                return;
            }
            self.of_lines += 1;
        }
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
    pub(super) fn kink(
        &self,
        surface: &SurfaceObjective,
        start: [f64; 2],
        work: &mut usize,
    ) -> Option<[f64; 2]> {
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
