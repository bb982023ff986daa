//! The modifiers of a run: a box each, and the parameters of those that are on.

use super::card::setting;
use crate::modifier::{self, ModifierSpec};
use crate::param::ParamSpec;
use crate::run::{Item, ModifierChoice};
use crate::session::Command;
use crate::web::lab;
use crate::web::store::Store;
use crate::web::target::Target;
use crate::web::ui::{El, el};
use crate::web::widgets::{control, tick};

/// All modifiers, in the order in which they act, behind a line that always says which are on.
pub fn section(store: Store, i: usize) -> El {
    let names = move || {
        let on = setting(store, i).map(|s| s.modifiers).unwrap_or_default();
        on.iter().map(|m| m.spec.name).collect::<Vec<_>>().join(", ")
    };
    let heading = move || {
        let names = names();
        if names.is_empty() { "Modifiers: none".to_owned() } else { format!("Modifiers: {names}") }
    };
    let section = el("details")
        .test_id(&format!("run-{i}-modifiers"))
        .child(
            el("summary")
                .title("They change the gradient before the rule sees it, in this order")
                .live_text(heading),
        )
        .child(el("div").region(
            move || lab::known(store),
            move |_| modifier::all().iter().map(|spec| row(store, i, spec)).collect(),
        ));
    if store.peek(|s| s.config().runs.get(i).is_some_and(|r| !r.settings.modifiers.is_empty())) {
        return section.attr("open", "");
    }
    section
}

fn row(store: Store, i: usize, spec: &'static ModifierSpec) -> El {
    let on = move || setting(store, i).is_some_and(|s| s.modifier(spec.key).is_some());
    let change = move |on: bool| {
        let item = if on { Item::Modifier(ModifierChoice::new(spec)) } else { Item::ModifierOff(spec) };
        store.send(Command::Set(i, item));
        store.send(Command::EndGesture);
    };
    let help = format!("modifier/{}", spec.key);
    let rule = format!("rule/{help}");
    let head = tick(spec.name, &help, &format!("run-{i}-use-{}", spec.key), on, change)
        .child(el("span").class("symbol").live_text(move || lab::words(store, &rule)));
    let key = move || if on() { "on" } else { "" }.to_owned();
    let make = move |key: &str| {
        if key.is_empty() { Vec::new() } else { params(store, i, spec) }
    };
    el("div").child(head).child(el("div").region(key, make))
}

fn params(store: Store, i: usize, spec: &'static ModifierSpec) -> Vec<El> {
    let bound = |(k, p): (usize, &'static ParamSpec)| {
        control(store, p, Target::Modifier(i, spec, k), &format!("run-{i}-{}", p.key))
    };
    spec.params.iter().enumerate().map(bound).collect()
}
