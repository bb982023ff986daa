//! The view `network`: the network as a graph, what each unit gives as a field, the output with the examples on it, and
//! the outputs of all runs beside each other.
//!
//! The panel says ten times a second where the cursor stands, and the page in every frame ([`cursor`]); pictures follow as
//! finely as there is time for, and are refined when nothing has moved for a moment.

mod build;
pub mod colors;
mod editor;
mod fit;
mod layout;
mod options;
mod pace;
mod params;
mod picture;
mod plane;
mod view;
mod words;

use super::super::html::{Html, set};
use super::super::place::{self, style};
use super::super::say;
use super::Scene;
use crate::lab::place::per_place;
use crate::net::PLANE;
use crate::param::number;
use editor::{Change, Tell};
use layout::Unit;
use picture::Target;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use view::View;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, Element, Event, HtmlElement, KeyboardEvent, PointerEvent, ResizeObserver};

/// How long nothing must move before pictures are refined, in milliseconds.
const REST_MS: i32 = 130;
/// How far an arrow key moves the place that is read.
const STEP: f64 = 0.25;

per_place! {
    /// A page has one network.
    static VIEW: RefCell<Option<View>> = const { RefCell::new(None) };
    /// Whether a refinement is on its way; which piece is next; whether something has moved since.
    static REST: Cell<(bool, usize, bool)> = const { Cell::new((false, 0, false)) };
}

fn with<T>(act: impl FnOnce(&mut View) -> T) -> Option<T> {
    // Borrowed while it is being drawn; what happens then is told by whoever draws.
    VIEW.with(|view| view.try_borrow_mut().ok()?.as_mut().map(act))
}

/// Draws it.
pub fn draw(place: &Element, scene: &Scene<'_>) {
    style(include_str!("graph.css"));
    let kept = VIEW.take().filter(|view| view.fits(place, scene));
    let view = kept.or_else(|| {
        let view = View::new(place, scene)?;
        listen(&view);
        Some(view)
    });
    let Some(mut view) = view else {
        return;
    };
    view.update(scene);
    VIEW.set(Some(view));
    rest();
}

/// Follows the cursor, in every frame.
pub fn cursor(step: u32) {
    let gone = with(|view| !view.parts.root.is_connected()) == Some(true);
    if gone {
        VIEW.take();
        return;
    }
    if with(|view| view.move_to(step)) == Some(true) {
        rest();
    }
}

/// Refines the pictures soon.
fn rest() {
    let (waits, _, _) = REST.get();
    REST.set((true, 0, true));
    if !waits {
        later(REST_MS);
    }
}

fn later(ms: i32) {
    place::later(ms, || {
        let (_, piece, moved) = REST.get();
        if moved {
            // Not yet: it moved while this waited.
            REST.set((true, 0, false));
            return later(REST_MS);
        }
        let more = with(|view| view.refine(piece)) == Some(true);
        REST.set((more, piece + 1, false));
        if more {
            later(16);
        }
    });
}

fn listen(view: &View) {
    let parts = &view.parts;
    let observed = place::callback(|_: JsValue| {
        with(|view| {
            view.measure();
            view.move_to(view.step);
        });
        rest();
    });
    if let Ok(observer) = ResizeObserver::new(observed.unchecked_ref()) {
        observer.observe(&parts.root);
    }
    let _ = Html::from(parts.stage.clone())
        .on("pointermove", |event| hover(event.unchecked_ref()))
        .on("pointerleave", |_| point_at(None))
        .on("click", |event| press(event.unchecked_ref()))
        .on("focusin", |event| point_at(unit_of(event).map(Target::Unit)))
        .on("focusout", |_| point_at(None))
        .on("keydown", |event| arrow(event.unchecked_ref()));
    let _ = Html::from(parts.picture.clone())
        .on("pointermove", |event| read_at(plane_at(event.unchecked_ref())))
        .on("pointerdown", |event| read_at(plane_at(event.unchecked_ref())))
        .on("pointerleave", |_| read_at(None))
        .on("focusin", |_| read_at(Some([0.0; 2])))
        .on("focusout", |_| read_at(None))
        .on("keydown", |event| move_place(event.unchecked_ref()));
    let _ = Html::from(parts.editor.clone()).on("keydown", |event| {
        if event.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
            close();
        }
    });
    for tick in &parts.ticks {
        let _ = Html::from(tick.clone()).on("change", |_| {
            let said = with(|view| (view.place.clone(), view.ticked().write()));
            if let Some((place, words)) = said {
                say(&place, &format!("show {words}"));
            }
        });
    }
    for (i, (button, _)) in parts.runs.iter().enumerate() {
        let _ = Html::from(button.clone()).on("click", move |_| open(i));
    }
}

/// Opens a run.
fn open(run: usize) {
    const SAID: &str = "descent-lab";
    let Some(place) = with(|view| view.place.clone()) else {
        return;
    };
    if let Ok(event) = CustomEvent::new(SAID) {
        let words = format!("focus {run}");
        event.init_custom_event_with_can_bubble_and_cancelable_and_detail(SAID, true, false, &words.into());
        let _ = place.dispatch_event(&event);
    }
}

fn point_at(target: Option<Target>) {
    // When the mouse goes away, what has the focus is meant again.
    let focused = || place::active()?.get_attribute("data-unit")?.parse::<usize>().ok();
    let target = target.or_else(|| {
        let index = focused()?;
        with(|view| view.layout.units().nth(index))?.map(Target::Unit)
    });
    with(|view| view.point_at(target));
    rest();
}

/// The unit whose button an event is about.
fn unit_of(event: &Event) -> Option<Unit> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let button = target.closest("[data-unit]").ok()??;
    with(|view| view.unit_of(&button))?
}

/// The unit or line under the pointer.
fn under(event: &PointerEvent) -> Option<Target> {
    if let Some(unit) = unit_of(event) {
        return Some(Target::Unit(unit));
    }
    with(|view| {
        let rect = view.parts.stage.get_bounding_client_rect();
        let at = [f64::from(event.client_x()) - rect.left(), f64::from(event.client_y()) - rect.top()];
        let (to, from) = view.layout.line_at(at)?;
        Some(Target::Param(params::weight(&view.network.model.shape, to, from)))
    })?
}

fn hover(event: &PointerEvent) {
    let target = under(event);
    if with(|view| view.hover != target) == Some(true) {
        point_at(target);
    }
}

/// Opens the editor of what was pressed.
fn press(event: &PointerEvent) {
    if let Some(target) = under(event) {
        edit(Some(target));
        let slider = with(|view| view.slider()).flatten();
        let _ = slider.map(|slider| slider.focus());
    }
}

fn edit(target: Option<Target>) {
    let tell: Tell = Rc::new(changed);
    with(|view| view.pin(target, &tell));
    rest();
}

/// Closes the editor; its unit has the focus again.
fn close() {
    let button = with(|view| {
        let unit = match view.pinned? {
            Target::Unit(unit) => unit,
            Target::Param(i) => params::owner(&view.network.model.shape, i)?.0,
        };
        Some((view.parts.stage.clone(), view.button(unit)?.clone()))
    });
    edit(None);
    if let Some(Some((stage, button))) = button {
        fit::focus(&stage, &button);
    }
}

/// What happens in the editor.
fn changed(change: Change) {
    let Some(place) = with(|view| view.place.clone()) else {
        return;
    };
    match change {
        Change::Hold => say(&place, "hold"),
        Change::End => say(&place, "end"),
        Change::Close => close(),
        Change::Light(index) => point_at(index.map(Target::Param)),
        Change::Set(index, value) => {
            with(|view| view.note_edit(index, value));
            say(&place, &format!("w{index}={}", number(value)));
        }
    }
}

/// Arrow keys move between units; Escape closes the editor.
fn arrow(event: &KeyboardEvent) {
    let by = match event.key().as_str() {
        "Escape" => return close(),
        "ArrowLeft" => [-1, 0],
        "ArrowRight" => [1, 0],
        "ArrowUp" => [0, -1],
        "ArrowDown" => [0, 1],
        _ => return,
    };
    let Some(unit) = unit_of(event) else {
        return;
    };
    event.prevent_default();
    let next = with(|view| {
        let to = view.layout.beside(unit, by);
        Some((view.parts.stage.clone(), view.button(to)?.clone()))
    });
    if let Some(Some((stage, button))) = next {
        fit::focus(&stage, &button);
    }
}

/// The place of the plane under the pointer.
fn plane_at(event: &PointerEvent) -> Option<[f64; 2]> {
    let rect = event.current_target()?.dyn_into::<HtmlElement>().ok()?.get_bounding_client_rect();
    let [u, v] = [
        (f64::from(event.client_x()) - rect.left()) / rect.width(),
        (f64::from(event.client_y()) - rect.top()) / rect.height(),
    ];
    let inside = (0.0..=1.0).contains(&u) && (0.0..=1.0).contains(&v);
    inside.then_some([PLANE * (2.0 * u - 1.0), PLANE * (1.0 - 2.0 * v)])
}

/// Reads the plane at a place.
fn read_at(at: Option<[f64; 2]>) {
    with(|view| {
        view.pointer = at;
        if let Ok(Some(cross)) = view.parts.picture.query_selector(".graph-cross") {
            let _ = cross.toggle_attribute_with_force("hidden", at.is_none());
            if let Some([x, y]) = at {
                let [left, top] = [x, -y].map(|v| 50.0 * (v / PLANE + 1.0));
                set(&cross, "style", &format!("left:{left}%;top:{top}%"));
            }
        }
        view.read();
    });
}

/// Arrow keys move the place that is read.
fn move_place(event: &KeyboardEvent) {
    let by = match event.key().as_str() {
        "ArrowLeft" => [-STEP, 0.0],
        "ArrowRight" => [STEP, 0.0],
        "ArrowUp" => [0.0, STEP],
        "ArrowDown" => [0.0, -STEP],
        _ => return,
    };
    event.prevent_default();
    let at = with(|view| view.pointer.unwrap_or([0.0; 2])).unwrap_or([0.0; 2]);
    let moved = |i: usize| crate::math::num::clamp(at[i] + by[i], -PLANE, PLANE);
    read_at(Some([moved(0), moved(1)]));
}
