//! What is seen on the page, and the keys.

use super::head::head;
use super::html::{Html, html, replace};
use super::panels::Shown;
use web_sys::Element;

const WHAT: &str = "Each line is one optimizer walking downhill on the same loss surface from the same start. The whole path \
    is known as soon as a setting changes: the strong part is where the cursor has been, the faint part is still to \
    come. Drag the pin to start elsewhere; drag a slider and the path bends.";
const LIVE: &str = "After the start, a changed setting acts from here on, and the change is kept with its step, as a mark on \
    the timeline; choose from start to bend the whole path. Wheel or pinch zooms, dragging pans, double-click resets. \
    In three dimensions dragging turns the surface. Everything you set is in the link.";

/// What the keys do (`web::keys`).
const KEYS: [(&str, &str); 12] = [
    ("space", "play or pause"),
    ("← →", "one step back or on; with shift ten, on a network an epoch"),
    ("home end", "to the start, to the end"),
    ("1 … 8", "open a run"),
    ("n", "add a run"),
    ("ctrl z", "undo; with shift, or ctrl y, redo"),
    ("o", "overlays: off, or those that were on last"),
    ("+ − 0", "zoom in, zoom out, whole view"),
    ("tab", "to the start pin and every control"),
    ("arrows", "on the pin: move it; with shift further"),
    ("delete", "on a mark of the timeline: take the change back"),
    ("?", "this help"),
];

/// Draws it once; nothing in it changes.
pub fn draw(element: &Element, _: &Shown<'_>) {
    if element.first_element_child().is_some() {
        return;
    }
    let row =
        |(key, what): &(&str, &str)| html("div").child(html("dt").text(key)).child(html("dd").text(what));
    let keys = KEYS.iter().map(row).fold(html("dl"), Html::child);
    replace(
        element,
        vec![
            head("What you see", "help"),
            html("p").text(WHAT),
            html("p").text(LIVE),
            html("h2").text("Keys"),
            keys,
        ],
    );
}
