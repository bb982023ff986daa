//! Scenes that show one thing each: a menu, and what to look for.

use crate::lab::bound::{Bound, Change};
use crate::lab::html::{Html, html, listener, set, set_text, set_value, value};
use crate::link::{Link, Theme};
use crate::net::presets::{PRESETS, Preset, find};
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Element;

/// What of the link is the reader's own and no scene's.
const KEPT: &str = "data-kept";

thread_local! {
    /// The scenes in words that can be compared, once someone has asked for them.
    static WRITTEN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    /// The link that was looked at last, and which scene it shows.
    static LAST: RefCell<(String, Option<usize>)> = const { RefCell::new((String::new(), None)) };
}

/// The menu.
pub fn make(bound: &Rc<Bound>) -> Html {
    let weak = bound.weak();
    let option = |preset: &Preset| html("option").attr("value", preset.key).text(preset.title);
    let menu = html("select")
        .attr("id", "net-scene")
        .attr("data-testid", "net-scene")
        .attr("aria-label", "Scene")
        .child(html("option").attr("value", "").text("Choose a scene…"))
        .children(PRESETS.iter().map(option))
        .on("change", move |event| {
            if let (Some(bound), Some(menu)) = (weak.upgrade(), listener(event))
                && let Some(preset) = find(&value(&menu))
            {
                let kept = menu.get_attribute(KEPT).unwrap_or_default();
                bound.drag(Change::Words(format!("load {}{kept}", preset.link)));
            }
        });
    let look = html("p").attr("class", "note").attr("role", "status").attr("data-testid", "net-scene-look");
    html("div").attr("class", "net-scenes").child(menu).child(look)
}

/// Says which scene is shown, if it is one.
pub fn mark(place: &Element, link: &Link) {
    let find = |selector: &str| place.query_selector(selector).ok().flatten();
    let (Some(menu), Some(look)) = (find("#net-scene"), find("[data-testid=net-scene-look]")) else {
        return;
    };
    let theme = if link.theme == Theme::default() { "" } else { link.theme.key() };
    let theme = if theme.is_empty() { String::new() } else { format!("&theme={theme}") };
    set(&menu, KEPT, &format!("{theme}{}", if link.embed { "&embed=1" } else { "" }));
    let preset = shown(link).map(|i| &PRESETS[i]);
    set_value(&menu, preset.map_or("", |p| p.key));
    set_text(
        &look,
        preset.map_or("A scene sets everything: data, network and runs. It can be undone.", |p| p.look),
    );
}

/// The scene with these settings.
fn shown(link: &Link) -> Option<usize> {
    let words = settings(link);
    if LAST.with_borrow(|(last, _)| *last == words) {
        return LAST.with_borrow(|(_, scene)| *scene);
    }
    let scene = WRITTEN.with_borrow_mut(|written| {
        if written.is_empty() {
            *written = PRESETS.iter().map(|p| settings(&Link::read(p.link).0)).collect();
        }
        written.iter().position(|w| *w == words)
    });
    LAST.set((words, scene));
    scene
}

/// The settings of a link, in words.
fn settings(link: &Link) -> String {
    Link { config: link.config.clone(), ..Link::default() }.write()
}
