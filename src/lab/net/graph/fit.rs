//! The room there is, and who has it.

use super::super::super::html::{html, set};
use super::build::Parts;
use super::layout::{Layout, Unit};
use super::params;
use crate::math::num;
use crate::net::Model;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The side of the picture of a run among the others.
pub const SMALL_PX: f64 = 60.0;
/// From this width on the picture stands beside the network.
const WIDE_PX: f64 = 560.0;
/// Left and right of everything, and above and below.
const EDGES_PX: [f64; 2] = [24.0, 16.0];
/// Between the network and the picture.
const BETWEEN_PX: f64 = 16.0;
/// What stands around the picture: its title, key, losses and boxes.
const AROUND_PX: f64 = 116.0;
/// What stands below the network: its key and what is pointed at.
const BELOW_PX: f64 = 38.0;
/// What the first row of runs takes, and each after it.
const RACE_PX: [f64; 2] = [73.0, 68.0];
/// The width of a run at least.
const CARD_PX: f64 = 176.0;
/// The note.
const NOTE_PX: f64 = 22.0;
/// The narrowest that the picture's side may be.
const NARROWEST_PX: f64 = 212.0;

/// Who has how much room.
pub struct Room {
    /// The network.
    pub network: [f64; 2],
    /// The side of the picture.
    pub picture: f64,
    /// The width of all that goes with the picture.
    pub side: f64,
    /// Whether the picture stands beside the network.
    pub wide: bool,
    /// Whether fingers press.
    pub coarse: bool,
}

/// The room there is; none while nothing is seen.
pub fn room(parts: &Parts, place: &Element, model: &Model, runs: usize, editing: bool) -> Option<Room> {
    let width = parts.root.get_bounding_client_rect().width().floor() - EDGES_PX[0];
    if width < 40.0 {
        return None;
    }
    let coarse = web_sys::window()
        .and_then(|w| w.match_media("(pointer: coarse)").ok().flatten())
        .is_some_and(|m| m.matches());
    if width < WIDE_PX {
        let picture = num::clamp(width, 160.0, 360.0);
        return Some(Room { network: [width, 0.0], picture, side: width, wide: false, coarse });
    }
    let columns = ((width + 16.0) / CARD_PX).floor().max(1.0);
    let rows = (f64::from(u32::try_from(runs).unwrap_or(8)) / columns).ceil();
    let race = if runs > 1 { RACE_PX[0] + RACE_PX[1] * (rows - 1.0) } else { 0.0 };
    let height = num::clamp(height(parts, place) - race - NOTE_PX - EDGES_PX[1], 250.0, 640.0);
    let wanted = Layout::wanted_width(model);
    let most = (height - AROUND_PX).min(0.42 * width);
    let picture = num::clamp(width - BETWEEN_PX - wanted, NARROWEST_PX.min(most), most.max(150.0)).floor();
    let side = picture.max(NARROWEST_PX);
    let picture = if editing { picture.min((0.4 * height).floor()) } else { picture };
    Some(Room { network: [width - side - BETWEEN_PX, height - BELOW_PX], picture, side, wide: true, coarse })
}

/// How high the place is where it scrolls by itself; else about two thirds of the screen.
fn height(parts: &Parts, place: &Element) -> f64 {
    let window = web_sys::window();
    let style = window.as_ref().and_then(|w| w.get_computed_style(place).ok().flatten());
    let scrolls = style.and_then(|s| s.get_property_value("overflow-y").ok()).is_some_and(|o| o == "auto");
    if scrolls {
        let top = parts.root.get_bounding_client_rect().top() - place.get_bounding_client_rect().top();
        return f64::from(place.client_height() - place.scroll_top()) - top;
    }
    let screen = window.and_then(|w| w.inner_height().ok()?.as_f64()).unwrap_or(700.0);
    num::clamp(0.62 * screen, 380.0, 600.0)
}

/// Gives it to them.
pub fn place(parts: &Parts, room: &Room, layout: &Layout) {
    let _ = parts.root.toggle_attribute_with_force("data-wide", room.wide);
    let high = if room.wide { format!(";max-height:{}px", room.network[1].ceil()) } else { String::new() };
    set(&parts.scroll, "style", &format!("max-width:{}px{high}", room.network[0]));
    // What scrolls can be scrolled by keys.
    let scrolls =
        layout.width > room.network[0] + 0.5 || (room.wide && layout.height > room.network[1] + 0.5);
    set(&parts.scroll, "data-scrolls", if scrolls { "true" } else { "false" });
    set(&parts.stage, "style", &format!("width:{}px;height:{}px", layout.width, layout.height));
    set(&parts.picture, "style", &format!("width:{0}px;height:{0}px", room.picture));
    if let Some(side) = parts.picture.parent_element() {
        let size = format!("width:{}px;height:{}px", room.side, room.network[1] + BELOW_PX);
        set(&side, "style", if room.wide { &size } else { "" });
    }
}

/// A button over each unit, for fingers and keys.
pub fn buttons(stage: &Element, layout: &Layout, model: &Model, coarse: bool) -> Vec<Element> {
    let old = stage.query_selector_all(".graph-unit");
    let mut kept: Vec<Element> = Vec::new();
    if let Ok(old) = old {
        kept.extend((0..old.length()).filter_map(|i| old.item(i)?.dyn_into().ok()));
    }
    let reachable =
        kept.iter().position(|b| b.get_attribute("tabindex").as_deref() == Some("0")).unwrap_or(0);
    let size = if coarse { layout.side.max(44.0) } else { layout.side + 4.0 };
    let units: Vec<Unit> = layout.units().collect();
    let buttons = units.iter().enumerate().map(|(i, unit)| {
        let button = kept.get(i).cloned().unwrap_or_else(|| {
            let made = html("button")
                .attr("type", "button")
                .attr("class", "graph-unit")
                .attr("data-unit", &i.to_string())
                .attr("data-testid", &format!("net-unit-{}-{}", unit.column, unit.row))
                .attr("aria-describedby", "net-readout")
                .element();
            let _ = stage.append_child(&made);
            made
        });
        set(&button, "aria-label", &params::name(model, *unit));
        set(&button, "tabindex", if i == reachable { "0" } else { "-1" });
        let [x, y] = layout.middle(*unit);
        let (left, top) = (x - size / 2.0, y - size / 2.0);
        set(&button, "style", &format!("left:{left}px;top:{top}px;width:{size}px;height:{size}px"));
        button
    });
    buttons.collect()
}

/// Moves the focus to a unit.
pub fn focus(buttons: &Element, to: &Element) {
    if let Ok(Some(before)) = buttons.query_selector(".graph-unit[tabindex='0']") {
        set(&before, "tabindex", "-1");
    }
    set(to, "tabindex", "0");
    let _ = to.unchecked_ref::<HtmlElement>().focus();
}
