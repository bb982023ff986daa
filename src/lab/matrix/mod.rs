//! The stage of runs on a matrix: W of the focused run as a heat map, its singular values and what each item loses over the
//! steps, and below that all runs beside each other, on the same scales.
//!
//! A change of a setting draws all of it anew. A move of the cursor, which comes ten times a second, changes only the
//! shades, the numbers and the lines that stand for the cursor.

mod model;
mod parts;
mod words;

use super::html::{on, replace, set};
use super::panels::Shown;
use super::place;
use crate::lab::place::per_place;
use crate::link::Link;
use crate::math::num;
use crate::session::Config;
use model::Model;
use parts::Nodes;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, Element, HtmlElement, PointerEvent};

/// The page learns by this event what was pressed (`web::stage::matrix`).
const SAID: &str = "descent-lab";

/// What the picture depends on, but for the cursor.
#[derive(PartialEq)]
struct Key {
    config: Config,
    focus: usize,
    of_steps: bool,
}

struct Drawn {
    key: Key,
    model: Model,
    nodes: Nodes,
}

per_place! {
    static DRAWN: RefCell<Option<Drawn>> = const { RefCell::new(None) };
}

/// Draws it, or only what follows the cursor if nothing else has changed.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    let link = Link::read(shown.link).0;
    let key = Key { config: link.config, focus: shown.run, of_steps: link.singular_of_steps };
    let Some(problem) = &key.config.problem else {
        return;
    };
    let kept = DRAWN.take().filter(|d| d.key == key && d.nodes.are_in(element));
    let drawn = if let Some(drawn) = kept {
        drawn
    } else {
        let model = Model::of(problem, &key.config, shown, key.of_steps);
        let nodes = build(element, &model);
        Drawn { key, model, nodes }
    };
    set(element, "data-ahead", if link.hide.shows_ahead() { "1" } else { "0" });
    drawn.nodes.follow(&drawn.model, shown, link.hide.shows_ahead());
    DRAWN.set(Some(drawn));
}

/// Puts the picture into the element; what had the focus in it has it again.
fn build(element: &Element, model: &Model) -> Nodes {
    prepare(element);
    let focused = place::active().filter(|e| element.contains(Some(e)));
    let said = focused.and_then(|e| e.get_attribute("data-say"));
    let (children, nodes) = parts::build(model);
    replace(element, children);
    if let Some(said) = said {
        let again = element.query_selector(&format!("[data-say='{said}']")).ok().flatten();
        let _ = again.map(|e| e.unchecked_into::<HtmlElement>().focus());
    }
    nodes
}

/// Brings the style, and listens to what is pressed: once and for all.
fn prepare(element: &Element) {
    const PREPARED: &str = "data-prepared";
    if element.has_attribute(PREPARED) {
        return;
    }
    let _ = element.set_attribute(PREPARED, "");
    place::style(include_str!("matrix.css"));
    let panel = element.clone();
    on(element, "click", move |event| {
        if let Some(words) = pressed(event.unchecked_ref()) {
            say(&panel, &words);
        }
    });
}

/// What was pressed, in words for the page: a button, or a place over the steps.
fn pressed(event: &PointerEvent) -> Option<String> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    if let Some(button) = target.closest("[data-say]").ok()? {
        return button.get_attribute("data-say");
    }
    let area = target.closest("[data-horizon]").ok()??;
    let horizon = crate::math::decimal::parse(&area.get_attribute("data-horizon")?)?;
    let rect = area.get_bounding_client_rect();
    let share = (f64::from(event.client_x()) - rect.left()) / rect.width();
    Some(format!("seek {:.0}", num::clamp((share * horizon).round(), 0.0, horizon)))
}

fn say(panel: &Element, words: &str) {
    let Ok(event) = CustomEvent::new(SAID) else {
        return;
    };
    event.init_custom_event_with_can_bubble_and_cancelable_and_detail(SAID, true, false, &words.into());
    let _ = panel.dispatch_event(&event);
}
