//! Overlays on the stage: the canvas and the key. Which are on is told to the page, which keeps it in its settings. The menu
//! is in [`super::view`].

use super::looks::{self, Look};
use super::panels::Shown;
use super::{links, place, seeds, slice, study, symbols};
use crate::canvas::Layer;
use crate::lab::place::per_place;
use crate::link::Theme;
use crate::look::Overlay;
use crate::scene::{self, OverlayPen, Viewport, run_style};
use crate::surface::study::Model;
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{CustomEvent, CustomEventInit, Element, HtmlCanvasElement, KeyboardEvent};

per_place! {
    /// The canvas that was drawn on last.
    static LAYER: RefCell<Option<Layer>> = const { RefCell::new(None) };
    /// What the key switches on again.
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
    /// What else there is to draw.
    static MORE: Cell<[bool; 3]> = const { Cell::new([false; 3]) };
}

/// What is drawn on the stage besides the overlays that the page knows of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum More {
    /// A symbol that is lit.
    Symbol,
    /// The line of a slice.
    Line,
    /// A fan of seeds.
    Fan,
}

/// What the key switches on at first: what any method has, and where it looks.
const USUAL: &str = "gradient,step,arrows,averages,population,covariance,region,trials";

/// Draws the overlays of a run at a step on a canvas of this size.
#[wasm_bindgen]
pub fn overlay(canvas: HtmlCanvasElement, link: &str, run: u32, step: u32, width_px: f64, height_px: f64) {
    let kept = LAYER.take().filter(|layer| layer.canvas == canvas);
    let Some(layer) = kept.or_else(|| Layer::new(canvas)) else {
        return;
    };
    layer.resize((width_px, height_px));
    layer.clear();
    let shown = Shown { link, run: run as usize, step };
    let size = (width_px, height_px);
    if MORE.get()[More::Fan as usize] {
        seeds::paint(&layer, &shown, size);
    }
    let lr = looks::with(&shown, |look| {
        paint(&layer, look, shown.run, size);
        Some(look.seen.as_ref()?.lr)
    });
    let lr = lr.flatten();
    if lr.is_none() {
        slice::put_away();
    }
    study::show(&layer.canvas, &links::read(link), lr, size);
    LAYER.set(Some(layer));
}

fn paint(layer: &Layer, look: &Look, run: usize, (width_px, height_px): (f64, f64)) {
    let Some(seen) = &look.seen else {
        return;
    };
    let port = Viewport::fitted(look.link.config.visible(), width_px, height_px);
    let mut painter = layer.painter();
    let config = &look.link.config;
    slice::paint(&mut painter, look, run, &port);
    let theme = theme(look.link.theme);
    let mut pen =
        OverlayPen { painter: &mut painter, port: &port, style: run_style(run), theme, labels: Vec::new() };
    if let (true, &[x, y]) = (config.is_plane(), &seen.x[..])
        && [Overlay::Model, Overlay::Newton].iter().any(|o| config.overlays.contains(o))
        && let Some(model) = Model::of(&config.surface, [x, y])
    {
        pen.paint_model(&model, &config.overlays);
    }
    pen.paint(seen, &config.overlays, symbols::lit().as_deref());
}

/// Light or dark, as it is now.
pub fn theme(chosen: Theme) -> scene::Theme {
    let dark = || {
        let query = web_sys::window()?.match_media("(prefers-color-scheme: dark)").ok()??;
        Some(query.matches())
    };
    match chosen {
        Theme::Dark => scene::Theme::Dark,
        Theme::Auto if dark() == Some(true) => scene::Theme::Dark,
        Theme::Auto | Theme::Light | Theme::Projector => scene::Theme::Light,
    }
}

fn canvas() -> Option<Element> {
    place::query("canvas.over")
}

/// Tells the page which overlays are on.
pub fn tell(words: &str) {
    if !words.is_empty() {
        LAST.set(words.to_owned());
    }
    let detail = CustomEventInit::new();
    detail.set_bubbles(true);
    detail.set_detail(&words.into());
    if let (Some(canvas), Ok(event)) = (canvas(), CustomEvent::new_with_event_init_dict("overlays", &detail))
    {
        let _ = canvas.dispatch_event(&event);
    }
}

fn on() -> String {
    canvas().and_then(|c| c.get_attribute("data-on")).unwrap_or_default()
}

/// Draws again, since another symbol is lit; the page draws nothing while none is and all overlays are off.
pub fn light(is_lit: bool) {
    note(More::Symbol, is_lit);
    redraw();
}

/// Says whether there is something else to draw; draws it if that is new.
pub fn set_more(what: More, there: bool) {
    if MORE.get()[what as usize] != there {
        note(what, there);
        if there {
            redraw();
        }
    }
}

fn note(what: More, there: bool) {
    let mut more = MORE.get();
    more[what as usize] = there;
    MORE.set(more);
    if let Some(canvas) = canvas() {
        let _ = canvas.toggle_attribute_with_force("data-lit", more.contains(&true));
    }
}

/// Has the page draw again.
pub fn redraw() {
    // Without words: which are on, the page knows better.
    if let Some(canvas) = canvas() {
        let detail = CustomEventInit::new();
        detail.set_bubbles(true);
        if let Ok(event) = CustomEvent::new_with_event_init_dict("overlays", &detail) {
            let _ = canvas.dispatch_event(&event);
        }
    }
}

/// The key of the overlays: all off, or those on that were on last.
pub fn key(event: &KeyboardEvent) {
    let elsewhere = event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented();
    if event.key() != "o" || elsewhere || is_typing(event) {
        return;
    }
    let on = on();
    if on.is_empty() {
        let last = LAST.with_borrow(Clone::clone);
        tell(if last.is_empty() { USUAL } else { &last });
    } else {
        LAST.set(on);
        tell("");
    }
}

/// Whether the key is meant for a field and not for the page.
fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    target.is_some_and(|t| {
        t.matches("textarea, select, input:not([type=checkbox], [type=radio])").unwrap_or(false)
    })
}
