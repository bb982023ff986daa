//! The chart: curves on a canvas, and lines over it for the cursor and the pointer.

use super::app::{on_resize, theme};
use super::dom;
use super::lab;
use super::link_sync;
use super::store::{Dirty, Picture, Store};
use super::ui::{El, Live, button, el};
use crate::canvas::Layer;
use crate::link::Chart;
use crate::objective::Objective;
use crate::run::Trace;
use crate::run::status::readable;
use crate::scene::chart::{self, Units};
use crate::scene::{ChartFrame, ChartSeries, ChartSpec, Quantity, Rect, Theme, XAxis, YScale, run_style};
use crate::session::{Command, Session};
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, PointerEvent};

/// Where on the chart the pointer is.
type Hover = Live<Option<f64>>;

/// The tabs and the chart below them.
pub fn panel(store: Store) -> El {
    let hover: Hover = Live::new(None);
    let [set, shown] = [(); 2].map(|()| hover.clone());
    let layers = [el("canvas"), el("div").class("cursor"), el("div").class("cursor hover")];
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
    if let Some(picture) = ChartPicture::new(&area.0, layers.map(|l| l.0), hover) {
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

/// The chart's canvas, and the lines that move over it.
struct ChartPicture {
    area: Element,
    curves: Layer,
    /// The line of the cursor, and that of the pointer.
    lines: [HtmlElement; 2],
    hover: Hover,
    /// Curves that are to be drawn when the stage has been: both in one frame would be too much for it.
    waiting: Cell<bool>,
    /// Frames since the curves were drawn.
    age: Cell<u32>,
}

/// While changes come with every frame, as in dragging, the curves follow every so many frames.
const FOLLOW_FRAMES: u32 = 6;

impl ChartPicture {
    fn new(area: &Element, [curves, cursor, pointer]: [Element; 3], hover: Hover) -> Option<Self> {
        Some(Self {
            area: area.clone(),
            curves: Layer::new(curves.unchecked_into())?,
            lines: [cursor.unchecked_into(), pointer.unchecked_into()],
            hover,
            waiting: Cell::new(false),
            age: Cell::new(0),
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
        let config = session.config();
        let lowest = match &config.problem {
            Some(matrix) => matrix.known_minimum(),
            None => lab::minima(&config.surface).first().map(|m| m[2]),
        };
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

    fn draw_cursor(&self, session: &Session) {
        let Some(frame) = LAST_FRAME.with_borrow(|f| *f) else { return };
        let at = frame.px_from_step(f64::from(session.playback.step()));
        for (line, px) in self.lines.iter().zip([Some(at), self.hover.peek()]) {
            let seen = px.filter(|px| (frame.plot.left..=frame.plot.right()).contains(px));
            let place = seen.map_or_else(
                || "display:none".to_owned(),
                |px| {
                    let Rect { top, height, .. } = frame.plot;
                    format!("top:{top}px;height:{height}px;transform:translateX({px}px)")
                },
            );
            let _ = line.set_attribute("style", &place);
        }
    }
}

impl Picture for ChartPicture {
    fn draw(&self, dirty: Dirty, store: Store) -> bool {
        let resized = dirty.look && self.curves.resize(dom::size_px(&self.area));
        let old = dirty.traces || dirty.look;
        let pending = old || self.waiting.get();
        self.age.set(self.age.get() + 1);
        // Not in the frames in which readouts are written.
        let turn = store.frame() % 3 == 1;
        let due = resized || pending && (!old || turn && self.age.get() >= FOLLOW_FRAMES);
        self.waiting.set(pending && !due);
        store.peek(|session| {
            if due {
                self.draw_curves(session, theme(store), quantity(store.peek_ui(|ui| ui.chart)));
                self.age.set(0);
            }
            if due || dirty.cursor || old {
                self.draw_cursor(session);
            }
        });
        self.waiting.get()
    }
}
