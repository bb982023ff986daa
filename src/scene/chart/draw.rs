//! The one place where plotters is spoken to.

use super::axis::{self, Axis};
use super::curve::{Curve, Place, curve};
use super::{ChartFrame, ChartSpec};
use crate::scene::cast;
use crate::scene::marker::Marker;
use crate::scene::painter::{FONT_FAMILY, Rect};
use crate::scene::style::{Rgba, RunStyle};
use plotters::coord::Shift;
use plotters::prelude::{
    Cartesian2d, ChartBuilder, ChartContext, Circle, Color, DrawResult, DrawingArea,
    DrawingBackend, FontDesc, FontFamily, FontStyle, LabelAreaPosition, PathElement, Polygon,
    RGBAColor, ShapeStyle, TextStyle,
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
const MARKER_RADIUS_PX: f64 = 3.25;
const CROSS_PX: f64 = 4.5;
/// Said where there is no row to show.
const EMPTY: &str = "Nothing to show yet";

/// How a backend measures: in units of its own, which plotters counts in whole numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Units {
    /// Units in a CSS pixel: the device pixel ratio for a canvas.
    pub per_px: f64,
    /// What sizes of fonts are multiplied with beyond that: 1, but for plotters' SVG, which divides them by 1.24.
    pub font: f64,
}

impl Units {
    /// For a canvas whose pixels are device pixels.
    #[must_use]
    pub const fn canvas(device_pixel_ratio: f64) -> Self {
        Self {
            per_px: device_pixel_ratio,
            font: 1.0,
        }
    }

    fn whole(&self, px: f64) -> i32 {
        cast::device((px * self.per_px).round())
    }

    /// A line's width: at least one unit.
    fn width(&self, px: f64) -> u32 {
        self.whole(px).max(1).unsigned_abs()
    }

    fn text(&self, size_px: f64, color: Rgba, h: HPos, v: VPos) -> TextStyle<'static> {
        let size = size_px * self.per_px * self.font;
        let font = FontDesc::new(FontFamily::Name(FONT_FAMILY), size, FontStyle::Normal);
        TextStyle {
            font,
            color: rgba(color).to_backend_color(),
            pos: Pos::new(h, v),
        }
    }
}

fn rgba(color: Rgba) -> RGBAColor {
    let [r, g, b, a] = color.0;
    RGBAColor(r, g, b, f64::from(a) / 255.0)
}

fn line(color: Rgba, stroke_width: u32) -> ShapeStyle {
    ShapeStyle {
        color: rgba(color),
        filled: false,
        stroke_width,
    }
}

/// A chart with its axes.
type Chart<'a, DB> = ChartContext<'a, DB, Cartesian2d<Axis, Axis>>;

/// Draws a chart over the whole of an area, and returns where things stand on it.
///
/// # Errors
/// What the backend cannot draw.
pub fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    spec: &ChartSpec<'_>,
    units: Units,
) -> DrawResult<ChartFrame, DB> {
    let theme = spec.theme;
    area.fill(&rgba(theme.background()))?;
    let (width, height) = area.dim_in_pixel();
    let width_px = f64::from(width) / units.per_px;
    let height_px = f64::from(height) / units.per_px;
    let x = axis::horizontal(spec, width_px - LEFT_PX - RIGHT_PX);
    let (y, y_scale) = axis::vertical(spec, height_px - TOP_PX - BOTTOM_PX);
    let (x_range, y_range) = (x.range, y.range);
    let mut chart = ChartBuilder::on(area)
        .margin_top(units.whole(TOP_PX))
        .margin_right(units.whole(RIGHT_PX))
        .set_label_area_size(LabelAreaPosition::Left, units.whole(LEFT_PX))
        .set_label_area_size(LabelAreaPosition::Bottom, units.whole(BOTTOM_PX))
        .build_cartesian_2d(x, y)?;
    let (across, down) = chart.plotting_area().get_pixel_range();
    let px = |units_from_edge: i32| f64::from(units_from_edge) / units.per_px;
    // The axes of plotters run from the last unit inside the rectangle to the one above it.
    let plot = Rect {
        left: px(across.start),
        top: px(down.start - 1),
        width: px(across.end - across.start),
        height: px(down.end - down.start),
    };
    let frame = ChartFrame::new(spec, plot, x_range, (y_range, y_scale));
    if spec.series.iter().all(|s| s.trace.is_empty()) {
        let style = units.text(TITLE_PX, theme.muted(), HPos::Center, VPos::Center);
        let middle = (
            cast::device(f64::from(width) / 2.0),
            cast::device(f64::from(height) / 2.0),
        );
        area.draw_text(EMPTY, &style, middle)?;
        return Ok(frame);
    }
    mesh(&mut chart, spec, units)?;
    for (i, series) in spec.series.iter().enumerate() {
        let curve = curve(spec, &frame, i, 1.0 / units.per_px);
        draw_curve(&mut chart, area, &curve, &series.style, spec, units)?;
    }
    headings(area, spec, units)?;
    area.present()?;
    Ok(frame)
}

fn mesh<DB: DrawingBackend>(
    chart: &mut Chart<'_, DB>,
    spec: &ChartSpec<'_>,
    units: Units,
) -> DrawResult<(), DB> {
    let theme = spec.theme;
    // plotters aligns the labels itself.
    let labels = units.text(LABEL_PX, theme.muted(), HPos::Left, VPos::Top);
    chart
        .configure_mesh()
        .disable_x_mesh()
        .bold_line_style(line(theme.grid(), units.width(1.0)))
        .axis_style(line(theme.axis(), units.width(1.0)))
        .label_style(labels)
        .set_all_tick_mark_size(units.whole(TICK_PX))
        .draw()
}

fn headings<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    spec: &ChartSpec<'_>,
    units: Units,
) -> DrawResult<(), DB> {
    let (width, _) = area.dim_in_pixel();
    let top = units.whole(5.0);
    let style = units.text(TITLE_PX, spec.theme.text(), HPos::Left, VPos::Top);
    area.draw_text(&spec.title(), &style, (units.whole(8.0), top))?;
    let style = units.text(LABEL_PX, spec.theme.muted(), HPos::Right, VPos::Top);
    let right = cast::device(f64::from(width)) - units.whole(RIGHT_PX);
    area.draw_text(spec.x_axis.title(), &style, (right, top))
}

fn draw_curve<DB: DrawingBackend>(
    chart: &mut Chart<'_, DB>,
    area: &DrawingArea<DB, Shift>,
    curve: &Curve,
    style: &RunStyle,
    spec: &ChartSpec<'_>,
    units: Units,
) -> DrawResult<(), DB> {
    let color = style.chart_color(spec.theme);
    let stroke = if curve.noisy {
        line(color.with_alpha(NOISY_ALPHA), units.width(NOISY_LINE_PX))
    } else {
        line(color, units.width(LINE_PX))
    };
    chart.draw_series(
        curve
            .lines
            .iter()
            .map(|points| PathElement::new(points.as_slice(), stroke)),
    )?;
    for mark in &curve.marks {
        let at = chart.backend_coord(mark);
        draw_marker(area, style.marker, at, color, units)?;
    }
    if let Some(end) = &curve.end {
        draw_end(chart, area, end, color, units)?;
    }
    Ok(())
}

fn draw_marker<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    marker: Marker,
    at: (i32, i32),
    color: Rgba,
    units: Units,
) -> DrawResult<(), DB> {
    let style = ShapeStyle {
        filled: true,
        ..line(color, 0)
    };
    let radius = MARKER_RADIUS_PX * units.per_px;
    if marker == Marker::Circle {
        return area.draw(&Circle::new(at, cast::device(radius.round()), style));
    }
    let corners: Vec<(i32, i32)> = marker
        .corners([0.0, 0.0], radius)
        .into_iter()
        .map(|[x, y]| {
            (
                at.0 + cast::device(f64::from(x).round()),
                at.1 + cast::device(f64::from(y).round()),
            )
        })
        .collect();
    area.draw(&Polygon::new(corners, style))
}

/// A ✕ where a run diverged.
fn draw_end<DB: DrawingBackend>(
    chart: &Chart<'_, DB>,
    area: &DrawingArea<DB, Shift>,
    end: &Place,
    color: Rgba,
    units: Units,
) -> DrawResult<(), DB> {
    let (x, y) = chart.backend_coord(end);
    let arm = units.whole(CROSS_PX);
    for (dx, dy) in [(arm, arm), (arm, -arm)] {
        area.draw(&PathElement::new(
            vec![(x - dx, y - dy), (x + dx, y + dy)],
            line(color, units.width(2.25)),
        ))?;
    }
    Ok(())
}

/// The chart as an SVG picture.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn chart_svg(spec: &ChartSpec<'_>, width_px: f64, height_px: f64) -> String {
    use plotters::prelude::{IntoDrawingArea, SVGBackend};
    // plotters counts in whole units: eight to a pixel make smooth curves.
    const FINE: f64 = 8.0;
    let units = Units {
        per_px: FINE,
        font: 1.24,
    };
    let size = (units.width(width_px), units.width(height_px));
    let mut svg = String::new();
    let drawn = draw(
        &SVGBackend::with_string(&mut svg, size).into_drawing_area(),
        spec,
        units,
    );
    debug_assert!(drawn.is_ok(), "writing to a string does not fail");
    let outer = |[width, height]: [f64; 2]| format!("width=\"{width}\" height=\"{height}\"");
    svg.replacen(
        &outer([f64::from(size.0), f64::from(size.1)]),
        &outer([width_px.round(), height_px.round()]),
        1,
    )
}
