//! Lines as pieces that a graphics processor widens: both ends of each, with how far along the line they stand.

use super::super::cast;
use super::super::contour::Contours;
use super::super::viewport::Viewport;
use super::Point;
use super::block::Block;
use std::ops::Range;

/// How many numbers a piece has.
pub const PIECE: usize = 8;

/// Lines in the block, in pieces.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// [`PIECE`] numbers each: from where, how far along; to where, how far along.
    pub pieces: Vec<f32>,
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
            for pair in line.windows(2) {
                lines.add(place(&pair[0]), place(&pair[1]), 0.0);
            }
        }
        ranges.push(start..lines.len());
    }
    (lines, ranges)
}
