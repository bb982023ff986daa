//! Lines as pieces that a graphics processor widens: both ends of each, with how far along the line they stand.

use super::super::cast;
use super::super::contour::Contours;
use super::super::viewport::Viewport;
use super::Point;
use super::block::Block;
use crate::math::num;
use std::ops::Range;

/// How many numbers a piece has.
pub const PIECE: usize = 8;

/// What lies nearer to a straight line than this is on it: half a pixel, about.
const STRAIGHT: f64 = 0.002;

/// Lines in the block, in pieces.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// [`PIECE`] numbers each: from where, how far along; to where, how far along.
    pub pieces: Vec<f32>,
    /// Where the last piece began, its direction and where it ends, if it may go on.
    straight: Option<[Point; 3]>,
}

impl Lines {
    /// How many pieces there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pieces.len() / PIECE
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The next piece is one of its own, whatever its direction.
    pub fn stop(&mut self) {
        self.straight = None;
    }

    /// Adds a piece as [`Self::add`] does; one that goes straight on makes the last one longer.
    pub fn go_on(&mut self, from: Point, to: Point, along: f64) -> f64 {
        let Some([begin, unit, _]) = self.straight.filter(|[.., end]| *end == from) else {
            return self.begin(from, to, along);
        };
        let d = [0, 1, 2].map(|i| to[i] - begin[i]);
        let onward = d[0] * unit[0] + d[1] * unit[1] + d[2] * unit[2];
        let aside = num::norm(&[0, 1, 2].map(|i| d[i] - onward * unit[i]));
        let step = num::norm(&[0, 1, 2].map(|i| to[i] - from[i]));
        let before = num::norm(&[0, 1, 2].map(|i| from[i] - begin[i]));
        if aside > STRAIGHT || onward < before {
            return self.begin(from, to, along);
        }
        if let Some(end) = self.pieces.last_chunk_mut::<4>() {
            *end = [to[0], to[1], to[2], along + step].map(cast::px);
        }
        self.straight = Some([begin, unit, to]);
        along + step
    }

    fn begin(&mut self, from: Point, to: Point, along: f64) -> f64 {
        let d = [0, 1, 2].map(|i| to[i] - from[i]);
        let length = num::norm(&d);
        self.straight = (length > 0.0).then(|| [from, d.map(|v| v / length), to]);
        self.add(from, to, along)
    }

    /// Adds a piece that begins so far along its line; tells how far along it ends.
    pub fn add(&mut self, from: Point, to: Point, along: f64) -> f64 {
        let d = [0, 1, 2].map(|i| to[i] - from[i]);
        let end = along + (d[0] * d[0] + d[1] * d[1] + d[2] * d[2]).sqrt();
        self.pieces.extend([from[0], from[1], from[2], along, to[0], to[1], to[2], end].map(cast::px));
        end
    }
}

/// The level lines of a surface at their heights, level after level, and which pieces are of which.
#[must_use]
pub fn contours(
    contours: &Contours,
    block: &Block,
    height: impl Fn(f64) -> Option<f64>,
) -> (Lines, Vec<Range<usize>>) {
    let mut lines = Lines::default();
    let mut ranges = Vec::new();
    // On a stage of the base's own size: pixels are then places.
    let [x, y] = block.half;
    let port = Viewport { view: block.view, width_px: 2.0 * x, height_px: 2.0 * y };
    for (level, value) in contours.levels.iter().enumerate() {
        let start = lines.len();
        let z = height(*value).unwrap_or(0.0);
        let place = |p: &[f32; 2]| [f64::from(p[0]) - x, y - f64::from(p[1]), z];
        for line in contours.polylines(&port, level..level + 1).lines() {
            lines.stop();
            for pair in line.windows(2) {
                lines.go_on(place(&pair[0]), place(&pair[1]), 0.0);
            }
        }
        ranges.push(start..lines.len());
    }
    (lines, ranges)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A quarter of a circle in a thousand pieces.
    fn arc(lines: &mut Lines) -> f64 {
        let at = |k: i32| {
            let angle = f64::from(k) / 1000.0 * std::f64::consts::FRAC_PI_2;
            [num::cos(angle), num::sin(angle), 0.0]
        };
        (0..1000).fold(0.0, |along, k| lines.go_on(at(k), at(k + 1), along))
    }

    #[test]
    fn pieces_that_go_straight_on_are_one_and_stay_near_the_line() {
        let mut lines = Lines::default();
        let length = arc(&mut lines);
        assert!((length - std::f64::consts::FRAC_PI_2).abs() < 1e-3);
        assert!((5..60).contains(&lines.len()), "{}", lines.len());
        for piece in lines.pieces.chunks_exact(PIECE) {
            let middle = [0, 1].map(|i| 0.5 * f64::from(piece[i] + piece[i + 4]));
            assert!((num::norm(&middle) - 1.0).abs() < 2.5 * STRAIGHT);
        }
        // Each begins where the one before ends, also along the line.
        for pair in lines.pieces.windows(2 * PIECE).step_by(PIECE) {
            assert_eq!(pair[4..8], pair[8..12]);
        }
    }

    #[test]
    fn what_goes_back_or_was_stopped_is_another_piece() {
        let mut lines = Lines::default();
        let [a, b] = [[0.0; 3], [1.0, 0.0, 0.0]];
        lines.go_on(a, b, 0.0);
        lines.go_on(b, a, 1.0);
        assert_eq!(lines.len(), 2);
        lines.stop();
        lines.go_on(a, [-1.0, 0.0, 0.0], 2.0);
        assert_eq!(lines.len(), 3);
    }
}
