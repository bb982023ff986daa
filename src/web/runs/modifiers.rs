//! The modifiers of a run: a box each, and the parameters of those that are on.

use super::card::{bind, setting};
use crate::modifier::{self, ModifierSpec};
use crate::param::ParamSpec;
use crate::run::{Item, ModifierChoice, Settings};
use crate::session::Command;
use crate::web::store::Store;
use crate::web::ui::{El, el};
use crate::web::widgets::{control, tick};

/// All modifiers, in the order in which they act.
pub fn section(store: Store, i: usize) -> El {
    el("fieldset")
        .class("modifiers")
        .child(el("legend").text("Modifiers, in the order in which they act"))
        .children(modifier::ALL.iter().map(|spec| row(store, i, spec)))
}

fn row(store: Store, i: usize, spec: &'static ModifierSpec) -> El {
    let on = move || setting(store, i).is_some_and(|s| s.modifier(spec.key).is_some());
    let change = move |on: bool| {
        let item = if on {
            Item::Modifier(ModifierChoice::new(spec))
        } else {
            Item::ModifierOff(spec)
        };
        store.send(Command::Set(i, item));
        store.send(Command::EndGesture);
    };
    let head = tick(
        spec.name,
        spec.sentence,
        &format!("run-{i}-use-{}", spec.key),
        on,
        change,
    )
    .child(el("span").class("symbol").text(spec.rule));
    let key = move || if on() { "on" } else { "" }.to_owned();
    let make = move |key: &str| {
        if key.is_empty() {
            Vec::new()
        } else {
            params(store, i, spec)
        }
    };
    el("div").child(head).child(el("div").region(key, make))
}

fn params(store: Store, i: usize, spec: &'static ModifierSpec) -> Vec<El> {
    let bound = |(k, p): (usize, &'static ParamSpec)| {
        let read = move |s: &Settings| s.modifier(spec.key).map_or(p.default, |m| m.values[k]);
        let write = move |v| {
            let now = store.peek(|s| s.settings_at_cursor(i));
            let choice = now.and_then(|s| s.modifier(spec.key).cloned());
            let mut choice = choice.unwrap_or_else(|| ModifierChoice::new(spec));
            choice.values[k] = v;
            Item::Modifier(choice)
        };
        control(
            p,
            bind(store, i, read, write),
            &format!("run-{i}-{}", p.key),
        )
    };
    spec.params.iter().enumerate().map(bound).collect()
}
