//! Pointers, the wheel and keys on the map.

use super::state::State;
use super::{go_on, with};
use crate::lab::fingers::{Fingers, Motion};
use crate::lab::html::on;
use crate::lab::place::{callback, listen_to, per_place};
use crate::math::num;
use crate::scene::Viewport;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, KeyboardEvent, MediaQueryList, PointerEvent, ResizeObserver, WheelEvent, window};

/// A wheel that turns by this much doubles or halves what is shown.
const WHEEL_PX: f64 = 240.0;
const LINE_PX: f64 = 16.0;
/// An arrow key moves what is read by this part of the shown.
const READ_STEP: f64 = 1.0 / 40.0;
/// With Shift it moves the map by this part.
const PAN_STEP: f64 = 0.125;

per_place! {
    /// The pointers that are down.
    static DOWN: RefCell<Fingers> = const { RefCell::new(Fingers::new()) };
}

/// Listens, as long as the view lives.
pub fn listen(root: &Element) {
    let Some(map) = root.query_selector(".landscape-map").ok().flatten() else {
        return;
    };
    DOWN.with_borrow_mut(Fingers::clear);
    on(&map, "pointerdown", |ev| down(ev.unchecked_ref()));
    on(&map, "pointermove", |ev| moved(ev.unchecked_ref()));
    for event in ["pointerup", "pointercancel"] {
        on(&map, event, |ev| up(ev.unchecked_ref()));
    }
    on(&map, "pointerleave", |ev| left(ev.unchecked_ref()));
    on(&map, "wheel", |ev| wheel(ev.unchecked_ref()));
    on(&map, "keydown", |ev| key(ev.unchecked_ref()));
    on(&map, "blur", |_| read(None));
    let again = callback(|_: JsValue| look_around());
    if let Ok(observer) = ResizeObserver::new(again.unchecked_ref()) {
        observer.observe(&map);
    }
    let dark: Option<MediaQueryList> =
        window().and_then(|w| w.match_media("(prefers-color-scheme: dark)").ok().flatten());
    if let Some(dark) = dark {
        listen_to(&dark, "change", |_| look_around());
    }
}

fn look_around() {
    with(|state| {
        state.look_around();
        state.marks_are_old = true;
    });
    go_on();
}

fn place(client: [i32; 2]) -> Option<[f64; 2]> {
    let rect = with(|state| state.parts.map.get_bounding_client_rect())?;
    let [x, y] = client.map(f64::from);
    Some([x - rect.left(), y - rect.top()])
}

fn read(at: Option<[f64; 2]>) {
    with(|state| {
        let at = at.and_then(|at| state.port().map(|port| port.plot_from_px(at)));
        if at.is_some() || state.reading.is_some() {
            state.read(at);
        }
    });
    go_on();
}

fn show(change: impl FnOnce(&Viewport, &State) -> Viewport) {
    with(|state| {
        if let Some(port) = state.port() {
            let port = change(&port, state);
            state.set_port(&port);
        }
    });
    go_on();
}

/// Zooms about the middle; a factor above 1 shows less of the plane.
pub fn zoom(factor: f64) {
    show(|port, _| port.zoomed(factor, [0.5 * port.width_px, 0.5 * port.height_px]));
}

fn down(ev: &PointerEvent) {
    if ev.button() != 0 {
        return;
    }
    let Some(at) = place([ev.client_x(), ev.client_y()]) else {
        return;
    };
    // Refused for pointers that are already gone.
    with(|state| state.parts.map.set_pointer_capture(ev.pointer_id()).is_ok());
    DOWN.with_borrow_mut(|down| down.down(ev.pointer_id(), at));
    read(Some(at));
}

fn up(ev: &PointerEvent) {
    DOWN.with_borrow_mut(|down| down.up(ev.pointer_id()));
}

/// A mouse that leaves reads nothing; what a finger has read stays.
fn left(ev: &PointerEvent) {
    if ev.pointer_type() == "mouse" {
        read(None);
    }
}

fn moved(ev: &PointerEvent) {
    let Some(at) = place([ev.client_x(), ev.client_y()]) else {
        return;
    };
    match DOWN.with_borrow_mut(|down| down.moved(ev.pointer_id(), at)) {
        Some(Motion::Drag(by)) => show(|port, _| port.panned(by)),
        Some(Motion::Pinch { by, factor, middle }) => show(|port, _| port.panned(by).zoomed(factor, middle)),
        None if ev.pointer_type() == "mouse" => read(Some(at)),
        Some(Motion::Still) | None => {}
    }
}

fn wheel(ev: &WheelEvent) {
    let Some(at) = place([ev.client_x(), ev.client_y()]) else {
        return;
    };
    ev.prevent_default();
    let unit = if ev.delta_mode() == WheelEvent::DOM_DELTA_LINE { LINE_PX } else { 1.0 };
    let turns = num::clamp(-ev.delta_y() * unit / WHEEL_PX, -1.0, 1.0);
    show(|port, _| port.zoomed(num::pow(2.0, turns), at));
}

fn key(ev: &KeyboardEvent) {
    if ev.ctrl_key() || ev.meta_key() || ev.alt_key() {
        return;
    }
    let direction = match ev.key().as_str() {
        "ArrowLeft" => [-1.0, 0.0],
        "ArrowRight" => [1.0, 0.0],
        "ArrowUp" => [0.0, -1.0],
        "ArrowDown" => [0.0, 1.0],
        "+" | "=" => {
            zoom(2.0);
            return ev.prevent_default();
        }
        "-" => {
            zoom(0.5);
            return ev.prevent_default();
        }
        "0" => {
            ev.prevent_default();
            return super::set(|settings| settings.square = None);
        }
        "Escape" => return read(None),
        _ => return,
    };
    ev.prevent_default();
    if ev.shift_key() {
        return show(|port, _| {
            port.panned([-PAN_STEP * direction[0] * port.width_px, -PAN_STEP * direction[1] * port.height_px])
        });
    }
    let to = with(|state| {
        let port = state.port()?;
        let run = state.here.as_ref().map(|h| h.at.at);
        // It begins where the run stands.
        let from = state.reading.map(|r| r.at).or(run).unwrap_or_else(|| port.centre());
        let at = port.px_from_plot(from);
        let step = READ_STEP * port.width_px.max(port.height_px);
        Some([
            num::clamp(at[0] + step * direction[0], 0.0, port.width_px),
            num::clamp(at[1] + step * direction[1], 0.0, port.height_px),
        ])
    });
    read(to.flatten());
}
