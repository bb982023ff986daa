//! When the program has failed: say so, give the link that leads back here, and offer to reload. Built with the plain
//! document, since nothing else can be trusted any more.

use super::dom::callback;
use super::place::Place;
use super::{link_sync, store};
use leptos::prelude::document;
use std::panic::PanicHookInfo;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, HtmlElement};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn console_error(message: &str);
}

/// Shows the message on every panic from now on.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        show(info);
    }));
}

fn show(info: &PanicHookInfo<'_>) {
    let message = info.payload_as_str().unwrap_or("no message").to_owned();
    let place = info.location().map(|l| format!(" ({}:{})", l.file(), l.line())).unwrap_or_default();
    let message = format!("{message}{place}");
    // The browser adds where it was called from.
    console_error(&message);
    say("Descent Lab has stopped", &message);
}

/// Shows the message for a failure of the second program, without which this one goes on.
pub fn show_lab_failure(message: &str) {
    say("A part of Descent Lab has stopped", message);
}

fn say(what: &str, message: &str) {
    for (place, link) in store::pages() {
        if place.query("#panic").is_none() {
            say_in(&place, &link, what, message);
        }
    }
}

fn say_in(place: &Place, link: &str, what: &str, message: &str) {
    let Some(panel) = element("div", "") else {
        return;
    };
    panel.set_id("panic");
    panel.set_class_name("panic");
    let _ = panel.set_attribute("role", "alert");
    let link = place.address(link);
    let parts = [
        element("h2", what),
        element(
            "p",
            "This is a defect in the page, not in what you did. This link leads back to just before:",
        ),
        anchor(&link, &link),
        element("pre", message),
        reload_button(),
        anchor(&link_sync::afresh(), "Start afresh"),
    ];
    for part in parts.into_iter().flatten() {
        let _ = panel.append_child(&part);
    }
    let _ = place.root.append_child(&panel);
    place.tell("error", what);
}

fn element(tag: &str, text: &str) -> Option<Element> {
    let element = document().create_element(tag).ok()?;
    element.set_text_content(Some(text));
    Some(element)
}

fn anchor(link: &str, text: &str) -> Option<Element> {
    let anchor = element("a", text)?;
    let _ = anchor.set_attribute("href", link);
    Some(anchor)
}

fn reload_button() -> Option<Element> {
    let button = element("button", "Reload")?;
    let reload = callback(|_| {
        let _ = leptos::prelude::location().reload();
    });
    button.unchecked_ref::<HtmlElement>().set_onclick(Some(&reload));
    Some(button)
}
