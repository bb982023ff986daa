//! The fields of the panel.

use super::Now;
use crate::lab::html::{Html, html, set, set_text, set_value, value};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

/// There where the reader has changed a field.
const TOUCHED: &str = "data-touched";

/// A part of the panel, by its name in tests.
pub fn field(root: &Element, id: &str) -> Option<Element> {
    root.query_selector(&format!("[data-testid=\"take-{id}\"]")).ok().flatten()
}

/// A number with its name, and under it what is wrong with it.
pub fn numbered(name: &str, id: &str, value: &str, bounds: [&str; 2]) -> Html {
    html("div").child(row(name, number(id, value, bounds))).child(wrong(id))
}

/// Where it is said what is wrong with a field, or why a button did not do what it says.
pub fn wrong(id: &str) -> Html {
    html("p")
        .attr("class", "wrong")
        .attr("role", "alert")
        .attr("id", &format!("take-wrong-{id}"))
        .attr("data-testid", &format!("take-wrong-{id}"))
}

/// Says there what is wrong; nothing is where it is empty.
pub fn tell(root: &Element, id: &str, words: &str) {
    if let Some(line) = field(root, &format!("wrong-{id}")) {
        set_text(&line, words);
    }
}

/// A field with its name.
pub fn row(name: &str, field: Html) -> Html {
    html("label").attr("class", "row").child(html("span").attr("class", "name").text(name)).child(field)
}

/// A menu.
pub fn select(id: &str, options: &[(&str, &str)]) -> Html {
    let options = options.iter().map(|(key, name)| html("option").attr("value", key).text(name));
    html("select").attr("data-testid", &format!("take-{id}")).children(options)
}

/// A whole number.
fn number(id: &str, value: &str, [min, max]: [&str; 2]) -> Html {
    html("input")
        .attr("type", "number")
        .attr("data-testid", &format!("take-{id}"))
        .attr("min", min)
        .attr("max", max)
        .attr("value", value)
        .attr("aria-describedby", &format!("take-wrong-{id}"))
}

/// The value of a field.
pub fn chosen(root: &Element, id: &str) -> String {
    field(root, id).map(|field| value(&field)).unwrap_or_default()
}

/// Why something is not made.
pub enum Wrong {
    /// It stands under the field that is to be changed.
    Told,
    /// It is to be said at the button.
    Why(String),
}

impl<T: Into<String>> From<T> for Wrong {
    fn from(why: T) -> Self {
        Self::Why(why.into())
    }
}

/// The number in a field.
///
/// # Errors
/// What it has to be is said there.
pub fn whole(root: &Element, id: &str) -> Result<u32, Wrong> {
    let Some(field) = field(root, id) else {
        return Err("This is not known here.".into());
    };
    let bound = |name: &str| field.get_attribute(name).and_then(|v| v.parse().ok()).unwrap_or(0);
    let (min, max): (u32, u32) = (bound("min"), bound("max"));
    let given: Option<u32> = value(&field).trim().parse().ok();
    if let Some(given) = given.filter(|n| (min..=max).contains(n)) {
        settle(&field, id);
        return Ok(given);
    }
    let name = field.parent_element().and_then(|label| label.first_element_child());
    let name = name.and_then(|name| name.text_content()).unwrap_or_default();
    Err(refuse(root, id, &format!("{name} is a whole number from {min} to {max}.")))
}

/// Says what is wrong with a field, and goes there.
pub fn refuse(root: &Element, id: &str, words: &str) -> Wrong {
    if let Some(field) = field(root, id) {
        set(&field, "aria-invalid", "true");
        let _ = field.unchecked_into::<HtmlElement>().focus();
    }
    tell(root, id, words);
    Wrong::Told
}

/// Nothing is wrong with a field any more.
fn settle(field: &Element, id: &str) {
    set(field, "aria-invalid", "false");
    if let Ok(Some(panel)) = field.closest("[data-panel]") {
        tell(&panel, id, "");
    }
}

/// Notes that the reader has changed a field.
pub fn touch(event: &Event) {
    if let Some(field) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) {
        set(&field, TOUCHED, "");
        let id = field.get_attribute("data-testid").unwrap_or_default();
        settle(&field, id.trim_start_matches("take-"));
    }
}

/// Brings what follows from the settings up to date, where the reader has not chosen otherwise.
pub fn follow(now: &Now<'_>) {
    let steps = now.link.config.steps.to_string();
    for id in ["from", "to"] {
        if let Some(field) = field(now.root, id) {
            set(&field, "max", &steps);
            if id == "to" && !field.has_attribute(TOUCHED) {
                set_value(&field, &steps);
            }
        }
    }
    let config = &now.link.config;
    let is_network = config.network.is_some();
    let is_flat = !is_network && matches!(config.look.get("space"), "" | "2d");
    for (id, is_hidden) in [("code", is_network), ("no-code", !is_network), ("flat", is_flat)] {
        if let Some(part) = field(now.root, id) {
            let _ = part.toggle_attribute_with_force("hidden", is_hidden);
        }
    }
}

/// Puts the focus on a part, if it is within the panel: where it was is gone.
pub fn focus(root: &Element, id: &str) {
    let active = crate::lab::place::active();
    let lost = active.is_none_or(|a| root.contains(Some(&a)) || a.tag_name() == "BODY");
    if let Some(part) = field(root, id).filter(|_| lost) {
        let _ = part.unchecked_into::<HtmlElement>().focus();
    }
}
