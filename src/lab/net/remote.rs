//! The worker in which networks are trained, as the page sees it ([`super::worker`] is its inside).
//!
//! It may be refused, by a policy or in a sandbox, may not come, or may stop. Then `gone` is called, once, and the page trains by
//! itself. One that comes late is as good as any other: until then the page trains.

use crate::later::BUILD;
use js_sys::{Array, Float64Array};
use std::cell::RefCell;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};

/// How long it may take to come, in milliseconds: the program is compiled once more in it, which takes slow phones seconds.
const PATIENCE_MS: i32 = 20_000;

/// What the worker has said about the run with a number.
pub enum Said {
    /// News of it ([`crate::train::take_news`]).
    News(Vec<f64>),
    /// Its parameters at a step.
    Weights(u32, Vec<f64>),
}

/// Who is told.
#[derive(Clone, Copy)]
pub struct Listener {
    /// The worker is there.
    pub ready: fn(),
    /// It has said something about a run.
    pub said: fn(f64, Said),
    /// There is none, and will be none.
    pub gone: fn(),
}

enum State {
    /// Not asked for.
    Off,
    Coming(Worker),
    Ready(Worker),
    Gone,
}

thread_local! {
    static STATE: RefCell<State> = const { RefCell::new(State::Off) };
    /// Where it is, if not beside the page.
    static ADDRESS: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Says where the worker is, if not beside the page: of an element, that is another page.
#[wasm_bindgen]
pub fn worker_at(address: String) {
    ADDRESS.set(Some(address));
}

/// Whether it is there.
pub fn is_ready() -> bool {
    STATE.with_borrow(|state| matches!(state, State::Ready(_)))
}

/// Whether it may still come.
pub fn is_coming() -> bool {
    STATE.with_borrow(|state| matches!(state, State::Coming(_)))
}

/// Has it come, if that was not tried before.
pub fn start(listener: Listener) {
    if !STATE.with_borrow(|state| matches!(state, State::Off)) {
        return;
    }
    let address = ADDRESS.take().unwrap_or_else(|| format!("./worker.js?{BUILD}"));
    let Ok(worker) = Worker::new(&address) else {
        STATE.set(State::Gone);
        return;
    };
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |ev: MessageEvent| hear(&ev.data(), listener));
    worker.set_onmessage(Some(heard.into_js_value().unchecked_ref()));
    let failed = Closure::<dyn Fn()>::new(move || give_up(listener));
    worker.set_onerror(Some(failed.into_js_value().unchecked_ref()));
    STATE.set(State::Coming(worker));
    let late = Closure::once_into_js(move || {
        if STATE.with_borrow(|state| matches!(state, State::Coming(_))) {
            give_up(listener);
        }
    });
    if let Some(window) = web_sys::window() {
        let late = late.unchecked_ref();
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(late, PATIENCE_MS);
    }
}

fn give_up(listener: Listener) {
    if let State::Coming(worker) | State::Ready(worker) = STATE.replace(State::Gone) {
        worker.terminate();
        (listener.gone)();
    }
}

fn hear(data: &JsValue, listener: Listener) {
    if let Some(build) = data.as_string() {
        // One of another build might train otherwise.
        if build != BUILD {
            return give_up(listener);
        }
        STATE.with_borrow_mut(|state| {
            if let State::Coming(worker) = state {
                *state = State::Ready(worker.clone());
            }
        });
        return (listener.ready)();
    }
    let data: &Array = data.unchecked_ref();
    let numbers = data.get(2).unchecked_into::<Float64Array>().to_vec();
    let said = match data.get(1).as_f64() {
        None => Said::News(numbers),
        Some(step) => {
            let step = u32::try_from(crate::param::as_index(step)).unwrap_or(0);
            Said::Weights(step, numbers)
        }
    };
    (listener.said)(data.get(0).as_f64().unwrap_or(0.0), said);
}

/// Sends a word about the run with this number, and what goes with it.
pub fn send(word: &str, id: f64, more: &[JsValue]) {
    STATE.with_borrow(|state| {
        if let State::Ready(worker) = state {
            let message = Array::of2(&word.into(), &id.into());
            for m in more {
                message.push(m);
            }
            let _ = worker.post_message(&message);
        }
    });
}
