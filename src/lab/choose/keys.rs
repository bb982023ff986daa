//! The keys of the list, in the search field and in the list itself.

use super::{List, activate, active, options, search_field};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

/// How many entries a page key passes.
const PAGE: isize = 5;

/// A key is pressed. Escape is the popover's own.
pub fn press(of: &List, element: &Element, event: &Event) {
    let event: &KeyboardEvent = event.unchecked_ref();
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
        return;
    }
    let typing = event.target().as_ref() == Some(search_field(element).as_ref());
    let key = event.key();
    match key.as_str() {
        "ArrowDown" => go(element, 1),
        "ArrowUp" => go(element, -1),
        "PageDown" => go(element, PAGE),
        "PageUp" => go(element, -PAGE),
        "Home" if !typing => go(element, isize::MIN),
        "End" if !typing => go(element, isize::MAX),
        "Enter" => choose(of, element),
        " " if !typing => choose(of, element),
        // What is typed over the list goes to the search; the page has keys of its own for some letters.
        letter if !typing && letter.chars().count() == 1 => {
            let _ = search_field(element).focus();
            return event.stop_propagation();
        }
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

fn choose(of: &List, element: &Element) {
    if let Some(option) = active(element) {
        of.take(element, &option);
    }
}

/// Goes so many entries on, to the ends at most.
fn go(element: &Element, by: isize) {
    let all = options(element);
    let now = active(element).and_then(|a| all.iter().position(|o| *o == a));
    let next = match now {
        Some(now) => now.saturating_add_signed(by),
        None => 0,
    };
    activate(element, all.get(next.min(all.len().saturating_sub(1))));
}
