//! What is set on every run at once. Each run has these among its own modifiers as well.

use super::only_where;
use crate::lab::bound::{Bound, Change, Now};
use crate::lab::controls::{Place, control, tick};
use crate::lab::html::{Html, html};
use crate::link::item;
use crate::modifier::{self, ModifierSpec};
use crate::run::{Item, ModifierChoice};
use std::rc::Rc;

/// The modifiers that are here, by their keys.
const HERE: [&str; 2] = ["batch", "dropout"];

/// A switch and a slider for each.
pub fn make(bound: &Rc<Bound>) -> Vec<Html> {
    let differ = html("p").attr("class", "note").text("The runs differ; this sets them all.");
    let mut made: Vec<Html> =
        HERE.iter().filter_map(|key| modifier::find(key)).flat_map(|spec| rows(bound, spec)).collect();
    made.push(only_where(bound, differ, |now| HERE.iter().any(|key| differs(now, key))));
    made
}

fn rows(bound: &Rc<Bound>, spec: &'static ModifierSpec) -> [Html; 2] {
    let on = move |now: &Now| now.live.modifier(spec.key).is_some();
    let head = tick(
        bound,
        (spec.name, &format!("modifier/{}", spec.key), &format!("net-use-{}", spec.key)),
        on,
        move |now, on| {
            let off = Item::ModifierOff(spec);
            all(now, &if on { Item::Modifier(ModifierChoice::new(spec)) } else { off })
        },
    );
    let p = &spec.params[0];
    let value = control(
        bound,
        p,
        Place {
            test_id: format!("net-{}", spec.key),
            help: format!("modifier/{}/{}", spec.key, p.key),
            get: Box::new(move |now| now.live.modifier(spec.key).map_or(p.default, |m| m.values[0])),
            set: Box::new(move |now, value| {
                let mut choice = ModifierChoice::new(spec);
                choice.values[0] = value;
                all(now, &Item::Modifier(choice))
            }),
        },
    );
    [head, only_where(bound, value, on)]
}

/// What sets this on every run.
fn all(now: &Now, item: &Item) -> Change {
    Change::Words(format!("all {}", item::write(now.live.optimizer, item)))
}

/// Whether the runs have different values of it at the cursor.
fn differs(now: &Now, key: &str) -> bool {
    let mut all =
        now.config.runs.iter().map(|run| run.settings_at(now.step).modifier(key).map(|m| m.values.clone()));
    let first = all.next();
    all.any(|other| Some(other) != first)
}
