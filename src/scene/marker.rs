//! The shapes that tell runs apart where colour cannot.

use super::cast;
use super::painter::{Painter, PointPx, Polylines, Stroke};
use super::style::Rgba;

/// The shape of a run's marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// ●
    Circle,
    /// ▲
    Triangle,
    /// ■
    Square,
    /// ◆
    Diamond,
    /// ✖
    Cross,
    /// ✚
    Plus,
    /// ▼
    InvertedTriangle,
    /// ★
    Star,
}

// Corners for a radius of 1, scaled so that all shapes weigh about the same as the disc.
const TRIANGLE: &[[f64; 2]] = &[[0.0, -1.35], [1.25, 0.85], [-1.25, 0.85]];
const SQUARE: &[[f64; 2]] = &[[-0.92, -0.92], [0.92, -0.92], [0.92, 0.92], [-0.92, 0.92]];
const DIAMOND: &[[f64; 2]] = &[[0.0, -1.35], [1.35, 0.0], [0.0, 1.35], [-1.35, 0.0]];
const PLUS: &[[f64; 2]] = &[
    [-0.42, -1.25],
    [0.42, -1.25],
    [0.42, -0.42],
    [1.25, -0.42],
    [1.25, 0.42],
    [0.42, 0.42],
    [0.42, 1.25],
    [-0.42, 1.25],
    [-0.42, 0.42],
    [-1.25, 0.42],
    [-1.25, -0.42],
    [-0.42, -0.42],
];
const STAR: &[[f64; 2]] = &[
    [0.0, -1.5],
    [0.353, -0.485],
    [1.427, -0.464],
    [0.571, 0.185],
    [0.882, 1.214],
    [0.0, 0.6],
    [-0.882, 1.214],
    [-0.571, 0.185],
    [-1.427, -0.464],
    [-0.353, -0.485],
];

impl Marker {
    /// The character most like it, for lists and menus.
    #[must_use]
    pub const fn glyph(self) -> &'static str {
        match self {
            Self::Circle => "●",
            Self::Triangle => "▲",
            Self::Square => "■",
            Self::Diamond => "◆",
            Self::Cross => "✖",
            Self::Plus => "✚",
            Self::InvertedTriangle => "▼",
            Self::Star => "★",
        }
    }

    /// The corners around a point; none for the circle.
    #[must_use]
    pub fn corners(self, at: PointPx, radius_px: f64) -> Vec<PointPx> {
        // (x, y) → (a x − b y, b x + a y): the cross is the plus turned by 45°, ▼ is ▲ upside down.
        let (shape, a, b): (&[[f64; 2]], f64, f64) = match self {
            Self::Circle => (&[], 1.0, 0.0),
            Self::Triangle => (TRIANGLE, 1.0, 0.0),
            Self::InvertedTriangle => (TRIANGLE, -1.0, 0.0),
            Self::Square => (SQUARE, 1.0, 0.0),
            Self::Diamond => (DIAMOND, 1.0, 0.0),
            Self::Plus => (PLUS, 1.0, 0.0),
            Self::Cross => (PLUS, std::f64::consts::FRAC_1_SQRT_2, std::f64::consts::FRAC_1_SQRT_2),
            Self::Star => (STAR, 1.0, 0.0),
        };
        shape
            .iter()
            .map(|[x, y]| {
                [at[0] + cast::px(radius_px * (a * x - b * y)), at[1] + cast::px(radius_px * (b * x + a * y))]
            })
            .collect()
    }

    /// Draws the marker, with a halo of this width around it if it is not 0.
    pub fn paint(
        self,
        painter: &mut dyn Painter,
        at: PointPx,
        radius_px: f64,
        color: Rgba,
        (halo, halo_px): (Rgba, f64),
    ) {
        if self == Self::Circle {
            if halo_px > 0.0 {
                painter.disc(at, radius_px + halo_px, halo);
            }
            painter.disc(at, radius_px, color);
            return;
        }
        let corners = self.corners(at, radius_px);
        if halo_px > 0.0 {
            // Round the outline once more past its first corner, so that the closing corner is joined as well.
            let mut outline = Polylines::line(&corners);
            outline.points.extend_from_slice(&corners[..2]);
            painter.stroke(&outline, &Stroke { round: true, ..Stroke::solid(halo, 2.0 * halo_px) });
        }
        painter.fill(&corners, color);
    }
}
