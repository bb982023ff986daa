//! Which functions of the point the network is given.

use super::{change, of};
use crate::lab::bound::Bound;
use crate::lab::controls::{button, problem, tell_problem};
use crate::lab::html::{Html, html, set};
use crate::net::Feature;
use std::rc::Rc;

const ONE_STAYS: &str = "One input has to stay: the network would see nothing.";

/// A switch for each.
pub fn make(bound: &Rc<Bound>) -> Vec<Html> {
    let group = html("div")
        .attr("class", "param net-inputs")
        .attr("role", "group")
        .attr("aria-label", "Inputs")
        .child(html("span").attr("class", "name").text("inputs"))
        .children(Feature::ALL.iter().map(|feature| toggle(bound, *feature)))
        .child(problem());
    vec![group]
}

fn toggle(bound: &Rc<Bound>, feature: Feature) -> Html {
    let button = button(bound, feature.label(), &format!("net-input-{}", feature.key()), move |bound| {
        let now = bound.now();
        let Some(net) = of(&now) else {
            return;
        };
        let on = &net.model.spec.features;
        let last = on.as_slice() == [feature];
        if let Ok(Some(group)) = bound.root.query_selector(".net-inputs") {
            tell_problem(&group, if last { ONE_STAYS } else { "" });
        }
        if last {
            return;
        }
        let is_on = on.contains(&feature);
        let wanted = |f: &Feature| if *f == feature { !is_on } else { on.contains(f) };
        let features = Feature::ALL.iter().copied().filter(wanted).collect();
        bound.set(change(&now, |net, _| net.features = features));
    });
    let node = button.0.clone();
    bound.follow(move |now| {
        let on = of(now).is_some_and(|n| n.model.spec.features.contains(&feature));
        set(&node, "aria-pressed", if on { "true" } else { "false" });
    });
    button.attr("class", "toggle").attr("data-help", &format!("net/input-{}", feature.key()))
}
