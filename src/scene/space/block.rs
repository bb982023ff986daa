//! The block that holds the surface.

use super::super::painter::Rect;
use super::Point;
use crate::surface::View;

/// The height of the highest value, and of the floor; the lowest value stands at 0.
pub const TOP: f64 = 0.82;
/// See [`TOP`].
pub const FLOOR: f64 = -0.3;
/// How much longer one side of the block may be than the other.
const LONGEST: f64 = 2.2;

/// A part of the plane as the base of a block. Its longer side reaches from −1 to 1; both have one scale, unless one would be
/// too short to see.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    /// The part of the plane.
    pub view: View,
    /// Half of its sides.
    pub half: [f64; 2],
}

impl Block {
    /// The block over this part of the plane.
    #[must_use]
    pub fn over(view: View) -> Self {
        let (width, depth) = (view.x.1 - view.x.0, view.y.1 - view.y.0);
        let half = if width >= depth {
            [1.0, (depth / width).max(1.0 / LONGEST)]
        } else {
            [(width / depth).max(1.0 / LONGEST), 1.0]
        };
        Self { view, half }
    }

    /// Where over the floor a point of the plane stands.
    #[must_use]
    pub fn from_plot(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let View { x: (left, right), y: (low, high) } = self.view;
        let part = |v: f64, from: f64, to: f64, half: f64| ((v - from) / (to - from) * 2.0 - 1.0) * half;
        [part(x, left, right, self.half[0]), part(y, low, high, self.half[1])]
    }

    /// The base.
    #[must_use]
    pub fn base(&self) -> Rect {
        let [x, y] = self.half;
        Rect { left: -x, top: -y, width: 2.0 * x, height: 2.0 * y }
    }

    /// How far its vertical edges are from its axis.
    #[must_use]
    pub fn radius(&self) -> f64 {
        let [x, y] = self.half;
        (x * x + y * y).sqrt()
    }

    /// The middle of its axis.
    #[must_use]
    pub fn middle() -> f64 {
        0.5 * (TOP + FLOOR)
    }

    /// The four corners of its floor, going round.
    #[must_use]
    pub fn floor(&self) -> [Point; 4] {
        let [x, y] = self.half;
        [[-x, -y, FLOOR], [x, -y, FLOOR], [x, y, FLOOR], [-x, y, FLOOR]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_have_one_scale_unless_one_would_vanish() {
        let block = Block::over(View { x: (-2.0, 2.0), y: (-1.0, 2.0) });
        assert_eq!(block.half, [1.0, 0.75]);
        assert_eq!(block.from_plot([-2.0, 2.0]), [-1.0, 0.75]);
        assert_eq!(block.from_plot([0.0, 0.5]), [0.0, 0.0]);
        let thin = Block::over(View { x: (0.0, 1.0), y: (0.0, 100.0) });
        assert!(thin.half[0] > 0.4 && thin.half[1] == 1.0);
    }
}
