//! The race: a card for each run, one of them open.

mod card;
mod edits;
mod modifiers;

use super::store::Store;
use super::ui::{El, button, el};
use crate::session::{Command, MAX_RUNS};

/// The panel with all runs.
pub fn panel(store: Store) -> El {
    let count = move || store.settings(|s| s.config().runs.len());
    let add = button("+ Add a run")
        .test_id("add-run")
        .live_flag("disabled", move || count() >= MAX_RUNS)
        .live_attr("title", move || {
            if count() >= MAX_RUNS { "Eight runs are as many as can be told apart" } else { "Add a run (n)" }
                .to_owned()
        })
        .on_click(move || store.send(Command::AddRun));
    let cards = el("ol")
        .class("cards")
        // A scrolling area that holds controls is reached through them; the tab stop is for when it holds none.
        .attr("aria-labelledby", "runs-title")
        .region(
            move || count().to_string(),
            move |_| (0..store.peek(|s| s.config().runs.len())).map(|i| card::card(store, i)).collect(),
        );
    el("section")
        .class("runs")
        .attr("aria-labelledby", "runs-title")
        .child(el("header").class("bar").child(el("h2").attr("id", "runs-title").text("Runs")).child(add))
        .child(el("p").class("empty").live_flag("hidden", move || count() > 0).text("No runs yet. Add one."))
        .child(cards)
}
