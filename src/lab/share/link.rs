//! The link itself, and its QR code.

use super::super::html::{Html, html, listener, replace, set, set_checked, set_text, svg};
use super::{Now, PANEL, on_toggle, put, seal, take_step, text, tick};
use crate::export::share::{QR_BYTES, fragment, passed_on, qr};
use crate::link::Link;
use web_sys::Element;

/// Squares of white around a code, which cameras need.
const QUIET: i32 = 4;

/// The link as it is passed on without more words.
pub struct Plain {
    /// What all that is made of it has too.
    pub link: Link,
    /// Its address.
    address: String,
}

/// The link with what is chosen about it.
pub fn part() -> Html {
    let choice = |id: &str, name: Html| {
        let field = html("input")
            .attr("type", "radio")
            .attr("name", "share-from")
            .attr("data-testid", &format!("share-{id}"))
            .on("click", |event| {
                // While it plays, this is when it is taken.
                if let Some(panel) = listener(event).and_then(|e| e.closest(PANEL).ok().flatten()) {
                    take_step(&panel);
                }
            });
        html("label").attr("class", "check").child(field).child(name)
    };
    let here = choice("here", html("span").attr("data-testid", "share-at"))
        .attr("title", "While it plays, this is the step at which you chose it");
    let from = html("fieldset")
        .attr("class", "line")
        .child(html("legend").text("Opens"))
        .child(here)
        .child(choice("start", html("span").text("from the start")));
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
    let frame = on_toggle(html("details").attr("data-testid", "share-qr")).on("toggle", |event| {
        // It opens below what is seen of the panel.
        if let Some(frame) = listener(event).filter(|frame| frame.has_attribute("open")) {
            frame.scroll_into_view_with_bool(false);
        }
    });
    let of = html("p").attr("class", "note").attr("data-testid", "share-qr-of");
    frame.child(html("summary")).child(html("div").attr("class", "code")).child(of)
}

/// The panel has been opened: where the page plays, the link is to begin at the start, otherwise at what is seen.
pub fn opens(panel: &Element, plays: bool) {
    let id = if plays { "start" } else { "here" };
    if let Ok(Some(field)) = panel.query_selector(&format!("[data-testid=share-{id}]")) {
        set_checked(&field, true);
    }
}

/// Whether a part of it is still to come.
pub fn waits(panel: &Element) -> bool {
    let note = panel.query_selector("[data-testid=share-note]").ok().flatten();
    note.and_then(|note| note.text_content()).is_some_and(|words| !words.is_empty())
}

/// Writes the link; what of it is the same for all that is made of it goes back.
pub fn write(now: &Now<'_>) -> Plain {
    let mut link = Link { step: None, check: String::new(), ..(*now.link).clone() };
    let step = now.step().min(link.config.steps);
    if !now.is_ticked("start") {
        link.step = Some(step);
    }
    if let Some(place) = now.part("at") {
        set_text(&place, &format!("at step {step}, paused"));
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
    let address = format!("{}#{}", now.page(), fragment(&passed_on(&link).write()));
    put(now, "link", &address);
    Plain { link, address }
}

/// Draws the code of the link that is in use: that for a class, where there is one.
pub fn write_qr(now: &Now<'_>, plain: &Plain, class: Option<&str>) {
    let Some(frame) = now.part("qr") else { return };
    let name = if class.is_some() { "the class link" } else { "the link" };
    if let Ok(Some(summary)) = frame.query_selector("summary") {
        set_text(&summary, &format!("QR code of {name}"));
    }
    if frame.has_attribute("open") {
        draw_qr(&frame, class.unwrap_or(&plain.address), name);
    }
    if let Some(place) = now.part("qr-of") {
        let words = if class.is_some() {
            "It holds the class link above, with what is locked and hidden. Close that form for a code of the link alone."
        } else {
            "It holds the link at the top."
        };
        set_text(&place, words);
    }
}

fn draw_qr(frame: &Element, address: &str, name: &str) {
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
        .attr("aria-label", &format!("QR code of {name}"))
        .attr("shape-rendering", "crispEdges")
        .child(ground)
        .child(svg("path").attr("d", &path).attr("fill", "#000"));
    replace(&place, vec![code]);
}
