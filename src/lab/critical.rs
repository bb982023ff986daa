//! The list of critical points in view, in the menu of what is seen: a press brings one into the middle.

use super::html::{Html, html, listener, replace, set_text};
use super::{say, study};
use crate::param::{number, readable};
use crate::surface::View;
use crate::surface::study::{CriticalPoint, Grade, Kind, Search};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The most rows.
const MOST: usize = 60;

/// Fills the list from what has been found by now; empty while it is not wanted.
pub fn fill(list: &Element, wanted: bool) {
    let (title, rows, more) = study::with_critical(|search, waits| match search {
        _ if !wanted => (String::new(), Vec::new(), 0),
        None => ("Looking for critical points…".to_owned(), Vec::new(), 0),
        Some(search) => {
            let words = title(search) + if waits { " Looking again…" } else { "" };
            let (rows, more) = rows(search);
            (words, rows, more)
        }
    });
    let key = rows.iter().fold(more.to_string(), |key, row| key + &row.words);
    let Some(line) = list.first_element_child() else {
        replace(list, vec![html("p").attr("role", "status"), html("ul")]);
        return fill(list, wanted);
    };
    set_text(&line, &title);
    // Those that stay are not made again: one may be reached by keyboard.
    if list.get_attribute("data-key").as_deref() == Some(&key) {
        return;
    }
    let _ = list.set_attribute("data-key", &key);
    let Some(ul) = list.last_element_child() else {
        return;
    };
    let focused = ul.query_selector(":focus").ok().flatten().and_then(|f| f.get_attribute("data-at"));
    let more = (more > 0).then(|| html("li").attr("class", "more").text(&format!("and {more} more")));
    replace(&ul, rows.iter().map(button).chain(more).collect());
    if let Some(at) = focused
        && let Ok(Some(again)) = ul.query_selector(&format!("[data-at='{at}']"))
        && let Some(again) = again.dyn_ref::<HtmlElement>()
    {
        let _ = again.focus();
    }
}

struct Row {
    words: String,
    sign: &'static str,
    at: [f64; 2],
    view: View,
}

fn title(search: &Search) -> String {
    if search.is_full() {
        return "More critical points than can be told apart here: zoom in.".to_owned();
    }
    if search.is_flat() {
        return "The function is flat here: it has no slope anywhere in view.".to_owned();
    }
    let count = |kind: Kind| {
        let one = |p: &&CriticalPoint| p.kind == kind && p.grade != Grade::Line;
        search.found().iter().filter(one).count()
    };
    let named = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let mut text = format!(
        "In view: {}, {}, {}.",
        named(count(Kind::Minimum), "minimum", "minima"),
        named(count(Kind::Saddle), "saddle", "saddles"),
        named(count(Kind::Maximum), "maximum", "maxima"),
    );
    if search.found().iter().any(|p| p.grade == Grade::Line) {
        text.push_str(" Also whole lines of critical points, dotted.");
    }
    text
}

/// The rows of the list, and how many points more there are.
fn rows(search: &Search) -> (Vec<Row>, usize) {
    let points: Vec<&CriticalPoint> = search.found().iter().filter(|p| p.grade != Grade::Line).collect();
    let row = |p: &&CriticalPoint| {
        let (sign, name) = match p.kind {
            Kind::Minimum => ("▼", "minimum"),
            Kind::Saddle => ("⋈", "saddle"),
            Kind::Maximum => ("△", "maximum"),
        };
        let grade = match p.grade {
            Grade::Degenerate => ", degenerate",
            Grade::Kink => ", on a kink",
            Grade::Regular | Grade::Line => "",
        };
        // What is left of a coordinate that is 0 is rounding, more of it where there is little curvature.
        let least = if p.grade == Grade::Degenerate { 1e-6 } else { 1e-9 };
        let tidy =
            |v: f64, (low, high): (f64, f64)| readable(if v.abs() < least * (high - low) { 0.0 } else { v });
        let View { x, y } = search.view();
        let (a, b) = (tidy(p.at[0], x), tidy(p.at[1], y));
        let words =
            format!("{name}{grade} at ({a}, {b}), f {}", readable(if p.f.abs() < 1e-14 { 0.0 } else { p.f }));
        Row { words: words.replace('-', "−"), sign, at: p.at, view: search.view() }
    };
    (points.iter().take(MOST).map(row).collect(), points.len().saturating_sub(MOST))
}

fn button(row: &Row) -> Html {
    let (at, View { x, y }) = (row.at, row.view);
    let half = [0.5 * (x.1 - x.0), 0.5 * (y.1 - y.0)];
    let view = [at[0] - half[0], at[0] + half[0], at[1] - half[1], at[1] + half[1]];
    let words = format!("set v=1&view={}", view.map(number).join(","));
    let press = html("button")
        .attr("type", "button")
        .attr("data-at", &at.map(number).join(","))
        .attr("title", "Bring it into the middle")
        .child(html("span").attr("aria-hidden", "true").text(row.sign))
        .text(&row.words)
        .on("click", move |event| {
            if let Some(button) = listener(event) {
                say_from(&button, &words);
            }
        });
    html("li").child(press)
}

/// Says something as the panel that an element is in.
fn say_from(element: &Element, words: &str) {
    if let Ok(Some(panel)) = element.closest("[data-panel]") {
        say(&panel, words);
    }
}
