//! Lines of steepest descent, about evenly apart: each follows the gradient from a seed, down and up, and ends where it would
//! come too near to another one (after Jobard and Lefer 1997, <https://doi.org/10.1007/978-3-7091-6876-9_5>).

use super::Part;
use crate::math::num;
use crate::scene::cast;
use crate::scene::viewport::Viewport;
use crate::surface::SurfaceObjective;

/// How far apart seeds are from other lines, and how near lines may come.
const APART_PX: f64 = 30.0;
const NEAR_PX: f64 = 13.0;
/// The length of a step.
const STEP_PX: f64 = 3.0;
/// A line shorter than this is not drawn.
const SHORTEST_PX: f64 = 30.0;
/// The most steps of a line to either side, and of all lines.
const MOST_STEPS: usize = 700;
const MOST_POINTS: usize = 60_000;

/// Lines of steepest descent.
#[derive(Clone, Debug, PartialEq)]
pub struct Streams {
    port: Viewport,
    /// The points of each, from the top down.
    pub lines: Vec<Vec<[f64; 2]>>,
    /// The points of all lines by cells of the screen, as wide as lines may come near.
    cells: Vec<Vec<[f64; 2]>>,
    columns: usize,
    rows: usize,
    seed: usize,
    points: usize,
}

impl Streams {
    /// None yet.
    #[must_use]
    pub fn new(port: Viewport) -> Self {
        let count = |px: f64| cast::index((px / NEAR_PX).ceil()).clamp(1, 400);
        let (columns, rows) = (count(port.width_px), count(port.height_px));
        Self {
            port,
            lines: Vec::new(),
            cells: vec![Vec::new(); columns * rows],
            columns,
            rows,
            seed: 0,
            points: 0,
        }
    }

    /// The seed with this number, the next ones far from it, so that no side of the picture is seeded first.
    fn seed_px(&self, i: usize) -> Option<[f64; 2]> {
        let across = cast::index((self.port.width_px / (0.5 * APART_PX)).ceil()).max(1);
        let down = cast::index((self.port.height_px / (0.5 * APART_PX)).ceil()).max(1);
        let count = across * down;
        // A step that shares no divisor with the count visits all.
        let stride = [7919, 7907, 7901].into_iter().find(|p| !count.is_multiple_of(*p)).unwrap_or(1);
        let i = (i < count).then_some(i * stride % count)?;
        let place = |n: usize, of: usize, px: f64| (cast::float(n) + 0.5) / cast::float(of) * px;
        Some([place(i % across, across, self.port.width_px), place(i / across, down, self.port.height_px)])
    }

    fn cell(&self, [x, y]: [f64; 2]) -> (usize, usize) {
        let index = |v: f64, count: usize| cast::index(v / NEAR_PX).min(count - 1);
        (index(x, self.columns), index(y, self.rows))
    }

    /// Whether another line is this near.
    fn is_near(&self, at: [f64; 2], px: f64) -> bool {
        let (column, row) = self.cell(at);
        let reach = cast::index((px / NEAR_PX).ceil());
        let span = |n: usize, count: usize| n.saturating_sub(reach)..(n + reach + 1).min(count);
        span(row, self.rows).any(|r| {
            span(column, self.columns).any(|c| {
                self.cells[r * self.columns + c].iter().any(|p| num::norm(&[p[0] - at[0], p[1] - at[1]]) < px)
            })
        })
    }

    fn is_on_stage(&self, [x, y]: [f64; 2]) -> bool {
        (0.0..=self.port.width_px).contains(&x) && (0.0..=self.port.height_px).contains(&y)
    }

    /// The direction downhill on the screen; none where there is none.
    fn downhill(&self, surface: &SurfaceObjective, px: [f64; 2]) -> Option<[f64; 2]> {
        let [x, y] = self.port.plot_from_px(px);
        let [dx, dy] = surface.gradient_at(x, y).d;
        let [per_x, per_y] = self.port.plot_per_px();
        let d = [-dx / per_x, dy / per_y];
        let length = num::norm(&d);
        (length.is_finite() && length > 0.0).then(|| d.map(|v| v / length))
    }

    /// Follows the gradient from a place, down (1) or up (−1).
    fn follow(
        &self,
        surface: &SurfaceObjective,
        from: [f64; 2],
        way: f64,
        work: &mut usize,
    ) -> Vec<[f64; 2]> {
        let mut points = Vec::new();
        let mut at = from;
        let Some(mut here) = self.downhill(surface, at) else {
            return points;
        };
        for _ in 0..MOST_STEPS {
            let go = |d: [f64; 2], px: f64| [at[0] + way * px * d[0], at[1] + way * px * d[1]];
            // The direction in the middle of the step.
            *work = work.saturating_sub(2);
            let Some(middle) = self.downhill(surface, go(here, 0.5 * STEP_PX)) else {
                break;
            };
            let to = go(middle, STEP_PX);
            if !self.is_on_stage(to) || self.is_near(to, NEAR_PX) {
                break;
            }
            // Where it turns back there is a valley's floor, a ridge or a critical point between.
            let turns = |d: &[f64; 2]| num::dot(d, &middle) <= 0.0 || num::dot(d, &here) <= 0.0;
            let Some(there) = self.downhill(surface, to).filter(|d| !turns(d)) else {
                break;
            };
            points.push(to);
            (at, here) = (to, there);
        }
        points
    }

    fn keep(&mut self, line: &[[f64; 2]]) {
        for px in line {
            let (column, row) = self.cell(*px);
            self.cells[row * self.columns + column].push(*px);
        }
        self.points += line.len();
        // Half of the points are enough to draw.
        let last = line.len() - 1;
        let drawn = line.iter().enumerate().filter(|(i, _)| i % 2 == 0 || *i == last);
        self.lines.push(drawn.map(|(_, px)| self.port.plot_from_px(*px)).collect());
    }
}

impl Part for Streams {
    fn advance(&mut self, surface: &SurfaceObjective, work: &mut usize) -> bool {
        while *work > 0 {
            let Some(seed) = self.seed_px(self.seed).filter(|_| self.points < MOST_POINTS) else {
                self.cells = Vec::new();
                return false;
            };
            self.seed += 1;
            *work = work.saturating_sub(1);
            if self.is_near(seed, APART_PX) {
                continue;
            }
            let mut line = self.follow(surface, seed, -1.0, work);
            line.reverse();
            line.push(seed);
            line.extend(self.follow(surface, seed, 1.0, work));
            if cast::float(line.len()) * STEP_PX >= SHORTEST_PX {
                self.keep(&line);
            }
        }
        true
    }
}
