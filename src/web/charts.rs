//! The chart: curves on one canvas, the cursor and the values under the pointer on another.

use super::app::{on_resize, theme};
use super::canvas::Layer;
use super::dom;
use super::link_sync;
use super::store::{Dirty, Picture, Store};
use super::ui::{El, Live, button, el};
use crate::link::Chart;
use crate::objective::Objective;
use crate::run::Trace;
use crate::run::status::readable;
use crate::scene::chart::{self, Units};
use crate::scene::{
    ChartFrame, ChartSeries, ChartSpec, Painter, Polylines, Quantity, Stroke, Theme, XAxis, YScale, run_style,
};
use crate::session::{Command, Session};
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlCanvasElement, PointerEvent};

/// Where on the chart the pointer is.
type Hover = Live<Option<f64>>;

/// The tabs and the chart below them.
pub fn panel(store: Store) -> El {
    let hover: Hover = Live::new(None);
    let [set, shown] = [(); 2].map(|()| hover.clone());
    let layers = [el("canvas"), el("canvas")];
    let point = Rc::new(move |px: Option<f64>| {
        set.set(px);
        store.invalidate(Dirty::CURSOR);
    });
    let leave = point.clone();
    let area = el("div")
        .class("chart")
        .test_id("chart")
        .attr("role", "tabpanel")
        .live_attr("aria-label", move || {
            format!("{} of each run over the steps", quantity(store.ui(|ui| ui.chart)).title())
        })
        .children(layers.clone())
        .child(
            el("div")
                .class("readout")
                .test_id("chart-readout")
                .live_text(move || shown.get().map(|px| values_at(store, px)).unwrap_or_default()),
        )
        .on("pointermove", move |ev| point(place(&ev)))
        .on("pointerleave", move |_| leave(None))
        .on("click", move |ev| {
            if let (Some(px), Some(frame)) = (place(&ev), LAST_FRAME.with_borrow(|f| *f)) {
                store.send(Command::Seek(to_step(frame.step_from_px(px))));
            }
        });
    if let Some(picture) = ChartPicture::new(&area.0, layers.map(|l| l.0.unchecked_into()), hover) {
        store.add_picture(Rc::new(picture));
        on_resize(&area.0, move || store.invalidate(Dirty::LOOK));
    }
    let tabs = el("div")
        .class("tabs")
        .attr("role", "tablist")
        .attr("aria-label", "What the chart shows")
        .children(Chart::ALL.map(|c| tab(store, c)));
    el("section").class("charts").attr("aria-label", "Chart").child(tabs).child(area)
}

fn tab(store: Store, chart: Chart) -> El {
    button(quantity(chart).title())
        .attr("role", "tab")
        .test_id(&format!("chart-{}", chart.key()))
        .live_attr("aria-selected", move || store.ui(|ui| ui.chart == chart).to_string())
        .on_click(move || {
            store.set_ui(|ui| ui.chart = chart);
            store.invalidate(Dirty::TRACES);
            link_sync::schedule(store);
        })
}

/// What a tab charts.
fn quantity(chart: Chart) -> Quantity {
    match chart {
        Chart::Loss => Quantity::Loss,
        Chart::Gradient => Quantity::GradNorm,
        Chart::Lr => Quantity::Lr,
    }
}

/// Where the pointer is on the chart.
fn place(ev: &Event) -> Option<f64> {
    let area: Element = ev.current_target()?.dyn_into().ok()?;
    let ev: &PointerEvent = ev.unchecked_ref();
    Some(f64::from(ev.client_x()) - area.get_bounding_client_rect().left())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 20,000")]
fn to_step(step: f64) -> u32 {
    step.round().max(0.0) as u32
}

/// The values of all runs at the place of the pointer, in words.
fn values_at(store: Store, px: f64) -> String {
    let Some(frame) = LAST_FRAME.with_borrow(|f| *f) else {
        return String::new();
    };
    let quantity = quantity(store.ui(|ui| ui.chart));
    store.cursor(|s| {
        let value = |trace: &Trace| {
            let row = frame.row_from_px(trace, px);
            quantity.column(trace).get(row).copied().map_or_else(|| "–".to_owned(), readable)
        };
        let runs = s.traces().iter().enumerate();
        let values: Vec<String> =
            runs.map(|(i, t)| format!("{} {}", run_style(i).marker.glyph(), value(t))).collect();
        format!("step {}  {}", to_step(frame.step_from_px(px)), values.join("  "))
    })
}

thread_local! {
    /// Where things stand on the chart that was drawn last.
    static LAST_FRAME: RefCell<Option<ChartFrame>> = const { RefCell::new(None) };
}

/// The chart's canvases and what is on them.
struct ChartPicture {
    area: Element,
    curves: Layer,
    cursor: Layer,
    hover: Hover,
    /// Curves that are to be drawn in the next frame: the stage goes first when both are old.
    waiting: Cell<bool>,
}

impl ChartPicture {
    fn new(area: &Element, [curves, cursor]: [HtmlCanvasElement; 2], hover: Hover) -> Option<Self> {
        Some(Self {
            area: area.clone(),
            curves: Layer::new(curves)?,
            cursor: Layer::new(cursor)?,
            hover,
            waiting: Cell::new(false),
        })
    }

    fn draw_curves(&self, session: &Session, theme: Theme, quantity: Quantity) {
        let Some(backend) = CanvasBackend::with_canvas_object(self.curves.canvas.clone()) else {
            return;
        };
        let series: Vec<_> = session
            .traces()
            .iter()
            .enumerate()
            .map(|(i, trace)| ChartSeries { trace, style: run_style(i) })
            .collect();
        let lowest = session.config().surface.known_minimum();
        let spec = ChartSpec {
            quantity,
            x_axis: XAxis::Steps,
            y_scale: if quantity == Quantity::Lr { YScale::Linear } else { YScale::Log },
            baseline: lowest.filter(|_| quantity == Quantity::Loss).unwrap_or(0.0),
            series: &series,
            horizon: session.config().steps,
            theme,
        };
        // plotters counts in the canvas's own pixels.
        let _ = self.curves.ctx.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        let area = backend.into_drawing_area();
        LAST_FRAME.set(chart::draw(&area, &spec, Units::canvas(self.curves.ratio())).ok());
    }

    fn draw_cursor(&self, session: &Session, theme: Theme) {
        self.cursor.clear();
        let Some(frame) = LAST_FRAME.with_borrow(|f| *f) else {
            return;
        };
        let mut painter = self.cursor.painter();
        let step = f64::from(session.playback.step());
        vertical(&mut painter, &frame, frame.px_from_step(step), theme, &[]);
        if let Some(px) = self.hover.peek() {
            vertical(&mut painter, &frame, px, theme, &[3.0, 3.0]);
        }
    }
}

/// A line from the top of the chart to its bottom.
fn vertical(painter: &mut dyn Painter, frame: &ChartFrame, px: f64, theme: Theme, dash_px: &[f64]) {
    if !(frame.plot.left..=frame.plot.right()).contains(&px) {
        return;
    }
    #[expect(clippy::cast_possible_truncation, reason = "pixels")]
    let at = |y: f64| [px as f32, y as f32];
    let line = Polylines::line(&[at(frame.plot.top), at(frame.plot.bottom())]);
    painter.stroke(&line, &Stroke { dash_px, ..Stroke::solid(theme.text(), 1.0) });
}

impl Picture for ChartPicture {
    fn draw(&self, dirty: Dirty, store: Store) -> bool {
        let resized = dirty.look && {
            let size = dom::size_px(&self.area);
            self.cursor.resize(size);
            self.curves.resize(size)
        };
        let theme = theme(store);
        let old = dirty.traces || dirty.look || resized;
        let waiting = self.waiting.replace(old);
        store.peek(|session| {
            if waiting && !old || resized {
                self.draw_curves(session, theme, quantity(store.peek_ui(|ui| ui.chart)));
            }
            if dirty.cursor || dirty.traces || waiting || resized {
                self.draw_cursor(session, theme);
            }
        });
        old
    }
}
