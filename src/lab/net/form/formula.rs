//! The function that is typed as data. It holds from the letter on with which it is one; until then the last one does.

use super::{change, of, only_where, specs};
use crate::expr::Expr;
use crate::lab::bound::{Bound, Now};
use crate::lab::controls::{problem, tell_problem};
use crate::lab::html::{Html, html, listener, set_text, set_value, value};
use crate::net::data;
use crate::net::text::MAX_FORMULA;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTextAreaElement, KeyboardEvent};

/// What stands there when nothing has been typed yet.
pub const FIRST: &str = "sin(x)*y/3";

/// The field.
pub fn make(bound: &Rc<Bound>) -> Html {
    let [typed, left, keyed] = [(); 3].map(|()| bound.weak());
    let field = html("textarea")
        .attr("id", "net-formula")
        .attr("class", "number code")
        .attr("rows", "2")
        .attr("spellcheck", "false")
        .attr("autocapitalize", "off")
        .attr("maxlength", &MAX_FORMULA.to_string())
        .attr("aria-invalid", "false")
        .attr("aria-describedby", "net-formula-problem")
        .attr("data-testid", "net-formula")
        .on("input", move |event| {
            if let (Some(bound), Some(field)) = (typed.upgrade(), listener(event)) {
                take(&bound, &field);
            }
        })
        .on("change", move |_| {
            if let Some(bound) = left.upgrade() {
                bound.end();
            }
        })
        .on("keydown", move |event| {
            if let (Some(bound), Some(field)) = (keyed.upgrade(), listener(event)) {
                key(&bound, &field, event.unchecked_ref());
            }
        });
    let (node, last) = (field.0.clone(), RefCell::new(String::new()));
    bound.follow(move |now| {
        let formula = formula(now);
        // What is being typed, right or wrong, is left alone; another formula from elsewhere is shown.
        if !formula.is_empty() && *last.borrow() != formula {
            if value(&node).trim() != formula.trim() {
                tell_problem(&node, "");
                set_value(&node, &formula);
            }
            last.replace(formula);
        }
    });
    let place = html("code").attr("class", "place").attr("aria-hidden", "true").attr("hidden", "");
    let part = html("div")
        .attr("class", "param net-formula")
        .attr("data-help", "net/formula")
        .child(html("label").attr("class", "name").attr("for", "net-formula").text("f(x, y) ="))
        .child(field)
        .child(place)
        .child(problem().attr("id", "net-formula-problem"));
    only_where(bound, part, |now| of(now).is_some_and(|n| n.data.source == "formula"))
}

/// The formula that holds.
fn formula(now: &Now) -> String {
    of(now).map(|n| n.data.formula.clone()).unwrap_or_default()
}

/// Takes what stands in the field, if it is right.
fn take(bound: &Bound, field: &Element) {
    let (now, text) = (bound.now(), value(field));
    let wrong = check(&now, &text);
    show(field, &text, wrong.as_ref());
    if wrong.is_none() {
        bound.drag(change(&now, |_, data| data.formula = text));
    }
}

/// What is wrong with a formula: where, how long it is, and what; without a place where it is no single one.
fn check(now: &Now, text: &str) -> Option<(Option<(usize, usize)>, String)> {
    if let (Err(error), false) = (Expr::parse(text), text.trim().is_empty()) {
        return Some((Some((error.at, error.len)), error.message));
    }
    let (_, mut spec) = specs(now);
    "formula".clone_into(&mut spec.source);
    text.clone_into(&mut spec.formula);
    data::make(&spec).err().map(|message| (None, sentence(&message)))
}

/// A message as a sentence.
pub fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if message.ends_with(['.', '!', '?']) { "" } else { "." };
    first + letters.as_str() + end
}

/// Shows what is wrong, and the piece of the formula where it is.
fn show(field: &Element, text: &str, wrong: Option<&(Option<(usize, usize)>, String)>) {
    let place = field.parent_element().and_then(|p| p.query_selector(".place").ok().flatten());
    let at = wrong.and_then(|(at, _)| *at);
    if let Some(place) = place {
        let _ = place.toggle_attribute_with_force("hidden", at.is_none());
        if let Some((at, len)) = at {
            mark(&place, text, at, len);
        }
    }
    let words = match wrong {
        Some((Some((at, _)), message)) => format!("Character {}: {message}", at + 1),
        Some((None, message)) => message.clone(),
        None => String::new(),
    };
    tell_problem(field, &words);
}

/// Writes what stands around the place, with the place marked.
fn mark(element: &Element, text: &str, at: usize, len: usize) {
    const AROUND: usize = 10;
    let letters: Vec<char> = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let at = at.min(letters.len());
    let end = (at + len).min(letters.len());
    let (from, to) = (at.saturating_sub(AROUND), (end + AROUND).min(letters.len()));
    let piece = |range: std::ops::Range<usize>| letters[range].iter().collect::<String>();
    let (before, after) = (if from > 0 { "…" } else { "" }, if to < letters.len() { "…" } else { "" });
    let marked = if end > at { piece(at..end) } else { "␣".to_owned() };
    set_text(element, "");
    let _ = element.append_with_str_1(&format!("{before}{}", piece(from..at)));
    let _ = element.append_child(&html("mark").text(&marked).0);
    let _ = element.append_with_str_1(&format!("{}{after}", piece(end..to)));
}

/// Enter ends the gesture and goes to the place of an error; Escape brings back what holds.
fn key(bound: &Bound, field: &Element, event: &KeyboardEvent) {
    match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            bound.end();
            let field: &HtmlTextAreaElement = field.unchecked_ref();
            if let Some((Some((at, len)), _)) = check(&bound.now(), &field.value()) {
                let units = |n: usize| {
                    let units: usize = field.value().chars().take(n).map(char::len_utf16).sum();
                    u32::try_from(units).unwrap_or(0)
                };
                let _ = field.set_selection_range(units(at), units(at + len));
            }
        }
        "Escape" => {
            set_value(field, &formula(&bound.now()));
            show(field, "", None);
        }
        _ => {}
    }
}
