//! A run's optimizer: the rule, where it comes from, and where implementations disagree.

use super::html::{Html, html, replace};
use super::panels::Shown;
use crate::link::Link;
use crate::optim::{About, OptimizerSpec};
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
    if element.get_attribute(DRAWN).as_deref() != Some(spec.key)
        && let Some(about) = &spec.about
    {
        replace(element, parts(spec, about));
        let _ = element.set_attribute(DRAWN, spec.key);
    }
}

fn parts(spec: &OptimizerSpec, about: &About) -> Vec<Html> {
    let memory = (about.memory)(2, &defaults(spec.params)) / 2;
    let cost = format!("A step asks for {} and keeps {memory} numbers per parameter. ", about.cost);
    let r = about.reference;
    let link = html("a").attr("href", r.url).attr("target", "_blank").attr("rel", "noopener");
    let source = html("p").text(&cost).child(link.text(&format!("{} ({}), {}", r.authors, r.year, r.title)));
    let rule = about.rule.iter().map(|line| html("div").text(line));
    vec![
        html("p").text(about.sentence),
        rule.fold(html("div").attr("class", "rule"), Html::child),
        html("p").text(about.conventions),
        source,
    ]
}
