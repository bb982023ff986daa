//! The chart's place: what it shows, and when it is drawn. The second program draws it and answers the pointer there.

use super::app::{on_resize, theme};
use super::lab::{self, Lab};
use super::link_sync;
use super::store::{Dirty, Picture, Store};
use super::ui::{El, button, el, menu, value};
use crate::link::{Axis, Chart};
use crate::run::packed::pack_columns;
use crate::scene::{Quantity, Theme, XAxis};
use crate::session::Command;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::Element;

/// The tabs and the chart below them.
pub fn panel(store: Store) -> El {
    let area = el("div")
        .class("chart")
        .test_id("chart")
        .attr("role", "tabpanel")
        .live_attr("aria-label", move || {
            let (chart, axis) = store.ui(|ui| (ui.chart, ui.axis));
            format!("{} of each run {}", Quantity::from(chart).title(), XAxis::from(axis).title())
        })
        .live_flag("hidden", move || is_slice(store))
        .on("seek", move |ev| store.send(Command::Seek(lab::said(&ev).parse().unwrap_or(0))));
    let slice = lab::panel(store, "slice", lab::FOCUSED, move || is_slice(store))
        .attr("role", "tabpanel")
        .attr("aria-label", "loss along a line")
        .test_id("slice")
        .live_flag("hidden", move || !is_slice(store));
    note(&area.0, "Loading…");
    store.add_picture(Rc::new(ChartPicture {
        area: area.0.clone(),
        lab: Cell::default(),
        waiting: Cell::new(false),
        age: Cell::new(0),
    }));
    on_resize(&area.0, move || store.invalidate(Dirty::LOOK));
    let tabs = el("div")
        .class("tabs")
        .attr("role", "tablist")
        .attr("aria-label", "What the chart shows")
        .children(Chart::ALL.map(|c| tab(store, c)));
    let head = el("div").class("tabs").child(tabs).child(axis_menu(store));
    el("section").class("charts").attr("aria-label", "Chart").child(head).child(slice).child(area)
}

/// Whether the loss along a line is shown.
fn is_slice(store: Store) -> bool {
    store.ui(|ui| ui.chart == Chart::Slice) && store.settings(|s| s.config().is_plane())
}

fn tab(store: Store, chart: Chart) -> El {
    let name = if chart == Chart::Slice { chart.key() } else { Quantity::from(chart).title() };
    button(name)
        .attr("role", "tab")
        .test_id(&format!("chart-{}", chart.key()))
        .live_flag("hidden", move || {
            chart.is_of_networks() && !store.trains()
                || chart == Chart::Slice && store.settings(|s| !s.config().is_plane())
        })
        .live_attr("aria-selected", move || store.ui(|ui| ui.chart == chart).to_string())
        .on_click(move || {
            store.set_ui(|ui| ui.chart = chart);
            show(store);
        })
}

fn axis_menu(store: Store) -> El {
    menu(&[("", Axis::ALL.map(|a| (a.key(), a.key())).to_vec())])
        .test_id("chart-axis")
        .attr("aria-label", "Horizontal axis")
        .help("chart/axis")
        .live_flag("hidden", move || is_slice(store))
        .live_value(move || store.ui(|ui| ui.axis.key().to_owned()))
        .on("change", move |ev| {
            let word = value(&ev);
            store.set_ui(|ui| ui.axis = Axis::ALL.into_iter().find(|a| a.key() == word).unwrap_or_default());
            show(store);
        })
}

/// Shows what was chosen.
fn show(store: Store) {
    store.invalidate(Dirty::TRACES);
    link_sync::schedule(store);
}

/// Words in place of the chart.
fn note(area: &Element, words: &str) {
    area.set_text_content(None);
    let _ = area.append_child(&el("p").class("empty").text(words).0);
}

/// The chart, drawn by the second program.
struct ChartPicture {
    area: Element,
    /// Whether that program was there in the last frame.
    lab: Cell<Lab>,
    /// Curves that are to be drawn when the stage has been: both in one frame would be too much for it.
    waiting: Cell<bool>,
    /// Frames since the curves were drawn.
    age: Cell<u32>,
}

/// While changes come with every frame, as in dragging, the curves follow every so many frames.
const FOLLOW_FRAMES: u32 = 6;

impl ChartPicture {
    fn draw_curves(&self, store: Store, look: bool) {
        let (chart, axis) = store.peek_ui(|ui| (ui.chart, ui.axis));
        let quantity = Quantity::from(chart);
        let counts = axis == Axis::Evaluations;
        let columns = store.peek(|s| pack_columns(s.traces(), |t| quantity.column(t), counts));
        lab::chart(store, &self.area, &columns, theme(store) == Theme::Dark, look);
        self.age.set(0);
    }
}

impl Picture for ChartPicture {
    fn draw(&self, dirty: Dirty, store: Store) -> bool {
        let lab = store.peek_ui(|ui| ui.lab);
        let new = self.lab.replace(lab) != lab;
        if lab != Lab::Ready {
            if new {
                note(&self.area, lab::GONE);
            }
            return false;
        }
        let old = dirty.traces || dirty.look || new;
        let pending = old || self.waiting.get();
        self.age.set(self.age.get() + 1);
        // Not in the frames in which readouts are written.
        let turn = store.frame() % 3 == 1;
        let due = dirty.look || pending && (!old || turn && self.age.get() >= FOLLOW_FRAMES);
        self.waiting.set(pending && !due);
        if due {
            self.draw_curves(store, dirty.look);
        }
        if due || dirty.cursor || old {
            lab::chart_cursor(store, store.peek(|s| s.playback.step()));
        }
        self.waiting.get()
    }
}
