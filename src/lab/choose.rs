//! Choosing a run's optimizer: all of them with what there is to know of each, in their families, and a search.
//!
//! The page opens and closes the frame, a popover. What is picked is told it by the event `descent:choose`, whose detail
//! is a key.

mod entry;
mod keys;
mod place;

use super::html::{html, replace};
use super::panels::Shown;
use crate::export::search;
use crate::link::Link;
use crate::optim::{ALL, Group, Needs};
use crate::session::Config;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{CustomEvent, CustomEventInit, Element, Event, HtmlElement, HtmlInputElement};

/// What is in the list: the method in use, and what the problem lacks.
const NOW: &str = "data-now";
const LACKS: &str = "data-lacks";
/// There while the problem is a surface, where what is to know about methods on a plane is to know.
const PLANE: &str = "data-plane";
/// There while it is open.
const OPEN: &str = "data-open";
/// The option that Enter picks.
const ACTIVE: &str = "data-active";
/// The key of an option.
const KEY: &str = "data-key";

/// Draws it where it is opened, and again where the method in use or the problem has changed meanwhile. What is typed
/// stays.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    let config = Link::read(shown.link).0.config;
    let Some(run) = config.runs.get(shown.run) else {
        return;
    };
    if element.query_selector("[role=listbox]").ok().flatten().is_none() {
        build(element, shown.run);
    }
    let changed = [
        set(element, NOW, Some(run.settings.optimizer.key)),
        set(element, LACKS, Some(&lacks(&config))),
        set(element, PLANE, config.is_plane().then_some("")),
    ];
    let opened = set(element, OPEN, Some(""));
    if opened {
        search_field(element).set_value("");
    }
    if opened || changed.contains(&true) {
        fill(element, opened);
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

/// What the problem lacks, as indices among all needs.
fn lacks(config: &Config) -> String {
    let missing = |needs: Needs| match (&config.network, &config.problem) {
        (Some(network), _) => needs.is_missing(network),
        (None, Some(matrix)) => needs.is_missing(matrix),
        (None, None) => needs.is_missing(&config.surface),
    };
    let indices = Needs::ALL.into_iter().enumerate().filter(|(_, needs)| missing(*needs));
    indices.map(|(i, _)| i.to_string()).collect::<Vec<_>>().join(" ")
}

fn build(element: &Element, run: usize) {
    let list = format!("choose-{run}-list");
    let field = html("input")
        .attr("type", "text")
        .attr("class", "search")
        .attr("role", "combobox")
        .attr("aria-label", "Search by name, year, author or family")
        .attr("aria-expanded", "true")
        .attr("aria-autocomplete", "list")
        .attr("aria-controls", &list)
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("maxlength", "80")
        .attr("placeholder", "Name, year, author, family …")
        .attr("data-testid", &format!("choose-{run}-search"));
    let options = html("div")
        .attr("id", &list)
        .attr("role", "listbox")
        .attr("tabindex", "0")
        .attr("aria-label", "Optimizers")
        .attr("class", "options");
    let count = html("p").attr("class", "count").attr("role", "status");
    replace(element, vec![html("div").attr("class", "searching").child(field).child(count), options]);
    on(element, "input", |element, _| fill(element, true));
    on(element, "click", |element, event| {
        let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        if let Some(option) = target.and_then(|t| t.closest("[role=option]").ok().flatten()) {
            pick(element, &option);
        }
    });
    on(element, "keydown", keys::press);
    // The frame says when it is closed; the panel is not drawn then.
    if let Some(frame) = frame(element) {
        let panel = element.clone();
        on(&frame, "toggle", move |frame, _| {
            if !frame.matches(":popover-open").unwrap_or(false) {
                set(&panel, OPEN, None);
            }
        });
    }
}

/// Calls back on an event of an element, as long as the element lives.
fn on(element: &Element, event: &str, act: impl Fn(&Element, &Event) + 'static) {
    let node = element.clone();
    let closure = Closure::<dyn Fn(Event)>::new(move |event: Event| act(&node, &event)).into_js_value();
    let _ = element.add_event_listener_with_callback(event, closure.unchecked_ref());
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

/// Fills the list with what is searched for: the families in the order of their best, each with its members, best first.
/// `anew` makes the best the active one, or the one in use where nothing is searched for.
fn fill(element: &Element, anew: bool) {
    let query = search_field(element).value();
    let found = search::optimizers(&query);
    let before = if anew { None } else { active(element).and_then(|a| a.get_attribute(KEY)) };
    let mut groups: Vec<Group> = Vec::new();
    for spec in &found {
        if !groups.contains(&spec.group) {
            groups.push(spec.group);
        }
    }
    let list = list(element);
    let id = list.id();
    let context = entry::Context::read(element);
    let families = groups.into_iter().enumerate().map(|(i, group)| {
        let heading = format!("{id}-{i}");
        let title = html("div").attr("id", &heading).attr("class", "family").attr("role", "presentation");
        let family = html("div").attr("role", "group").attr("aria-labelledby", &heading);
        let members = found.iter().filter(|spec| spec.group == group);
        members.fold(family.child(title.text(group.title())), |family, spec| {
            family.child(entry::option(spec, &id, &context))
        })
    });
    replace(&list, families.collect());
    let count = match found.len() {
        0 => "No optimizer has all of these words.".to_owned(),
        n if n == ALL.len() => format!("{n} optimizers"),
        n => format!("{n} of {}", ALL.len()),
    };
    part(element, ".count").set_text_content(Some(&count));
    let now = search::fold(&query).is_empty().then(|| element.get_attribute(NOW)).flatten();
    let wanted = before.or(now).and_then(|key| option(element, &key));
    activate(element, wanted.or_else(|| options(element).into_iter().next()).as_ref());
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

/// Tells the page, and closes.
fn pick(element: &Element, option: &Element) {
    let key = option.get_attribute(KEY).unwrap_or_default();
    if let Some(frame) = frame(element) {
        // It gives the focus back to the button.
        let _ = frame.hide_popover();
    }
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_detail(&key.into());
    if let Ok(event) = CustomEvent::new_with_event_init_dict("descent:choose", &init) {
        let _ = element.dispatch_event(&event);
    }
}
