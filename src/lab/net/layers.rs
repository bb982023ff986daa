//! The view `layers`: what happens in each layer of the open run, over the steps and at the cursor.

mod confusion;
mod histograms;
mod options;
mod parts;
mod plot;
mod singular;
mod state;
mod table;

use super::super::frames::{self, now_ms};
use super::super::place::style;
use super::super::say;
use super::Scene;
use crate::lab::place::per_place;
use options::Options;
use state::State;
use std::cell::{Cell, RefCell};
use web_sys::Element;

/// How long the page may be kept busy at once, in milliseconds.
const SLICE_MS: f64 = 3.0;

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
    style(include_str!("layers/layers.css"));
    let kept = STATE.take().filter(|state| state.fits(place, scene));
    let mut state = kept.unwrap_or_else(|| State::new(place, scene));
    state.update(scene);
    STATE.set(Some(state));
    go_on();
}

/// Makes other settings hold, and tells the page.
fn choose(change: impl FnOnce(&mut Options)) {
    let said = with(|state| {
        let mut options = state.options;
        change(&mut options);
        (state.root.clone(), format!("show {}", options.write()))
    });
    if let Some((root, words)) = said {
        say(&root, &words);
    }
}

/// Has what takes time worked out with the next frame.
fn go_on() {
    frames::ask(&ASKED, || {
        let until = now_ms() + SLICE_MS;
        let more = with(|state| {
            // Of what is no longer seen nothing is wanted.
            if !state.root.is_connected() {
                return false;
            }
            state.work(|| now_ms() < until)
        });
        if more == Some(true) {
            go_on();
        }
    });
}
