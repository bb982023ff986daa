//! The start pin: a button on the stage, moved by dragging it or with the arrow keys.

use super::super::store::Store;
use super::super::ui::{El, button, el};
use super::Port;
use super::map::round_to_pixel;
use crate::math::num;
use crate::param::number;
use crate::scene::Viewport;
use crate::session::Command;
use crate::surface::View;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};

/// How far an arrow key moves the pin, and with shift.
const KEY_PX: [f64; 2] = [2.0, 20.0];

/// Where on the pin it was taken hold of, so that it does not jump.
type Grip = Rc<Cell<Option<[f64; 2]>>>;

fn start(store: Store) -> [f64; 2] {
    store.settings(|s| s.config().start)
}

fn is_away(store: Store, port: &Port) -> bool {
    port.get().is_some_and(|p| !p.view.contains(start(store)))
}

/// The pin. The stage's picture moves it, with every frame of a drag.
pub fn pin(store: Store, port: &Port) -> El {
    let [shown, taken, dragged, keyed] = [(); 4].map(|()| port.clone());
    let label = move || {
        let [x, y] = start(store);
        format!("Start at {}, {}. Drag it or press the arrow keys", number(x), number(y))
    };
    let grip = Grip::default();
    let [down, moved, up, cancel] = [(); 4].map(|()| grip.clone());
    el("button")
        .attr("type", "button")
        .class("pin")
        .test_id("start-pin")
        .live_label(label)
        .live_flag("hidden", move || is_away(store, &shown))
        .on("pointerdown", move |ev| {
            take_hold(store, &taken, &down, ev.unchecked_ref());
        })
        .on("pointermove", move |ev| {
            drag(store, &dragged, &moved, ev.unchecked_ref());
        })
        .on("pointerup", move |_| let_go(store, &up))
        .on("pointercancel", move |_| let_go(store, &cancel))
        .on("keydown", move |ev| key(store, &keyed, ev.unchecked_ref()))
        .on("keyup", move |_| store.send(Command::EndGesture))
}

/// Brings the pin into view when it is not.
pub fn bring_back_button(store: Store, port: Port) -> El {
    button("The start is outside: show it")
        .class("pin-away")
        .live_flag("hidden", move || !is_away(store, &port))
        .on_click(move || bring_back(store))
}

fn take_hold(store: Store, port: &Port, grip: &Grip, ev: &PointerEvent) {
    let (Some(pin), Some(port)) = (ev.current_target(), port.peek()) else {
        return;
    };
    if ev.button() != 0 {
        return;
    }
    let at = port.px_from_plot(store.peek(|s| s.config().start));
    // Refused for pointers that are already gone.
    let _ = pin.unchecked_ref::<Element>().set_pointer_capture(ev.pointer_id());
    grip.set(Some([at[0] - f64::from(ev.client_x()), at[1] - f64::from(ev.client_y())]));
    store.send(Command::Hold);
}

fn drag(store: Store, port: &Port, grip: &Grip, ev: &PointerEvent) {
    let (Some(grip), Some(port)) = (grip.get(), port.peek()) else {
        return;
    };
    ev.stop_propagation();
    let px = [
        num::clamp(f64::from(ev.client_x()) + grip[0], 0.0, port.width_px),
        num::clamp(f64::from(ev.client_y()) + grip[1], 0.0, port.height_px),
    ];
    move_to(store, &port, px);
}

fn move_to(store: Store, port: &Viewport, px: [f64; 2]) {
    let [x, y] = port.plot_from_px(px);
    let [dx, dy] = port.plot_per_px();
    store.send_soon(Command::SetStart([round_to_pixel(x, dx), round_to_pixel(y, dy)]));
}

fn let_go(store: Store, grip: &Grip) {
    if grip.take().is_some() {
        store.send(Command::EndGesture);
    }
}

fn key(store: Store, port: &Port, ev: &KeyboardEvent) {
    let Some(port) = port.peek() else {
        return;
    };
    let by = KEY_PX[usize::from(ev.shift_key())];
    let (dx, dy) = match ev.key().as_str() {
        "ArrowLeft" => (-by, 0.0),
        "ArrowRight" => (by, 0.0),
        "ArrowUp" => (0.0, -by),
        "ArrowDown" => (0.0, by),
        _ => return,
    };
    ev.prevent_default();
    let [x, y] = port.px_from_plot(store.peek(|s| s.config().start));
    move_to(store, &port, [x + dx, y + dy]);
}

/// Widens the view until the start is well inside.
fn bring_back(store: Store) {
    let (View { x, y }, [sx, sy]) = store.peek(|s| (s.config().visible(), s.config().start));
    let margin = 0.1 * (x.1 - x.0).max(y.1 - y.0);
    let view = View {
        x: (x.0.min(sx - margin), x.1.max(sx + margin)),
        y: (y.0.min(sy - margin), y.1.max(sy + margin)),
    };
    store.send(Command::SetView(Some(view)));
}
