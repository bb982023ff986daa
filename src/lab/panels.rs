//! The panels that this program draws.
//!
//! To add one: a file beside this one with a function `draw`, and its name in the list below. On the page it stands where
//! `web::lab::panel` puts it.

use super::{
    about, choose, extent, function, help, locks, matrix, modifiers, net, rule, schedule, seeds, share,
    slice, state, take, transform, view,
};
use web_sys::Element;

/// What a panel is to show.
pub struct Shown<'a> {
    /// The text of the link.
    pub link: &'a str,
    /// The run it is about.
    pub run: usize,
    /// Where the cursor stands.
    pub step: u32,
}

/// Draws what is to be shown into an element, which may hold what it drew before.
type Draw = fn(&Element, &Shown<'_>);

/// Every panel, by the name that the page calls it.
const PANELS: &[(&str, Draw)] = &[
    ("about", about::draw),
    ("choose", choose::optimizers),
    ("epoch", net::epoch),
    ("extent", extent::draw),
    ("full", share::full),
    ("function", function::draw),
    ("help", help::draw),
    ("locks", locks::draw),
    ("matrix", matrix::draw),
    ("modifiers", modifiers::draw),
    ("network", net::draw),
    ("overlays", view::draw),
    ("rule", rule::draw),
    ("schedule", schedule::draw),
    ("scores", net::scores),
    ("seeds", seeds::draw),
    ("share", share::draw),
    ("slice", slice::draw),
    ("state", state::draw),
    ("surfaces", choose::surfaces),
    ("take", take::draw),
    ("transform", transform::draw),
];

/// Draws the panel of this name, if there is one.
pub fn draw(name: &str, element: &Element, shown: &Shown<'_>) -> bool {
    let panel = PANELS.iter().find(|(known, _)| *known == name);
    if let Some((_, draw)) = panel {
        draw(element, shown);
    }
    panel.is_some()
}
