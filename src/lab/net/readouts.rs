//! What there is to read of a run on a network beside the page's own readouts: its scores on its card, the epoch at the
//! controls of time.

use super::super::html::{Html, html, replace, set_text};
use super::super::links;
use super::super::panels::Shown;
use super::super::place;
use super::super::say;
use super::{NetRun, with};
use crate::param::readable;
use crate::train::{Record, Scores};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Draws the scores of a run.
pub fn scores(element: &Element, shown: &Shown<'_>) {
    if element.first_element_child().is_none() {
        let panel = element.clone();
        let compare = html("button")
            .attr("type", "button")
            .attr("class", "net-cost")
            .attr("data-testid", &format!("run-{}-cost", shown.run))
            .attr("title", "What this run has cost by the cursor; press to compare all runs")
            .on("click", move |_| say(&panel, "show cost"));
        replace(element, vec![html("p").attr("class", "net-scores"), compare]);
    }
    let run = run(shown);
    let text = run.as_ref().and_then(|run| run.record(|record| record.scores_at(shown.step).map(words)));
    let cost = run.map(|run| super::costs::line(&run, shown.step));
    let places = [element.first_element_child(), element.last_element_child()];
    for (place, text) in places.into_iter().zip([text, cost]) {
        let _ = place.map(|place| set_text(&place, &text.unwrap_or_default()));
    }
}

fn run(shown: &Shown<'_>) -> Option<Rc<NetRun>> {
    with(&links::read(shown.link), shown.run)
}

/// As "test 0.034 · 98 % of train and 97 % of test right".
fn words(scores: &Scores) -> String {
    let percent = |share: f64| format!("{} %", (share * 100.0).floor());
    let test = format!("test {}", readable(scores.test_loss));
    match (scores.train_accuracy, scores.test_accuracy) {
        (Some(train), Some(on_test)) => {
            format!("{test} · right: {} train, {} test", percent(train), percent(on_test))
        }
        _ => test,
    }
}

/// Draws the epoch, and the buttons that go from one to the next.
pub fn epoch(element: &Element, shown: &Shown<'_>) {
    let Some(run) = run(shown) else {
        return;
    };
    let examples = links::read(shown.link).config.network.as_ref().map_or(1, |n| n.network().train.len());
    let [back, now, on] = run.record(|record| around(record, shown.step, examples));
    if element.first_element_child().is_none() {
        build(element);
    }
    if let Ok(Some(place)) = element.query_selector("output") {
        set_text(&place, &format!("epoch {now}"));
    }
    for (name, step) in [("epoch-back", back), ("epoch-on", on)] {
        if let Ok(Some(button)) = element.query_selector(&format!("[data-testid={name}]")) {
            super::super::html::set(&button, "data-step", &step.to_string());
        }
    }
}

/// The step where the epoch begins (or the one before it, where it just has), the epoch, and the step where the next begins.
#[expect(clippy::cast_precision_loss, reason = "counts of examples")]
fn around(record: &Record, step: u32, examples: usize) -> [u64; 3] {
    let seen = &record.examples;
    let Some(last) = seen.len().checked_sub(1) else {
        return [0; 3];
    };
    let row = (step as usize).min(last);
    let whole = |epochs: f64| seen.partition_point(|s| *s < epochs * examples.max(1) as f64).min(last) as u64;
    let epochs = seen[row] / examples.max(1) as f64;
    let begun = epochs.floor();
    let before = if whole(begun) < row as u64 { begun } else { (begun - 1.0).max(0.0) };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
    [whole(before), begun as u64, whole(begun + 1.0)]
}

fn build(element: &Element) {
    super::super::html::set(element, "class", "net-epoch");
    let button = |name: &str, face: &str, label: &str| -> Html {
        let panel = element.clone();
        html("button")
            .attr("type", "button")
            .attr("class", "icon")
            .attr("data-testid", name)
            .attr("title", label)
            .attr("aria-label", label)
            .text(face)
            .on("click", move |event| {
                let step = super::super::html::listener(event).and_then(|b| b.get_attribute("data-step"));
                say(&panel, &format!("seek {}", step.unwrap_or_default()));
            })
    };
    let readout = html("output").attr("data-testid", "epoch").attr("aria-live", "off");
    replace(
        element,
        vec![
            button("epoch-back", "«", "One epoch back (shift ←)"),
            readout,
            button("epoch-on", "»", "One epoch on (shift →)"),
        ],
    );
    listen();
}

/// With shift the arrow keys go by epochs, where the page's own go by ten steps.
fn listen() {
    place::listen("keydown", |ev| {
        let ev: &KeyboardEvent = ev.unchecked_ref();
        if !ev.shift_key() || ev.ctrl_key() || ev.meta_key() || ev.alt_key() || ev.default_prevented() {
            return;
        }
        let name = match ev.key().as_str() {
            "ArrowLeft" => "epoch-back",
            "ArrowRight" => "epoch-on",
            _ => return,
        };
        let target = ev.target().and_then(|t| t.dyn_into::<Element>().ok());
        let own = "input, select, textarea, [role=slider], [role=tab], [contenteditable]";
        if target.is_some_and(|t| t.closest(own).ok().flatten().is_some()) {
            return;
        }
        let button = place::query(&format!(".of-network [data-testid={name}]"));
        if let Some(button) = button.and_then(|b| b.dyn_into::<HtmlElement>().ok()) {
            ev.prevent_default();
            button.click();
        }
    });
}
