//! A run's optimizer: the rule, what it costs, what it is held to, where it comes from, and where implementations disagree.

use super::html::{Html, html, replace};
use super::panels::Shown;
use crate::export::{conformance, keeps};
use crate::link::Link;
use crate::run::Settings;
use web_sys::Element;

/// Where the element says what is drawn in it.
const DRAWN: &str = "data-drawn";

/// Draws it, unless it is there already: what a reader has marked stays marked.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    let config = Link::read(shown.link).0.config;
    let Some(settings) = config.runs.get(shown.run).map(|run| &run.settings) else {
        return;
    };
    let plane = config.is_plane();
    let (spec, params) = (settings.optimizer, &settings.params);
    let held = conformance::sentence(spec, params);
    let costs = format!("A step asks for {}. {}", keeps::cost(spec, params), keeps::sentence(spec, params));
    let drawn = format!("{} {plane} {held} {costs}", spec.key);
    if element.get_attribute(DRAWN).as_deref() != Some(&drawn) {
        replace(element, parts(settings, plane, &held, &costs));
        let _ = element.set_attribute(DRAWN, &drawn);
    }
}

fn parts(settings: &Settings, plane: bool, held: &str, costs: &str) -> Vec<Html> {
    let spec = settings.optimizer;
    let Some(about) = &spec.about else {
        return Vec::new();
    };
    let mut parts = Vec::new();
    if let Some(note) = about.on_plane.filter(|_| plane) {
        parts.push(html("p").attr("class", "plane").text(note));
    }
    let rule = about.rule.iter().map(|line| html("div").text(line));
    let by = if conformance::compared(spec).is_empty() { "hand" } else { "library" };
    parts.extend([
        html("p").text(about.sentence),
        rule.fold(html("div").attr("class", "rule"), Html::child),
        html("p").text(about.conventions),
        html("p").text(costs),
        html("p").attr("class", "held").attr("data-by", by).text(held),
    ]);
    let r = about.reference;
    let link = html("a").attr("href", r.url).attr("target", "_blank").attr("rel", "noopener");
    parts.push(html("p").child(link.text(&format!("{} ({}), {}", r.authors, r.year, r.title))));
    parts
}
