//! The keyboard. The help that says so is in [`crate::lab`].

use super::dom;
use super::store::Store;
use super::ui::on_window;
use crate::session::Command;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// Listens as long as the page is there.
pub fn listen(store: Store) {
    // A slider that is taken hold of and let go where it was reports no change, and the pointer may be let go anywhere.
    for event in ["pointerup", "pointercancel"] {
        on_window(event, move |_| {
            if store.peek(|s| s.playback.held) {
                store.send(Command::EndGesture);
            }
        });
    }
    store.place().on_key(move |ev| {
        let ev: &KeyboardEvent = ev.unchecked_ref();
        if ev.default_prevented() || ev.alt_key() {
            return;
        }
        let typing = dom::is_typing(ev.target());
        let key = ev.key();
        let command = if ev.ctrl_key() || ev.meta_key() {
            // In a text field, undo is the field's own.
            let in_text = typing && !is_control(ev);
            if in_text { None } else { with_ctrl(&key, ev.shift_key()) }
        } else if typing && key != "Escape" {
            None
        } else {
            plain(store, ev, &key)
        };
        if let Some(command) = command {
            ev.prevent_default();
            store.send(command);
        }
    });
}

/// Whether the key goes to a slider, or to a number field: what was typed there is in the session's own history.
fn is_control(ev: &KeyboardEvent) -> bool {
    let target = ev.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|e| e.matches(".slide, .number, [type=range]").unwrap_or(false))
}

fn with_ctrl(key: &str, shift: bool) -> Option<Command> {
    match (key, shift) {
        ("z", false) => Some(Command::Undo),
        ("z" | "Z", true) | ("y", false) => Some(Command::Redo),
        _ => None,
    }
}

fn plain(store: Store, ev: &KeyboardEvent, key: &str) -> Option<Command> {
    let by = if ev.shift_key() { 10 } else { 1 };
    match key {
        "Escape" => {
            super::stage::close_settings(store);
            None
        }
        // On a button, space presses the button.
        " " if !on_button(ev) => Some(Command::TogglePlay),
        "ArrowLeft" => Some(Command::StepBy(-by)),
        "ArrowRight" => Some(Command::StepBy(by)),
        "Home" => Some(Command::Seek(0)),
        "End" => Some(Command::Seek(u32::MAX)),
        "n" => Some(Command::AddRun),
        "+" | "=" => {
            super::stage::zoom_step(store, 1);
            None
        }
        "-" => {
            super::stage::zoom_step(store, -1);
            None
        }
        "0" => Some(Command::SetView(None)),
        "?" => {
            super::header::toggle_help(store);
            None
        }
        _ => {
            let digit = key.parse::<usize>().ok().filter(|d| (1..=8).contains(d))?;
            Some(Command::Focus(digit - 1))
        }
    }
}

fn on_button(ev: &KeyboardEvent) -> bool {
    ev.target()
        .and_then(|t| t.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|e| matches!(e.tag_name().as_str(), "BUTTON" | "SUMMARY" | "A" | "INPUT"))
}
