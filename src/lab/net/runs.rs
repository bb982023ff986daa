//! Runs on networks that were asked for lately, trained in slices while the page is otherwise idle.
//!
//! Whoever asks gets what is known by then. When there is more, the document gets an event `descent:trained`, at most a few
//! times a second, and everybody asks again.

use super::super::html::document;
use crate::link::Link;
use crate::run::{RunSpec, Trace};
use crate::session::MAX_RUNS;
use crate::train::{Record, Training};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::CustomEvent;

/// How many runs are kept.
const KEPT: usize = 2 * MAX_RUNS;
/// The work of a slice, in units of about a nanosecond.
const SLICE: u64 = 6_000_000;
/// How many slices pass between two events.
const TELL: u32 = 6;

/// A run on a network.
pub struct NetRun {
    /// What determines it.
    pub spec: RunSpec,
    training: RefCell<Training>,
}

impl NetRun {
    /// Looks at what is known of it.
    pub fn record<T>(&self, look: impl FnOnce(&Record) -> T) -> T {
        look(self.training.borrow().record())
    }

    /// The parameters at a step, or at the last one that is known before it; and the step they are of.
    pub fn weights(&self, step: u32) -> (u32, Vec<f64>) {
        let mut training = self.training.borrow_mut();
        let step = step.min(training.record().last());
        (step, training.weights(step))
    }
}

struct Entry {
    run: Rc<NetRun>,
}

thread_local! {
    /// The one that was asked for last stands last.
    static RUNS: RefCell<Vec<Entry>> = const { RefCell::new(Vec::new()) };
    static UNDER_WAY: Cell<bool> = const { Cell::new(false) };
    static SLICES: Cell<u32> = const { Cell::new(0) };
}

/// The run of a link with this index; none where there is no such run or no network.
pub fn with(link: &Link, run: usize) -> Option<Rc<NetRun>> {
    if link.config.network.is_none() || run >= link.config.runs.len() {
        return None;
    }
    of(&link.config.run_spec(run))
}

fn of(spec: &RunSpec) -> Option<Rc<NetRun>> {
    let run = RUNS.with_borrow_mut(|runs| {
        let entry = match runs.iter().position(|e| e.run.spec == *spec) {
            Some(i) => runs.remove(i),
            None => {
                let training = Training::new(spec)?;
                Entry { run: Rc::new(NetRun { spec: spec.clone(), training: RefCell::new(training) }) }
            }
        };
        let run = Rc::clone(&entry.run);
        runs.push(entry);
        if runs.len() > KEPT {
            runs.remove(0);
        }
        Some(run)
    })?;
    if run.record(Record::is_open) {
        go_on();
    }
    Some(run)
}

/// The trace of a link's run, as far as it is known.
pub fn trace(link: &Link, run: usize) -> Option<Trace> {
    with(link, run).map(|run| run.record(Record::trace))
}

/// Has the next slice worked out soon, if none is on its way.
fn go_on() {
    if UNDER_WAY.replace(true) {
        return;
    }
    let slice = Closure::once_into_js(|| {
        UNDER_WAY.set(false);
        slice();
    });
    if let Some(window) = web_sys::window() {
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(slice.unchecked_ref(), 0);
    }
}

fn slice() {
    // Those asked for last are the ones that are looked at.
    let open: Vec<Rc<NetRun>> = RUNS.with_borrow(|runs| {
        let recent = runs.iter().rev().take(MAX_RUNS).map(|e| Rc::clone(&e.run));
        recent.filter(|r| r.record(Record::is_open)).collect()
    });
    let share = SLICE / (open.len() as u64).max(1);
    let mut more = false;
    let mut ended = false;
    for run in &open {
        let goes_on = run.training.borrow_mut().advance(share);
        more |= goes_on;
        ended |= !goes_on;
    }
    let slices = SLICES.get() + 1;
    SLICES.set(slices);
    if ended || slices.is_multiple_of(TELL) {
        news();
    }
    if more {
        go_on();
    }
}

/// Tells the page that there is more to see.
pub fn news() {
    if let Ok(event) = CustomEvent::new("descent:trained") {
        let _ = document().dispatch_event(&event);
    }
}
