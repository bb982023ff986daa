//! What in a link was not used, and short words about what was just done.

use super::lab::Lab;
use super::store::{Store, Ui};
use super::ui::{El, effect, el, icon_button};
use super::{dom, icons};

/// The notices about the link, until they are closed.
pub fn list(store: Store) -> El {
    let due = |ui: &Ui| {
        let due = ui.notices.iter().filter(|n| !n.waits || ui.lab == Lab::Gone);
        due.cloned().collect::<Vec<_>>()
    };
    let key = move || store.ui(due).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let make = move |_: &str| {
        let due = store.peek_ui(due);
        // What came out otherwise than the link says was used all the same.
        let wrong = due.iter().any(|n| n.place != "check");
        let items =
            due.into_iter().map(|n| el("li").child(el("b").text(&n.place)).text(" ").text(&n.message));
        vec![
            el("p")
                .live_flag("hidden", move || !wrong)
                .text("Some of this link could not be used; the rest is shown."),
            el("ul").children(items),
            icon_button(icons::CLOSE, "Close").on_click(move || store.set_ui(|ui| ui.notices.clear())),
        ]
    };
    el("div")
        .class("notices")
        .attr("role", "status")
        .test_id("notices")
        .live_flag("hidden", move || store.ui(due).is_empty())
        .region(key, make)
}

/// How long a short word stays.
const STAY_MS: i32 = 2500;

/// The short word about what was just done.
pub fn toast(store: Store) -> El {
    effect(move || {
        let text = store.ui(|ui| ui.toast.clone());
        if !text.is_empty() {
            let forget = move || {
                if store.peek_ui(|ui| ui.toast == text) {
                    store.set_ui(|ui| ui.toast.clear());
                }
            };
            dom::later(STAY_MS, forget);
        }
    });
    el("div")
        .class("toast")
        .attr("role", "status")
        .live_class("shown", move || store.ui(|ui| !ui.toast.is_empty()))
        .live_text(move || store.ui(|ui| ui.toast.clone()))
}
