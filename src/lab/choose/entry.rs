//! A method in the list.

use super::optimizers::{LACKS, PLANE};
use super::{NOW, entry, title};
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

    /// The entry of a method in the panel's list.
    pub fn option(&self, element: &Element, spec: &'static OptimizerSpec) -> Html {
        let current = spec.key == self.now;
        let who =
            spec.about.map(|a| format!("{}, {}", a.reference.authors, a.reference.year)).unwrap_or_default();
        let params = defaults(spec.params);
        let cost = format!("A step: {} · {}", keeps::cost(spec, &params), keeps::short(spec, &params));
        let badge = html("span").attr("class", "badge").text(&conformance::badge(spec));
        let costs = html("div").attr("class", "costs").child(html("span").text(&cost)).child(badge);
        let mut entry = entry(element, spec.key, current)
            .child(title(spec.name, &who, current))
            .child(html("p").text(spec.about.map_or("", |a| a.sentence)))
            .child(costs);
        if let Some(note) = spec.about.and_then(|a| a.on_plane).filter(|_| self.plane) {
            entry = entry.child(html("p").attr("class", "plane").text(note));
        }
        if self.lacks.contains(&spec.needs) {
            let why = format!("Cannot run here: {}.", spec.needs.why());
            entry = entry.attr("data-unfit", "").child(html("p").attr("class", "lacks").text(&why));
        }
        entry
    }
}
