//! The modifiers of a run: a line that says which are on, and behind it all of them, drawn by the second program.

use super::card::setting;
use crate::web::lab;
use crate::web::store::Store;
use crate::web::ui::{El, el};

/// The line and what opens below it; open from the start where some are on.
pub fn section(store: Store, i: usize) -> El {
    let heading = move || {
        let on = setting(store, i).map(|s| s.modifiers).unwrap_or_default();
        let names = on.iter().map(|m| m.spec.name).collect::<Vec<_>>().join(", ");
        if names.is_empty() { "Modifiers: none".to_owned() } else { format!("Modifiers: {names}") }
    };
    let frame = el("details").part_of_run(i, "modifiers").child(el("summary").live_text(heading));
    let section = lab::panel_in(store, "modifiers", i, frame);
    if store.peek(|s| s.config().runs.get(i).is_some_and(|r| !r.settings.modifiers.is_empty())) {
        return section.attr("open", "");
    }
    section
}
