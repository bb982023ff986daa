//! Choosing what is minimised: surfaces by what they teach, matrices, a function of one's own, each with a small picture.

use super::{List, NOW, count, entry, in_groups, set, thumbs, title};
use crate::export::menu::{self, Place};
use crate::export::search;
use crate::lab::html::{Html, html};
use crate::lab::panels::Shown;
use crate::lab::place::per_place;
use crate::lab::{links, say};
use crate::session::{Config, RunConfig};
use crate::surface::{Custom, SurfaceObjective, custom};
use std::cell::RefCell;
use web_sys::Element;

/// The typed function that is in use, at the panel.
const TYPED: &str = "data-typed";
/// The colours of the map, at the panel.
const MAP: &str = "data-map";

per_place! {
    /// What is shown.
    static LINK: RefCell<String> = const { RefCell::new(String::new()) };
}

static LIST: List = List {
    label: "Surfaces",
    search: ["Search by name, kind or what it shows", "Name, kind, what it shows …"],
    find: |element, query| {
        let found = search::places(query);
        let families = in_groups(&found, |place| place.group, |place| option(element, place));
        (families, count(found.len(), menu::places().len(), ["surface", "surfaces"]))
    },
    pick,
};

/// Draws it.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    let link = links::read(shown.link);
    let config = &link.config;
    LINK.with_borrow_mut(|kept| shown.link.clone_into(kept));
    LIST.build(element, "surfaces");
    let key = config.problem.as_ref().map_or(config.surface.spec.key, |problem| problem.spec.key);
    let changed = [
        set(element, NOW, Some(key)),
        set(element, TYPED, config.surface.custom.as_ref().map(|custom| custom.text())),
        set(element, MAP, Some(config.look.get("map"))),
    ];
    LIST.show(element, changed.contains(&true));
    thumbs::paint(&super::list(element));
}

fn pick(element: &Element, key: &str) {
    if key != custom::SPEC.key {
        return say(element, &format!("surface {key}"));
    }
    let mut link = (*links::read(&LINK.with_borrow(Clone::clone))).clone();
    if link.config.surface.custom.is_some() && link.config.is_plane() {
        return;
    }
    if let Ok(function) = Custom::read(custom::DEFAULT, Vec::new()) {
        let plain = Config::new(&custom::SPEC);
        let runs = link.config.runs.into_iter().map(|run| RunConfig { start: None, ..run }).collect();
        link.config = Config {
            surface: SurfaceObjective::typed(function),
            start: plain.start,
            view: None,
            problem: None,
            runs,
            ..link.config
        };
        say(element, &format!("load {}", link.write()));
    }
}

fn option(element: &Element, place: &Place) -> Html {
    let current = element.get_attribute(NOW).as_deref() == Some(place.key);
    let typed = element.get_attribute(TYPED).filter(|_| place.key == custom::SPEC.key);
    let map = element.get_attribute(MAP).unwrap_or_default();
    let text = typed.as_deref().unwrap_or(place.text);
    let words = html("div")
        .attr("class", "words")
        .child(title(place.name, "", current))
        .child(html("p").text(place.sentence))
        .child(html("p").attr("class", "who").text(text));
    entry(element, place.key, current)
        .attr("class", "pictured")
        .child(thumbs::of(place.key, typed.as_deref(), &map))
        .child(words)
}
