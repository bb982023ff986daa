//! The edges of the block, the lines on its floor and its walls, and the ticks along its axes.

use super::super::ticks;
use super::block::{Block, FLOOR, TOP};
use super::height::Height;
use super::lines::Lines;
use crate::surface::View;

/// How many labels an axis of the floor has at the most.
const MOST: usize = 5;

/// Places along the three axes with their labels: x and y over the floor, and heights.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ticks {
    /// Along x, y and z, in the block.
    pub axes: [Vec<(f64, String)>; 3],
}

impl Ticks {
    /// The ticks of a block.
    #[must_use]
    pub fn of(block: &Block, height: &Height) -> Self {
        let View { x, y } = block.view;
        let place = |axis: usize, value: f64| {
            let mut point = [block.view.x.0, block.view.y.0];
            point[axis] = value;
            block.from_plot(point)[axis]
        };
        let along = |axis: usize, (low, high): (f64, f64)| {
            ticks::marks(low, high, MOST).into_iter().map(|m| (place(axis, m.value), m.label)).collect()
        };
        Self { axes: [along(0, x), along(1, y), height.ticks()] }
    }
}

/// The walls: at the lower and the upper end of x, then of y.
pub const WALLS: usize = 4;

/// The lines of the floor: its edges, and one at each tick.
#[must_use]
pub fn floor(block: &Block, ticks: &Ticks) -> Lines {
    let [x, y] = block.half;
    let mut lines = Lines::default();
    let corners = block.floor();
    for (i, corner) in corners.iter().enumerate() {
        lines.add(*corner, corners[(i + 1) % 4], 0.0);
    }
    for (at, _) in &ticks.axes[0] {
        lines.add([*at, -y, FLOOR], [*at, y, FLOOR], 0.0);
    }
    for (at, _) in &ticks.axes[1] {
        lines.add([-x, *at, FLOOR], [x, *at, FLOOR], 0.0);
    }
    lines
}

/// The lines of a wall: its edges, and one at each tick of the heights and of the floor.
#[must_use]
pub fn wall(block: &Block, ticks: &Ticks, wall: usize) -> Lines {
    let across = usize::from(wall < 2);
    let side = if wall.is_multiple_of(2) { -1.0 } else { 1.0 };
    let half = block.half[across];
    let at = |along: f64, z: f64| {
        let mut point = [side * block.half[0], side * block.half[1], z];
        point[across] = along;
        point
    };
    let mut lines = Lines::default();
    for along in [-half, half] {
        lines.add(at(along, FLOOR), at(along, TOP), 0.0);
    }
    lines.add(at(-half, TOP), at(half, TOP), 0.0);
    for (z, _) in &ticks.axes[2] {
        lines.add(at(-half, *z), at(half, *z), 0.0);
    }
    for (along, _) in &ticks.axes[across] {
        lines.add(at(*along, FLOOR), at(*along, TOP), 0.0);
    }
    lines
}

/// Whether a wall stands behind the surface, seen in this direction (towards the eye).
#[must_use]
pub fn is_behind(wall: usize, back: [f64; 3]) -> bool {
    let toward = back[usize::from(wall >= 2)];
    if wall.is_multiple_of(2) { toward > 0.0 } else { toward <= 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::Camera;
    use super::super::lines::PIECE;
    use super::*;

    #[test]
    fn from_everywhere_two_walls_stand_behind_and_none_in_front() {
        let block = Block::over(View::square(1.0));
        for turn in 0..16 {
            let camera = Camera { azimuth: 22.5 * f64::from(turn) + 3.0, ..Camera::default() };
            let sight = camera.sight(&block, 400.0, 300.0);
            let away = |wall: usize| {
                let pieces = wall_pieces(&block, wall);
                let points = pieces.chunks_exact(PIECE).map(|p| [p[0], p[1], p[2]].map(f64::from));
                let (n, sum) = points.fold((0.0, 0.0), |(n, sum), p| (n + 1.0, sum + sight.project(p).1));
                sum / n
            };
            let behind: Vec<usize> = (0..WALLS).filter(|w| is_behind(*w, sight.back)).collect();
            assert_eq!(behind.len(), 2);
            for wall in behind {
                assert!(away(wall) > away(wall ^ 1), "{camera:?} {wall}");
            }
        }
    }

    fn wall_pieces(block: &Block, index: usize) -> Vec<f32> {
        wall(block, &Ticks::default(), index).pieces
    }
}
