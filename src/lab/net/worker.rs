//! The other side of [`super::remote`]: this program in a worker, where it trains networks and does nothing else.
//!
//! It gets arrays that begin with a word: `train` with a number for the run, its link, and how much is known of it there;
//! `rest` and `drop` with that number; `weights` with the number and a step, which is answered when that is reached. It answers
//! with its build when it is there, and then with arrays of the number and either news ([`pack_news`]) or a step and the
//! parameters there.

use crate::later::BUILD;
use crate::link::Link;
use crate::train::{Training, pack_news};
use js_sys::{Array, Date, Float64Array};
use std::cell::{Cell, RefCell};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort};

/// How long it works before it listens again, in milliseconds.
const SLICE_MS: f64 = 8.0;
/// The work between two looks at the clock, in units of about a nanosecond.
const PIECE: u64 = 200_000;
/// The time between two news of a run, in milliseconds.
const NEWS_MS: f64 = 100.0;

/// A run that is trained here.
struct Job {
    id: f64,
    training: Training,
    /// How many rows, scores and kept parameters the page knows.
    told: [usize; 3],
    /// When it was told last.
    at_ms: f64,
    rests: bool,
    /// The step whose parameters are wanted.
    asked: Option<u32>,
}

impl Job {
    fn is_open(&self) -> bool {
        self.training.record().is_open()
    }
}

thread_local! {
    static JOBS: RefCell<Vec<Job>> = const { RefCell::new(Vec::new()) };
    static UNDER_WAY: Cell<bool> = const { Cell::new(false) };
    /// Where the worker sends itself word to go on: a timer would wait.
    static TO_SELF: RefCell<Option<MessagePort>> = const { RefCell::new(None) };
}

/// The scope of the worker; none in a page.
fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// Begins to listen, if this is a worker.
pub fn start() {
    let Some(scope) = scope() else {
        return;
    };
    let heard = Closure::<dyn Fn(MessageEvent)>::new(|ev: MessageEvent| {
        hear(&ev.data().unchecked_into());
    });
    scope.set_onmessage(Some(heard.into_js_value().unchecked_ref()));
    if let Ok(channel) = MessageChannel::new() {
        let next = Closure::<dyn Fn()>::new(slice);
        channel.port1().set_onmessage(Some(next.into_js_value().unchecked_ref()));
        TO_SELF.set(Some(channel.port2()));
    }
    let _ = scope.post_message(&BUILD.into());
}

fn hear(said: &Array) {
    let word = said.get(0).as_string().unwrap_or_default();
    let number = |i: u32| said.get(i).as_f64().unwrap_or(0.0);
    let id = number(1);
    match word.as_str() {
        "train" => {
            let told = [3, 4, 5].map(|i| crate::param::as_index(number(i)));
            let link = said.get(2).as_string().unwrap_or_default();
            JOBS.with_borrow_mut(|jobs| train(jobs, id, &link, told));
            go_on();
        }
        "weights" => {
            let step = u32::try_from(crate::param::as_index(number(2))).unwrap_or(0);
            JOBS.with_borrow_mut(|jobs| {
                if let Some(job) = jobs.iter_mut().find(|j| j.id == id) {
                    job.asked = Some(step);
                    answer(job);
                }
            });
        }
        "rest" => JOBS.with_borrow_mut(|jobs| {
            for job in jobs.iter_mut().filter(|j| j.id == id) {
                job.rests = true;
            }
        }),
        _ => JOBS.with_borrow_mut(|jobs| jobs.retain(|j| j.id != id)),
    }
}

fn train(jobs: &mut Vec<Job>, id: f64, link: &str, told: [usize; 3]) {
    if let Some(job) = jobs.iter_mut().find(|j| j.id == id) {
        job.rests = false;
        return;
    }
    let config = Link::read(link).0.config;
    let spec = (!config.runs.is_empty()).then(|| config.run_spec(0));
    if let Some(training) = spec.and_then(|spec| Training::new(&spec)) {
        jobs.push(Job { id, training, told, at_ms: 0.0, rests: false, asked: None });
    }
}

/// Has the next slice worked out once what was sent meanwhile has been heard.
fn go_on() {
    if !UNDER_WAY.replace(true) {
        TO_SELF.with_borrow(|port| port.as_ref().map(|p| p.post_message(&JsValue::NULL)));
    }
}

fn slice() {
    UNDER_WAY.set(false);
    let more = JOBS.with_borrow_mut(|jobs| {
        let begin = Date::now();
        let mut more = true;
        while more && Date::now() - begin < SLICE_MS {
            more = false;
            for job in jobs.iter_mut().filter(|j| !j.rests && j.is_open()) {
                more |= job.training.advance(PIECE);
            }
        }
        for job in jobs.iter_mut().filter(|j| !j.rests) {
            tell(job);
            answer(job);
        }
        more
    });
    if more {
        go_on();
    }
}

/// Tells what is new of a run, if it is time to.
fn tell(job: &mut Job) {
    let record = job.training.record();
    let known = [record.len(), record.scores.len(), record.weights.len()];
    let now = Date::now();
    // The head start of the page may be further.
    let is_ahead = known.iter().zip(job.told).all(|(known, told)| *known >= told);
    let is_due = !record.is_open() || now - job.at_ms >= NEWS_MS;
    if !is_ahead || known == job.told || !is_due {
        return;
    }
    let [rows, scores, weights] = job.told;
    say(job.id, None, &pack_news(record, rows, scores, weights));
    (job.told, job.at_ms) = (known, now);
}

/// Sends the parameters that are wanted, once their step is reached; where the run has ended before, its last.
fn answer(job: &mut Job) {
    let last = job.training.record().last();
    if let Some(step) = job.asked.filter(|step| *step <= last || !job.is_open()) {
        job.asked = None;
        let step = step.min(last);
        say(job.id, Some(step), &job.training.weights(step));
    }
}

/// Sends numbers to the page, with the step that they are of, if they are parameters.
fn say(id: f64, step: Option<u32>, numbers: &[f64]) {
    let numbers = Float64Array::from(numbers);
    let step = step.map_or(JsValue::NULL, JsValue::from);
    let message = Array::of3(&id.into(), &step, &numbers);
    if let Some(scope) = scope() {
        let _ = scope.post_message_with_transfer(&message, &Array::of1(&numbers.buffer()));
    }
}
