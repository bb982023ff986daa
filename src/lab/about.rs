//! A run's optimizer: the rule, where it comes from, and where implementations disagree.

use super::html::{Html, html, replace};
use super::panels::Shown;
use crate::link::Link;
use crate::optim::OptimizerSpec;
use crate::param::defaults;
use web_sys::Element;

/// Where the element says what is drawn in it.
const DRAWN: &str = "data-drawn";

/// Draws it, unless it is there already: what a reader has marked stays marked.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    let config = Link::read(shown.link).0.config;
    let Some(spec) = config.runs.get(shown.run).map(|run| run.settings.optimizer) else {
        return;
    };
    if element.get_attribute(DRAWN).as_deref() != Some(spec.key) {
        replace(element, parts(spec));
        let _ = element.set_attribute(DRAWN, spec.key);
    }
}

fn parts(spec: &OptimizerSpec) -> Vec<Html> {
    let memory = (spec.memory)(2, &defaults(spec.params)) / 2;
    let cost = format!("A step asks for {} and keeps {memory} numbers per parameter. ", spec.cost);
    let mut source = html("p").text(&cost);
    if let Some(r) = spec.reference {
        let link = html("a").attr("href", r.url).attr("target", "_blank").attr("rel", "noopener");
        source = source.child(link.text(&format!("{} ({}), {}", r.authors, r.year, r.title)));
    }
    let rule = spec.rule.iter().map(|line| html("div").text(line));
    vec![
        html("p").text(spec.sentence),
        rule.fold(html("div").attr("class", "rule"), Html::child),
        html("p").text(spec.conventions),
        source,
    ]
}
