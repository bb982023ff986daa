//! The other end of [`crate::lab`]: loads that program and calls it.
//!
//! It may be on its way, or never come; then the core of the engine that is in this program does what it can. All that
//! passes between the two is text in the words of links, numbers, and elements to draw in.

mod obey;

pub use obey::{hear, obeys};

use super::store::{Dirty, Store};
use super::ui::{El, Live, effect, el, listen};
use super::{dom, panic};
use crate::catalogue;
use crate::later::BUILD;
use crate::link::{Link, Notice};
use crate::run::status::{Status, readable};
use crate::run::{RunSpec, Trace, packed, trace as trace_here};
use crate::scene::{Field, Viewport};
use crate::session::Config;
use crate::surface::{SurfaceObjective, View};
use js_sys::{Array, Float64Array, Function, Reflect};
use leptos::prelude::document;
use std::cell::RefCell;
use std::ops::Range;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, Element, Event};

/// Whether the program is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lab {
    /// Not yet.
    #[default]
    Loading,
    /// It answers.
    Ready,
    /// It could not be loaded, or has stopped.
    Gone,
}

thread_local! {
    /// The program, once for all pages.
    static MODULE: RefCell<Option<JsValue>> = const { RefCell::new(None) };
    /// The words for keys that were asked for.
    static WORDS: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// Loads the program when the page has time, or at once where something that is shown waits for it.
pub fn load(store: Store) {
    let urgent = store
        .peek(|s| !s.config().surface.is_here() || s.traces().iter().any(|t| t.status == Status::Waiting));
    let place = store.place();
    let loader = Reflect::get(&place.host, &"lab".into()).ok().and_then(|f| f.dyn_into::<Function>().ok());
    let promise = loader.and_then(|load| load.call2(&JsValue::NULL, &urgent.into(), &BUILD.into()).ok());
    let gone = move || store.set_lab(Lab::Gone);
    let Some(promise) = promise else {
        return gone();
    };
    listen(&document(), "descent:trained", Box::new(move |_| store.retrace()));
    // A call that fails ends the program for all pages.
    listen(&document(), "descent:gone", Box::new(move |_| store.set_lab(Lab::Gone)));
    let done = move |module| {
        if !store.is_there() {
            return;
        }
        MODULE.set(Some(module));
        call("open", &[store.number.into(), (&place.root).into()]);
        store.set_lab(Lab::Ready);
        store.invalidate(Dirty::CURSOR);
        dom::mark("descent-lab-lab");
    };
    dom::then(&promise, done, move |_| gone());
}

/// Calls a function of the program; none where it is not there, or does not know it. One that throws is not called
/// again.
#[inline(never)]
fn call(name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let module = MODULE.with_borrow(Clone::clone)?;
    let function: Function = Reflect::get(&module, &name.into()).ok()?.dyn_into().ok()?;
    let answer = function.apply(&JsValue::NULL, &arguments.iter().collect::<Array>());
    if let Err(error) = &answer {
        MODULE.set(None);
        let word = |key: &str| Reflect::get(error, &key.into()).ok().and_then(|word| word.as_string());
        let [what, whence] = ["message", "stack"].map(|key| word(key).unwrap_or_default());
        panic::show_lab_failure(&[name, &what, &whence].join("\n"));
        // Whoever calls may hold the session.
        let tell = || {
            let _ = Event::new("descent:gone").map(|event| document().dispatch_event(&event));
        };
        dom::later(0, tell);
    }
    answer.ok()
}

/// Calls a function of the program that draws on a page.
fn call_in(store: Store, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    call("enter", &[store.number.into()])?;
    call(name, arguments)
}

/// The page with this number has gone.
pub fn forget(number: u32) {
    call("close", &[number.into()]);
}

fn text(name: &str, arguments: &[JsValue]) -> Option<String> {
    call(name, arguments)?.as_string()
}

fn numbers(name: &str, arguments: &[JsValue]) -> Option<Vec<f64>> {
    Some(call(name, arguments)?.dyn_into::<Float64Array>().ok()?.to_vec())
}

fn is_there() -> bool {
    MODULE.with_borrow(Option::is_some)
}

fn run_link(spec: &RunSpec) -> JsValue {
    Link::of_run(spec).write().into()
}

fn surface_link(surface: &SurfaceObjective) -> JsValue {
    let config = Config { surface: surface.clone(), ..Config::new(surface.spec) };
    Link { config, ..Link::default() }.write().into()
}

/// The trace of a run: from the program if it is there, for it is the faster one, and from this one otherwise.
pub fn trace(spec: &RunSpec) -> Trace {
    let there = || packed::unpack(&numbers("trace", &[run_link(spec)])?);
    is_there().then(there).flatten().unwrap_or_else(|| trace_here(spec))
}

/// The fingerprint of the link's first run as this program computes it, for comparing it with the other.
#[wasm_bindgen]
#[must_use]
pub fn fingerprint(link: &str) -> u64 {
    let config = Link::read(link).0.config;
    if config.runs.is_empty() { 0 } else { trace_here(&config.run_spec(0)).fingerprint() }
}

/// Has what came of a link's runs compared with what the link says came of them; a difference is told as a notice.
pub fn check(store: Store, fragment: &str) {
    let asked = fragment.to_owned();
    let told = move |message: JsValue| {
        if !store.is_showing(&asked) {
            return;
        }
        let (place, message) = ("check".to_owned(), message.as_string().unwrap_or_default());
        store.set_ui(|ui| ui.notices.push(Notice { place, message, waits: false }));
    };
    // Searching for a text in a text would bring 1 kB.
    if fragment.split('&').any(|word| word.starts_with("check=")) {
        call_in(store, "check", &[fragment.into(), dom::callback(told).into()]);
    }
}

/// How a run ended, in full.
pub fn explain(spec: &RunSpec) -> Option<String> {
    is_there().then(|| text("explain", &[run_link(spec)])).flatten()
}

/// Learns of everything that the program carries.
pub fn learn() {
    if !catalogue::is_whole()
        && let Some(text) = text("catalogue", &[])
    {
        catalogue::take(text);
    }
}

/// A word that changes when everything is known.
pub fn known(store: Store) -> String {
    store.ui(|_| catalogue::is_whole()).to_string()
}

/// Reads a link: as the program reads it, and without it as far as names are known by now.
pub fn read(fragment: &str) -> (Link, Vec<Notice>) {
    let known = is_there().then(|| text("read", &[fragment.into()])).flatten();
    let mut lines = known.as_deref().unwrap_or(fragment).split('\n');
    let words = lines.next().unwrap_or_default();
    let (link, own) = if catalogue::is_whole() { Link::read(words) } else { Link::read_early(words) };
    let told = lines.filter_map(|line| line.split_once('\t')).map(|(place, message)| Notice {
        place: place.to_owned(),
        message: message.to_owned(),
        waits: false,
    });
    let notices = if known.is_some() { told.collect() } else { own };
    (link, notices)
}

/// Reads settings again, now that more of what they name is known.
pub fn read_again(config: &Config) -> Config {
    read(&Link { config: config.clone(), ..Link::default() }.write()).0.config
}

/// The words for a key, once they are there.
pub fn words(store: Store, key: &str) -> String {
    if store.ui(|ui| ui.lab) != Lab::Ready {
        return String::new();
    }
    let known =
        |all: &Vec<(String, String)>| all.iter().find(|(of, _)| of == key).map(|(_, words)| words.clone());
    WORDS.with_borrow(known).unwrap_or_else(|| {
        let words = text("words", &[key.into()]).unwrap_or_default();
        WORDS.with_borrow_mut(|all| all.push((key.to_owned(), words.clone())));
        words
    })
}

/// Computes rows of a grid of values over a view.
pub fn compute_rows(field: &mut Field, surface: &SurfaceObjective, rows: Range<usize>) {
    let (View { x, y }, nx, ny) = (field.view, field.nx, field.ny);
    let there = || {
        let view = Float64Array::from(&[x.0, x.1, y.0, y.1][..]);
        let [nx, ny, from, to] = [nx, ny, rows.start, rows.end].map(index);
        numbers("field", &[surface_link(surface), view.into(), nx, ny, from, to])
    };
    let values = is_there().then(there).flatten().unwrap_or_default();
    let strip = &mut field.values_mut()[rows.start * nx..rows.end * nx];
    if values.len() == strip.len() {
        strip.iter_mut().zip(values).for_each(|(to, value)| *to = value);
    } else {
        field.compute_rows(surface, rows);
    }
}

/// The minima of a surface, x, y and f of each; none while nothing here knows them.
pub fn minima(surface: &SurfaceObjective) -> Vec<[f64; 3]> {
    if surface.spec.minima.is_some() && surface.is_here() {
        return surface.minima().into_iter().map(|[x, y]| [x, y, surface.at(x, y)]).collect();
    }
    let there = numbers("minima", &[surface_link(surface)]).unwrap_or_default();
    there.as_chunks().0.to_vec()
}

/// What a surface is at a point, for reading.
pub fn look(surface: &SurfaceObjective, [x, y]: [f64; 2]) -> String {
    let there = || text("look", &[surface_link(surface), x.into(), y.into()]);
    is_there().then(there).flatten().unwrap_or_else(|| format!("f {}", readable(surface.at(x, y))))
}

/// Draws the overlays of the focused run on a canvas over the stage.
pub fn overlay(store: Store, canvas: &Element, port: Option<Viewport>) {
    let Some(port) = port.filter(|_| is_there()) else {
        return;
    };
    let (run, step) = store.peek(|s| (s.focus, s.playback.step()));
    let link = store.link().write();
    let (width, height) = (port.width_px.into(), port.height_px.into());
    call_in(store, "overlay", &[canvas.into(), link.into(), index(run), step.into(), width, height]);
}

/// Draws the stage in three dimensions, or only what follows the cursor; tells whether it could.
pub fn space(store: Store, element: &Element, anew: bool) -> bool {
    let (run, step) = store.peek(|s| (s.focus, s.playback.step()));
    let link = if anew { store.link().write() } else { String::new() };
    call_in(store, "space", &[element.into(), link.into(), index(run), step.into()]).is_some()
}

/// What is said of another network.
const NEW_NETWORK: &str = "New network: the runs start over. Undo brings the old one back.";

/// In place of a run: the one that is focused.
pub const FOCUSED: usize = usize::MAX;

/// A panel that the program draws, about a run: drawn while it is seen, and again after every change of a setting or move of
/// the cursor.
pub fn panel(store: Store, name: &'static str, run: usize, seen: impl Fn() -> bool + 'static) -> El {
    panel_while(store, name, run, Box::new(seen))
}

#[inline(never)]
fn panel_while(store: Store, name: &'static str, run: usize, seen: Box<dyn Fn() -> bool>) -> El {
    let panel = obeys(store, run, el("div").attr("data-panel", name));
    let node = panel.0.clone();
    effect(move || {
        if !seen() {
            return;
        }
        match store.ui(|ui| ui.lab) {
            Lab::Ready => {
                let (step, focus) = store.cursor(|s| (s.playback.step(), s.focus));
                let run = if run == FOCUSED { focus } else { run };
                let link = store.link().write();
                call_in(store, "panel", &[name.into(), (&node).into(), link.into(), index(run), step.into()]);
            }
            Lab::Loading => node.set_text_content(Some("Loading…")),
            Lab::Gone => node.set_text_content(Some(GONE)),
        }
    });
    panel
}

/// Such a panel in something that opens and closes, `details` or a popover.
pub fn panel_in(store: Store, name: &'static str, run: usize, frame: El) -> El {
    let open = Live::new(false);
    let seen = open.clone();
    frame.child(panel(store, name, run, move || seen.get())).on("toggle", move |ev| open.set(is_open(&ev)))
}

/// Whether what has opened or closed is open.
pub fn is_open(toggle: &Event) -> bool {
    let frame = toggle.current_target().and_then(|t| t.dyn_into::<Element>().ok());
    frame.is_some_and(|f| f.matches("[open], :popover-open").unwrap_or(false))
}

/// Draws the chart; `look` says that its element may have another size than before.
pub fn chart(store: Store, element: &Element, columns: &[f64], dark: bool, look: bool) {
    let link = store.link().write();
    call_in(
        store,
        "chart",
        &[element.into(), link.into(), Float64Array::from(columns).into(), dark.into(), look.into()],
    );
}

/// Shows on the chart where the cursor stands.
pub fn chart_cursor(store: Store, step: u32) {
    call_in(store, "chart_cursor", &[step.into()]);
}

/// What the program says with an event.
pub fn said(ev: &Event) -> String {
    ev.unchecked_ref::<CustomEvent>().detail().as_string().unwrap_or_default()
}

/// What stands in place of what cannot be shown.
pub const GONE: &str = "This part of the page could not be loaded. Reload the page to try again.";

fn index(n: usize) -> JsValue {
    u32::try_from(n).unwrap_or(u32::MAX).into()
}
