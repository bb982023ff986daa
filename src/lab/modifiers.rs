//! The modifiers of a run, by when they act: a box each, and the parameters of those that are on.

use super::bound::{self, Bound, Now};
use super::controls::{Place, control, tick};
use super::html::{Html, html};
use super::panels::Shown;
use crate::modifier::{ModifierSpec, by_time};
use crate::run::{Item, ModifierChoice};
use std::rc::Rc;
use web_sys::Element;

const ORDER: &str = "They act in this order, at every step, whatever the optimizer. Parallel workers take the whole step \
    side by side; low precision rounds once more when all is done.";
const NO_EXAMPLES: &str = "Does nothing here: a surface has no examples to draw from.";
const NO_MATRIX: &str = "Does nothing here: it is for matrices, and a surface has none.";

/// Draws it.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    bound::draw(element, shown, shape, make);
}

/// Which are on, and whether there are matrices.
fn shape(now: &Now) -> String {
    let on: Vec<&str> = now.live.modifiers.iter().map(|m| m.spec.key).collect();
    format!("{} {}", now.config.is_plane(), on.join(" "))
}

fn make(bound: &Rc<Bound>) -> Vec<Html> {
    let group = |(when, specs): &(crate::modifier::When, Vec<&'static ModifierSpec>)| {
        html("fieldset")
            .attr("class", "group")
            .child(html("legend").text(when.title()))
            .children(specs.iter().map(|spec| row(bound, spec)))
    };
    let mut made = vec![html("p").attr("class", "note").text(ORDER)];
    made.extend(by_time().iter().map(group));
    made
}

fn row(bound: &Rc<Bound>, spec: &'static ModifierSpec) -> Html {
    let now = bound.now();
    let run = now.run;
    let head = tick(
        bound,
        (spec.name, &format!("modifier/{}", spec.key), &format!("run-{run}-use-{}", spec.key)),
        move |now| now.live.modifier(spec.key).is_some(),
        move |_, on| if on { Item::Modifier(ModifierChoice::new(spec)) } else { Item::ModifierOff(spec) },
    );
    let mut row = html("div").child(head.child(html("span").attr("class", "symbol").text(spec.rule)));
    if spec.is_for_matrices() && now.config.is_plane() {
        row = row.child(html("p").attr("class", "note").text(NO_MATRIX));
    }
    if spec.is_for_examples() && now.config.network.is_none() {
        row = row.child(html("p").attr("class", "note").text(NO_EXAMPLES));
    }
    if now.live.modifier(spec.key).is_none() {
        return row;
    }
    row.children((0..spec.params.len()).map(|k| param(bound, run, spec, k)))
}

fn param(bound: &Rc<Bound>, run: usize, spec: &'static ModifierSpec, k: usize) -> Html {
    let p = &spec.params[k];
    control(
        bound,
        p,
        Place {
            test_id: format!("run-{run}-{}", p.key),
            help: format!("modifier/{}/{}", spec.key, p.key),
            get: Box::new(move |now| now.live.modifier(spec.key).map_or(p.default, |m| m.values[k])),
            set: Box::new(move |now, value| {
                let on = now.live.modifier(spec.key).cloned();
                let mut choice = on.unwrap_or_else(|| ModifierChoice::new(spec));
                choice.values[k] = value;
                Item::Modifier(choice).into()
            }),
        },
    )
}
