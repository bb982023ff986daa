//! What is locked: a line that says so, and controls that are there and cannot be used. That nothing can be changed does not
//! depend on this (`session::lock`).

use super::html::{html, replace, set, set_text, svg};
use super::links;
use super::panels::Shown;
use super::place::{self, per_place};
use js_sys::Array;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, MutationObserver, MutationObserverInit};

/// There at what is locked.
const LOCKED: &str = "data-locked";
/// What a control had before, and where that is kept.
const KEPT: [(&str, &str); 3] =
    [("data-help", "data-locked-help"), ("title", "data-locked-title"), ("disabled", "data-locked-off")];
const REASON: &str = "Locked by this link";
/// A padlock, in a square of 16.
const SIGN: &str = "M4.5 7V5a3.5 3.5 0 0 1 7 0v2H13v7H3V7zM6.1 7h3.8V5a1.9 1.9 0 0 0-3.8 0z";

/// Controls by what they change: the word in links, what people call it, and where the controls are. Those that only go to a
/// step or open something are left out.
const CONTROLS: [(&str, &str, &str); 7] = [
    (
        "surface",
        "surface",
        "[data-testid=surface], [data-testid=Surface], [data-testid=Network], .popover [data-testid^=surface-], \
         .popover [data-testid^=problem-], [data-panel=function] :is(button, input, textarea, select), \
         [data-panel=transform] :is(button, input, select), [data-panel=network] .net-settings :is(button, input, textarea, select)",
    ),
    ("start", "start", ".pin, .popover [data-testid^=shared-x], .popover [data-testid^=shared-y]"),
    (
        "optimizers",
        "optimizers",
        ".optimizer, [data-testid^=choose-], [data-testid=add-run], [data-testid$=-duplicate], [data-testid$=-remove]",
    ),
    (
        "parameters",
        "parameters",
        ".card .param :is(input, button), .card .check input, .card .row select, .edits button.icon, \
         :is([data-panel=schedule], [data-panel=modifiers]) :is(button, input, select, [role=slider])",
    ),
    (
        "shared",
        "steps, seed and noise",
        ".popover :is([data-testid^=shared-steps], [data-testid^=shared-noise], [data-testid^=shared-seed]), \
         [data-testid=noise-shared]",
    ),
    (
        "view",
        "view",
        ".zoom button, .space .heights, .pin-away, .segments button, [data-panel=overlays] :is(input, select, button), \
         [data-panel=extent] :is(input, select, button), [data-panel=slice] :is(input, select, button), \
         .popover [data-testid^=fan]:not(p)",
    ),
    ("time", "time", ".transport .keys :is(button, select), .timeline > input, .marks button"),
];

/// So many of them, the first, are settings of the runs.
const SETTINGS: usize = 5;

/// What watches a page for controls that are made later, until that goes.
struct Watch(MutationObserver);

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.disconnect();
    }
}

per_place! {
    static WATCH: RefCell<Option<Watch>> = const { RefCell::new(None) };
}

/// Draws the line, and sees to the controls of the page that it stands in.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    let words = links::read(shown.link).lock.write();
    let all = words.split(',').any(|w| w == "all");
    let is_on = |key: &str| words.split(',').any(|w| w == key) || all && !matches!(key, "view" | "time");
    let on: Vec<_> = CONTROLS.iter().filter(|(key, ..)| is_on(key)).collect();
    say(element, &on.iter().map(|(_, name, _)| *name).collect::<Vec<_>>());
    let Some(page) = element.closest(".page").ok().flatten() else {
        return;
    };
    let places = on.iter().map(|(.., places)| *places).collect::<Vec<_>>().join(", ");
    if element.get_attribute(LOCKED).as_deref() != Some(&places) {
        set(element, LOCKED, &places);
        watch(&page, &places);
        free(&page);
    }
    lock(&page, &places);
}

/// Says what is locked: a sign with a few words, and a sentence for those who point at it or do not see it.
fn say(element: &Element, names: &[&str]) {
    if element.first_element_child().is_none() {
        let sign = svg("svg").attr("viewBox", "0 0 16 16").attr("width", "14").attr("height", "14");
        let sign = sign.attr("aria-hidden", "true").child(svg("path").attr("d", SIGN));
        let by = html("span").attr("class", "by").text(" by this link");
        let line = html("p").attr("class", "note locked").attr("role", "note").attr("data-testid", "locked");
        replace(element, vec![line.child(sign).text("Locked").child(by).child(html("span"))]);
    }
    let Some(line) = element.first_element_child() else { return };
    if let Some(words) = line.last_element_child() {
        let settings = CONTROLS.iter().map(|(_, name, _)| *name).take(SETTINGS);
        let few = match names.get(SETTINGS..) {
            Some(rest) if settings.eq(names.iter().copied().take(SETTINGS)) => {
                std::iter::once("all settings").chain(rest.iter().copied()).collect::<Vec<_>>().join(", ")
            }
            _ => names.join(", "),
        };
        set_text(&words, &format!(": {few}"));
    }
    let sentence = sentence(names);
    set(&line, "title", &sentence);
    set(&line, "aria-label", &sentence);
}

/// What the link locks.
fn sentence(names: &[&str]) -> String {
    let all: Vec<String> = names
        .iter()
        .map(|name| if *name == "time" { (*name).to_owned() } else { format!("the {name}") })
        .collect();
    match all.split_last() {
        None => String::new(),
        Some((only, [])) => format!("This link locks {only}."),
        Some((last, [one])) => format!("This link locks {one} and {last}."),
        Some((last, rest)) => format!("This link locks {}, and {last}.", rest.join(", ")),
    }
}

/// Sees to what is made or enabled later.
fn watch(page: &Element, places: &str) {
    WATCH.set(None);
    if places.is_empty() {
        return;
    }
    let (of, places) = (page.clone(), places.to_owned());
    let closure = place::callback(move |_: Array| lock(&of, &places));
    let options = MutationObserverInit::new();
    options.set_subtree(true);
    options.set_child_list(true);
    options.set_attribute_filter(&Array::of2(&"disabled".into(), &"title".into()));
    if let Ok(observer) = MutationObserver::new(closure.unchecked_ref()) {
        let _ = observer.observe_with_options(page, &options);
        WATCH.set(Some(Watch(observer)));
    }
}

fn all(page: &Element, places: &str) -> Vec<Element> {
    // Of no place this is an error.
    let Ok(found) = page.query_selector_all(places) else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|i| found.get(i)?.dyn_into().ok()).collect()
}

fn lock(page: &Element, places: &str) {
    for control in all(page, places) {
        if !control.has_attribute(LOCKED) {
            set(&control, LOCKED, "");
            for (name, kept) in KEPT {
                if let Some(value) = control.get_attribute(name) {
                    set(&control, kept, &value);
                }
            }
        }
        set(&control, "title", REASON);
        // Its tooltip would take the place of the reason.
        let _ = control.remove_attribute("data-help");
        if matches!(control.tag_name().as_str(), "BUTTON" | "INPUT" | "SELECT" | "TEXTAREA") {
            set(&control, "disabled", "");
        } else {
            set(&control, "aria-disabled", "true");
        }
    }
}

/// Gives the controls back: another link locks other things.
fn free(page: &Element) {
    for control in all(page, &format!("[{LOCKED}=\"\"]")) {
        for name in [LOCKED, "disabled", "aria-disabled", "title"] {
            let _ = control.remove_attribute(name);
        }
        for (name, kept) in KEPT {
            if let Some(value) = control.get_attribute(kept) {
                set(&control, name, &value);
                let _ = control.remove_attribute(kept);
            }
        }
    }
}
