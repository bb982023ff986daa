//! The chart of a link.

use super::area::{Area, FINE};
use super::{Material, plane};
use crate::link::Chart;
use crate::run::fan::Bands;
use crate::run::packed::Column;
use crate::scene::chart;
use crate::scene::painter::{Align, Polylines, Rect, Stroke, TextStyle};
use crate::scene::{
    ChartFan, ChartFrame, ChartSeries, ChartSpec, Quantity, Sheet, SlicePicture, Theme, XAxis, YScale, cast,
    run_style,
};
use plotters::prelude::IntoDrawingArea;
use std::cell::Cell;

const CURSOR_PX: f64 = 1.25;
const DOT_PX: f64 = 5.0;

/// The chart.
pub struct ChartArt {
    theme: Theme,
    bands: Option<(Bands, usize)>,
    /// Where things stand on it, when it has been drawn.
    frame: Cell<Option<ChartFrame>>,
}

fn series(columns: &[Column]) -> Vec<ChartSeries<'_>> {
    let runs = columns.iter().enumerate().map(|(i, column)| {
        let Column { values, evaluations, hessians, diverged, other, steps } = column;
        ChartSeries { values, other, steps, evaluations, hessians, diverged: *diverged, style: run_style(i) }
    });
    runs.collect()
}

/// Whether the chart is the loss along a line.
fn is_slice(material: &Material) -> bool {
    material.link.chart == Chart::Slice && material.link.config.is_plane()
}

impl ChartArt {
    /// The chart of what is known.
    pub fn new(material: &Material, theme: Theme) -> Self {
        Self { theme, bands: material.bands(), frame: Cell::new(None) }
    }

    /// Draws the curves, where they do not follow the cursor.
    pub fn paint_ground(&self, sheet: &mut dyn Sheet, rect: Rect, material: &Material) {
        if material.link.hide.shows_ahead() && !is_slice(material) {
            self.paint_curves(sheet, rect, material, None);
        }
    }

    fn paint_curves(&self, sheet: &mut dyn Sheet, rect: Rect, material: &Material, until: Option<u32>) {
        let (quantity, link) = (material.quantity(), &material.link);
        let linear = matches!(quantity, Quantity::Lr | Quantity::Accuracy);
        let lowest = if quantity == Quantity::Loss { link.config.known_minimum() } else { None };
        let spec = ChartSpec {
            quantity,
            x_axis: link.axis.into(),
            y_scale: if linear { YScale::Linear } else { YScale::Log },
            baseline: lowest.unwrap_or(0.0),
            series: &series(&material.columns),
            fan: self.bands.as_ref().map(|(bands, count)| ChartFan {
                bands,
                count: *count,
                style: run_style(material.open),
            }),
            horizon: link.config.steps,
            until,
            theme: self.theme,
        };
        let area = Area { painter: sheet, size_px: (rect.width, rect.height) };
        self.frame.set(chart::draw(&area.into_drawing_area(), &spec, FINE).ok());
    }

    /// Draws where the cursor stands; of a slice, all of it.
    pub fn paint_cursor(&self, sheet: &mut dyn Sheet, rect: Rect, material: &Material, step: u32) {
        if is_slice(material) {
            return self.paint_slice(sheet, rect, material, step);
        }
        if !material.link.hide.shows_ahead() {
            self.paint_curves(sheet, rect, material, Some(step));
        }
        let Some(frame) = self.frame.get() else { return };
        let series = series(&material.columns);
        if series.is_empty() {
            return;
        }
        if frame.x_axis == XAxis::Steps {
            let x = frame.px_from_step(f64::from(step));
            let line = [[x, frame.plot.top], [x, frame.plot.bottom()]].map(|p| p.map(cast::px));
            sheet.stroke(&Polylines::line(&line), &Stroke::solid(self.theme.text(), CURSOR_PX));
        }
        for s in &series {
            let row = s.row_at(step);
            if let Some(value) = s.values.get(row) {
                let at = [frame.px_from_row(s, row), frame.px_from_value(*value)].map(cast::px);
                let halo = (self.theme.background(), 1.5);
                s.style.marker.paint(sheet, at, DOT_PX, s.style.chart_color(self.theme), halo);
            }
        }
    }

    fn paint_slice(&self, sheet: &mut dyn Sheet, rect: Rect, material: &Material, step: u32) {
        let seen = plane::seen(material, step);
        let Some(line) = seen.as_ref().and_then(|seen| plane::line(material, seen)) else {
            let style = TextStyle {
                color: self.theme.muted(),
                size_px: 12.0,
                across: Align::Middle,
                down: Align::Middle,
                halo: None,
            };
            let middle = [0.5 * rect.width, 0.5 * rect.height].map(cast::px);
            return sheet.text(middle, "There is no line to cut along here", &style);
        };
        let (range, zoom) = plane::range(material, &line);
        let picture = SlicePicture {
            slice: &line,
            objective: &material.link.config.surface,
            range,
            zoom,
            style: run_style(material.open),
            theme: self.theme,
        };
        picture.paint(sheet, (rect.width, rect.height));
    }
}
