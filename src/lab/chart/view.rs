//! What the chart's element holds.

use crate::lab::html::{Html, html, replace, set, svg};
use crate::lab::{net, seeds};
use crate::link::{self, Link};
use crate::math::num;
use crate::run::packed::{Column, unpack_columns};
use crate::scene::chart::{self, Units};
use crate::scene::{
    ChartFan, ChartFrame, ChartSeries, ChartSpec, Marker, Quantity, Rect, Theme, XAxis, YScale, run_style,
};
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement};

/// The half of the square that a run's mark stands in, and the mark's radius.
const DOT_HALF_PX: f32 = 8.0;
const DOT_RADIUS_PX: f32 = 5.5;

/// The chart and its parts.
pub struct View {
    /// What holds all of it.
    pub element: Element,
    canvas: HtmlCanvasElement,
    /// The line of the cursor, where all runs stand at the same place.
    cursor: Element,
    /// A mark for each run on its curve, where each stands elsewhere.
    dots: Vec<Element>,
    /// The line of the pointer.
    pointer: Element,
    readout: Element,
    size_px: (f64, f64),
    ratio: f64,
    /// What was drawn last.
    drawn: Option<(Vec<Column>, ChartFrame)>,
    step: u32,
    pointer_px: Option<[f64; 2]>,
    /// What was asked for last.
    asked: Option<(Link, bool)>,
}

fn series(columns: &[Column]) -> Vec<ChartSeries<'_>> {
    let runs = columns.iter().enumerate().map(|(i, column)| {
        let Column { values, evaluations, hessians, diverged, other, steps } = column;
        ChartSeries { values, other, steps, evaluations, hessians, diverged: *diverged, style: run_style(i) }
    });
    runs.collect()
}

impl View {
    /// Puts its parts in place of what the element holds.
    pub fn new(element: &Element) -> Option<Self> {
        let parts = [
            html("canvas"),
            html("div").attr("class", "cursor"),
            html("div").attr("class", "cursor hover"),
            html("div").attr("class", "readout").attr("data-testid", "chart-readout"),
        ];
        let [canvas, cursor, pointer, readout] = parts.each_ref().map(Html::element);
        replace(element, parts.into());
        Some(Self {
            element: element.clone(),
            canvas: canvas.dyn_into().ok()?,
            cursor,
            dots: Vec::new(),
            pointer,
            readout,
            size_px: (0.0, 0.0),
            ratio: 1.0,
            drawn: None,
            step: 0,
            pointer_px: None,
            asked: None,
        })
    }

    /// Takes the size of the element, with as many device pixels as the screen has.
    pub fn measure(&mut self) {
        let size_px = (f64::from(self.element.client_width()), f64::from(self.element.client_height()));
        let ratio = web_sys::window().map_or(1.0, |w| w.device_pixel_ratio());
        if (self.size_px, self.ratio) != (size_px, ratio) {
            (self.size_px, self.ratio) = (size_px, ratio);
            self.canvas.set_width(device_px(size_px.0, ratio));
            self.canvas.set_height(device_px(size_px.1, ratio));
        }
    }

    /// Draws the curves, and what lies over them.
    pub fn draw(&mut self, link: &Link, packed: &[f64], dark: bool) {
        let columns = net::columns(link, Quantity::from(link.chart)).or_else(|| unpack_columns(packed));
        self.asked = Some((link.clone(), dark));
        if let Some(columns) = columns {
            self.paint(link, columns, dark);
        }
    }

    /// Draws the same again, with what has become known of the fan.
    pub fn again(&mut self) {
        if !self.has_room() {
            return;
        }
        if let (Some((columns, _)), Some((link, dark))) = (self.drawn.take(), self.asked.clone()) {
            self.paint(&link, columns, dark);
        }
    }

    /// Whether the curves end at the cursor.
    fn ends_here(&self) -> bool {
        self.asked.as_ref().is_some_and(|(link, _)| !link.hide.shows_ahead())
    }

    /// Where the page shows no charts there is none.
    fn has_room(&self) -> bool {
        self.size_px.0 > 0.0 && self.size_px.1 > 0.0
    }

    fn paint(&mut self, link: &Link, columns: Vec<Column>, dark: bool) {
        if !self.has_room() {
            return;
        }
        let quantity = Quantity::from(link.chart);
        let Some(backend) = CanvasBackend::with_canvas_object(self.canvas.clone()) else {
            return;
        };
        // What only networks have is, of anything else, the loss.
        let quantity = if link.config.network.is_none() && link.chart.is_of_networks() {
            Quantity::Loss
        } else {
            quantity
        };
        let linear = matches!(quantity, Quantity::Lr | Quantity::Accuracy);
        let lowest = if quantity == Quantity::Loss { link.config.known_minimum() } else { None };
        let spread = seeds::bands(quantity).filter(|_| link.config.is_plane());
        let spec = ChartSpec {
            quantity,
            x_axis: link.axis.into(),
            y_scale: if linear { YScale::Linear } else { YScale::Log },
            baseline: lowest.unwrap_or(0.0),
            series: &series(&columns),
            fan: spread.as_ref().map(|(run, bands, count)| ChartFan {
                bands,
                count: *count,
                style: run_style(*run),
            }),
            horizon: link.config.steps,
            until: (!link.hide.shows_ahead()).then_some(self.step),
            theme: if dark { Theme::Dark } else { Theme::Light },
        };
        let units = Units::canvas(self.ratio);
        let units = match link.theme {
            link::Theme::Projector => Units { font: 1.3, thick: 1.6, ..units },
            _ => units,
        };
        let frame = chart::draw(&backend.into_drawing_area(), &spec, units).ok();
        self.drawn = frame.map(|frame| (columns, frame));
        self.set_cursor(self.step);
        self.set_pointer(self.pointer_px);
    }

    /// Shows where the cursor stands; where nothing after it is to be seen, the curves follow it.
    pub fn set_cursor(&mut self, step: u32) {
        let moved = std::mem::replace(&mut self.step, step) != step;
        if moved && self.ends_here() {
            return self.again();
        }
        let Some((columns, frame)) = &self.drawn else {
            return;
        };
        let one = frame.x_axis == XAxis::Steps;
        set_line(&self.cursor, frame, one.then(|| frame.px_from_step(f64::from(step))));
        let runs = if one { &[] } else { columns.as_slice() };
        while self.dots.len() < runs.len() {
            let dot = dot(self.dots.len());
            let _ = self.element.insert_before(&dot, Some(&self.pointer));
            self.dots.push(dot);
        }
        let series = series(runs);
        for (i, dot) in self.dots.iter().enumerate() {
            let place = series.get(i).and_then(|s| {
                let row = s.row_at(step);
                Some((frame.px_from_row(s, row), frame.px_from_value(*s.values.get(row)?)))
            });
            let place = place.map_or_else(
                || "none".to_owned(),
                |(x, y)| format!("block;transform:translate({x}px,{y}px)"),
            );
            set(dot, "style", &format!("{}display:{place}", dot_style(i)));
        }
    }

    /// Shows the values where the pointer is.
    pub fn set_pointer(&mut self, at_px: Option<[f64; 2]>) {
        self.pointer_px = at_px;
        let Some((columns, frame)) = &self.drawn else {
            return;
        };
        set_line(&self.pointer, frame, at_px.map(|at| at[0]));
        let mut series = series(columns);
        if self.ends_here() {
            for s in &mut series {
                *s = s.until(self.step);
            }
        }
        let words = at_px.map(|at| chart::readout(frame, &series, at));
        self.readout.set_text_content(words.as_deref());
        // Out of the way of what is pointed at.
        let low = at_px.is_some_and(|at| at[1] > 0.6 * self.size_px.1);
        set(&self.readout, "style", if low { "top:0;bottom:auto" } else { "" });
    }

    /// The step that a press at a point means: on an axis of evaluations, that of the run whose curve is nearest.
    pub fn step_at(&self, at_px: [f64; 2]) -> Option<usize> {
        let (columns, frame) = self.drawn.as_ref()?;
        match frame.x_axis {
            XAxis::Steps => Some(whole(frame.step_from_px(at_px[0]))),
            XAxis::Evaluations => {
                let series = series(columns);
                frame.nearest(&series, at_px).map(|(run, row)| series[run].step_of(row))
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 20,000")]
fn whole(step: f64) -> usize {
    step.round().max(0.0) as usize
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the size of a screen")]
fn device_px(px: f64, ratio: f64) -> u32 {
    num::clamp((px * ratio).round(), 1.0, 16_384.0) as u32
}

/// Puts a line across the plot, or away.
fn set_line(line: &Element, frame: &ChartFrame, px: Option<f64>) {
    let Rect { top, height, left, .. } = frame.plot;
    let style = match px.filter(|px| (left..=frame.plot.right()).contains(px)) {
        Some(px) => format!("top:{top}px;height:{height}px;transform:translateX({px}px)"),
        None => "display:none".to_owned(),
    };
    set(line, "style", &style);
}

fn dot_style(run: usize) -> String {
    format!(
        "position:absolute;left:-{DOT_HALF_PX}px;top:-{DOT_HALF_PX}px;pointer-events:none;will-change:transform;\
         fill:var(--run-{run});stroke:var(--text);stroke-width:1.5;"
    )
}

/// The mark of a run at the cursor, as its marker but larger and with an outline.
fn dot(run: usize) -> Element {
    let marker = run_style(run).marker;
    let [middle, radius] = [DOT_HALF_PX, DOT_RADIUS_PX].map(|n| n.to_string());
    let shape = if marker == Marker::Circle {
        svg("circle").attr("cx", &middle).attr("cy", &middle).attr("r", &radius)
    } else {
        let corners = marker.corners([DOT_HALF_PX; 2], f64::from(DOT_RADIUS_PX));
        let points: Vec<String> = corners.iter().map(|[x, y]| format!("{x},{y}")).collect();
        svg("polygon").attr("points", &points.join(" "))
    };
    let size = (2.0 * DOT_HALF_PX).to_string();
    svg("svg")
        .attr("class", "dot")
        .attr("width", &size)
        .attr("height", &size)
        .attr("aria-hidden", "true")
        .child(shape)
        .element()
}
