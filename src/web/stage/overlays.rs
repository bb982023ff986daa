//! What the focused run's method has in mind, on a canvas over the paths; [`crate::lab`] draws it.

use super::super::lab;
use super::super::store::{Dirty, Picture, Store};
use super::super::ui::El;
use super::Port;
use crate::look::Overlay;
use crate::session::{Command, Config};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, Element, Event};

/// The canvas, and whether anything is on it.
struct Overlays {
    canvas: Element,
    port: Port,
    shown: Cell<bool>,
}

/// Keeps the overlays on this canvas up to date.
pub fn show(store: Store, canvas: &El, port: Port) {
    let canvas = canvas
        .clone()
        .live_attr("data-on", move || store.settings(|s| Overlay::write(&s.config().overlays)))
        .0;
    store.add_picture(Rc::new(Overlays { canvas, port, shown: Cell::new(false) }));
}

/// Takes over which overlays are on, as the second program tells; without words it only has something else to draw there.
pub fn take(store: Store, ev: &Event) {
    match ev.unchecked_ref::<CustomEvent>().detail().as_string() {
        Some(words) => store.send(Command::SetOverlays(Overlay::read(&words).0)),
        None => store.invalidate(Dirty::CURSOR),
    }
}

impl Picture for Overlays {
    fn draw(&self, dirty: Dirty, store: Store) -> bool {
        let wants = |config: &Config| !config.overlays.is_empty() || !config.look.get("labels").is_empty();
        // Not where the plane is covered.
        let covered = store.peek(super::space::covers) && self.canvas.client_width() == 0;
        let on = !covered && (store.peek(|s| wants(s.config())) || self.canvas.has_attribute("data-lit"));
        // Once more when all are off: then it is cleared.
        if dirty.any() && (self.shown.replace(on) || on) {
            lab::overlay(store, &self.canvas, self.port.peek());
        }
        false
    }
}
