//! The layers of the stage besides field and paths: contours, axes, and the marks for minima, starts, positions and
//! divergence. Each is a function that draws with a [`Painter`].

use super::cast;
use super::contour::Contours;
use super::painter::{Align, Painter, PointPx, Polylines, Rect, Stroke, TextStyle};
use super::style::{Rgba, RunStyle, Theme};
use super::viewport::Viewport;
use crate::math::num;

const CONTOUR_WIDTH_PX: f64 = 0.8;
const CONTOUR_ON_DARK: Rgba = Rgba::hex(0xff_ff_ff).with_alpha(84);
const CONTOUR_ON_LIGHT: Rgba = Rgba::hex(0x00_00_00).with_alpha(60);
const TICK_PX: f64 = 5.0;
const LABEL_PX: f64 = 11.0;
/// Labels nearer than this to an end of their edge would run into the corner or off the stage.
const CORNER_PX: f64 = 22.0;
const CROSS_PX: f64 = 5.5;
const MARKER_RADIUS_PX: f64 = 7.0;
const MARKER_HALO_PX: f64 = 1.5;

/// The colour of one of so many level lines: as [`contours`] has them.
#[must_use]
pub const fn contour_color(level: usize, count: usize) -> Rgba {
    if level < count * 3 / 5 { CONTOUR_ON_DARK } else { CONTOUR_ON_LIGHT }
}

/// Draws level lines: light ones on the dark colours of the map, dark ones on the light. The maps are the same in both
/// themes, and so are the lines.
pub fn contours(painter: &mut dyn Painter, contours: &Contours, port: &Viewport) {
    let count = contours.levels.len();
    let dark = count * 3 / 5;
    for (levels, color) in [(0..dark, CONTOUR_ON_DARK), (dark..count, CONTOUR_ON_LIGHT)] {
        painter.stroke(&contours.polylines(port, levels), &Stroke::solid(color, CONTOUR_WIDTH_PX));
    }
}

/// Draws ticks with their numbers along the lower and the left edge, inside the stage.
pub fn axes(painter: &mut dyn Painter, port: &Viewport, theme: Theme) {
    let mut style = TextStyle {
        color: theme.text(),
        size_px: LABEL_PX,
        across: Align::Middle,
        down: Align::End,
        halo: Some(theme.halo()),
    };
    let mut ticks = Polylines::default();
    for tick in port.x_ticks() {
        // Half of a label, as wide as figures are.
        let half_px = 0.3 * LABEL_PX * cast::float(tick.label.chars().count());
        let corner_px = CORNER_PX.max(half_px + 2.0);
        if (corner_px..=port.width_px - corner_px).contains(&tick.at_px) {
            let at = |up_px: f64| [cast::px(tick.at_px), cast::px(port.height_px - up_px)];
            ticks.begin(at(0.0));
            ticks.push(at(TICK_PX));
            painter.text(at(TICK_PX + 4.0), &tick.label, &style);
        }
    }
    style.across = Align::Start;
    style.down = Align::Middle;
    for tick in port.y_ticks() {
        let inside = CORNER_PX..=port.height_px - CORNER_PX;
        if inside.contains(&tick.at_px) {
            let at = |in_px: f64| [cast::px(in_px), cast::px(tick.at_px)];
            ticks.begin(at(0.0));
            ticks.push(at(TICK_PX));
            painter.text(at(TICK_PX + 4.0), &tick.label, &style);
        }
    }
    haloed(painter, &ticks, theme.text(), 1.0, theme);
}

/// Marks the minima with ✕.
pub fn minima(painter: &mut dyn Painter, minima: &[[f64; 2]], port: &Viewport, theme: Theme) {
    for point in minima {
        if let Some(at) = in_sight(port, *point) {
            minimum_at(painter, at, theme);
        }
    }
}

/// Marks a minimum at a pixel.
pub fn minimum_at(painter: &mut dyn Painter, at: PointPx, theme: Theme) {
    cross(painter, at, CROSS_PX, theme.text(), 2.0, theme);
}

/// Marks where all runs start: ◎.
pub fn start_pin(painter: &mut dyn Painter, start: [f64; 2], port: &Viewport, theme: Theme) {
    if let Some(at) = in_sight(port, start) {
        start_at(painter, at, theme);
    }
}

/// The same at a pixel.
pub fn start_at(painter: &mut dyn Painter, at: PointPx, theme: Theme) {
    painter.ring(at, 7.5, theme.halo(), 5.0);
    painter.ring(at, 7.5, theme.text(), 2.0);
    painter.disc(at, 3.5, theme.halo());
    painter.disc(at, 2.25, theme.text());
}

/// Marks where a run is now with its marker, ringed if it is the one in focus; at the edge and smaller, with an arrow outward,
/// where it has left the stage.
pub fn position(
    painter: &mut dyn Painter,
    point: [f64; 2],
    port: &Viewport,
    style: &RunStyle,
    theme: Theme,
    focused: bool,
) {
    let color = style.color(theme);
    let halo = (theme.halo(), MARKER_HALO_PX);
    if let Some(at) = in_sight(port, point) {
        return position_at(painter, at, style, theme, focused);
    }
    let Some((edge, outward)) = edge_towards(port, point) else {
        return;
    };
    let back = |px: f64| [edge[0] - cast::px(px * outward[0]), edge[1] - cast::px(px * outward[1])];
    style.marker.paint(painter, back(20.0), 5.0, color, halo);
    let arrow = Arrow { from: back(12.0), to: back(2.0), color, width_px: 2.5 };
    arrow.paint(painter, theme);
}

/// The same at a pixel of the stage.
pub fn position_at(painter: &mut dyn Painter, at: PointPx, style: &RunStyle, theme: Theme, focused: bool) {
    if focused {
        painter.ring(at, MARKER_RADIUS_PX + 5.5, theme.halo(), 4.0);
        painter.ring(at, MARKER_RADIUS_PX + 5.5, theme.text(), 2.0);
    }
    let halo = (theme.halo(), MARKER_HALO_PX);
    style.marker.paint(painter, at, MARKER_RADIUS_PX, style.color(theme), halo);
}

/// Where [`position`] draws a point, about: the point itself, or a place near the edge for one beyond it. What is drawn
/// lies within [`POSITION_REACH_PX`] of it.
#[must_use]
pub fn position_px(port: &Viewport, point: [f64; 2]) -> Option<PointPx> {
    in_sight(port, point).or_else(|| {
        let (edge, outward) = edge_towards(port, point)?;
        Some([0, 1].map(|i| edge[i] - cast::px(12.0 * outward[i])))
    })
}

/// How far from its place a position's picture reaches.
pub const POSITION_REACH_PX: f64 = 20.0;

/// Marks where a run left the finite numbers, or was last in sight before: a ✕ in its colour within a ring.
pub fn diverged(painter: &mut dyn Painter, at: PointPx, port: &Viewport, style: &RunStyle, theme: Theme) {
    let inset = 10.0;
    let at = [
        cast::px(num::clamp(f64::from(at[0]), inset, (port.width_px - inset).max(inset))),
        cast::px(num::clamp(f64::from(at[1]), inset, (port.height_px - inset).max(inset))),
    ];
    painter.disc(at, 9.0, theme.halo());
    painter.ring(at, 8.0, style.color(theme), 1.5);
    cross(painter, at, 3.5, style.color(theme), 2.5, theme);
}

/// A ✕ with a halo.
pub fn cross(
    painter: &mut dyn Painter,
    [x, y]: PointPx,
    arm_px: f64,
    color: Rgba,
    width_px: f64,
    theme: Theme,
) {
    let r = cast::px(arm_px);
    let lines = Polylines {
        points: vec![[x - r, y - r], [x + r, y + r], [x - r, y + r], [x + r, y - r]],
        starts: vec![0, 2],
    };
    haloed(painter, &lines, color, width_px, theme);
}

/// An arrow on the stage, for gradients, momenta and steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrow {
    /// Its tail.
    pub from: PointPx,
    /// Its tip.
    pub to: PointPx,
    /// Its colour.
    pub color: Rgba,
    /// The width of its shaft.
    pub width_px: f64,
}

impl Arrow {
    /// Draws it with a halo; nothing if it is shorter than two pixels.
    pub fn paint(&self, painter: &mut dyn Painter, theme: Theme) {
        let [x, y] = self.from.map(f64::from);
        let d = [f64::from(self.to[0]) - x, f64::from(self.to[1]) - y];
        let length_px = num::norm(&d);
        if !(length_px >= 2.0 && length_px.is_finite()) {
            return;
        }
        let (ux, uy) = (d[0] / length_px, d[1] / length_px);
        let at = |along: f64, aside: f64| {
            [cast::px(x + along * ux - aside * uy), cast::px(y + along * uy + aside * ux)]
        };
        // Short arrows have short heads, so that their length can still be read.
        let head = (3.2 * self.width_px).min(0.6 * length_px);
        let half = 0.55 * head;
        let shaft = Polylines::line(&[at(0.0, 0.0), at(length_px - head, 0.0)]);
        let tip = [at(length_px, 0.0), at(length_px - head, half), at(length_px - head, -half)];
        let mut outline = Polylines::line(&tip);
        outline.points.extend_from_slice(&tip[..2]);
        let halo = Stroke { round: true, ..Stroke::solid(theme.halo(), 2.0) };
        painter.stroke(&outline, &halo);
        haloed(painter, &shaft, self.color, self.width_px, theme);
        painter.fill(&tip, self.color);
    }
}

fn haloed(painter: &mut dyn Painter, lines: &Polylines, color: Rgba, width_px: f64, theme: Theme) {
    let mut stroke = Stroke::solid(theme.halo(), width_px + 2.0);
    stroke.round = true;
    painter.stroke(lines, &stroke);
    painter.stroke(lines, &Stroke::solid(color, width_px));
}

/// Where on the stage the point stands, if it is on it.
fn in_sight(port: &Viewport, point: [f64; 2]) -> Option<PointPx> {
    let px = port.px_from_plot(point);
    port.view.contains(point).then(|| px.map(cast::px))
}

/// Where the line from the middle of the stage to a point beyond it meets the edge, and its direction.
fn edge_towards(port: &Viewport, point: [f64; 2]) -> Option<(PointPx, [f64; 2])> {
    let Rect { width, height, .. } = port.rect();
    let middle = [0.5 * width, 0.5 * height];
    let px = port.px_from_plot(point);
    let [_, edge] = super::clip::clip(middle, px, &port.rect())?;
    let d = [edge[0] - middle[0], edge[1] - middle[1]];
    let length = num::norm(&d);
    (length > 0.0).then(|| (edge.map(cast::px), [d[0] / length, d[1] / length]))
}
