//! Work and drawings that wait for the next frame of the browser.

use super::place::{Own, once};
use std::cell::Cell;
use wasm_bindgen::JsCast;

/// Has something done with the next frame, once however often it is asked for; `asked` remembers whether it was.
pub fn ask(asked: &'static Own<Cell<bool>>, act: impl FnOnce() + 'static) {
    if asked.replace(true) {
        return;
    }
    let frame = once(move || {
        asked.set(false);
        act();
    });
    let answer = web_sys::window().map(|w| w.request_animation_frame(frame.unchecked_ref()));
    if !matches!(answer, Some(Ok(_))) {
        asked.set(false);
    }
}

/// The time in milliseconds.
pub fn now_ms() -> f64 {
    web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now())
}
