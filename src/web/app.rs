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
use wasm_bindgen::closure::Closure;

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
    rest_off_screen(store, root);
    lab::load(store);
    store
}

fn page(store: Store) -> El {
    let left = el("div")
        .class("left")
        .child(notices::list(store))
        .child(stage::panel(store))
        .child(transport::bar(store));
    let right = el("div").class("right").child(runs::panel(store)).child(charts::panel(store));
    el("div")
        .class("page")
        .live_class("embed", move || store.ui(|ui| ui.embed))
        .live_class("of-network", move || store.trains())
        .child(header::bar(store))
        .child(el("main").class("lab").child(left).child(right))
        .child(notices::toast(store))
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
        Theme::Light => false,
        Theme::Auto => dom::media("(prefers-color-scheme: dark)"),
    };
    if dark { scene::Theme::Dark } else { scene::Theme::Light }
}

/// Draws nothing while no part of the page is on screen, as in a frame far down a long page.
fn rest_off_screen(store: Store, root: &web_sys::Element) {
    let closure = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let entry: web_sys::IntersectionObserverEntry = entries.pop().unchecked_into();
        // It is told once more when the page has gone.
        store.set_hidden(!entry.is_intersecting());
    });
    // The browser keeps an observer as long as what it observes.
    if let Ok(observer) = web_sys::IntersectionObserver::new(closure.into_js_value().unchecked_ref()) {
        observer.observe(root);
    }
}

/// Tells of changes of an element's size.
pub fn on_resize(element: &web_sys::Element, act: impl Fn() + 'static) {
    let closure = Closure::<dyn Fn()>::new(act);
    if let Ok(observer) = web_sys::ResizeObserver::new(closure.into_js_value().unchecked_ref()) {
        observer.observe(element);
    }
}
