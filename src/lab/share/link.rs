//! The link itself, and its QR code.

use super::super::html::{Html, html, replace, set, set_text, svg};
use super::{Now, put, seal, text, tick};
use crate::export::share::{QR_BYTES, fragment, full, qr};
use crate::link::Link;
use web_sys::Element;

const PANEL: &str = "[data-panel=share]";
/// Squares of white around a code, which cameras need.
const QUIET: i32 = 4;

/// The link with what is chosen about it.
pub fn part() -> Html {
    let choice = |id: &str, name: &str| {
        let field = html("input")
            .attr("type", "radio")
            .attr("name", "share-from")
            .attr("data-testid", &format!("share-{id}"));
        html("label").attr("class", "check").child(field).text(name)
    };
    let here = choice("here", "at this step, paused");
    if let Ok(Some(field)) = here.0.query_selector("input") {
        super::super::html::set_checked(&field, true);
    }
    let from = html("fieldset")
        .attr("class", "line")
        .child(html("legend").text("Opens"))
        .child(here)
        .child(choice("start", "from the start"));
    let check = tick(
        "check",
        "with a check of the runs",
        "Whoever opens the link is told if the runs come out otherwise then, because the engine has changed",
        true,
    );
    let note = html("p").attr("class", "note").attr("data-testid", "share-note");
    html("section").child(from).child(check).children(text("link", "Link", "3")).child(note)
}

/// The code, made when it is opened.
pub fn qr_part() -> Html {
    let frame = html("details").attr("data-testid", "share-qr").on("toggle", |event| {
        if let Some(panel) = super::super::html::listener(event).and_then(|e| e.closest(PANEL).ok().flatten())
        {
            super::update(&panel);
        }
    });
    frame.child(html("summary").text("QR code")).child(html("div").attr("class", "code"))
}

/// Writes the link; what of it is the same for all that is made of it goes back.
pub fn write(now: &Now<'_>) -> Link {
    let mut link = Link { step: None, check: String::new(), ..(*now.link).clone() };
    if !now.is_ticked("start") {
        link.step = Some(now.step());
    }
    let mut note = "";
    if now.is_ticked("check") {
        match seal::of(now.link.as_ref()) {
            Some(check) => link.check = check,
            None => note = "The runs are not known to their ends yet; the check comes with them.",
        }
    }
    if let Some(place) = now.part("note") {
        set_text(&place, note);
    }
    // What this link locks and hides, the next one does too: it would be a way around otherwise.
    let passed_on = Link { lock: link.lock, hide: link.hide, ..full(&link) };
    let address = format!("{}#{}", now.page(), fragment(&passed_on.write()));
    put(now, "link", &address);
    if let Some(frame) = now.part("qr").filter(|frame| frame.has_attribute("open")) {
        draw_qr(&frame, &address);
    }
    link
}

fn draw_qr(frame: &Element, address: &str) {
    let Some(place) = frame.query_selector(".code").ok().flatten() else {
        return;
    };
    if place.get_attribute("data-of").as_deref() == Some(address) {
        return;
    }
    set(&place, "data-of", address);
    let Some((size, path)) = qr(address) else {
        let words = format!(
            "This link has {} characters. A code that cameras read from a screen holds {QR_BYTES}.",
            address.len(),
        );
        return replace(&place, vec![html("p").attr("class", "note").text(&words)]);
    };
    let whole = size + 2 * QUIET;
    let ground = svg("rect")
        .attr("x", &(-QUIET).to_string())
        .attr("y", &(-QUIET).to_string())
        .attr("width", &whole.to_string())
        .attr("height", &whole.to_string())
        .attr("fill", "#fff");
    let code = svg("svg")
        .attr("viewBox", &format!("{0} {0} {whole} {whole}", -QUIET))
        .attr("role", "img")
        .attr("aria-label", "QR code of the link")
        .attr("shape-rendering", "crispEdges")
        .child(ground)
        .child(svg("path").attr("d", &path).attr("fill", "#000"));
    replace(&place, vec![code]);
}
