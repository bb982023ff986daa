//! The picture of a [`Slice`]: f along the line, the quadratic model, the point, the step, what was tried, the lowest level.

mod heights;

pub use heights::Heights;

use super::cast;
use super::clip::clip;
use super::painter::{Align, Painter, PointPx, Polylines, Rect, Stroke, TextStyle};
use super::style::{Rgba, RunStyle, Theme};
use super::ticks;
use crate::math::num;
use crate::objective::Objective;
use crate::run::slice::{Mark, Slice};

const LEFT_PX: f64 = 52.0;
const TOP_PX: f64 = 32.0;
const RIGHT_PX: f64 = 16.0;
const BOTTOM_PX: f64 = 26.0;
const LABEL_PX: f64 = 11.0;
const TICK_PX: f64 = 4.0;
const LINE_PX: f64 = 2.0;
/// Pixels between two samples of the curve.
const EVERY_PX: f64 = 1.5;
/// Marks this near to each other are one, and names this near run into each other.
const SAME_PX: f32 = 2.0;
const NAMES_PX: f32 = 44.0;
/// Nearer to the line than this part of its length, a step is on it.
const ON_LINE: f64 = 1e-6;

/// What a slice is drawn from.
pub struct SlicePicture<'a> {
    /// The line and what is on it.
    pub slice: &'a Slice,
    /// The function.
    pub objective: &'a dyn Objective,
    /// The part of the line that is shown.
    pub range: (f64, f64),
    /// How many times closer that is than what fits: the further one looks along the line, the further up.
    pub zoom: f64,
    /// How the run looks.
    pub style: RunStyle,
    /// The colours.
    pub theme: Theme,
}

/// A drawn slice: where things stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SliceFrame {
    /// The rectangle of the curves, in CSS pixels.
    pub plot: Rect,
    /// The part of the line.
    pub range: (f64, f64),
    /// The vertical axis.
    pub heights: Heights,
}

impl SliceFrame {
    /// Where a place of the line stands horizontally.
    #[must_use]
    pub fn px_from_at(&self, at: f64) -> f64 {
        self.plot.left + (at - self.range.0) / (self.range.1 - self.range.0) * self.plot.width
    }

    /// The place of the line at a pixel.
    #[must_use]
    pub fn at_from_px(&self, px: f64) -> f64 {
        self.range.0 + (px - self.plot.left) / self.plot.width * (self.range.1 - self.range.0)
    }

    /// Where a value stands vertically, beyond the plot where it is beyond the axis.
    fn px(&self, at: f64, value: f64) -> Option<[f64; 2]> {
        let place = num::clamp(self.heights.place(value)?, -1e4, 1e4);
        let x = num::clamp(self.px_from_at(at), -1e5, 1e5);
        Some([x, self.plot.bottom() - place * self.plot.height])
    }

    /// The same held within the plot; and whether it was within it.
    fn held(&self, at: f64, value: f64) -> Option<(PointPx, bool)> {
        let [x, y] = self
            .px(at, if value.is_finite() { value } else { f64::MAX })
            .unwrap_or([self.px_from_at(at), self.plot.top]);
        let Rect { left, top, .. } = self.plot;
        let is_across = x >= left - 0.5 && x <= self.plot.right() + 0.5;
        let held = num::clamp(y, top, self.plot.bottom());
        is_across.then(|| ([x, held].map(cast::px), held == y))
    }
}

impl SlicePicture<'_> {
    /// Draws it over a rectangle of this size, from its upper left corner.
    pub fn paint(&self, painter: &mut dyn Painter, (width_px, height_px): (f64, f64)) -> SliceFrame {
        let plot = Rect {
            left: LEFT_PX,
            top: TOP_PX,
            width: (width_px - LEFT_PX - RIGHT_PX).max(1.0),
            height: (height_px - TOP_PX - BOTTOM_PX).max(1.0),
        };
        let slice = self.slice;
        let count = cast::id(cast::index(plot.width / EVERY_PX)).max(2);
        let curve = slice.sample(self.objective, self.range, count);
        let seen = |m: &&Mark| (self.range.0..=self.range.1).contains(&m.at);
        let marks = slice.trials.iter().chain([&slice.step]).filter(seen).map(|m| m.value);
        let marked: Vec<f64> = marks.chain([slice.value]).collect();
        let lowest = self.objective.known_minimum();
        let frame =
            SliceFrame { plot, range: self.range, heights: Heights::of(&curve, &marked, lowest, self.zoom) };
        let corners = [[0.0, 0.0], [width_px, 0.0], [width_px, height_px], [0.0, height_px]];
        painter.fill(&corners.map(|p| p.map(cast::px)), self.theme.background());
        self.axes(painter, &frame);
        if let Some(lowest) = lowest {
            self.lowest(painter, &frame, lowest);
        }
        let model: Vec<(f64, f64)> =
            curve.iter().filter_map(|(at, _)| Some((*at, slice.model_at(*at)?))).collect();
        let dashed = Stroke { dash_px: &[5.0, 4.0], ..Stroke::solid(self.theme.muted(), 1.5) };
        painter.stroke(&lines(&frame, &model), &dashed);
        painter.stroke(&lines(&frame, &curve), &Stroke::solid(self.color(), LINE_PX));
        self.marks(painter, &frame);
        let text = self.text(12.0, self.theme.text(), Align::Start, Align::Start);
        let title = if frame.heights.log_above.is_some() { "f − minimum" } else { "f" };
        let model = if model.is_empty() { "" } else { "  - - quadratic model" };
        painter.text([8.0, 9.0], &format!("—— {title}{model}"), &text);
        frame
    }

    fn color(&self) -> Rgba {
        self.style.chart_color(self.theme)
    }

    fn text(&self, size_px: f64, color: Rgba, across: Align, down: Align) -> TextStyle {
        TextStyle { color, size_px, across, down, halo: Some(self.theme.background()) }
    }

    fn axes(&self, painter: &mut dyn Painter, frame: &SliceFrame) {
        let SliceFrame { plot, range, heights } = frame;
        let grid = Stroke::solid(self.theme.grid(), 1.0);
        let axis = Stroke::solid(self.theme.axis(), 1.0);
        let line = |from: [f64; 2], to: [f64; 2]| Polylines::line(&[from.map(cast::px), to.map(cast::px)]);
        let label = self.text(LABEL_PX, self.theme.muted(), Align::End, Align::Middle);
        for tick in heights.ticks(cast::index(plot.height / 28.0).max(2)) {
            let part = (tick.value - heights.ends.0) / (heights.ends.1 - heights.ends.0);
            let y = (plot.bottom() - part * plot.height).round() + 0.5;
            painter.stroke(&line([plot.left, y], [plot.right(), y]), &grid);
            painter.text([cast::px(plot.left - 2.0 * TICK_PX), cast::px(y)], &tick.label, &label);
        }
        let label = self.text(LABEL_PX, self.theme.muted(), Align::Middle, Align::Start);
        for tick in ticks::marks(range.0, range.1, cast::index(plot.width / 72.0).max(2)) {
            let x = frame.px_from_at(tick.value).round() + 0.5;
            painter.stroke(&line([x, plot.bottom()], [x, plot.bottom() + TICK_PX]), &axis);
            painter.text([cast::px(x), cast::px(plot.bottom() + TICK_PX + 4.0)], &tick.label, &label);
        }
        let [x, y] = [plot.left.round() + 0.5, plot.bottom().round() + 0.5];
        painter.stroke(&line([x, plot.top], [x, y]), &axis);
        painter.stroke(&line([x, y], [plot.right(), y]), &axis);
    }

    fn lowest(&self, painter: &mut dyn Painter, frame: &SliceFrame, lowest: f64) {
        let plot = frame.plot;
        if let Some([_, y]) =
            frame.px(frame.range.0, lowest).filter(|p| p[1] >= plot.top && p[1] <= plot.bottom())
        {
            let line = Polylines::line(&[[plot.left, y], [plot.right(), y]].map(|p| p.map(cast::px)));
            painter.stroke(&line, &Stroke { dash_px: &[2.0, 3.0], ..Stroke::solid(self.theme.axis(), 1.0) });
            let text = self.text(LABEL_PX, self.theme.muted(), Align::End, Align::End);
            painter.text([plot.right(), y - 3.0].map(cast::px), "known minimum", &text);
        }
    }

    fn marks(&self, painter: &mut dyn Painter, frame: &SliceFrame) {
        let (slice, color) = (self.slice, self.color());
        let now = frame.held(0.0, slice.value);
        let step = frame.held(slice.step.at, slice.step.value);
        let mut taken = None;
        for (i, trial) in (1..).zip(&slice.trials) {
            let Some((at, inside)) = frame.held(trial.at, trial.value) else {
                continue;
            };
            painter.disc(at, 4.5, self.theme.background());
            painter.ring(at, 3.75, color, 1.5);
            if step.is_some_and(|(step, _)| apart(step, at).iter().all(|d| *d < SAME_PX)) {
                taken = Some(i);
            } else if slice.trials.len() > 1 || !inside {
                let beyond = if inside { "" } else { " ↑" };
                let text = self.text(LABEL_PX, self.theme.text(), Align::Start, Align::End);
                painter.text([at[0] + 5.0, at[1] - 5.0], &format!("{i}{beyond}"), &text);
            }
        }
        // Names that would run into each other go to either side.
        let sides = match (now, step) {
            (Some((now, _)), Some((step, _))) if apart(now, step)[0] < NAMES_PX => {
                if now[0] <= step[0] {
                    [-1.0, 1.0]
                } else {
                    [1.0, -1.0]
                }
            }
            _ => [0.0; 2],
        };
        if let Some((at, inside)) = step {
            let foot = frame.held(slice.step.at, slice.value_at(self.objective, slice.step.at));
            if let Some((foot, _)) = foot.filter(|_| slice.step.off > ON_LINE * slice.length) {
                let dotted = Stroke { dash_px: &[2.0, 3.0], ..Stroke::solid(color, 1.5) };
                painter.stroke(&Polylines::line(&[at, foot]), &dotted);
            }
            self.style.marker.paint(painter, at, 5.5, color, (self.theme.background(), 1.5));
            let number =
                taken.filter(|_| slice.trials.len() > 1).map_or(String::new(), |i| format!(" ({i})"));
            let beyond = if inside { "" } else { " ↑" };
            self.name(painter, at, &format!("step{number}{beyond}"), sides[1], frame);
        }
        if let Some((at, _)) = now {
            painter.disc(at, 6.5, self.theme.background());
            painter.disc(at, 5.0, color);
            painter.ring(at, 5.5, self.theme.text(), 1.5);
            self.name(painter, at, "now", sides[0], frame);
        }
    }

    fn name(&self, painter: &mut dyn Painter, at: PointPx, name: &str, side: f32, frame: &SliceFrame) {
        let is_low = f64::from(at[1]) > frame.plot.bottom() - 18.0;
        let (down, by) = if is_low { (Align::End, -9.0) } else { (Align::Start, 9.0) };
        let across = match side {
            s if s < 0.0 => Align::End,
            s if s > 0.0 => Align::Start,
            _ => Align::Middle,
        };
        let text = self.text(12.0, self.theme.text(), across, down);
        painter.text([at[0] + 3.0 * side, at[1] + by], name, &text);
    }
}

/// Draws the line of a slice across the stage; gives where its point stands there.
#[cfg(feature = "lab")]
pub fn paint_line(
    painter: &mut dyn Painter,
    slice: &Slice,
    port: &super::Viewport,
    style: &RunStyle,
    theme: Theme,
) -> Option<[f64; 2]> {
    let (&[x, y], &[dx, dy]) = (&slice.from[..], &slice.along[..]) else {
        return None;
    };
    let from = port.px_from_plot([x, y]);
    // The same scale on both axes, and y upwards.
    let edge = (port.width_px + port.height_px + num::norm(&from)).min(1e5);
    let at = |by: f64| [from[0] + by * dx, from[1] - by * dy].map(cast::px);
    let line = Polylines::line(&[at(-edge), at(edge)]);
    painter.stroke(&line, &Stroke::solid(theme.halo(), 3.5));
    painter.stroke(&line, &Stroke { dash_px: &[7.0, 4.0], ..Stroke::solid(style.color(theme), 1.75) });
    Some(from)
}

/// How far two points are apart, across and down.
fn apart(a: PointPx, b: PointPx) -> [f32; 2] {
    [(a[0] - b[0]).abs(), (a[1] - b[1]).abs()]
}

/// Lines through these points, cut to the plot; a gap where there is no place for a value.
fn lines(frame: &SliceFrame, points: &[(f64, f64)]) -> Polylines {
    let mut lines = Polylines::default();
    let rect = frame.plot.grown(0.5);
    let mut end = None;
    for pair in points.windows(2) {
        let [Some(a), Some(b)] = [pair[0], pair[1]].map(|(at, v)| frame.px(at, v)) else {
            continue;
        };
        let Some([a, b]) = clip(a, b, &rect) else {
            continue;
        };
        if end != Some(a) {
            lines.begin(a.map(cast::px));
        }
        lines.push(b.map(cast::px));
        end = Some(b);
    }
    lines
}
