//! The address bar follows the settings: the current entry is replaced, at most a few times a second, and the history is
//! left alone. A link pasted over the address is read like one that was opened.

use super::store::Store;
use super::ui::on_window;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::time::Duration;
use wasm_bindgen::JsValue;

/// Browsers stop listening to pages that change the address more often.
const PAUSE: Duration = Duration::from_millis(250);
/// Longer words are lists of points.
const LONGEST_WORD: usize = 6_100;

thread_local! {
    /// What was written last, for the message after a panic and to know our own changes.
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
    static WAITING: Cell<bool> = const { Cell::new(false) };
}

/// The fragment of the address, without `#`.
pub fn fragment() -> String {
    location().hash().unwrap_or_default().trim_start_matches('#').to_owned()
}

/// The address of the page with this fragment.
pub fn address(fragment: &str) -> String {
    let href = location().href().unwrap_or_default();
    let base = href.split('#').next().unwrap_or_default();
    format!("{base}#{fragment}")
}

/// The address of the page without any link: another document, so that going there loads it anew.
pub fn afresh() -> String {
    let location = location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

/// The link that was current last.
pub fn last() -> String {
    LAST.with_borrow(Clone::clone)
}

/// Writes the link into the address bar soon.
pub fn schedule(store: Store) {
    if WAITING.replace(true) {
        return;
    }
    set_timeout(
        move || {
            WAITING.set(false);
            // Not during a drag: the browser's own window takes longer over an address than the page over a frame.
            if store.peek(|s| s.playback.held) {
                schedule(store);
            } else {
                write(&to_pass_on(store));
            }
        },
        PAUSE,
    );
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

fn write(fragment: &str) {
    if LAST.with_borrow(|last| last == fragment) {
        return;
    }
    LAST.replace(fragment.to_owned());
    if let Ok(history) = window().history() {
        // Refused where the page is a file or sandboxed; the page works without.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("#{fragment}")));
    }
}

/// Reads links that are put into the address bar while the page is open.
pub fn listen(store: Store) {
    LAST.replace(fragment());
    on_window("hashchange", move |_| {
        let fragment = fragment();
        if LAST.with_borrow(|last| *last != fragment) {
            LAST.replace(fragment.clone());
            store.load(&fragment);
        }
    });
}
