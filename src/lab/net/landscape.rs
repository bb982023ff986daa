//! The view `landscape`: the loss on a plane through the space of weights, and the paths of the runs on it.
//!
//! The map is worked out in slices of a few milliseconds, a slice a frame, coarse first. While the cursor moves only paths,
//! marks and numbers are drawn again.

mod gestures;
mod marks;
mod paint;
mod parts;
mod plan;
mod state;
mod tracks;

use super::super::frames::{self, now_ms};
use super::super::place::style;
use super::super::say;
use super::Scene;
use crate::lab::place::per_place;
use crate::landscape::Settings;
use state::State;
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// How long a slice may take, in milliseconds, and the work it is made of, in units of about a nanosecond.
const SLICE_MS: f64 = 3.5;
const PIECE: u64 = 300_000;

per_place! {
    static STATE: RefCell<Option<State>> = const { RefCell::new(None) };
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

fn with<T>(act: impl FnOnce(&mut State) -> T) -> Option<T> {
    // Still borrowed only after a panic here, which has ended this program.
    STATE.with(|state| state.try_borrow_mut().ok()?.as_mut().map(act))
}

/// Draws it.
pub fn draw(place: &Element, scene: &Scene<'_>) {
    let is_there = with(|state| place.contains(Some(state.root()))).unwrap_or(false);
    if !is_there {
        style(include_str!("landscape/landscape.css"));
        STATE.set(State::new(place));
        if let Some(root) = with(|state| state.root().clone()) {
            gestures::listen(&root);
        }
    }
    with(|state| state.adopt(scene));
    go_on();
}

/// Has a slice worked out with the next frame.
fn go_on() {
    frames::ask(&ASKED, frame);
}

fn frame() {
    let more = with(|state| {
        let is_on_page = state.root().is_connected();
        let is_seen = state.root().clone().unchecked_into::<HtmlElement>().offset_width() > 0;
        if !is_on_page || !is_seen {
            return false;
        }
        let until = now_ms() + SLICE_MS;
        let mut more = state.work(PIECE, now_ms());
        while more && now_ms() < until {
            more = state.work(PIECE, now_ms());
        }
        state.paint();
        more || state.is_waiting()
    });
    if more == Some(true) {
        go_on();
    }
    let words = with(|state| state.unsaid(now_ms())).flatten();
    if let Some((root, words)) = words {
        say(&root, &words);
    }
}

/// Makes other settings hold, and tells the page.
fn set(change: impl FnOnce(&mut Settings)) {
    let said = with(|state| {
        let mut settings = state.settings;
        change(&mut settings);
        state.settings = settings;
        (state.root().clone(), format!("show {}", settings.write()))
    });
    if let Some((root, words)) = said {
        say(&root, &words);
        go_on();
    }
}
