//! Passing on what is shown: the link, lines for other pages, a QR code, and a form that prepares a link for a class.
//!
//! The panel is made once; what is chosen in it stays in its fields, and what it is about in its attributes.

mod class;
mod copy;
mod embed;
mod full;
mod link;
mod seal;

pub use full::draw as full;
pub use seal::verify;

use super::head::head;
use super::html::{Html, html, on, replace, set, value};
use super::links;
use super::panels::Shown;
use crate::link::Link;
use std::rc::Rc;
use web_sys::Element;

/// What is shown.
const LINK: &str = "data-link";
/// The step that is passed on, and the one where the cursor stands.
const STEP: &str = "data-step";
const CURSOR: &str = "data-cursor";

/// Draws it.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    if element.first_element_child().is_none() {
        build(element);
    }
    set(element, CURSOR, &shown.step.to_string());
    let is_same = element.get_attribute(LINK).as_deref() == Some(shown.link);
    set(element, LINK, shown.link);
    let plays = links::read(shown.link).step.is_none();
    // While it plays the texts stay as they are: nobody could read or select them otherwise.
    if !element.has_attribute(STEP) {
        link::opens(element, plays);
    }
    match plays && element.has_attribute(STEP) {
        true if is_same && !link::waits(element) => {}
        true => update(element),
        false => take_step(element),
    }
}

/// Takes the step where the cursor stands.
fn take_step(element: &Element) {
    set(element, STEP, &element.get_attribute(CURSOR).unwrap_or_default());
    update(element);
}

fn build(element: &Element) {
    super::place::style(include_str!("share/share.css"));
    replace(
        element,
        vec![head("Share", "share"), link::part(), embed::part(), class::part(), link::qr_part()],
    );
    // What is typed here is no setting of the page.
    for event in ["input", "change"] {
        let panel = element.clone();
        on(element, event, move |event| {
            event.stop_propagation();
            update(&panel);
        });
    }
    // Opened again, it is about the step of then.
    if let Ok(Some(frame)) = element.closest("[popover]") {
        let panel = element.clone();
        on(&frame, "beforetoggle", move |_| {
            let _ = panel.remove_attribute(STEP);
        });
    }
}

/// Writes all that follows from what is shown and what is chosen.
fn update(element: &Element) {
    let link = links::read(&element.get_attribute(LINK).unwrap_or_default());
    let now = Now { root: element, link };
    class::follow(&now);
    let plain = link::write(&now);
    embed::write(&now, &plain.link);
    let class = class::write(&now, &plain.link);
    link::write_qr(&now, &plain, class.as_deref());
}

/// Has all written again when something in the panel is opened or closed.
fn on_toggle(frame: Html) -> Html {
    frame.on("toggle", |event| {
        if let Some(panel) = super::html::listener(event).and_then(|e| e.closest(PANEL).ok().flatten()) {
            update(&panel);
        }
    })
}

const PANEL: &str = "[data-panel=share]";

/// What is to be passed on.
struct Now<'a> {
    /// The panel.
    root: &'a Element,
    /// What is shown.
    link: Rc<Link>,
}

impl Now<'_> {
    /// The step that is passed on.
    fn step(&self) -> u32 {
        self.root.get_attribute(STEP).and_then(|s| s.parse().ok()).unwrap_or(0)
    }

    /// A part of the panel, by its name in tests.
    fn part(&self, id: &str) -> Option<Element> {
        self.root.query_selector(&format!("[data-testid=\"share-{id}\"]")).ok().flatten()
    }

    fn value(&self, id: &str) -> String {
        self.part(id).map(|field| value(&field)).unwrap_or_default()
    }

    fn is_ticked(&self, id: &str) -> bool {
        self.part(id).is_some_and(|field| super::html::is_checked(&field))
    }

    /// The address of the page without a link: as the part of another page says it, or the document's own.
    fn page(&self) -> String {
        page(self.root)
    }
}

/// The address of the page that an element is in, without a link.
fn page(element: &Element) -> String {
    let said = element.closest("[data-base]").ok().flatten().and_then(|e| e.get_attribute("data-base"));
    let own = || web_sys::window().and_then(|w| w.location().href().ok()).unwrap_or_default();
    let address = said.unwrap_or_else(own);
    address.split('#').next().unwrap_or_default().to_owned()
}

/// A field with its name.
fn labelled(name: &str, field: Html) -> Html {
    html("label").attr("class", "row").child(html("span").attr("class", "name").text(name)).child(field)
}

/// A box to tick, with its name.
fn tick(id: &str, name: &str, help: &str, on: bool) -> Html {
    let field = html("input").attr("type", "checkbox").attr("data-testid", &format!("share-{id}"));
    let field = if on { field.attr("checked", "") } else { field };
    html("label").attr("class", "check").attr("title", help).child(field).text(name)
}

/// A menu.
fn menu<'a>(id: &str, name: &str, options: impl Iterator<Item = (&'a str, &'a str)>) -> Html {
    let options = options.map(|(key, name)| html("option").attr("value", key).text(name)).collect::<Vec<_>>();
    let field = html("select").attr("data-testid", &format!("share-{id}"));
    labelled(name, field.children(options))
}

/// A whole number.
fn number(id: &str, name: &str, value: &str, range: [&str; 2]) -> Html {
    let field = html("input")
        .attr("type", "number")
        .attr("data-testid", &format!("share-{id}"))
        .attr("min", range[0])
        .attr("max", range[1])
        .attr("value", value);
    labelled(name, field)
}

/// What is to be copied, and the button that does.
fn text(id: &str, name: &str, rows: &str) -> [Html; 2] {
    let field = html("textarea")
        .attr("readonly", "")
        .attr("rows", rows)
        .attr("spellcheck", "false")
        .attr("aria-label", name)
        .attr("data-testid", &format!("share-{id}"));
    let button = copy::button(&format!("Copy {}", name.to_lowercase()), id, &field.0);
    [field, button]
}

/// Writes a text into such a field.
fn put(now: &Now<'_>, id: &str, text: &str) {
    if let Some(field) = now.part(id) {
        super::html::set_value(&field, text);
    }
}
