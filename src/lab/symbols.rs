//! Symbols that are pointed at: one lights up in the formula, in the table and on the stage.
//!
//! A pointer lights what it is over, a press keeps it lit until the next one, and in a formula the arrow keys go from symbol
//! to symbol.

use super::overlays;
use super::place;
use crate::lab::place::per_place;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, PointerEvent};

/// Where symbols can be pointed at.
const PANELS: &str = "[data-panel=rule], [data-panel=state]";

#[derive(Clone, Default)]
struct Lit {
    /// Under the pointer, or reached by keys.
    here: Option<String>,
    /// Pressed.
    kept: Option<String>,
}

per_place! {
    static LIT: RefCell<Lit> = RefCell::default();
}

/// The symbol that is lit.
pub fn lit() -> Option<String> {
    LIT.with_borrow(|lit| lit.here.clone().or_else(|| lit.kept.clone()))
}

/// Listens to the whole page, as long as it lives.
pub fn listen() {
    place::listen("pointerover", |event| {
        // A finger that touches down is no pointer that hovers.
        let hovers = event.dyn_ref::<PointerEvent>().is_some_and(|e| e.pointer_type() == "mouse");
        if hovers {
            let symbol = symbol_at(&event);
            change(|lit| lit.here = symbol);
        }
    });
    place::listen("click", |event| {
        if let Some(symbol) = symbol_at(&event) {
            change(|lit| lit.kept = Some(symbol).filter(|s| lit.kept.as_ref() != Some(s)));
        }
    });
    place::listen("focusout", |event| {
        if formula_at(&event).is_some() {
            change(|lit| lit.here = None);
        }
    });
    place::listen("keydown", |event| {
        if let Ok(event) = event.dyn_into::<KeyboardEvent>() {
            go(&event);
            overlays::key(&event);
        }
    });
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The symbol an event is about. One within another belongs to the name of that.
fn symbol_at(event: &Event) -> Option<String> {
    let mut found = target(event)?.closest("[data-symbol]").ok()??;
    found.closest(PANELS).ok()??;
    while let Some(outer) = found.parent_element().and_then(|p| p.closest("[data-symbol]").ok()?) {
        found = outer;
    }
    found.get_attribute("data-symbol")
}

/// The formula that has the focus.
fn formula_at(event: &Event) -> Option<Element> {
    target(event).filter(|t| t.matches("[data-panel=rule] .worked").unwrap_or(false))
}

/// Arrow keys in a formula go from symbol to symbol, escape leaves them.
fn go(event: &KeyboardEvent) {
    if event.key() == "Escape" {
        change(|lit| *lit = Lit::default());
    }
    let forward = match event.key().as_str() {
        "ArrowRight" => true,
        "ArrowLeft" => false,
        _ => return,
    };
    let Some(formula) = formula_at(event).filter(|_| !event.shift_key()) else {
        return;
    };
    let names = names(&formula);
    let now = lit().and_then(|lit| names.iter().position(|n| *n == lit));
    let next = match (now, forward) {
        (Some(at), true) => at + 1,
        (Some(at), false) => at + names.len() - 1,
        (None, true) => 0,
        (None, false) => names.len().saturating_sub(1),
    };
    if let Some(name) = names.get(next % names.len().max(1)) {
        // The page would move its cursor.
        event.prevent_default();
        change(|lit| lit.here = Some(name.clone()));
    }
}

/// The names of all symbols within an element, each once.
fn names(element: &Element) -> Vec<String> {
    let mut names = Vec::new();
    let Ok(all) = element.query_selector_all("[data-symbol]:not([data-symbol] *)") else {
        return names;
    };
    for i in 0..all.length() {
        let name = all.get(i).and_then(|n| n.dyn_into::<Element>().ok()?.get_attribute("data-symbol"));
        names.extend(name.filter(|n| !names.contains(n)));
    }
    names
}

fn change(by: impl FnOnce(&mut Lit)) {
    let before = lit();
    LIT.with_borrow_mut(by);
    let now = lit();
    if now == before {
        return;
    }
    place::query_all(PANELS).iter().for_each(mark);
    overlays::light(now.is_some());
}

/// Marks the lit symbol in a panel.
pub fn mark(panel: &Element) {
    let lit = lit();
    let Ok(all) = panel.query_selector_all("[data-symbol]") else {
        return;
    };
    for i in 0..all.length() {
        if let Some(element) = all.get(i).and_then(|n| n.dyn_into::<Element>().ok()) {
            let on = lit.is_some() && element.get_attribute("data-symbol") == lit;
            // MathML has no classList everywhere, but attributes.
            let _ = element.toggle_attribute_with_force("data-lit", on);
        }
    }
    if let Ok(Some(note)) = panel.query_selector("[role=status]") {
        let words = lit.as_deref().map(|lit| says(panel, lit)).unwrap_or_default();
        if note.text_content().as_deref() != Some(&words) {
            note.set_text_content(Some(&words));
        }
    }
}

/// What a symbol is, from the list in the panel's own attributes.
fn says(panel: &Element, symbol: &str) -> String {
    let known = panel.get_attribute("data-names").unwrap_or_default();
    let mut pairs = known.split('\n').filter_map(|line| line.split_once('\t'));
    pairs
        .find(|(name, _)| *name == symbol)
        .map_or_else(|| symbol.to_owned(), |(_, what)| format!("{symbol}: {what}"))
}
