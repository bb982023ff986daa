//! Tooltips: an element says with `data-help` what it is about, and gets its `title` when it is pointed at or reached by
//! keyboard.

use super::{place, words};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// Listens to the whole page, as long as it lives.
pub fn listen() {
    for event in ["pointerover", "focusin"] {
        place::listen(event, |event| explain(&event));
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
