//! The address bar follows the settings: the current entry is replaced, at most a few times a second, and the history is
//! left alone. An element of another page leaves the address alone too and tells that page. A link pasted over the address is read like one that was opened.

use super::dom;
use super::store::Store;
use super::ui::on_window;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// Browsers stop listening to pages that change the address more often.
const PAUSE_MS: i32 = 250;
/// Longer words are lists of points.
const LONGEST_WORD: usize = 6_100;

/// The fragment of the address, without `#`.
pub fn fragment() -> String {
    location().hash().unwrap_or_default().trim_start_matches('#').to_owned()
}

/// The address of the page without any link: another document, so that going there loads it anew.
pub fn afresh() -> String {
    let location = location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

/// Writes the link into the address bar soon, or tells the page around.
pub fn schedule(store: Store) {
    if store.waits(true) {
        return;
    }
    dom::later(PAUSE_MS, move || {
        store.waits(false);
        // Not during a drag: the browser's own window takes longer over an address than the page over a frame.
        if store.peek(|s| s.playback.held) {
            schedule(store);
        } else if store.is_there() {
            write(store, &to_pass_on(store));
        }
    });
}

/// The link of what is shown, as it can be passed on: without more points than one should carry
/// (`net::data::points::LINK_LIMIT`), of which the panel tells.
pub fn to_pass_on(store: Store) -> String {
    let link = store.link().write();
    if link.len() <= LONGEST_WORD {
        return link;
    }
    let short = |word: &&str| word.len() <= LONGEST_WORD;
    link.split('&').filter(short).collect::<Vec<_>>().join("&")
}

fn write(store: Store, fragment: &str) {
    if !store.write(fragment) {
        return;
    }
    let place = store.place();
    place.tell("change", fragment);
    if place.is_whole
        && let Ok(history) = window().history()
    {
        // Refused where the page is a file or sandboxed; the page works without.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("#{fragment}")));
    }
}

/// Reads links that are put into the address bar while the page is open.
pub fn listen(store: Store) {
    let place = store.place();
    if place.is_whole {
        store.write(&fragment());
        on_window("hashchange", move |_| {
            let fragment = fragment();
            if store.write(&fragment) {
                store.load(&fragment);
            }
        });
    }
}
