//! Pointers on the stage: drag to pan, two fingers or the wheel to zoom, hover to read.

use super::super::lab;
use super::super::store::Store;
use super::super::ui::El;
use super::{Port, shortened};
use crate::math::num;
use crate::run::status::readable;
use crate::scene::Viewport;
use crate::session::Command;
use leptos::prelude::document;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, PointerEvent, WheelEvent};

/// How far the wheel has to turn to double the scale, in its own pixels.
const WHEEL_PX: f64 = 400.0;
/// Pixels in a line, for wheels that count lines.
const LINE_PX: f64 = 30.0;

/// The pointers that are down on the stage: which, and where each was last.
type Down = Rc<RefCell<Vec<(i32, [f64; 2])>>>;

/// Listens to the pointers on the stage.
pub fn listen(store: Store, port: &Port, plot: &El, readout: &Element) {
    let (show_at, clear, press_at) = (readout.clone(), readout.clone(), readout.clone());
    let (of_move, of_wheel, of_press) = (port.clone(), port.clone(), port.clone());
    let [pressed, dragged, up, gone] = [(); 4].map({
        let down = Down::default();
        move |()| down.clone()
    });
    plot.clone()
        .on("pointerdown", move |ev| {
            // A finger does not hover.
            if let (Some(at), Some(port), false) =
                (place(ev.unchecked_ref()), coming(store, &of_press), on_control(&ev))
            {
                show(store, &port, at, &press_at);
            }
            down(&pressed, ev.unchecked_ref());
        })
        .on("pointermove", move |ev| {
            moved(store, &of_move, &show_at, &dragged, ev.unchecked_ref());
        })
        .on("pointerup", move |ev| let_go(&up, ev.unchecked_ref()))
        .on("pointercancel", move |ev| let_go(&gone, ev.unchecked_ref()))
        .on("pointerleave", move |ev| {
            if ev.unchecked_ref::<PointerEvent>().pointer_type() == "mouse" {
                clear.set_text_content(None);
            }
        })
        .on("wheel", move |ev| wheel(store, &of_wheel, ev.unchecked_ref()))
        .on("dblclick", move |ev| {
            if !on_control(&ev) {
                store.send(Command::SetView(None));
            }
        });
}

/// Where a pointer is on the stage.
fn place(ev: &PointerEvent) -> Option<[f64; 2]> {
    let stage: Element = ev.current_target()?.dyn_into().ok()?;
    let rect = stage.get_bounding_client_rect();
    Some([f64::from(ev.client_x()) - rect.left(), f64::from(ev.client_y()) - rect.top()])
}

/// Whether the pointer is on a control that stands on the stage, or on the panel that covers it.
fn on_control(ev: &Event) -> bool {
    let target = ev.target().and_then(|t| t.dyn_into::<Element>().ok());
    target.is_some_and(|t| t.closest("button, .matrix").ok().flatten().is_some())
}

/// A pointer goes down.
fn down(down: &Down, ev: &PointerEvent) {
    if on_control(ev) || ev.button() != 0 {
        return;
    }
    if let (Some(at), Some(stage)) = (place(ev), ev.current_target()) {
        if let Ok(stage) = stage.dyn_into::<Element>() {
            // Refused for pointers that are already gone.
            let _ = stage.set_pointer_capture(ev.pointer_id());
        }
        let_go(down, ev);
        down.borrow_mut().push((ev.pointer_id(), at));
    }
}

/// A pointer goes up or is taken away by the browser.
fn let_go(down: &Down, ev: &PointerEvent) {
    down.borrow_mut().retain(|(id, _)| *id != ev.pointer_id());
}

/// What the stage will show of the plane with the next frame: of several events in one frame each goes on from the one before.
fn coming(store: Store, port: &Port) -> Option<Viewport> {
    if store.peek(|s| !s.config().is_plane()) {
        return None;
    }
    let Viewport { width_px, height_px, .. } = port.peek()?;
    Some(Viewport::fitted(store.peek(|s| s.config().visible()), width_px, height_px))
}

/// A pointer moves: pans with one, zooms with two, reads with none down.
fn moved(store: Store, port: &Port, readout: &Element, down: &Down, ev: &PointerEvent) {
    let (Some(at), Some(port)) = (place(ev), coming(store, port)) else {
        return;
    };
    let before = down.borrow().clone();
    let mut after = before.clone();
    match after.iter_mut().find(|(id, _)| *id == ev.pointer_id()) {
        Some(entry) => entry.1 = at,
        None => return show(store, &port, at, readout),
    }
    let view = match (&before[..], &after[..]) {
        ([(_, a)], [(_, b)]) => port.panned([b[0] - a[0], b[1] - a[1]]),
        ([(_, a), (_, b), ..], [(_, c), (_, d), ..]) => {
            let (middle, spread) = pinch(*a, *b);
            let (new_middle, new_spread) = pinch(*c, *d);
            let moved = port.panned([new_middle[0] - middle[0], new_middle[1] - middle[1]]);
            moved.zoomed(new_spread / spread, new_middle)
        }
        _ => return,
    };
    down.replace(after);
    store.send(Command::SetView(Some(shortened(&view))));
}

/// The middle of two fingers and how far they are apart.
fn pinch(a: [f64; 2], b: [f64; 2]) -> ([f64; 2], f64) {
    let spread = num::norm(&[a[0] - b[0], a[1] - b[1]]).max(1.0);
    ([0.5 * (a[0] + b[0]), 0.5 * (a[1] + b[1])], spread)
}

/// The wheel turns. In a part of another page it scrolls that page, unless ctrl is held or the stage was pressed or reached
/// by keyboard before.
fn wheel(store: Store, port: &Port, ev: &WheelEvent) {
    let Some(stage) = ev.current_target().and_then(|t| t.dyn_into::<Element>().ok()) else {
        return;
    };
    let focused =
        || stage.matches(":focus-within").unwrap_or(false) && document().has_focus().unwrap_or(false);
    if store.peek_ui(|ui| ui.embed) && !ev.ctrl_key() && !focused() {
        return;
    }
    let Some(port) = coming(store, port) else {
        return;
    };
    ev.prevent_default();
    let rect = stage.get_bounding_client_rect();
    let at = [f64::from(ev.client_x()) - rect.left(), f64::from(ev.client_y()) - rect.top()];
    let unit = if ev.delta_mode() == WheelEvent::DOM_DELTA_LINE { LINE_PX } else { 1.0 };
    let turns = num::clamp(-ev.delta_y() * unit / WHEEL_PX, -1.0, 1.0);
    store.send(Command::SetView(Some(shortened(&port.zoomed(num::pow_to_show(2.0, turns), at)))));
}

/// Writes what the surface is at this place.
fn show(store: Store, port: &Viewport, at: [f64; 2], readout: &Element) {
    let [x, y] = port.plot_from_px(at);
    let here = store.peek(|s| lab::look(&s.config().surface, [x, y]));
    readout.set_text_content(Some(&format!("({}, {})  {here}", readable(x), readable(y))));
}
