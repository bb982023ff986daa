//! The stage of networks: the panel that covers the stage of surfaces.
//!
//! It holds the settings of data and network, and one of several views of the runs beside them. A view is a file with
//! `draw(&Element, &Scene)`, called after every change of a setting, every move of the cursor and whenever training has come
//! further; it leaves alone what is right already.

mod columns;
mod costs;
mod form;
mod graph;
mod landscape;
mod layers;
mod marks;
mod names;
mod readouts;
mod remote;
mod runs;
mod views;
mod worker;

pub use columns::columns;
pub use graph::cursor as set_cursor;
pub use marks::theme;
pub use readouts::{epoch, scores};
pub use runs::{NetRun, Seen, ending, fingerprint, known, none, of, with};
pub use worker::start as start_worker;

use super::html::{html, replace, set, set_text};
use super::links;
use super::panels::Shown;
use crate::link::Link;
use crate::net::Network;
use std::rc::Rc;
use web_sys::Element;

/// What a view is to show.
pub struct Scene<'a> {
    /// All of it.
    pub link: &'a Link,
    /// The network and its data.
    pub network: &'a Rc<Network>,
    /// The run that is open.
    pub run: usize,
    /// Where the cursor stands.
    pub step: u32,
}

/// Draws the panel.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    let link = links::read(shown.link);
    let Some(problem) = &link.config.network else {
        return;
    };
    let scene = Scene { link: &link, network: problem.network(), run: shown.run, step: shown.step };
    runs::only(&link);
    let view = views::chosen(&link.show);
    if element.query_selector(":scope > .net-view").ok().flatten().is_none() {
        build(element);
    }
    set(element, "data-view", view.key);
    views::mark(element, view);
    if let Ok(Some(place)) = element.query_selector(":scope > .net-view") {
        if place.get_attribute("data-view").as_deref() != Some(view.key) {
            set(&place, "data-view", view.key);
            set_text(&place, "");
        }
        (view.draw)(&place, &scene);
    }
    if let Ok(Some(place)) = element.query_selector(":scope > .net-settings") {
        form::draw(&place, &scene);
    }
}

fn build(element: &Element) {
    super::place::style(include_str!("net.css"));
    super::place::style(include_str!("page.css"));
    let settings = html("div").attr("class", "net-settings");
    let view = html("div").attr("class", "net-view").attr("id", "net-view");
    replace(element, vec![settings, views::tabs(element), view]);
}
