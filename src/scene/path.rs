//! The path of a run on the stage: projected, cut to the stage, thinned to the pixel, and appended to as a run plays.

use super::cast;
use super::clip::clip;
use super::painter::{Painter, PointPx, Polylines, Rect, Stroke};
use super::style::{RunStyle, Theme};
use super::viewport::Viewport;
use crate::run::Trace;
use std::ops::Range;

/// A point nearer to the last one drawn is not drawn.
const THIN_PX: f64 = 1.0;
/// Points nearer than this to a straight line are not corners of it.
const STRAIGHT_PX: f32 = 0.2;
/// Beyond the edge of the stage by this much paths go on, so that their cut ends are not seen.
const MARGIN_PX: f64 = 12.0;
/// Markers on a path stand at least this far apart, along it.
const MARK_EVERY_PX: f64 = 64.0;
/// And this far apart as the crow flies, where a path goes to and fro.
const MARK_APART_PX: f64 = 24.0;
/// A marker waits until the path is this far beyond it, so that what is appended does not cover it.
const MARK_WAIT_PX: f64 = 9.0;
/// So much of what was drawn is coloured again when more is appended, where the new halo covers it.
const TAIL_PX: f64 = 5.0;
const WIDTH_PX: f64 = 3.0;
const HALO_PX: f64 = 1.0;
/// Without a halo a line has to be told from the map by its width. Wider ones cost more than they show.
const QUICK_WIDTH_PX: f64 = 2.0;
const MARK_RADIUS_PX: f64 = 3.5;
const FUTURE_WIDTH_PX: f64 = 1.5;
const FUTURE_ALPHA: u8 = 190;

/// How a path is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathLook {
    /// The run's colour, dashes and marker.
    pub style: RunStyle,
    /// What it stands on.
    pub theme: Theme,
    /// Without halo and dashes and with plain corners: for paths that are drawn anew in every frame while something is
    /// dragged, where those would cost most of the frame.
    pub quick: bool,
    /// How many times as thick as usual.
    pub thick: f64,
}

/// Follows the rows of a trace across the stage.
struct Pen<'a> {
    port: &'a Viewport,
    rect: Rect,
    /// The last point that was not thinned away, wherever it is.
    at: [f64; 2],
    /// Whether the latest line ends there.
    down: bool,
    /// Where the latest straight piece of the line begins, and its direction.
    piece: Option<(PointPx, [f32; 2])>,
}

impl<'a> Pen<'a> {
    fn new(port: &'a Viewport, at: [f64; 2]) -> Self {
        Self { port, rect: port.rect().grown(MARGIN_PX), at, down: false, piece: None }
    }

    /// Whether the point is too near to be drawn.
    fn is_near(&self, to: [f64; 2]) -> bool {
        let (dx, dy) = (to[0] - self.at[0], to[1] - self.at[1]);
        // Compared one by one first: the squares of far points overflow.
        dx.abs() < THIN_PX && dy.abs() < THIN_PX && dx * dx + dy * dy < THIN_PX * THIN_PX
    }

    /// Draws to a point; tells how far this went within sight.
    fn line_to(&mut self, to: [f64; 2], lines: &mut Polylines) -> f64 {
        let from = std::mem::replace(&mut self.at, to);
        let is_inside = |p: [f64; 2]| {
            (self.rect.left..self.rect.right()).contains(&p[0])
                && (self.rect.top..self.rect.bottom()).contains(&p[1])
        };
        let cut =
            if is_inside(from) && is_inside(to) { Some([from, to]) } else { clip(from, to, &self.rect) };
        let Some([a, b]) = cut else {
            self.down = false;
            return 0.0;
        };
        if !(self.down && a == from) {
            lines.begin(a.map(cast::px));
            self.piece = None;
        }
        self.down = b == to;
        let [a, b] = [a, b].map(|p| p.map(cast::px));
        self.add(a, b, lines);
        distance(a, b)
    }

    /// Makes the latest line, which ends in `a`, go on to `b`: where it goes straight on, without a corner in `a`.
    fn add(&mut self, a: PointPx, b: PointPx, lines: &mut Polylines) {
        if let (Some((begin, [ux, uy])), Some(last)) = (self.piece, lines.points.last_mut()) {
            let aside = (b[0] - begin[0]) * uy - (b[1] - begin[1]) * ux;
            let onward = (b[0] - a[0]) * ux + (b[1] - a[1]) * uy;
            if aside.abs() < STRAIGHT_PX && onward > 0.0 {
                *last = b;
                return;
            }
        }
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let length = (dx * dx + dy * dy).sqrt();
        self.piece = (length > 0.0).then_some((a, [dx / length, dy / length]));
        lines.push(b);
    }

    fn px(&self, trace: &Trace, row: usize) -> Option<[f64; 2]> {
        trace.point2(row).map(|p| self.port.px_from_plot(p))
    }
}

fn distance(a: PointPx, b: PointPx) -> f64 {
    let (dx, dy) = (f64::from(b[0] - a[0]), f64::from(b[1] - a[1]));
    (dx * dx + dy * dy).sqrt()
}

fn length(line: &[PointPx]) -> f64 {
    line.windows(2).map(|w| distance(w[0], w[1])).sum()
}

/// The lines of some rows of a trace, cut to the stage and thinned to the pixel.
#[must_use]
pub fn project(trace: &Trace, port: &Viewport, rows: Range<usize>) -> Polylines {
    let mut lines = Polylines::default();
    let end = rows.end.min(trace.len());
    let Some(start) = trace.point2(rows.start).filter(|_| rows.start < end) else {
        return lines;
    };
    let mut pen = Pen::new(port, port.px_from_plot(start));
    for row in rows.start + 1..end {
        if let Some(to) = pen.px(trace, row)
            && (row + 1 == end || !pen.is_near(to))
        {
            pen.line_to(to, &mut lines);
        }
    }
    lines
}

/// Draws what is still to come from a row on: thin and faint.
pub fn paint_future(
    painter: &mut dyn Painter,
    trace: &Trace,
    port: &Viewport,
    from_row: usize,
    look: &PathLook,
) {
    let lines = project(trace, port, from_row..trace.len());
    let color = look.style.color(look.theme).with_alpha(FUTURE_ALPHA);
    let width_px = look.thick * if look.quick { 1.0 } else { FUTURE_WIDTH_PX };
    painter.stroke(&lines, &Stroke::solid(color, width_px));
}

/// Remembers how much of a path is on a canvas, so that only new rows are drawn while it plays; dashes and markers go on
/// where they stopped. A new cursor (or one that was reset) goes with an empty canvas: after the trace, the viewport or
/// the theme has changed, or to go back.
#[derive(Clone, Debug, Default)]
pub struct PathCursor {
    row: Option<usize>,
    /// The last few pixels drawn, and how far into the dashes they begin. The last point is the last one in sight.
    tail: Vec<PointPx>,
    tail_offset_px: f64,
    /// Where the last row stands, in sight or not.
    at: [f64; 2],
    since_mark_px: f64,
    last_mark: Option<PointPx>,
    waiting_mark: Option<PointPx>,
    lines: Polylines,
    marks: Vec<PointPx>,
}

impl PathCursor {
    /// The last row that was drawn.
    #[must_use]
    pub fn row(&self) -> Option<usize> {
        self.row
    }

    /// The last point that was drawn within sight: where a path that left the stage did so.
    #[must_use]
    pub fn last_in_sight_px(&self) -> Option<PointPx> {
        self.tail.last().copied()
    }

    /// Forgets what was drawn.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Draws the rows after the last one drawn, up to this one; nothing, and `false`, where that would mean going back.
    pub fn paint_to(
        &mut self,
        painter: &mut dyn Painter,
        trace: &Trace,
        port: &Viewport,
        to_row: usize,
        look: &PathLook,
    ) -> bool {
        let to_row = to_row.min(trace.last());
        if self.row.is_some_and(|row| to_row < row) {
            return false;
        }
        if self.row.is_none() && !self.begin(trace, port) {
            return true;
        }
        let goes_on = self.follow(trace, port, to_row);
        self.row = Some(to_row);
        if self.lines.is_empty() {
            return true;
        }
        let halo = look.theme.halo();
        let (width_px, radius_px) = (look.thick * WIDTH_PX, look.thick * MARK_RADIUS_PX);
        let color = look.style.color(look.theme);
        if look.quick {
            painter.stroke(&self.lines, &Stroke::solid(color, look.thick * QUICK_WIDTH_PX));
            for mark in &self.marks {
                look.style.marker.paint(painter, *mark, radius_px, color, (halo, 0.0));
            }
            return true;
        }
        painter.stroke(&self.lines, &Stroke { round: true, ..Stroke::solid(halo, width_px + 2.0 * HALO_PX) });
        let dash_offset_px = self.take_tail(goes_on);
        painter.stroke(
            &self.lines,
            &Stroke { color, width_px, dash_px: look.style.dash_px, dash_offset_px, round: true },
        );
        for mark in &self.marks {
            look.style.marker.paint(painter, *mark, radius_px, color, (halo, HALO_PX));
        }
        self.keep_tail(dash_offset_px, look.style.dash_px);
        true
    }

    /// Puts the pen on the start; tells whether there is one.
    fn begin(&mut self, trace: &Trace, port: &Viewport) -> bool {
        let Some(start) = trace.point2(0) else {
            return false;
        };
        self.at = port.px_from_plot(start);
        self.row = Some(0);
        true
    }

    /// Collects the new lines and markers; tells whether the first line goes on from what was drawn.
    fn follow(&mut self, trace: &Trace, port: &Viewport, to_row: usize) -> bool {
        self.lines.clear();
        self.marks.clear();
        let mut pen = Pen::new(port, self.at);
        for row in self.row.map_or(0, |r| r + 1)..=to_row {
            let Some(to) = pen.px(trace, row) else { break };
            if row < to_row && pen.is_near(to) {
                continue;
            }
            self.since_mark_px += pen.line_to(to, &mut self.lines);
            if self.since_mark_px >= MARK_WAIT_PX {
                self.marks.extend(self.waiting_mark.take());
            }
            let here = to.map(cast::px);
            let apart = |mark| distance(mark, here) >= MARK_APART_PX;
            if pen.down && self.since_mark_px >= MARK_EVERY_PX && self.last_mark.is_none_or(apart) {
                self.waiting_mark = Some(here);
                self.last_mark = Some(here);
                self.since_mark_px = 0.0;
            }
        }
        self.at = pen.at;
        self.tail.last() == self.lines.points.first()
    }

    /// Puts the tail in front of the first line, if that goes on from it; returns where in the dashes the lines begin.
    fn take_tail(&mut self, goes_on: bool) -> f64 {
        if goes_on && self.tail.len() > 1 {
            let more = self.tail.len() - 1;
            self.lines.points.splice(0..0, self.tail[..more].iter().copied());
            for start in &mut self.lines.starts[1..] {
                *start += cast::id(more);
            }
        }
        if goes_on { self.tail_offset_px } else { 0.0 }
    }

    /// Remembers the end of the last line, which began this far into the dashes.
    fn keep_tail(&mut self, dash_offset_px: f64, dash_px: &[f64]) {
        let start = self.lines.starts.last().map_or(0, |s| *s as usize);
        let line = &self.lines.points[start..];
        let mut first = line.len() - 1;
        let mut behind_px = 0.0;
        while first > 0 && behind_px < TAIL_PX {
            behind_px += distance(line[first - 1], line[first]);
            first -= 1;
        }
        self.tail.clear();
        self.tail.extend_from_slice(&line[first..]);
        let mut offset_px = dash_offset_px + length(&line[..=first]);
        // A long last segment is not drawn twice as a whole.
        if let [a, b, ..] = self.tail[..]
            && behind_px > TAIL_PX
        {
            let extra_px = behind_px - TAIL_PX;
            let u = cast::px(extra_px / distance(a, b));
            self.tail[0] = [a[0] + u * (b[0] - a[0]), a[1] + u * (b[1] - a[1])];
            offset_px += extra_px;
        }
        let period_px: f64 = dash_px.iter().sum();
        self.tail_offset_px = if period_px > 0.0 {
            // Not %: its code is larger than all of this.
            offset_px - period_px * (offset_px / period_px).floor()
        } else {
            0.0
        };
    }
}

#[cfg(test)]
mod tests;
