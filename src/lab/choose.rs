//! Choosing from a long list: run's optimizers and what there is to minimise, in groups, with what there is to know of each,
//! and a search.
//!
//! The page opens and closes the frame, a popover. Which list it is, its own file says; what they share is here.

mod entry;
mod keys;
mod optimizers;
mod place;
mod surfaces;
mod thumbs;

pub use optimizers::draw as optimizers;
pub use surfaces::draw as surfaces;

use super::html::{Html, html, replace};
use crate::export::search;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

/// The key of what is in use, at the panel.
const NOW: &str = "data-now";
/// There while it is open.
const OPEN: &str = "data-open";
/// The option that Enter picks.
const ACTIVE: &str = "data-active";
/// The key of an option.
const KEY: &str = "data-key";

/// What differs from list to list.
struct List {
    /// What is in it.
    label: &'static str,
    /// What it is searched by: for those who hear it, and for those who see it.
    search: [&'static str; 2],
    /// What is found, in groups with headings, and what is said of how much that is.
    find: fn(&Element, &str) -> (Vec<Family>, String),
    /// Tells the page what is picked.
    pick: fn(&Element, &str),
}

/// A heading with what stands under it.
type Family = (&'static str, Vec<Html>);

impl List {
    /// Draws it where it is opened, and again where what it depends on has changed meanwhile. What is typed stays.
    fn show(&'static self, element: &Element, changed: bool) {
        let opened = set(element, OPEN, Some(""));
        if opened {
            search_field(element).set_value("");
        }
        if opened || changed {
            self.fill(element, opened);
        }
        if opened {
            place::put(element);
            place::focus(element);
            // Now that it has its height.
            if let Some(active) = active(element) {
                place::show(&list(element), &active);
            }
        }
    }

    /// Makes its parts, once. `name` is in the names of all of them.
    fn build(&'static self, element: &Element, name: &str) {
        if element.query_selector("[role=listbox]").ok().flatten().is_some() {
            return;
        }
        let list = format!("{name}-list");
        let field = html("input")
            .attr("type", "text")
            .attr("class", "search")
            .attr("role", "combobox")
            .attr("aria-label", self.search[0])
            .attr("aria-expanded", "true")
            .attr("aria-autocomplete", "list")
            .attr("aria-controls", &list)
            .attr("autocomplete", "off")
            .attr("spellcheck", "false")
            .attr("maxlength", "80")
            .attr("placeholder", self.search[1])
            .attr("data-testid", &format!("{name}-search"));
        let options = html("div")
            .attr("id", &list)
            .attr("role", "listbox")
            .attr("tabindex", "0")
            .attr("aria-label", self.label)
            .attr("class", "options");
        let count = html("p").attr("class", "count").attr("role", "status");
        replace(element, vec![html("div").attr("class", "searching").child(field).child(count), options]);
        on(element, "input", |element, _| self.fill(element, true));
        on(element, "click", |element, event| {
            let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
            if let Some(option) = target.and_then(|t| t.closest("[role=option]").ok().flatten()) {
                self.take(element, &option);
            }
        });
        on(element, "keydown", |element, event| keys::press(self, element, event));
        // The frame says when it is closed; the panel is not drawn then. Where it is opened again at once, `toggle` tells only
        // of the latter, and the page has seen no change.
        if let Some(frame) = frame(element) {
            let panel = element.clone();
            on(&frame, "beforetoggle", move |_, _| {
                set(&panel, OPEN, None);
            });
            let panel = element.clone();
            on(&frame, "toggle", move |frame, _| {
                if frame.matches(":popover-open").unwrap_or(false) {
                    self.show(&panel, false);
                }
            });
        }
    }

    /// Fills the list with what is searched for: the groups in the order of their best, each with its members, best first.
    /// `anew` makes the best the active one, or the one in use where nothing is searched for.
    fn fill(&'static self, element: &Element, anew: bool) {
        let query = search_field(element).value();
        let before = if anew { None } else { active(element).and_then(|a| a.get_attribute(KEY)) };
        let (families, count) = (self.find)(element, &query);
        let list = list(element);
        let id = list.id();
        let groups = families.into_iter().enumerate().map(|(i, (title, members))| {
            let heading = format!("{id}-{i}");
            let title = html("div")
                .attr("id", &heading)
                .attr("class", "family")
                .attr("role", "presentation")
                .text(title);
            let group = html("div").attr("role", "group").attr("aria-labelledby", &heading).child(title);
            group.children(members)
        });
        replace(&list, groups.collect());
        part(element, ".count").set_text_content(Some(&count));
        let now = search::fold(&query).is_empty().then(|| element.get_attribute(NOW)).flatten();
        let wanted = before.or(now).and_then(|key| option(element, &key));
        activate(element, wanted.or_else(|| options(element).into_iter().next()).as_ref());
    }

    /// Tells the page, and closes.
    fn take(&self, element: &Element, option: &Element) {
        let key = option.get_attribute(KEY).unwrap_or_default();
        if let Some(frame) = frame(element) {
            // It gives the focus back to the button.
            let _ = frame.hide_popover();
        }
        (self.pick)(element, &key);
    }
}

/// What is found in groups, in the order in which the first of each stands.
fn in_groups<T>(found: &[T], group: impl Fn(&T) -> &'static str, entry: impl Fn(&T) -> Html) -> Vec<Family> {
    let mut families: Vec<Family> = Vec::new();
    for one in found {
        let title = group(one);
        match families.iter_mut().find(|(known, _)| *known == title) {
            Some((_, members)) => members.push(entry(one)),
            None => families.push((title, vec![entry(one)])),
        }
    }
    families
}

/// How much is found of how much there is.
fn count(found: usize, all: usize, things: [&str; 2]) -> String {
    match found {
        0 => format!("No {} has all of these words.", things[0]),
        n if n == all => format!("{n} {}", things[1]),
        n => format!("{n} of {all}"),
    }
}

/// An option of the list in this panel.
fn entry(element: &Element, key: &str, current: bool) -> Html {
    html("div")
        .attr("role", "option")
        .attr("id", &format!("{}-{key}", list(element).id()))
        .attr("aria-selected", if current { "true" } else { "false" })
        .attr(KEY, key)
}

/// The name of an option, what goes with it, and whether it is in use.
fn title(name: &str, beside: &str, current: bool) -> Html {
    let head = html("div")
        .attr("class", "title")
        .child(html("b").text(name))
        .child(html("span").attr("class", "who").text(beside));
    if current { head.child(html("span").attr("class", "now").text("✓ in use")) } else { head }
}

/// Sets or removes an attribute; whether that is a change.
fn set(element: &Element, name: &str, value: Option<&str>) -> bool {
    if element.get_attribute(name).as_deref() == value {
        return false;
    }
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
    true
}

/// Calls back on an event of an element, as long as the element lives.
fn on(element: &Element, event: &str, act: impl Fn(&Element, &Event) + 'static) {
    let node = element.clone();
    super::html::on(element, event, move |event| act(&node, event));
}

/// What the panel stands in: the popover.
fn frame(element: &Element) -> Option<HtmlElement> {
    element.closest("[popover]").ok().flatten()?.dyn_into().ok()
}

fn part(element: &Element, selector: &str) -> Element {
    // Made by `build`, which every caller comes after.
    element.query_selector(selector).ok().flatten().unwrap_throw()
}

fn search_field(element: &Element) -> HtmlInputElement {
    part(element, ".search").unchecked_into()
}

fn list(element: &Element) -> Element {
    part(element, "[role=listbox]")
}

fn option(element: &Element, key: &str) -> Option<Element> {
    options(element).into_iter().find(|o| o.get_attribute(KEY).as_deref() == Some(key))
}

/// All options, from the top.
fn options(element: &Element) -> Vec<Element> {
    let Ok(all) = list(element).query_selector_all("[role=option]") else {
        return Vec::new();
    };
    (0..all.length()).filter_map(|i| all.get(i)?.dyn_into().ok()).collect()
}

/// The option that Enter picks.
fn active(element: &Element) -> Option<Element> {
    list(element).query_selector("[data-active]").ok().flatten()
}

/// Makes an option the active one, and shows it.
fn activate(element: &Element, option: Option<&Element>) {
    if let Some(old) = active(element) {
        set(&old, ACTIVE, None);
    }
    let id = option.map(Element::id);
    for part in [list(element), search_field(element).into()] {
        set(&part, "aria-activedescendant", id.as_deref());
    }
    if let Some(option) = option {
        set(option, ACTIVE, Some(""));
        place::show(&list(element), option);
    }
}
