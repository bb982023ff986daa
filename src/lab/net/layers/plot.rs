//! Curves over the steps, with an axis, names at their ends and a line for the cursor; a press moves the cursor.

use super::super::super::html::{Html, html, listener, replace, set, set_text, svg};
use super::super::super::say;
use crate::math::{decimal, num};
use crate::scene::matrix::{Axis, Curves};
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

/// Names at the ends of curves stand at least so far apart, as a part of the height.
const APART: f64 = 0.085;

/// Such a plot.
pub struct Plot {
    root: Element,
    inner: Element,
    lines: Element,
    ticks: Element,
    ends: Element,
    now: Element,
    to: Element,
}

impl Plot {
    /// An empty one.
    pub fn new(id: &str) -> (Html, Self) {
        let lines = svg("svg").attr("viewBox", "0 0 100 100").attr("preserveAspectRatio", "none");
        let lines = lines.attr("aria-hidden", "true");
        let [ticks, ends, to] =
            [("div", "ticks"), ("div", "ends"), ("span", "to")].map(|(tag, c)| html(tag).attr("class", c));
        let now = html("div").attr("class", "now");
        let nodes = [&lines, &ticks, &ends, &now, &to].map(Html::element);
        let inner = html("div")
            .attr("class", "inner")
            .child(ticks)
            .child(lines)
            .child(ends)
            .child(now)
            .child(html("span").attr("class", "first-step").text("0"))
            .child(to)
            .on("click", |event| seek(event.unchecked_ref()));
        let inner_node = inner.element();
        let root =
            html("div").attr("class", "plot-area").attr("role", "img").attr("data-testid", id).child(inner);
        let [lines, ticks, ends, now, to] = nodes;
        let plot = Self { root: root.element(), inner: inner_node, lines, ticks, ends, now, to };
        (root, plot)
    }

    /// Draws curves with their names.
    pub fn draw(&self, curves: &Curves, axis: &Axis, horizon: u32, names: &[String]) {
        set(&self.inner, "data-horizon", &horizon.to_string());
        set_text(&self.to, &format!("{horizon} steps"));
        let at = |place: f64| format!("bottom:{:.1}%", 100.0 * place);
        let ticks = axis
            .labels()
            .into_iter()
            .map(|(place, label)| html("span").attr("class", "tick").attr("style", &at(place)).text(&label));
        replace(&self.ticks, ticks.collect());
        let count = curves.count();
        let path = |i: usize| {
            svg("path")
                .attr("d", &curves.path(i, axis, horizon as usize))
                .attr("style", &format!("stroke:{}", color(i, count)))
                .attr("class", if i == 0 { "first" } else { "" })
        };
        replace(&self.lines, (0..count).rev().map(path).collect());
        let last = curves.values().len().saturating_sub(count);
        let ends: Vec<f64> = curves.values()[last..].iter().map(|v| axis.place(*v)).collect();
        let named = apart(&ends).into_iter().zip(names).enumerate().map(|(i, (place, name))| {
            let style = format!("{};--line:{}", at(place), color(i, count));
            html("span").attr("class", "end").attr("style", &style).text(name)
        });
        replace(&self.ends, named.collect());
    }

    /// Shows where the cursor stands; the curves go on from there, or end.
    pub fn set_cursor(&self, step: u32, horizon: u32, ahead: bool) {
        let place = 100.0 * f64::from(step) / f64::from(horizon.max(1));
        set(&self.now, "style", &format!("left:{place:.2}%"));
        let seen =
            if ahead { String::new() } else { format!("clip-path:inset(0 {:.2}% 0 0)", 100.0 - place) };
        set(&self.lines, "style", &seen);
        set(&self.ends, "style", if ahead { "" } else { "display:none" });
    }

    /// Says what is seen, for those who do not see it.
    pub fn name(&self, words: &str) {
        set(&self.root, "aria-label", words);
    }
}

/// From the run's colour to that of notes.
pub fn color(i: usize, count: usize) -> String {
    let share = 100 - 85 * i / count.max(2).saturating_sub(1);
    format!("color-mix(in oklab,var(--run) {share}%,var(--muted))")
}

/// Places near to these that are far enough from each other to be read, in the same order from below.
fn apart(places: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|a, b| places[*a].total_cmp(&places[*b]).then(b.cmp(a)));
    let mut moved = places.to_vec();
    let mut least = 0.0_f64;
    for i in &order {
        moved[*i] = moved[*i].max(least);
        least = moved[*i] + APART;
    }
    let mut most = 1.0_f64;
    for i in order.iter().rev() {
        moved[*i] = moved[*i].min(most);
        most = moved[*i] - APART;
    }
    moved
}

fn seek(event: &PointerEvent) {
    let horizon =
        listener(event).and_then(|area| Some((decimal::parse(&area.get_attribute("data-horizon")?)?, area)));
    if let Some((horizon, area)) = horizon {
        let rect = area.get_bounding_client_rect();
        let share = (f64::from(event.client_x()) - rect.left()) / rect.width();
        say(&area, &format!("seek {:.0}", num::clamp((share * horizon).round(), 0.0, horizon)));
    }
}
