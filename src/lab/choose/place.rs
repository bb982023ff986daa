//! Where the list stands, and what of it is seen.

use super::{frame, list, search_field};
use crate::lab::place::query;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Windows narrower than this have the list in their middle, as wide as they are.
const NARROW: f64 = 480.0;
/// Between the list and the window's edge.
const EDGE: f64 = 8.0;
/// It need not be higher than this.
const HEIGHT: f64 = 640.0;
/// Below the button is where one expects it, where there is at least so much room.
const ENOUGH: f64 = 360.0;

/// Puts the frame beside its button: below it, or above where there is more room.
pub fn put(element: &Element) -> Option<()> {
    let frame = frame(element)?;
    let window = web_sys::window()?;
    let size = |side: Result<wasm_bindgen::JsValue, _>| side.ok().and_then(|n| n.as_f64());
    let (width, height) = (size(window.inner_width())?, size(window.inner_height())?);
    let style = frame.style();
    if width < NARROW {
        for name in ["left", "top", "bottom", "right", "margin", "max-height"] {
            let _ = style.remove_property(name);
        }
        return Some(());
    }
    let button = query(&format!("[popovertarget={}]", frame.id()))?;
    let button = button.get_bounding_client_rect();
    let own = f64::from(frame.offset_width());
    let left = (button.right() - own).min(width - own - EDGE).max(EDGE);
    let (below, above) = (height - button.bottom() - 2.0 * EDGE, button.top() - 2.0 * EDGE);
    let under = below >= ENOUGH || below >= above;
    // Where there is little room on either side, it covers the button.
    let room = if under { below } else { above }.max(ENOUGH.min(height - 2.0 * EDGE)).min(HEIGHT);
    let top = if under { button.bottom() + 4.0 } else { button.top() - 4.0 - room };
    let top = top.min(height - EDGE - room).max(EDGE);
    let pixels = |n: f64| format!("{n}px");
    for (name, value) in [
        ("left", pixels(left)),
        ("top", pixels(top)),
        ("right", "auto".to_owned()),
        ("bottom", "auto".to_owned()),
        ("margin", "0".to_owned()),
        ("max-height", pixels(room)),
    ] {
        let _ = style.set_property(name, &value);
    }
    Some(())
}

/// Gives the focus to the search, or to the list where a keyboard on the screen would cover half of it.
pub fn focus(element: &Element) {
    let touch = web_sys::window().and_then(|w| w.match_media("(pointer: coarse)").ok().flatten());
    let target: HtmlElement = if touch.is_some_and(|m| m.matches()) {
        list(element).unchecked_into()
    } else {
        search_field(element).into()
    };
    let _ = target.focus();
}

/// Scrolls the list, and nothing else, so that an option is seen, with its heading if it is the first below it.
pub fn show(list: &Element, option: &Element) {
    let first = option.previous_element_sibling().filter(|e| !e.matches("[role=option]").unwrap_or(true));
    let (frame, low) = (list.get_bounding_client_rect(), option.get_bounding_client_rect());
    let heading = list.query_selector(".family").ok().flatten();
    // Headings stay at the top of the list and cover what is there.
    let cover = heading.map_or(0.0, |h| h.get_bounding_client_rect().height());
    let high = if first.is_some() { low.top() - cover } else { low.top() };
    let (above, below) = (frame.top() + cover - high, low.bottom() - frame.bottom());
    let by = if above > 0.0 && first.is_none() {
        -above
    } else if first.is_some() && high < frame.top() {
        high - frame.top()
    } else if below > 0.0 {
        below
    } else {
        return;
    };
    list.set_scroll_top(list.scroll_top() + whole(by));
}

#[expect(clippy::cast_possible_truncation, reason = "pixels")]
fn whole(pixels: f64) -> i32 {
    pixels.round() as i32
}
