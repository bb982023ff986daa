//! The chart: curves on a canvas, and over it what follows the cursor and the pointer.
//!
//! The page says when something of it is old ([`draw`], [`set_cursor`]); a press on it comes back as the event `seek` with
//! the step as its detail.

mod view;

use crate::lab::place::per_place;
use crate::link::Link;
use std::cell::RefCell;
use view::View;
use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, CustomEventInit, Element, PointerEvent};

per_place! {
    /// A page has one chart.
    static VIEW: RefCell<Option<View>> = const { RefCell::new(None) };
}

fn with<T>(act: impl FnOnce(&mut View) -> T) -> Option<T> {
    // Still borrowed only after a panic here, which has ended this program.
    VIEW.with(|view| view.try_borrow_mut().ok()?.as_mut().map(act))
}

/// Draws the chart of a link into an element, from packed columns of the traces. `look` says that the element may have
/// another size than before.
pub fn draw(element: &Element, link: &str, packed: &[f64], dark: bool, look: bool) {
    let there = with(|view| view.element == *element).unwrap_or(false);
    if !there {
        VIEW.set(View::new(element));
        listen(element);
    }
    let (link, _) = Link::read(link);
    with(|view| {
        if look || !there {
            view.measure();
        }
        view.draw(&link, packed, dark);
    });
}

/// Draws the curves again, since more is known of a fan of seeds.
pub fn again() {
    with(View::again);
}

/// Shows where the cursor stands.
pub fn set_cursor(step: u32) {
    with(|view| view.set_cursor(step));
}

fn listen(element: &Element) {
    on(element, "pointermove", |ev| {
        with(|view| view.set_pointer(Some(place(ev))));
    });
    on(element, "pointerleave", |_| {
        with(|view| view.set_pointer(None));
    });
    on(element, "click", |ev| {
        // The page answers at once, perhaps by calling here.
        if let Some(Some((element, step))) =
            with(|view| Some((view.element.clone(), view.step_at(place(ev))?)))
        {
            say(&element, "seek", &step.to_string());
        }
    });
}

fn on(element: &Element, event: &str, act: fn(&PointerEvent)) {
    super::html::on(element, event, move |ev| act(ev.unchecked_ref()));
}

/// Where in the chart the pointer is.
fn place(ev: &PointerEvent) -> [f64; 2] {
    let area = ev.current_target().and_then(|t| t.dyn_into::<Element>().ok());
    let (left, top) = area.map_or((0.0, 0.0), |area| {
        let rect = area.get_bounding_client_rect();
        // Within the border, where the canvas begins.
        (rect.left() + f64::from(area.client_left()), rect.top() + f64::from(area.client_top()))
    });
    [f64::from(ev.client_x()) - left, f64::from(ev.client_y()) - top]
}

/// Tells the page something, as an event of the element.
fn say(element: &Element, name: &str, detail: &str) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_detail(&detail.into());
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        let _ = element.dispatch_event(&event);
    }
}
