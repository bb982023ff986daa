//! What covers the stage where the runs are on a matrix or a network, which has no plane: [`crate::lab`] draws it.

use super::super::store::Store;
use super::super::ui::El;
use super::super::{lab, link_sync};
use crate::math::decimal;
use crate::param::as_index;
use crate::session::Command;
use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, Event};

/// Whether the runs are on something without a plane.
pub fn is_shown(store: Store) -> bool {
    store.settings(|s| !s.config().is_plane())
}

/// What covers the stage of networks.
pub fn network(store: Store) -> El {
    let is_shown = move || store.trains();
    lab::panel(store, "network", lab::FOCUSED, is_shown)
        .class("matrix")
        .test_id("network")
        .live_flag("hidden", move || !is_shown())
        .on("descent-lab", move |ev| heard(store, &ev))
}

/// The panel; the style of the stage hides it, or all the rest.
pub fn panel(store: Store) -> El {
    let is_shown = move || store.settings(|s| s.config().problem.is_some());
    lab::panel(store, "matrix", lab::FOCUSED, is_shown)
        .live_flag("hidden", move || !is_shown())
        .class("matrix")
        .test_id("matrix")
        .on("descent-lab", move |ev| heard(store, &ev))
}

/// What was pressed in the panel: a word and a number.
fn heard(store: Store, ev: &Event) {
    let said = ev.unchecked_ref::<CustomEvent>().detail().as_string().unwrap_or_default();
    let (word, number) = said.split_once(' ').unwrap_or_default();
    let Some(number) = decimal::parse(number).map(as_index) else {
        return;
    };
    match word {
        "focus" => store.send(Command::Focus(number)),
        "seek" => store.send(Command::Seek(u32::try_from(number).unwrap_or(u32::MAX))),
        "singular" => {
            store.set_ui(|ui| ui.singular_of_steps = number == 1);
            link_sync::schedule(store);
        }
        _ => {}
    }
}
