//! Which part of the plane the stage shows, and where on it a point stands.

use super::cast;
use super::painter::Rect;
use super::ticks;
use crate::math::num;
use crate::surface::View;

/// The smallest span against the largest coordinate in view: closer, neighbouring pixels would share their floats.
const CLOSEST: f64 = 1e-9;
/// The smallest span near the origin: with some room for the rounding to pixels, which must not bring a view below what
/// links hold.
const CLOSEST_AT_ZERO: f64 = 2.0 * View::CLOSEST;
/// The largest span, and twice as far as the centre goes: so that all edges are within what links hold, rounded as well.
const FURTHEST: f64 = 0.99 * View::FARTHEST;
/// About how far labels on an axis stand apart.
const TICK_PX: f64 = 90.0;

/// A part of the plane on a stage of this size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// The part of the plane.
    pub view: View,
    /// Width of the stage.
    pub width_px: f64,
    /// Height of the stage.
    pub height_px: f64,
}

/// A labelled position on an edge of the stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// The coordinate.
    pub value: f64,
    /// Where it stands along the edge.
    pub at_px: f64,
    /// What is written there.
    pub label: String,
}

impl Viewport {
    /// The rectangle stretched over the stage.
    #[must_use]
    pub fn stretched(view: View, width_px: f64, height_px: f64) -> Self {
        Self { view, width_px: width_px.max(1.0), height_px: height_px.max(1.0) }
    }

    /// The smallest part of the plane that holds the rectangle in its middle and has the same scale on both axes, so that
    /// gradients stand at right angles to contours.
    #[must_use]
    pub fn fitted(view: View, width_px: f64, height_px: f64) -> Self {
        let whole = Self::stretched(view, width_px, height_px);
        let plot_per_px = whole.span_x() / whole.width_px;
        let plot_per_px = plot_per_px.max(whole.span_y() / whole.height_px);
        let [x, y] = whole.centre();
        whole.around([x, y], [plot_per_px * whole.width_px, plot_per_px * whole.height_px])
    }

    /// The same part of the plane about the same centre and at the same horizontal scale, on a stage of another size.
    #[must_use]
    pub fn resized(&self, width_px: f64, height_px: f64) -> Self {
        let next = Self::stretched(self.view, width_px, height_px);
        next.around(
            self.centre(),
            [self.span_x() * next.width_px / self.width_px, self.span_y() * next.height_px / self.height_px],
        )
    }

    /// Zoomed so that the point under this pixel stays there; a factor above 1 shows more detail. Stops at the limits.
    #[must_use]
    pub fn zoomed(&self, factor: f64, at_px: [f64; 2]) -> Self {
        if !(factor.is_finite() && factor > 0.0 && at_px.iter().all(|v| v.is_finite())) {
            return *self;
        }
        let View { x, y } = self.view;
        let largest = x.0.abs().max(x.1.abs()).max(y.0.abs()).max(y.1.abs());
        let smallest_span = self.span_x().min(self.span_y());
        let largest_span = self.span_x().max(self.span_y());
        let floor = (CLOSEST * largest).max(CLOSEST_AT_ZERO).min(smallest_span);
        let most = smallest_span / floor;
        let least = largest_span / FURTHEST;
        let shrink = 1.0 / num::clamp(factor, least, most);
        let [px, py] = at_px;
        let [x, y] = self.plot_from_px(at_px);
        let (span_x, span_y) = (self.span_x() * shrink, self.span_y() * shrink);
        let left = x - span_x * (px / self.width_px);
        let top = y + span_y * (py / self.height_px);
        self.around([left + 0.5 * span_x, top - 0.5 * span_y], [span_x, span_y])
    }

    /// Moved with the content: a pointer dragged by this many pixels keeps its point.
    #[must_use]
    pub fn panned(&self, by_px: [f64; 2]) -> Self {
        if !by_px.iter().all(|v| v.is_finite()) {
            return *self;
        }
        let [x, y] = self.centre();
        self.around(
            [x - by_px[0] * self.span_x() / self.width_px, y + by_px[1] * self.span_y() / self.height_px],
            [self.span_x(), self.span_y()],
        )
    }

    fn around(&self, [x, y]: [f64; 2], [span_x, span_y]: [f64; 2]) -> Self {
        let x = num::clamp(x, -0.5 * FURTHEST, 0.5 * FURTHEST);
        let y = num::clamp(y, -0.5 * FURTHEST, 0.5 * FURTHEST);
        Self {
            view: View { x: (x - 0.5 * span_x, x + 0.5 * span_x), y: (y - 0.5 * span_y, y + 0.5 * span_y) },
            ..*self
        }
    }

    fn span_x(&self) -> f64 {
        self.view.x.1 - self.view.x.0
    }

    fn span_y(&self) -> f64 {
        self.view.y.1 - self.view.y.0
    }

    /// The point in the middle of the stage.
    #[must_use]
    pub fn centre(&self) -> [f64; 2] {
        let View { x, y } = self.view;
        [x.0 + 0.5 * (x.1 - x.0), y.0 + 0.5 * (y.1 - y.0)]
    }

    /// The length in the plane of a pixel, across and down.
    #[must_use]
    pub fn plot_per_px(&self) -> [f64; 2] {
        [self.span_x() / self.width_px, self.span_y() / self.height_px]
    }

    /// Where a point of the plane stands on the stage.
    #[must_use]
    pub fn px_from_plot(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [
            (x - self.view.x.0) / self.span_x() * self.width_px,
            (self.view.y.1 - y) / self.span_y() * self.height_px,
        ]
    }

    /// The point of the plane under a pixel.
    #[must_use]
    pub fn plot_from_px(&self, [px, py]: [f64; 2]) -> [f64; 2] {
        [
            self.view.x.0 + px / self.width_px * self.span_x(),
            self.view.y.1 - py / self.height_px * self.span_y(),
        ]
    }

    /// The stage.
    #[must_use]
    pub const fn rect(&self) -> Rect {
        Rect { left: 0.0, top: 0.0, width: self.width_px, height: self.height_px }
    }

    /// Round coordinates along the lower edge.
    #[must_use]
    pub fn x_ticks(&self) -> Vec<Tick> {
        let (lo, hi) = self.view.x;
        self.ticks(lo, hi, self.width_px, |value| self.px_from_plot([value, 0.0])[0])
    }

    /// Round coordinates along the left edge.
    #[must_use]
    pub fn y_ticks(&self) -> Vec<Tick> {
        let (lo, hi) = self.view.y;
        self.ticks(lo, hi, self.height_px, |value| self.px_from_plot([0.0, value])[1])
    }

    #[expect(clippy::unused_self, reason = "reads better at its two calls")]
    fn ticks(&self, lo: f64, hi: f64, length_px: f64, at_px: impl Fn(f64) -> f64) -> Vec<Tick> {
        ticks::marks(lo, hi, cast::index(length_px / TICK_PX).max(2))
            .into_iter()
            .map(|mark| Tick { value: mark.value, at_px: at_px(mark.value), label: mark.label })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: View = View { x: (-2.0, 2.0), y: (-1.0, 3.0) };

    fn close(a: [f64; 2], b: [f64; 2]) -> bool {
        (a[0] - b[0]).abs() < 1e-9 && (a[1] - b[1]).abs() < 1e-9
    }

    #[test]
    fn pixels_and_points_are_inverse() {
        let port = Viewport::stretched(VIEW, 640.0, 480.0);
        assert_eq!(port.px_from_plot([-2.0, 3.0]), [0.0, 0.0]);
        assert_eq!(port.px_from_plot([2.0, -1.0]), [640.0, 480.0]);
        let px = port.px_from_plot([0.3, 1.7]);
        assert!(close(port.plot_from_px(px), [0.3, 1.7]));
    }

    #[test]
    fn a_fitted_view_holds_the_whole_and_has_one_scale() {
        let port = Viewport::fitted(VIEW, 800.0, 400.0);
        assert_eq!(port.view, View { x: (-4.0, 4.0), y: (-1.0, 3.0) });
        assert_eq!(port.plot_per_px()[0], port.plot_per_px()[1]);
    }

    #[test]
    fn zooming_keeps_the_point_under_the_pointer_and_panning_the_point_dragged() {
        let port = Viewport::fitted(VIEW, 640.0, 480.0);
        let at = [100.0, 70.0];
        let zoomed = port.zoomed(1.7, at);
        assert!(close(zoomed.plot_from_px(at), port.plot_from_px(at)));
        let panned = port.panned([30.0, -12.0]);
        assert!(close(panned.plot_from_px([130.0, 58.0]), port.plot_from_px(at)));
    }

    #[test]
    fn zooming_stops_at_both_ends_and_refuses_nonsense() {
        let mut port = Viewport::fitted(VIEW, 640.0, 480.0);
        for _ in 0..200 {
            port = port.zoomed(3.0, [0.0, 0.0]);
        }
        let [x, _] = port.centre();
        assert!(port.span_y() >= 0.9e-9 * x.abs(), "{}", port.span_y());
        assert!(port.x_ticks().len() >= 2);
        for _ in 0..200 {
            port = port.zoomed(0.3, [320.0, 240.0]);
        }
        assert!(port.span_x() <= 1.01e9);
        for factor in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(port.zoomed(factor, [0.0, 0.0]), port);
        }
        assert_eq!(port.panned([f64::NAN, 0.0]), port);
    }

    #[test]
    fn however_far_one_zooms_links_can_hold_the_view() {
        for centre in [0.0, 1e-6, 1.0, 12_345.678, 4e8] {
            let view = View { x: (centre - 1.0, centre + 1.0), y: (-1.0, 1.0) };
            for factor in [2.0, 0.5] {
                let mut port = Viewport::fitted(view, 1366.0, 300.0);
                for _ in 0..200 {
                    port = port.zoomed(factor, [683.0, 150.0]);
                    assert!(port.view.is_showable(), "{centre} {factor}: {:?}", port.view);
                }
            }
        }
    }

    #[test]
    fn ticks_stand_on_the_stage() {
        let port = Viewport::fitted(VIEW, 640.0, 480.0);
        let ticks = port.x_ticks();
        assert!(ticks.len() >= 3);
        assert!(ticks.iter().all(|t| (0.0..=640.0).contains(&t.at_px)));
        assert_eq!(port.px_from_plot([ticks[1].value, 0.0])[0], ticks[1].at_px);
    }
}
