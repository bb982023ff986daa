//! The one animation loop. It asks for a frame only while something moves or is to be redrawn, and never while the page
//! is off screen.

use super::dom::callback;
use js_sys::Function;
use leptos::prelude::window;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Called for each frame with the seconds since the last one (0 for the first of a series); tells whether another
/// frame is wanted.
type Tick = Rc<dyn Fn(f64) -> bool>;

/// The loop; clones are the same loop.
#[derive(Clone, Default)]
pub struct FrameLoop(Rc<Inner>);

#[derive(Default)]
struct Inner {
    /// The frame that was asked for.
    pending: Cell<Option<i32>>,
    /// When the last frame was, in milliseconds, while frames follow each other.
    last_ms: Cell<Option<f64>>,
    hidden: Cell<bool>,
    wanted_while_hidden: Cell<bool>,
    ticks: RefCell<Vec<Tick>>,
    /// What the browser calls for each frame.
    callback: RefCell<Option<Function>>,
}

impl FrameLoop {
    /// A loop that draws nothing yet.
    pub fn new() -> Self {
        let this = Self::default();
        let inner = Rc::downgrade(&this.0);
        let callback = callback(move |now_ms| {
            if let (Some(inner), Some(now_ms)) = (inner.upgrade(), now_ms.as_f64()) {
                Self(inner).frame(now_ms);
            }
        });
        this.0.callback.replace(Some(callback));
        this
    }

    /// Adds something to do each frame.
    pub fn add(&self, tick: impl Fn(f64) -> bool + 'static) {
        self.0.ticks.borrow_mut().push(Rc::new(tick));
    }

    /// Asks for a frame.
    pub fn request(&self) {
        if self.0.hidden.get() {
            self.0.wanted_while_hidden.set(true);
            return;
        }
        if self.0.pending.get().is_some() {
            return;
        }
        if let Some(callback) = self.0.callback.borrow().as_ref() {
            let id = window().request_animation_frame(callback);
            self.0.pending.set(id.ok());
        }
    }

    /// Tells whether the page can be seen; off screen nothing is drawn.
    pub fn set_hidden(&self, hidden: bool) {
        self.0.hidden.set(hidden);
        if hidden {
            if let Some(id) = self.0.pending.take() {
                let _ = window().cancel_animation_frame(id);
                self.0.wanted_while_hidden.set(true);
            }
            self.0.last_ms.set(None);
        } else if self.0.wanted_while_hidden.take() {
            self.request();
        }
    }

    fn frame(&self, now_ms: f64) {
        self.0.pending.set(None);
        let dt_secs = self.0.last_ms.get().map_or(0.0, |last| (now_ms - last) / 1000.0);
        // A tick may add another or ask for a frame, so the list is not held while they run.
        let ticks = self.0.ticks.borrow().clone();
        let mut more = false;
        for tick in ticks {
            more |= tick(dt_secs);
        }
        if more {
            self.0.last_ms.set(Some(now_ms));
            self.request();
        } else {
            self.0.last_ms.set(None);
        }
    }
}
