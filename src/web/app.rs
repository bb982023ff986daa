//! The page as a whole.

use super::place::Place;
use super::store::{Dirty, Store};
use super::ui::{El, effect, el};
use super::{charts, dom, header, keys, lab, link_sync, notices, runs, stage, transport};
use crate::link::Theme;
use crate::scene::{self, run_style, style::RUN_STYLES};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;

/// Builds a page that shows a link; it lives as long as the current owner.
pub fn build(link: &str, place: &Rc<Place>) -> Store {
    let root = &place.root;
    let store = Store::new(link, place.clone());
    link_sync::listen(store);
    keys::listen(store);
    follow_theme(store);
    if let Some(reduced) = store.peek_ui(|ui| ui.reduced_motion) {
        let motion = if reduced { "reduced" } else { "full" };
        let _ = place.themed().set_attribute("data-motion", motion);
    }
    let page = page(store);
    // What stood there for the first paint makes way for the page.
    root.set_text_content(None);
    let _ = root.append_child(&page.0);
    lab::hear(store, root);
    on_sight(root, 0.0, move |seen| store.set_hidden(!seen));
    // Of the stage more has to be there than its edge before it is worth playing.
    if let Ok(Some(stage)) = root.query_selector(".plot") {
        on_sight(&stage, 0.5, move |seen| store.set_watched(seen));
    }
    lab::load(store);
    store
}

fn page(store: Store) -> El {
    let left = el("div")
        .class("left")
        .child(notices::list(store))
        .child(stage::panel(store))
        .child(transport::bar(store))
        .child(el("div").class("foot").child(locks(store)).child(stage::full_version(store)));
    let right = el("div").class("right").child(runs::panel(store)).child(charts::panel(store));
    el("div")
        .class("page")
        .live_class("embed", move || store.ui(|ui| ui.embed))
        .live_attr("data-controls", move || store.ui(|ui| ui.controls.shown(ui.embed).key().to_owned()))
        .live_attr("data-hide", move || store.ui(|ui| ui.hide.write(" ")))
        .live_class("of-network", move || store.trains())
        .child(header::bar(store))
        .child(el("main").class("lab").child(left).child(right))
        .child(notices::toast(store))
}

/// What is locked: says so, and has the controls of it disabled.
fn locks(store: Store) -> El {
    let are_any = move || store.ui(|_| store.peek(|s| !s.locks.is_empty()));
    // Another link may lock nothing: then the controls are given back.
    let ever = Cell::new(false);
    let seen = move || {
        ever.set(ever.get() || are_any());
        ever.get()
    };
    lab::panel(store, "locks", lab::FOCUSED, seen).live_flag("hidden", move || !are_any())
}

/// Sets the colours, and redraws the pictures when they change.
fn follow_theme(store: Store) {
    let paint = move || {
        let themed = store.place().themed();
        let _ = themed.set_attribute("data-theme", store.peek_ui(|ui| ui.theme.key()));
        let (style, theme) = (themed.style(), theme(store));
        for run in 0..RUN_STYLES {
            let _ = style.set_property(&format!("--run-{run}"), &run_style(run).chart_color(theme).css());
        }
        store.invalidate(Dirty::ALL);
    };
    let last = Cell::new(None);
    effect(move || {
        let now = store.ui(|ui| ui.theme);
        if last.replace(Some(now)) != Some(now) {
            paint();
        }
    });
    dom::on_media("(prefers-color-scheme: dark)", paint);
}

/// Light or dark, as it is now.
pub fn theme(store: Store) -> scene::Theme {
    let dark = match store.peek_ui(|ui| ui.theme) {
        Theme::Dark => true,
        Theme::Light | Theme::Projector => false,
        Theme::Auto => dom::media("(prefers-color-scheme: dark)"),
    };
    if dark { scene::Theme::Dark } else { scene::Theme::Light }
}

/// Tells whether so much of an element is on screen: nothing is drawn while no part of the page is, as in a frame far down
/// a long page.
fn on_sight(element: &web_sys::Element, share: f64, tell: impl Fn(bool) + 'static) {
    // The browser keeps an observer as long as what it observes.
    let callback = dom::callback(move |entries| {
        let entries: js_sys::Array = entries.unchecked_into();
        let entry: web_sys::IntersectionObserverEntry = entries.pop().unchecked_into();
        // It is told once more when the page has gone.
        tell(entry.is_intersecting() && entry.intersection_ratio() >= share);
    });
    let options = web_sys::IntersectionObserverInit::new();
    options.set_threshold(&share.into());
    let observer = web_sys::IntersectionObserver::new_with_options(&callback, &options);
    if let Ok(observer) = observer {
        observer.observe(element);
    }
}

/// Tells of changes of an element's size.
pub fn on_resize(element: &web_sys::Element, act: impl Fn() + 'static) {
    if let Ok(observer) = web_sys::ResizeObserver::new(&dom::callback(move |_| act())) {
        observer.observe(element);
    }
}
