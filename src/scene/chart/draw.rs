//! The one place where plotters is spoken to.

use super::axis::{self, Axis};
use super::curve::{Curve, Place, curve};
use super::strokes::{BAR_PX, bars, dashes};
use super::{ChartFan, ChartFrame, ChartSeries, ChartSpec, Quantity};
use crate::math::num;
use crate::scene::cast;
use crate::scene::marker::Marker;
use crate::scene::painter::{FONT_FAMILY, Rect};
use crate::scene::style::{Rgba, RunStyle, Theme};
use plotters::coord::Shift;
use plotters::prelude::{
    Circle, Color, DrawResult, DrawingArea, DrawingBackend, FontDesc, FontFamily, FontStyle, PathElement,
    Polygon, RGBAColor, Rectangle, ShapeStyle, TextStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};

const LEFT_PX: f64 = 48.0;
const TOP_PX: f64 = 24.0;
const RIGHT_PX: f64 = 16.0;
const BOTTOM_PX: f64 = 24.0;
const LABEL_PX: f64 = 11.0;
const TITLE_PX: f64 = 12.0;
const TICK_PX: f64 = 4.0;
const LINE_PX: f64 = 1.75;
const NOISY_LINE_PX: f64 = 1.0;
/// Lets curves below be seen.
const NOISY_ALPHA: u8 = 190;
/// Lets the grid and other bands be seen.
const BAND_ALPHA: u8 = 64;
const MARKER_RADIUS_PX: f64 = 3.25;
const CROSS_PX: f64 = 4.5;
/// Markers on bars.
const MARKS: usize = 5;
/// Said where there is no row to show.
const EMPTY: &str = "Nothing to show yet";

/// How a backend measures: in units of its own, which plotters counts in whole numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Units {
    /// Units in a CSS pixel: the device pixel ratio for a canvas.
    pub per_px: f64,
    /// What sizes of fonts are multiplied with beyond that: 1, but for plotters' SVG, which divides them by 1.24.
    pub font: f64,
    /// How many times as thick as usual lines are.
    pub thick: f64,
}

impl Units {
    /// For a canvas whose pixels are device pixels.
    #[must_use]
    pub const fn canvas(device_pixel_ratio: f64) -> Self {
        Self { per_px: device_pixel_ratio, font: 1.0, thick: 1.0 }
    }

    fn whole(&self, px: f64) -> i32 {
        cast::device((px * self.per_px).round())
    }

    /// A line's width: at least one unit.
    fn width(&self, px: f64) -> u32 {
        self.whole(self.thick * px).max(1).unsigned_abs()
    }

    fn text(&self, size_px: f64, color: Rgba, h: HPos, v: VPos) -> TextStyle<'static> {
        let size = size_px * self.per_px * self.font;
        let font = FontDesc::new(FontFamily::Name(FONT_FAMILY), size, FontStyle::Normal);
        TextStyle { font, color: rgba(color).to_backend_color(), pos: Pos::new(h, v) }
    }
}

fn rgba(color: Rgba) -> RGBAColor {
    let [r, g, b, a] = color.0;
    RGBAColor(r, g, b, f64::from(a) / 255.0)
}

fn line(color: Rgba, stroke_width: u32) -> ShapeStyle {
    ShapeStyle { color: rgba(color), filled: false, stroke_width }
}

/// Draws a chart over the whole of an area, and returns where things stand on it.
///
/// The axes and grid lines are drawn here, from plotters' elements: its own mesh and coordinate systems would be a sixth of
/// the page's budget, for four lines and a dozen numbers.
///
/// # Errors
/// What the backend cannot draw.
pub fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    spec: &ChartSpec<'_>,
    units: Units,
) -> DrawResult<ChartFrame, DB> {
    area.fill(&rgba(spec.theme.background()))?;
    let (width, height) = area.dim_in_pixel();
    let width_px = f64::from(width) / units.per_px;
    let height_px = f64::from(height) / units.per_px;
    let plot = Rect {
        left: LEFT_PX,
        top: TOP_PX,
        width: (width_px - LEFT_PX - RIGHT_PX).max(1.0),
        height: (height_px - TOP_PX - BOTTOM_PX).max(1.0),
    };
    let x = axis::horizontal(spec, plot.width);
    let (y, y_scale) = axis::vertical(spec, plot.height);
    let frame = ChartFrame::new(spec, plot, x.range, (y.range, y_scale));
    let sheet = Sheet { area, units, frame };
    if spec.series.iter().all(|s| s.values.is_empty()) {
        let style = units.text(TITLE_PX, spec.theme.muted(), HPos::Center, VPos::Center);
        sheet.text(EMPTY, &style, 0.5 * width_px, 0.5 * height_px)?;
        return Ok(frame);
    }
    sheet.axes(&x, &y, spec.theme)?;
    if let Some(fan) = spec.fan_over_steps() {
        sheet.fan(fan, spec)?;
    }
    for (i, series) in spec.series.iter().enumerate() {
        let series = &spec.until.map_or(*series, |step| series.until(step));
        if spec.quantity == Quantity::Batch {
            sheet.bars(&bars(spec, &frame, series), &series.style, spec.theme)?;
            continue;
        }
        if !series.other.is_empty() {
            let other = ChartSeries { values: series.other, other: &[], diverged: false, ..*series };
            let other = curve(spec, &frame, &other, i, 1.0 / units.per_px);
            sheet.dashed(&other, series.style.chart_color(spec.theme))?;
        }
        let curve = curve(spec, &frame, series, i, 1.0 / units.per_px);
        sheet.curve(&curve, &series.style, spec.theme)?;
    }
    let title = units.text(TITLE_PX, spec.theme.text(), HPos::Left, VPos::Top);
    sheet.text(&spec.title(), &title, 8.0, 5.0)?;
    let along = units.text(LABEL_PX, spec.theme.muted(), HPos::Right, VPos::Top);
    sheet.text(&spec.along(), &along, plot.right(), 5.0)?;
    area.present()?;
    Ok(frame)
}

/// What a chart is drawn on, in CSS pixels.
struct Sheet<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, Shift>,
    units: Units,
    frame: ChartFrame,
}

impl<DB: DrawingBackend> Sheet<'_, DB> {
    fn text(&self, text: &str, style: &TextStyle<'_>, x_px: f64, y_px: f64) -> DrawResult<(), DB> {
        self.area.draw_text(text, style, (self.units.whole(x_px), self.units.whole(y_px)))
    }

    fn line(&self, points: Vec<(i32, i32)>, style: ShapeStyle) -> DrawResult<(), DB> {
        self.area.draw(&PathElement::new(points, style))
    }

    fn straight(&self, from: (f64, f64), to: (f64, f64), style: ShapeStyle) -> DrawResult<(), DB> {
        let at = |(x, y)| (self.units.whole(x), self.units.whole(y));
        self.line(vec![at(from), at(to)], style)
    }

    /// A point in the coordinates of the axes, in the units of the backend.
    fn at(&self, (x, y): Place) -> (i32, i32) {
        let ChartFrame { plot, y: range, .. } = self.frame;
        let down = (y - range.0) / (range.1 - range.0) * plot.height;
        (self.units.whole(self.frame.px_from_step(x)), self.units.whole(plot.bottom() - down))
    }

    /// The axes with their numbers, and grid lines across.
    fn axes(&self, x: &Axis, y: &Axis, theme: Theme) -> DrawResult<(), DB> {
        let plot = self.frame.plot;
        let (units, bottom) = (self.units, plot.bottom());
        let grid = line(theme.grid(), units.width(1.0));
        let axis = line(theme.axis(), units.width(1.0));
        let px = |units_of_backend: i32| f64::from(units_of_backend) / units.per_px;
        let label = units.text(LABEL_PX, theme.muted(), HPos::Right, VPos::Center);
        for mark in &y.marks {
            let y_px = px(self.at((x.range.0, mark.value)).1);
            self.straight((plot.left, y_px), (plot.right(), y_px), grid)?;
            self.straight((plot.left - TICK_PX, y_px), (plot.left, y_px), axis)?;
            self.text(&mark.label, &label, plot.left - 2.0 * TICK_PX, y_px)?;
        }
        let label = units.text(LABEL_PX, theme.muted(), HPos::Center, VPos::Top);
        for mark in &x.marks {
            let x_px = px(self.at((mark.value, y.range.0)).0);
            self.straight((x_px, bottom), (x_px, bottom + TICK_PX), axis)?;
            self.text(&mark.label, &label, x_px, bottom + TICK_PX + 3.0)?;
        }
        self.straight((plot.left, plot.top), (plot.left, bottom), axis)?;
        self.straight((plot.left, bottom), (plot.right(), bottom), axis)
    }

    fn curve(&self, curve: &Curve, style: &RunStyle, theme: Theme) -> DrawResult<(), DB> {
        let (color, units) = (style.chart_color(theme), self.units);
        let stroke = if curve.noisy {
            line(color.with_alpha(NOISY_ALPHA), units.width(NOISY_LINE_PX))
        } else {
            line(color, units.width(LINE_PX))
        };
        for points in &curve.lines {
            self.line(points.iter().map(|p| self.at(*p)).collect(), stroke)?;
        }
        for mark in &curve.marks {
            draw_marker(self.area, style.marker, self.at(*mark), color, units)?;
        }
        self.end(curve, color)
    }

    /// A curve of what is only looked at.
    fn dashed(&self, curve: &Curve, color: Rgba) -> DrawResult<(), DB> {
        let stroke = line(color, self.units.width(NOISY_LINE_PX));
        for points in dashes(curve, &self.frame) {
            self.line(points.iter().map(|p| self.at(*p)).collect(), stroke)?;
        }
        Ok(())
    }

    /// The band of a fan, and its median dashed.
    fn fan(&self, fan: &ChartFan<'_>, spec: &ChartSpec<'_>) -> DrawResult<(), DB> {
        let color = fan.style.chart_color(spec.theme);
        let steps = || fan.bands.steps.iter().map(|s| f64::from(*s)).zip(&fan.bands.values);
        let place = |v: f64| num::clamp(self.frame.place(v), self.frame.y.0, self.frame.y.1);
        let lower = steps().map(|(x, [low, ..])| self.at((x, place(*low))));
        let upper = steps().map(|(x, [.., high])| self.at((x, place(*high))));
        let corners: Vec<(i32, i32)> = lower.chain(upper.collect::<Vec<_>>().into_iter().rev()).collect();
        if corners.len() > 2 {
            let fill = ShapeStyle { filled: true, ..line(color.with_alpha(BAND_ALPHA), 0) };
            self.area.draw(&Polygon::new(corners, fill))?;
        }
        let median: Vec<Place> = steps().map(|(x, [_, middle, _])| (x, place(*middle))).collect();
        let median = Curve { lines: vec![median], ..Curve::default() };
        let stroke = line(color, self.units.width(LINE_PX));
        for points in dashes(&median, &self.frame) {
            self.line(points.iter().map(|p| self.at(*p)).collect(), stroke)?;
        }
        Ok(())
    }

    fn bars(&self, curve: &Curve, style: &RunStyle, theme: Theme) -> DrawResult<(), DB> {
        let color = style.chart_color(theme);
        let fill = ShapeStyle { filled: true, ..line(color.with_alpha(NOISY_ALPHA), 0) };
        let wide = self.units.whole(BAR_PX).max(1);
        let thin = self.units.whole(1.0).max(1);
        for (x, [low, high]) in &curve.bars {
            let (left, bottom) = self.at((*x, *low));
            let top = self.at((*x, *high)).1.min(bottom - thin);
            self.area.draw(&Rectangle::new([(left, top), (left + wide, bottom)], fill))?;
        }
        let every = curve.bars.len().div_ceil(MARKS).max(1);
        for (x, [low, high]) in curve.bars.iter().skip(every / 2).step_by(every) {
            draw_marker(self.area, style.marker, self.at((*x, 0.5 * (low + high))), color, self.units)?;
        }
        self.end(curve, color)
    }

    /// A ✕ where a run diverged.
    fn end(&self, curve: &Curve, color: Rgba) -> DrawResult<(), DB> {
        let units = self.units;
        let Some(end) = curve.end else { return Ok(()) };
        let (x, y) = self.at(end);
        let arm = units.whole(CROSS_PX);
        let stroke = line(color, units.width(2.25));
        self.line(vec![(x - arm, y - arm), (x + arm, y + arm)], stroke)?;
        self.line(vec![(x - arm, y + arm), (x + arm, y - arm)], stroke)
    }
}

fn draw_marker<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    marker: Marker,
    at: (i32, i32),
    color: Rgba,
    units: Units,
) -> DrawResult<(), DB> {
    let style = ShapeStyle { filled: true, ..line(color, 0) };
    let radius = MARKER_RADIUS_PX * units.per_px;
    if marker == Marker::Circle {
        return area.draw(&Circle::new(at, cast::device(radius.round()), style));
    }
    let corners: Vec<(i32, i32)> = marker
        .corners([0.0, 0.0], radius)
        .into_iter()
        .map(|[x, y]| (at.0 + cast::device(f64::from(x).round()), at.1 + cast::device(f64::from(y).round())))
        .collect();
    area.draw(&Polygon::new(corners, style))
}

/// The chart as an SVG picture.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn chart_svg(spec: &ChartSpec<'_>, width_px: f64, height_px: f64) -> String {
    use plotters::prelude::{IntoDrawingArea, SVGBackend};
    // plotters counts in whole units: eight to a pixel make smooth curves.
    const FINE: f64 = 8.0;
    let units = Units { per_px: FINE, font: 1.24, thick: 1.0 };
    let size = (units.width(width_px), units.width(height_px));
    let mut svg = String::new();
    let drawn = draw(&SVGBackend::with_string(&mut svg, size).into_drawing_area(), spec, units);
    debug_assert!(drawn.is_ok(), "writing to a string does not fail");
    let outer = |[width, height]: [f64; 2]| format!("width=\"{width}\" height=\"{height}\"");
    svg.replacen(
        &outer([f64::from(size.0), f64::from(size.1)]),
        &outer([width_px.round(), height_px.round()]),
        1,
    )
}
