//! A method in the list.

use super::{KEY, LACKS, NOW, PLANE};
use crate::export::{conformance, keeps};
use crate::lab::html::{Html, html};
use crate::optim::{Needs, OptimizerSpec};
use crate::param::defaults;
use web_sys::Element;

/// What an entry says that is not of the method alone.
pub struct Context {
    now: String,
    lacks: Vec<Needs>,
    plane: bool,
}

impl Context {
    /// From what `draw` has left at the panel.
    pub fn read(element: &Element) -> Self {
        let lacks = element.get_attribute(LACKS).unwrap_or_default();
        let needs = lacks.split(' ').filter_map(|i| Needs::ALL.get(i.parse::<usize>().ok()?).copied());
        Self {
            now: element.get_attribute(NOW).unwrap_or_default(),
            lacks: needs.collect(),
            plane: element.has_attribute(PLANE),
        }
    }
}

/// The entry of a method in the list with this id.
pub fn option(spec: &'static OptimizerSpec, list: &str, context: &Context) -> Html {
    let current = spec.key == context.now;
    let who =
        spec.about.map(|a| format!("{}, {}", a.reference.authors, a.reference.year)).unwrap_or_default();
    let mut head = html("div")
        .attr("class", "title")
        .child(html("b").text(spec.name))
        .child(html("span").attr("class", "who").text(&who));
    if current {
        head = head.child(html("span").attr("class", "now").text("✓ in use"));
    }
    let params = defaults(spec.params);
    let cost = format!("A step: {} · {}", keeps::cost(spec, &params), keeps::short(spec, &params));
    let badge = html("span").attr("class", "badge").text(&conformance::badge(spec));
    let costs = html("div").attr("class", "costs").child(html("span").text(&cost)).child(badge);
    let mut entry = html("div")
        .attr("role", "option")
        .attr("id", &format!("{list}-{}", spec.key))
        .attr("aria-selected", if current { "true" } else { "false" })
        .attr(KEY, spec.key)
        .child(head)
        .child(html("p").text(spec.about.map_or("", |a| a.sentence)))
        .child(costs);
    if let Some(note) = spec.about.and_then(|a| a.on_plane).filter(|_| context.plane) {
        entry = entry.child(html("p").attr("class", "plane").text(note));
    }
    if context.lacks.contains(&spec.needs) {
        let why = format!("Cannot run here: {}.", spec.needs.why());
        entry = entry.attr("data-unfit", "").child(html("p").attr("class", "lacks").text(&why));
    }
    entry
}
