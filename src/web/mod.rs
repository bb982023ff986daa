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
use leptos::prelude::Owner;

/// Reads the link and builds the page into the document.
pub fn start() {
    panic::install();
    if let Some(root) = dom::element_by_id("app") {
        // As `leptos::mount` does, without a view of its own to render: what `ui` makes is in the document already.
        let _ = Executor::init_wasm_bindgen();
        let owner = Owner::new();
        owner.with(|| app::build(&root));
        // The page lives as long as the document.
        std::mem::forget(owner);
        dom::mark("descent-lab-ready");
    }
}
