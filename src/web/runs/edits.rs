//! The changes made while a run was playing, each with its step, to go to or to take back.

use crate::link::item;
use crate::session::Command;
use crate::web::icons;
use crate::web::store::Store;
use crate::web::ui::{El, button, el, icon_button};

/// The list of a run's edits.
pub fn section(store: Store, i: usize) -> El {
    let words = move || {
        store.settings(|s| {
            let Some(run) = s.config().runs.get(i) else {
                return Vec::new();
            };
            let word = |e: &crate::run::Edit| (e.step, item::write(run.settings.optimizer, &e.item));
            run.edits.iter().map(word).collect::<Vec<_>>()
        })
    };
    let chips = move |_: &str| {
        let chip = |(n, (step, text)): (usize, (u32, String))| chip(store, i, n, step, &text);
        words().into_iter().enumerate().map(chip).collect()
    };
    let key = move || {
        let words = words().into_iter().map(|(step, text)| format!("{step}:{text}"));
        words.collect::<Vec<_>>().join(";")
    };
    el("div")
        .class("edits")
        .part_of_run(i, "edits")
        .live_flag("hidden", move || words().is_empty())
        .child(el("span").class("name").text("changed during the run"))
        .child(el("ul").region(key, chips))
}

fn chip(store: Store, i: usize, n: usize, step: u32, text: &str) -> El {
    let go = button(&format!("@{step} {text}"))
        .title("Go to this step")
        .on_click(move || store.send(Command::Seek(step)));
    let label = format!("Take back {text} at step {step}");
    let back = icon_button(icons::CLOSE, &label).on_click(move || store.send(Command::DeleteEdit(i, n)));
    el("li").child(go).child(back)
}
