//! The page: the only module that knows a browser.
//!
//! Settings and readouts are signals; traces, pictures and the cursor are plain data drawn in one animation loop
//! ([`frame`]) that stops when there is nothing to do.

#![allow(
    clippy::must_use_candidate,
    clippy::needless_pass_by_value,
    reason = "components and handlers: what they return is mounted, what they take comes from closures"
)]

mod app;
mod charts;
mod dom;
mod frame;
mod header;
mod icons;
mod keys;
mod lab;
mod link_sync;
mod notices;
mod panic;
mod place;
mod runs;
mod stage;
mod store;
mod swatch;
mod target;
mod transport;
mod ui;
mod widgets;

pub use store::Store;

use any_spawner::Executor;
use leptos::prelude::{Owner, document, window};
use place::Place;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

/// Begins; where the document is the page, reads its link and builds it.
pub fn start() {
    panic::install();
    // As `leptos::mount` does, without a view of its own to render: what `ui` makes is in the document already.
    let _ = Executor::init_wasm_bindgen();
    // Documents of others may have an element of this name too, but not with our first paint in it.
    if let Ok(Some(first)) = document().query_selector("#app > .loading")
        && let Some(root) = first.parent_element()
    {
        mount(root, &link_sync::fragment(), window().into());
        dom::mark("descent-lab-ready");
    }
}

/// Builds a page that shows a link into an element, which stands in a shadow root of its own or is all of the document. `host`
/// has a function `lab` that loads the second program, and the address of the whole `page`. Gives the number of the page.
#[wasm_bindgen]
pub fn mount(root: Element, link: &str, host: JsValue) -> u32 {
    Owner::new().with(|| app::build(link, &Rc::new(Place::new(root, host))).number)
}

/// Takes a page away with all that belongs to it.
#[wasm_bindgen]
pub fn unmount(number: u32) {
    store::forget(number);
    lab::forget(number);
}
