//! The second program: everything, for what the first load leaves out (see [`crate::later`]).
//!
//! The page calls the functions below (`web::lab` is the other end). What a run or a surface is comes as the text of a
//! link, numbers go back as typed arrays, and panels are drawn here into elements of the page. A panic ends this program
//! and not the page.

mod about;
mod bound;
mod chart;
mod choose;
mod complaints;
mod controls;
mod critical;
mod extent;
mod fingers;
mod frame;
mod frames;
mod function;
mod head;
mod help;
mod html;
mod links;
mod locks;
mod looks;
mod matrix;
mod modifiers;
mod net;
mod overlays;
mod panels;
mod place;
mod projector;
mod rule;
mod runs;
mod schedule;
mod seeds;
mod share;
mod slice;
mod space;
mod state;
mod study;
mod symbols;
mod take;
mod tooltips;
mod transform;
mod view;

use crate::export;
use crate::later::BUILD;
use crate::link::Link;
use crate::run::packed::pack;
use crate::run::status::{explain as explanation, readable};
use crate::scene::Field;
use crate::surface::study::Model;
use crate::surface::{SurfaceObjective, View};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{CustomEvent, Element};

/// Prepares the program; the page calls the functions below when this is done.
pub fn start() {
    std::panic::set_hook(Box::new(console_error_panic_hook::hook));
    net::start_worker();
}

/// Prepares a place where there is a page now.
fn begin() {
    place::style(include_str!("../../style/lab.css"));
    place::style(include_str!("../../style/choose.css"));
    place::style(include_str!("../../style/function.css"));
    place::style(include_str!("../../style/slice.css"));
    tooltips::listen();
    symbols::listen();
    take::listen_for_paper();
    complaints::listen();
    frame::listen();
}

/// The page in this place goes.
fn end() {
    net::none();
    take::end();
}

/// Which sources this program was built from: the page works with one of its own build only.
#[wasm_bindgen]
#[must_use]
pub fn build() -> String {
    BUILD.to_owned()
}

/// What there is beyond the core, for menus, sliders and links ([`crate::catalogue`]).
#[wasm_bindgen]
#[must_use]
pub fn catalogue() -> String {
    crate::catalogue::write()
}

/// The trace of the link's first run, packed ([`pack`]); empty where there is no run.
#[wasm_bindgen]
#[must_use]
pub fn trace(link: &str) -> Vec<f64> {
    runs::with(link, 0, |_, trace| pack(trace)).unwrap_or_default()
}

/// The sentence for how the link's first run ended.
#[wasm_bindgen]
#[must_use]
pub fn explain(link: &str) -> String {
    net::ending(&links::read(link), 0).or_else(|| runs::with(link, 0, explanation)).unwrap_or_default()
}

/// The fingerprint of the link's training run with this index, wherever it was trained; empty while it is under way.
#[wasm_bindgen]
#[must_use]
pub fn trained(link: &str, run: u32) -> String {
    let known = net::fingerprint(&links::read(link), run as usize);
    known.map_or_else(String::new, |known| format!("{known:016x}"))
}

/// The same as this program finds it when it trains it here and now.
#[wasm_bindgen]
#[must_use]
pub fn trained_here(link: &str, run: u32) -> String {
    let (link, run) = (links::read(link), run as usize);
    let spec = (run < link.config.runs.len()).then(|| link.config.run_spec(run));
    let record = spec.and_then(|spec| crate::train::train(&spec));
    record.map_or_else(String::new, |record| format!("{:016x}", record.fingerprint()))
}

/// Compares what came of a link's runs with what the link says came of them, when there is time; a difference is told in a
/// sentence.
#[wasm_bindgen]
pub fn check(link: &str, tell: js_sys::Function) {
    share::verify(link, tell);
}

/// What there is to say under this key ([`export::words`]).
#[wasm_bindgen]
#[must_use]
pub fn words(key: &str) -> String {
    export::words(key).unwrap_or_default().to_owned()
}

fn surface(link: &str) -> SurfaceObjective {
    links::read(link).config.surface.clone()
}

/// Rows of the values of the link's surface on a grid over a view (left, right, bottom, top), from the top.
#[wasm_bindgen]
#[must_use]
pub fn field(link: &str, view: &[f64], columns: u32, rows: u32, from: u32, to: u32) -> Vec<f64> {
    let [x0, x1, y0, y1] = *view else {
        return Vec::new();
    };
    let [columns, rows, from, to] = [columns, rows, from, to].map(|n| n as usize);
    let mut field = Field::nodes(View { x: (x0, x1), y: (y0, y1) }, columns, rows);
    field.compute_rows(&surface(link), from..to);
    field.values().get(from * field.nx..to.min(field.ny) * field.nx).map(<[f64]>::to_vec).unwrap_or_default()
}

/// The minima of the link's surface: x, y and f of each.
#[wasm_bindgen]
#[must_use]
pub fn minima(link: &str) -> Vec<f64> {
    let surface = surface(link);
    surface.minima().into_iter().flat_map(|[x, y]| [x, y, surface.at(x, y)]).collect()
}

/// What the link's surface is at a point, for reading: its value, its gradient, its curvatures, and how many
/// times stronger one of them is.
#[wasm_bindgen]
#[must_use]
pub fn look(link: &str, x: f64, y: f64) -> String {
    look_at(&surface(link), [x, y])
}

fn look_at(surface: &SurfaceObjective, [x, y]: [f64; 2]) -> String {
    let Some(model) = Model::of(surface, [x, y]) else {
        return format!("f {}", readable(surface.at(x, y)));
    };
    let ([dx, dy], [big, small]) = (model.gradient, model.curvatures);
    let [f, dx, dy, big, small] = [model.f, dx, dy, big, small].map(readable);
    let condition = model.condition();
    let condition = match condition {
        // Without any curvature there is none.
        c if c.is_nan() => String::new(),
        c if c.is_infinite() => "  κ ∞".to_owned(),
        c => format!("  κ {}", readable(c)),
    };
    format!("f {f}  ∇f ({dx}, {dy})  λ {big}, {small}{condition}")
}

/// Draws a panel into an element: what it shows of a run (by its index) of the link, at a step. Called again whenever
/// one of them changes; tells whether there is a panel of this name.
#[wasm_bindgen]
#[must_use]
pub fn panel(name: &str, element: &Element, link: &str, run: u32, step: u32) -> bool {
    panels::draw(name, element, &panels::Shown { link, run: run as usize, step })
}

/// The link as links are written, without what of it cannot be used, and on the lines after it what that is: a place, a tab and
/// what is wrong.
#[wasm_bindgen]
#[must_use]
pub fn read(link: &str) -> String {
    let (link, notices) = Link::read(link);
    let notices =
        notices.into_iter().map(|n| format!("\n{}\t{}", n.place, n.message.replace(['\n', '\t'], " ")));
    notices.fold(link.write(), |all, notice| all + &notice)
}

/// Says something to the page: a word and what goes with it, as an event of the panel.
fn say(panel: &Element, words: &str) {
    if let Ok(event) = CustomEvent::new("descent:set") {
        event.init_custom_event_with_can_bubble_and_cancelable_and_detail(
            "descent:set",
            true,
            false,
            &words.into(),
        );
        let _ = panel.dispatch_event(&event);
    }
}

/// Draws the chart of the link into an element, from the runs' columns ([`crate::run::packed::pack_columns`]) of what the
/// link's chart shows. `look` says that the element may have another size than before.
#[wasm_bindgen]
pub fn chart(element: &Element, link: &str, columns: &[f64], dark: bool, look: bool) {
    chart::draw(element, link, columns, dark, look);
}

/// Shows on the chart where the cursor stands, and on what follows it in every frame.
#[wasm_bindgen]
pub fn chart_cursor(step: u32) {
    chart::set_cursor(step);
    net::set_cursor(step);
}
