//! The head of a panel that opens over the page.

use super::html::{Html, html, listener, svg};
use super::place::{active, query};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

/// An × in a square of 16.
const CROSS: &str = "M4 4l8 8M12 4l-8 8";

/// Its name, and a button that closes it: not every device has a key for that. `what` says to what it belongs.
pub fn head(name: &str, what: &str) -> Html {
    let cross = svg("svg")
        .attr("viewBox", "0 0 16 16")
        .attr("aria-hidden", "true")
        .child(svg("path").attr("d", CROSS));
    let close = html("button")
        .attr("type", "button")
        .attr("class", "close")
        .attr("aria-label", &format!("Close {what}"))
        .attr("title", &format!("Close {what} (escape)"))
        .attr("data-testid", &format!("{what}-close"))
        .child(cross)
        .on("click", close);
    html("div").attr("class", "head").child(html("h2").text(name)).child(close)
}

fn close(event: &Event) {
    let button = listener(event);
    let Some(frame) = button.and_then(|button| button.closest("[popover]").ok().flatten()) else {
        return;
    };
    let opener = query(&format!("[popovertarget={}]", frame.id()));
    let _ = frame.unchecked_into::<HtmlElement>().hide_popover();
    // Browsers give it back by themselves, but only where a press gives a button the focus.
    let is_lost = active().is_none_or(|now| now.tag_name() == "BODY");
    if let Some(opener) = opener.filter(|_| is_lost) {
        let _ = opener.unchecked_into::<HtmlElement>().focus();
    }
}
