//! The line of a slice on the stage, and the handle that turns it.

use super::super::html::{Html, html, set};
use super::super::looks::Look;
use super::super::overlays::{self, More, theme};
use super::super::place::query;
use super::{ANGLE, degrees_of, line, tell, turn};
use crate::lab::place::per_place;
use crate::math::num;
use crate::param::number;
use crate::scene::{self, Painter, Rect, Viewport, run_style};
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, PointerEvent};

/// How far from the point the handle stands, if there is room.
const HANDLE_PX: f64 = 88.0;
/// It stays so far from the edge, for half of it.
const INSET_PX: f64 = 22.0;
/// Degrees of an arrow key, and with shift.
const KEY: [f64; 2] = [1.0, 15.0];

per_place! {
    static HANDLE: RefCell<Option<Element>> = const { RefCell::new(None) };
    /// Where the point is on the stage.
    static POINT: Cell<[f64; 2]> = const { Cell::new([0.0; 2]) };
    static HELD: Cell<bool> = const { Cell::new(false) };
}

/// Puts the handle away, where there is no run to draw a line through.
pub fn put_away() {
    place_handle(None);
}

/// Draws the line of a link, if it shows a slice; puts the handle away otherwise.
pub fn paint(painter: &mut dyn Painter, look: &Look, run: usize, port: &Viewport) {
    let flat = !look.link.config.look.is("space", "3d");
    let Some(slice) = line(look).filter(|_| flat) else {
        if look.link.chart != crate::link::Chart::Slice {
            overlays::set_more(More::Line, false);
        }
        return place_handle(None);
    };
    let &[dx, dy] = &slice.along[..] else {
        return place_handle(None);
    };
    let theme = theme(look.link.theme);
    let Some(from) = scene::slice::paint_line(painter, &slice, port, &run_style(run), theme) else {
        return place_handle(None);
    };
    let at = |by: f64| [from[0] + by * dx, from[1] - by * dy];
    POINT.set(from);
    let inside = port.rect().grown(-INSET_PX);
    let reach = [HANDLE_PX, 0.6 * HANDLE_PX, 30.0].into_iter().find(|r| holds(&inside, at(*r)));
    place_handle(reach.map(at).filter(|_| holds(&port.rect(), from)));
    ANGLE.set(degrees_of(&slice.along));
    name_handle();
}

fn holds(rect: &Rect, [x, y]: [f64; 2]) -> bool {
    (rect.left..=rect.right()).contains(&x) && (rect.top..=rect.bottom()).contains(&y)
}

fn place_handle(at: Option<[f64; 2]>) {
    let known = HANDLE.with_borrow(Clone::clone).filter(|handle| handle.is_connected());
    let Some([x, y]) = at else {
        if let Some(handle) = known {
            let _ = handle.set_attribute("hidden", "");
        }
        return;
    };
    let Some(handle) = known.or_else(make) else {
        return;
    };
    let _ = handle.remove_attribute("hidden");
    set(&handle, "style", &format!("transform:translate({}px,{}px)", x.round(), y.round()));
}

fn name_handle() {
    if let Some(handle) = HANDLE.with_borrow(Clone::clone) {
        let degrees = ANGLE.get().round() + 0.0;
        set(&handle, "aria-valuenow", &number(degrees));
        set(&handle, "aria-valuetext", &format!("{}°", number(degrees)));
    }
}

fn make() -> Option<Element> {
    let plot = query(".plot")?;
    let handle = html("button")
        .attr("type", "button")
        .attr("class", "turn")
        .attr("role", "slider")
        .attr("aria-label", "Angle of the slice: drag, or press the arrow keys")
        .attr("aria-valuemin", "-180")
        .attr("aria-valuemax", "180")
        .attr("data-testid", "slice-handle")
        .on("pointerdown", take_hold)
        .on("pointermove", drag)
        .on("pointerup", let_go)
        .on("pointercancel", let_go)
        .on("keydown", key)
        .on("keyup", |_| tell("end"));
    let _ = plot.append_child(&Html::element(&handle));
    HANDLE.set(Some(handle.element()));
    Some(handle.element())
}

fn take_hold(event: &Event) {
    let pointer: &PointerEvent = event.unchecked_ref();
    if pointer.button() != 0 {
        return;
    }
    if let Some(handle) = HANDLE.with_borrow(Clone::clone) {
        // Refused for pointers that are already gone.
        let _ = handle.set_pointer_capture(pointer.pointer_id());
    }
    HELD.set(true);
    tell("hold");
}

fn drag(event: &Event) {
    let plot = HANDLE.with_borrow(Clone::clone).and_then(|h| h.parent_element()).filter(|_| HELD.get());
    let Some(plot) = plot else { return };
    event.stop_propagation();
    let (pointer, rect): (&PointerEvent, _) = (event.unchecked_ref(), plot.get_bounding_client_rect());
    let left = rect.left() + f64::from(plot.client_left());
    let top = rect.top() + f64::from(plot.client_top());
    let [x, y] = POINT.get();
    let (dx, dy) = (f64::from(pointer.client_x()) - left - x, f64::from(pointer.client_y()) - top - y);
    // At the point itself there is no direction.
    if num::norm(&[dx, dy]) >= 4.0 {
        turn(num::atan2(-dy, dx).to_degrees().round());
    }
}

fn let_go(_: &Event) {
    if HELD.replace(false) {
        tell("end");
    }
}

fn key(event: &Event) {
    let pressed: &KeyboardEvent = event.unchecked_ref();
    let by = KEY[usize::from(pressed.shift_key())];
    let way = match pressed.key().as_str() {
        "ArrowLeft" | "ArrowUp" => 1.0,
        "ArrowRight" | "ArrowDown" => -1.0,
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    let degrees = ANGLE.get().round() + way * by;
    // Further presses before the next frame go on from here.
    ANGLE.set(degrees);
    turn(degrees);
}
