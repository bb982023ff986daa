//! What came of the runs: for links that are made, and compared with what links say that are opened.

use super::super::{net, place, runs};
use crate::export::check;
use crate::link::Link;
use crate::train::Record;
use js_sys::{Function, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

/// How long a run that is being trained is left alone between two looks, in milliseconds.
const PAUSE_MS: i32 = 500;

thread_local! {
    /// Worked out last: the runs of this link, and what came of them.
    static LAST: RefCell<Option<(Link, String)>> = const { RefCell::new(None) };
}

/// The check of a link's runs as it stands in links; none while not all of them are known.
pub fn of(link: &Link) -> Option<String> {
    if link.config.runs.is_empty() {
        return Some(String::new());
    }
    // Only the settings matter.
    let link = Link { config: link.config.clone(), ..Link::default() };
    if let Some(known) =
        LAST.with_borrow(|last| last.as_ref().filter(|(l, _)| *l == link).map(|l| l.1.clone()))
    {
        return Some(known);
    }
    let now: Option<Vec<u32>> = (0..link.config.runs.len()).map(|run| known(&link, run)).collect();
    let text = check::write(&now?);
    LAST.set(Some((link, text.clone())));
    Some(text)
}

/// What came of a run; none while it is being trained.
fn known(link: &Link, run: usize) -> Option<u32> {
    let spec = link.config.run_spec(run);
    if link.config.network.is_none() {
        return Some(runs::of(&spec, check::of_trace));
    }
    // Not asked for: one that nobody looks at any more is left alone.
    let end = |record: &Record| (!record.is_open()).then(|| check::of_record(record));
    net::known(&spec)?.record(end)
}

/// Compares what a link says with what comes of its runs now, when there is time, and tells a difference in a sentence.
pub fn verify(text: &str, tell: Function) {
    let link = Link::read(text).0;
    if !link.check.is_empty() {
        when_idle(move || compare(&link, &tell));
    }
}

fn compare(link: &Link, tell: &Function) {
    let runs = 0..link.config.runs.len();
    let now: Option<Vec<u32>> = runs.clone().map(|run| known(link, run)).collect();
    let trains = || runs.clone().all(|run| net::known(&link.config.run_spec(run)).is_some());
    match now {
        Some(now) => {
            if let Some(message) = check::differs(link, &now) {
                let _ = tell.call1(&JsValue::NULL, &message.into());
            }
        }
        // Settings that were changed meanwhile are other runs, and these are forgotten or rest.
        None if trains() => {
            let (link, tell) = (link.clone(), tell.clone());
            place::later(PAUSE_MS, move || compare(&link, &tell));
        }
        None => {}
    }
}

fn when_idle(act: impl FnOnce() + 'static) {
    let idle = web_sys::window().and_then(|window| {
        let idle = Reflect::get(&window, &"requestIdleCallback".into()).ok()?;
        Some((idle.dyn_into::<Function>().ok()?, window))
    });
    match idle {
        Some((idle, window)) => {
            let _ = idle.call1(&window, &place::once(act));
        }
        None => {
            place::later(PAUSE_MS, act);
        }
    }
}
