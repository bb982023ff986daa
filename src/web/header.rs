//! The bar at the top: what the page is, undo, sharing, colours, help.

use super::store::Store;
use super::ui::{El, button, el, icon, icon_button, menu, value};
use super::{dom, icons, lab, link_sync};
use crate::link::Theme;
use crate::session::{Command, Session};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The bar at the top.
pub fn bar(store: Store) -> El {
    let can = move || store.settings(Session::can_undo_redo);
    let undo = icon_button(icons::UNDO, "Undo (ctrl z)")
        .test_id("undo")
        .live_flag("disabled", move || !can().0)
        .on_click(move || store.send(Command::Undo));
    let redo = icon_button(icons::REDO, "Redo (ctrl shift z)")
        .test_id("redo")
        .live_flag("disabled", move || !can().1)
        .on_click(move || store.send(Command::Redo));
    let help_button = button("?").label("Keys and help (?)").test_id("help").attr("popovertarget", "help");
    let share_button = button("Share").test_id("share").attr("popovertarget", "share");
    let take_button = icon_button(icons::DOWN, "Download").test_id("take").attr("popovertarget", "take");
    let nav = el("nav")
        .attr("aria-label", "Page")
        .child(undo)
        .child(redo)
        .child(copy_button(store))
        .child(by_hand(store))
        .child(share_button)
        .child(take_button)
        .child(theme_menu(store))
        .child(help_button);
    el("header")
        .class("top")
        .child(el("h1").text("Descent Lab"))
        .child(el("p").class("tagline").text("Watch optimizers move"))
        .child(side(store, "Surface", false))
        .child(side(store, "Network", true))
        .child(nav)
        .child(popover(store, "help", "Help"))
        .child(popover(store, "share", "Share"))
        .child(popover(store, "take", "Download"))
}

/// Shows what is minimised on this side.
fn side(store: Store, name: &str, network: bool) -> El {
    button(name)
        .test_id(name)
        .live_attr("aria-pressed", move || (store.trains() == network).to_string())
        .on_click(move || store.switch(network))
}

/// Copies the link; where that is refused, shows it to be copied by hand.
fn copy_button(store: Store) -> El {
    let copy = move || {
        let link = store.place().address(&link_sync::to_pass_on(store));
        let written = clipboard().map(|c| c.write_text(&link));
        let refused = move || store.set_ui(|ui| ui.by_hand.clone_from(&link));
        let Some(written) = written else {
            return refused();
        };
        let done = move |_| {
            store.set_ui(|ui| {
                "Link copied".clone_into(&mut ui.toast);
                ui.by_hand.clear();
            });
        };
        dom::then(&written, done, move |_| refused());
    };
    button("")
        .child(icon(icons::LINK))
        .child(el("span").text(" Copy link"))
        .attr("aria-label", "Copy link")
        .test_id("copy-link")
        .title("Copy a link to exactly what is shown")
        .on_click(copy)
}

fn by_hand(store: Store) -> El {
    el("input")
        .class("by-hand")
        .attr("readonly", "")
        .attr("aria-label", "Link, to be copied by hand")
        .live_flag("hidden", move || store.ui(|ui| ui.by_hand.is_empty()))
        .live_value(move || store.ui(|ui| ui.by_hand.clone()))
        .on("focus", |ev| {
            if let Some(input) = ev.target() {
                input.unchecked_ref::<web_sys::HtmlInputElement>().select();
            }
        })
}

/// The clipboard; absent on pages that are not served securely.
fn clipboard() -> Option<web_sys::Clipboard> {
    let navigator = leptos::prelude::window().navigator();
    let value = js_sys::Reflect::get(&navigator, &"clipboard".into()).ok()?;
    if value.is_undefined() { None } else { Some(value.unchecked_into()) }
}

fn theme_menu(store: Store) -> El {
    let options = Theme::ALL.map(|t| (t.key(), t.key())).to_vec();
    menu(&[("", options)])
        .test_id("theme")
        .attr("aria-label", "Theme")
        .title("Light, dark, or as your system is set")
        .live_value(move || store.ui(|ui| ui.theme.key().to_owned()))
        .on("change", move |ev| {
            let word = value(&ev);
            if let Some(theme) = Theme::ALL.into_iter().find(|t| t.key() == word) {
                store.set_ui(|ui| ui.theme = theme);
                link_sync::schedule(store);
            }
        })
}

/// Something that opens over the page, with a panel of the same name.
fn popover(store: Store, name: &'static str, label: &str) -> El {
    let frame = el("div").attr("id", name).class("help").attr("popover", "");
    lab::panel_in(store, name, lab::FOCUSED, frame.attr("aria-label", label).attr("role", "dialog"))
}

/// Opens or closes the help.
pub fn toggle_help(store: Store) {
    if let Some(help) = store.place().query("#help") {
        let _ = help.unchecked_ref::<HtmlElement>().toggle_popover();
    }
}
