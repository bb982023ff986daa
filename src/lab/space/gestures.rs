//! Pointers, the wheel and keys: one turns, two fingers zoom and move, Shift or another button moves.

use super::super::fingers::{Fingers, Motion};
use super::super::say;
use super::view::View;
use super::{draw_soon, with};
use crate::lab::html::on;
use crate::lab::place::{later, per_place};
use crate::math::num;
use crate::scene::space::{Camera, Sight};
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, PointerEvent, WheelEvent, window};

/// How far the wheel has to turn to double the size, in its own pixels; pixels in a line.
const WHEEL_PX: f64 = 400.0;
const LINE_PX: f64 = 30.0;
/// What a press of a key turns, moves and zooms.
const KEY_DEG: f64 = 5.0;
const KEY_PX: f64 = 30.0;
const KEY_ZOOM: f64 = 1.25;
/// After the last of a row of keys or turns of the wheel the link is written.
const SETTLED_MS: i32 = 300;

per_place! {
    /// The pointers that are down.
    static DOWN: RefCell<Fingers> = const { RefCell::new(Fingers::new()) };
    /// Whether they move the picture and do not turn it.
    static MOVES: Cell<bool> = const { Cell::new(false) };
    /// What waits to tell the page.
    static WAITING: Cell<Option<i32>> = const { Cell::new(None) };
}

/// Whether it is being turned or moved just now.
pub fn is_held() -> bool {
    DOWN.with_borrow(|down| !down.is_empty()) || WAITING.get().is_some()
}

/// Listens, as long as the view lives.
pub fn listen(view: &View) {
    let solid = &view.solid;
    DOWN.with_borrow_mut(Fingers::clear);
    on(solid, "pointerdown", |ev| down(ev.unchecked_ref()));
    on(solid, "pointermove", |ev| moved(ev.unchecked_ref()));
    for event in ["pointerup", "pointercancel"] {
        on(solid, event, |ev| up(ev.unchecked_ref()));
    }
    on(solid, "contextmenu", Event::prevent_default);
    on(solid, "dblclick", |_| reset());
    on(solid, "wheel", |ev| wheel(ev.unchecked_ref()));
    on(solid, "keydown", |ev| key(ev.unchecked_ref()));
    let canvas = view.canvas.unchecked_ref::<Element>();
    on(canvas, "webglcontextlost", |ev| {
        // Otherwise it never comes back.
        ev.prevent_default();
        with(View::lose);
    });
    on(canvas, "webglcontextrestored", |_| {
        with(View::restore);
        draw_soon();
    });
}

/// Whether the link locks from where it is looked at.
fn is_still() -> bool {
    with(|view| view.is_still()).unwrap_or(true)
}

/// Looks from elsewhere.
fn look(change: impl FnOnce(Camera, &Sight) -> Camera) {
    if is_still() {
        return;
    }
    with(|view| {
        if let Some(sight) = &view.sight {
            view.camera = change(view.camera, sight);
        }
    });
    draw_soon();
}

fn tell_now() {
    if let (Some(waiting), Some(window)) = (WAITING.take(), window()) {
        window.clear_timeout_with_handle(waiting);
    }
    with(View::tell_camera);
}

/// Tells the page when nothing more comes.
fn tell_later() {
    let Some(window) = window() else { return };
    if let Some(waiting) = WAITING.take() {
        window.clear_timeout_with_handle(waiting);
    }
    WAITING.set(later(SETTLED_MS, || {
        WAITING.set(None);
        with(View::tell_camera);
    }));
}

/// Where something is on the picture.
fn place(client: [i32; 2]) -> Option<[f64; 2]> {
    let rect = with(|view| view.solid.get_bounding_client_rect())?;
    let [x, y] = client.map(f64::from);
    Some([x - rect.left(), y - rect.top()])
}

fn down(ev: &PointerEvent) {
    let Some(at) = place([ev.client_x(), ev.client_y()]).filter(|_| !is_still()) else {
        return;
    };
    // Refused for pointers that are already gone.
    with(|view| view.solid.set_pointer_capture(ev.pointer_id()).is_ok());
    DOWN.with_borrow_mut(|down| down.down(ev.pointer_id(), at));
    MOVES.set(ev.shift_key() || ev.button() != 0);
}

fn up(ev: &PointerEvent) {
    if DOWN.with_borrow_mut(|down| down.up(ev.pointer_id())) {
        tell_now();
    }
}

fn moved(ev: &PointerEvent) {
    let Some(at) = place([ev.client_x(), ev.client_y()]) else {
        return;
    };
    match DOWN.with_borrow_mut(|down| down.moved(ev.pointer_id(), at)) {
        Some(Motion::Drag(by)) => {
            look(|camera, sight| if MOVES.get() { camera.panned(by, sight) } else { camera.dragged(by) });
        }
        Some(Motion::Pinch { by, factor, middle }) => {
            look(|camera, sight| camera.panned(by, sight).zoomed(factor, middle, sight));
        }
        Some(Motion::Still) | None => {}
    }
}

/// In a frame of another page the wheel scrolls that page, unless ctrl is held.
fn wheel(ev: &WheelEvent) {
    if is_still() || with(|view| view.is_embedded()).unwrap_or(true) && !ev.ctrl_key() {
        return;
    }
    let Some(at) = place([ev.client_x(), ev.client_y()]) else {
        return;
    };
    ev.prevent_default();
    let unit = if ev.delta_mode() == WheelEvent::DOM_DELTA_LINE { LINE_PX } else { 1.0 };
    let turns = num::clamp(-ev.delta_y() * unit / WHEEL_PX, -1.0, 1.0);
    look(|camera, sight| camera.zoomed(num::pow(2.0, turns), at, sight));
    tell_later();
}

/// Zooms about the middle.
pub fn zoom(nearer: bool) {
    let factor = if nearer { KEY_ZOOM } else { 1.0 / KEY_ZOOM };
    look(|camera, sight| camera.zoomed(factor, sight.size_px.map(|px| 0.5 * px), sight));
    tell_later();
}

/// Looks from where it began.
pub fn reset() {
    look(|_, _| Camera::default());
    tell_now();
}

/// Heights on the other scale.
pub fn switch_heights() {
    // The page answers by drawing it, so it is not held meanwhile.
    if let Some((root, words)) = with(|view| view.other_heights()).flatten() {
        say(&root, &words);
        say(&root, "end");
    }
}

fn key(ev: &KeyboardEvent) {
    if ev.ctrl_key() || ev.meta_key() || ev.alt_key() || is_still() {
        return;
    }
    let [across, up] = match ev.key().as_str() {
        "ArrowLeft" => [-1.0, 0.0],
        "ArrowRight" => [1.0, 0.0],
        "ArrowUp" => [0.0, 1.0],
        "ArrowDown" => [0.0, -1.0],
        "+" | "=" => {
            ev.prevent_default();
            return zoom(true);
        }
        "-" => {
            ev.prevent_default();
            return zoom(false);
        }
        "0" => {
            ev.prevent_default();
            return reset();
        }
        _ => return,
    };
    ev.prevent_default();
    if ev.shift_key() {
        look(|camera, sight| camera.panned([-KEY_PX * across, KEY_PX * up], sight));
    } else {
        look(|camera, _| camera.turned(KEY_DEG * across, KEY_DEG * up));
    }
    tell_later();
}
