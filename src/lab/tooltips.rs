//! Tooltips: an element says with `data-help` what it is about, and gets its `title` when it is pointed at or reached by
//! keyboard.

use super::html::document;
use super::words;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event};

/// Listens to the whole document, as long as the page lives.
pub fn listen() {
    let closure = Closure::<dyn Fn(Event)>::new(|event: Event| explain(&event)).into_js_value();
    for event in ["pointerover", "focusin"] {
        let _ = document().add_event_listener_with_callback(event, closure.unchecked_ref());
    }
}

fn explain(event: &Event) {
    let Some(target) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else {
        return;
    };
    let Some(owner) = target.closest("[data-help]").ok().flatten() else {
        return;
    };
    let text = owner.get_attribute("data-help").map(|key| words(&key)).unwrap_or_default();
    set(&owner, "title", &text);
    // A title counts as a description only on the very element that has the focus.
    if event.type_() == "focusin" && target != owner && !target.has_attribute("title") {
        set(&target, "aria-description", &text);
    }
}

fn set(element: &Element, name: &str, text: &str) {
    if !text.is_empty() && element.get_attribute(name).as_deref() != Some(text) {
        let _ = element.set_attribute(name, text);
    }
}
