//! The fields of the panel.

use super::Now;
use crate::lab::html::{Html, html, set, set_value, value};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

/// There where the reader has changed a field.
const TOUCHED: &str = "data-touched";

/// A part of the panel, by its name in tests.
pub fn field(root: &Element, id: &str) -> Option<Element> {
    root.query_selector(&format!("[data-testid=\"take-{id}\"]")).ok().flatten()
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
pub fn number(id: &str, value: &str, [min, max]: [&str; 2]) -> Html {
    html("input")
        .attr("type", "number")
        .attr("data-testid", &format!("take-{id}"))
        .attr("min", min)
        .attr("max", max)
        .attr("value", value)
}

/// The value of a field.
pub fn chosen(root: &Element, id: &str) -> String {
    field(root, id).map(|field| value(&field)).unwrap_or_default()
}

/// The number in a field.
///
/// # Errors
/// What it has to be.
pub fn whole(root: &Element, id: &str) -> Result<u32, String> {
    let Some(field) = field(root, id) else {
        return Err(String::new());
    };
    let bound = |name: &str| field.get_attribute(name).and_then(|v| v.parse().ok()).unwrap_or(0);
    let (min, max): (u32, u32) = (bound("min"), bound("max"));
    let given: Option<u32> = value(&field).trim().parse().ok();
    let found = given.filter(|n| (min..=max).contains(n));
    set(&field, "aria-invalid", if found.is_some() { "false" } else { "true" });
    let name = field.parent_element().and_then(|label| label.first_element_child());
    let name = name.and_then(|name| name.text_content()).unwrap_or_default();
    found.ok_or_else(|| format!("{name} is a whole number from {min} to {max}."))
}

/// Notes that the reader has changed a field.
pub fn touch(event: &Event) {
    if let Some(field) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) {
        set(&field, TOUCHED, "");
        set(&field, "aria-invalid", "false");
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
}

/// Puts the focus on a part, if it is within the panel: where it was is gone.
pub fn focus(root: &Element, id: &str) {
    let active = crate::lab::place::active();
    let lost = active.is_none_or(|a| root.contains(Some(&a)) || a.tag_name() == "BODY");
    if let Some(part) = field(root, id).filter(|_| lost) {
        let _ = part.unchecked_into::<HtmlElement>().focus();
    }
}
