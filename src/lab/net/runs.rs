//! Runs on networks that were asked for lately.
//!
//! Whoever asks gets what is known by then. When there is more, the document gets an event `descent:trained`, at most ten
//! times a second, and everybody asks again.
//!
//! A run has a head start here, so that there is something to see at once; a short one is worked out with that. Any other is
//! gone on with in a worker ([`super::remote`]), which trains it again from its start and tells what it knows beyond the head
//! start. Where there is no worker, or until it is there, the page goes on in slices while it is otherwise idle. It is the same
//! run wherever it is trained, to the bit.
//!
//! A run whose steps are dear has no head start, so that a dragged slider does not wait for each that it passes.

use super::super::html::document;
use super::super::place;
use super::remote::{self, Listener, Said};
use crate::link::Link;
use crate::run::inspect::Inspection;
use crate::run::{RunSpec, Status};
use crate::session::MAX_RUNS;
use crate::train::{Record, Training, explain, take_news};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CustomEvent;

/// How many runs are kept.
const KEPT: usize = 2 * MAX_RUNS;
/// The work between two looks at the clock, in units of about a nanosecond.
const PIECE: u64 = 100_000;
/// How long the page trains at once when nobody waits, in milliseconds.
const SLICE_MS: f64 = 6.0;
/// How long the head starts may take together that fall into one frame, in milliseconds.
const HEAD_STARTS_MS: f64 = 6.0;
/// How long one takes, of a run that it does not finish.
const HEAD_START_MS: f64 = 1.0;
/// A step or a measurement with more work than this is dear, in units of about a nanosecond.
const DEAR: u64 = 5_000_000;
/// How long a run with dear steps waits for a worker that is on its way, in milliseconds.
const WAIT_MS: f64 = 1000.0;
const FRAME_MS: f64 = 16.0;
/// The least time between two events, in milliseconds.
const NEWS_MS: f64 = 100.0;
/// How long the cursor rests before the parameters there are worked out that are not kept.
const REST_MS: f64 = 120.0;
/// The work done at once for looking into a step.
const LOOK: u64 = 4_000_000;

/// What comes of looking into a step.
pub enum Seen {
    /// This.
    Now(Box<Inspection>),
    /// It is being worked out.
    Later,
    /// The run cannot begin.
    Never,
}

/// A run on a network.
pub struct NetRun {
    /// What determines it.
    pub spec: RunSpec,
    id: f64,
    born_ms: f64,
    training: RefCell<Training>,
    /// What the worker has told, on top of the head start.
    told: RefCell<Option<Record>>,
    /// Whether somebody works at it.
    active: Cell<bool>,
    /// Whether the page goes on with it although there is a worker, until that is further.
    leads: Cell<bool>,
    /// Parameters that are not kept, and the step that they are of.
    exact: RefCell<(u32, Vec<f64>)>,
    /// A step that is to be looked into.
    sought: Cell<Option<u32>>,
    /// A step whose parameters are wanted.
    wanted: Cell<Option<u32>>,
    /// One that was asked for before the page had come to it.
    owed: Cell<Option<u32>>,
}

impl NetRun {
    fn new(spec: &RunSpec) -> Option<Self> {
        let training = Training::new(spec)?;
        let id = LAST_ID.get() + 1.0;
        LAST_ID.set(id);
        let run = Self {
            spec: spec.clone(),
            id,
            born_ms: now_ms(),
            training: RefCell::new(training),
            told: RefCell::default(),
            active: Cell::new(false),
            leads: Cell::new(false),
            exact: RefCell::default(),
            sought: Cell::new(None),
            wanted: Cell::new(None),
            owed: Cell::new(None),
        };
        head_start(&mut run.training.borrow_mut());
        Some(run)
    }

    /// A number that no other run has.
    pub const fn id(&self) -> f64 {
        self.id
    }

    /// Looks at what is known of it.
    pub fn record<T>(&self, look: impl FnOnce(&Record) -> T) -> T {
        let training = self.training.borrow();
        let told = self.told.borrow();
        let own = training.record();
        // Of equally many rows those are the last that belong to a run that has ended.
        let known = |record: &Record| (record.len(), !record.is_open());
        look(told.as_ref().filter(|told| known(told) >= known(own)).unwrap_or(own))
    }

    /// The parameters at a step, or at one before it where they are not at hand; and the step they are of. When the cursor rests
    /// there, those at the step itself follow.
    pub fn weights(&self, step: u32) -> (u32, Vec<f64>) {
        let (step, known) = self.record(|record| {
            let step = step.min(record.last());
            (step, record.weights_before(step).map(|(at, weights)| (at, weights.to_vec())))
        });
        let exact = self.exact.borrow();
        match known {
            Some(known) if known.0 == step => known,
            _ if exact.0 == step && !exact.1.is_empty() => exact.clone(),
            Some(known) => {
                self.want(step);
                // What came instead may be nearer.
                if (known.0 + 1..step).contains(&exact.0) && !exact.1.is_empty() {
                    exact.clone()
                } else {
                    known
                }
            }
            None => (0, self.spec.start.clone()),
        }
    }

    /// The run at a step, looked into; none where it cannot begin. While that is worked out, which everybody is told when it is
    /// done, there is nothing yet.
    pub fn inspect(&self, step: u32) -> Seen {
        let (last, is_empty, status) = self.record(|r| (r.last(), r.is_empty(), r.status));
        let step = step.min(last);
        if is_empty && status == Status::Waiting {
            // When there is a first row, everybody is told.
            return Seen::Later;
        }
        if is_empty || matches!(status, Status::Unfit { .. }) {
            return Seen::Never;
        }
        let mut training = self.training.borrow_mut();
        if training.reach(step, LOOK) {
            self.sought.set(None);
            return training.inspect().map_or(Seen::Never, |seen| Seen::Now(Box::new(seen)));
        }
        if self.sought.replace(Some(step)).is_none() {
            look_on(self.id);
        }
        Seen::Later
    }

    fn want(&self, step: u32) {
        if self.wanted.replace(Some(step)) == Some(step) {
            return;
        }
        let id = self.id;
        after(REST_MS, move || {
            if let Some(run) = find(id).filter(|run| run.wanted.get() == Some(step)) {
                run.fetch(step);
            }
        });
    }

    /// Has the parameters at a step worked out, or at the last that is known here.
    fn fetch(&self, step: u32) {
        if self.told.borrow().is_some() && !self.is_here() {
            return remote::send("weights", self.id, &[step.into()]);
        }
        let (at, weights) = {
            let mut training = self.training.borrow_mut();
            let at = step.min(training.record().last());
            (at, training.weights(at))
        };
        self.owed.set((at < step).then_some(step));
        self.take_weights(at, weights);
    }

    /// Has them worked out if the page has come to them now, and had not when they were asked for.
    fn fetch_owed(&self) {
        let known = self.training.borrow().record().last();
        if let Some(step) = self.owed.get().filter(|step| *step <= known) {
            self.owed.set(None);
            if self.wanted.get() == Some(step) {
                self.fetch(step);
            }
        }
    }

    fn take_weights(&self, step: u32, weights: Vec<f64>) {
        if self.wanted.get() == Some(step) {
            self.wanted.set(None);
        }
        self.exact.replace((step, weights));
        news();
    }

    fn is_open(&self) -> bool {
        self.record(Record::is_open)
    }

    /// Has it gone on with, wherever that can be done.
    fn engage(&self) {
        if !self.is_open() || self.active.replace(true) {
            return;
        }
        if remote::is_ready() {
            self.hand_over();
        } else {
            remote::start(LISTENER);
        }
        go_on();
    }

    /// Whether the page trains it.
    fn is_here(&self) -> bool {
        !remote::is_ready() || self.leads.get()
    }

    /// Whether it waits for a worker that is on its way.
    fn waits(&self) -> bool {
        remote::is_coming() && now_ms() - self.born_ms < WAIT_MS && self.training.borrow().next_work() > DEAR
    }

    /// Gives it to the worker.
    fn hand_over(&self) {
        let mut told = self.told.borrow_mut();
        let told = told.get_or_insert_with(|| self.training.borrow().record().clone());
        let known = [told.len(), told.scores.len(), told.weights.len()];
        let known = known.map(|n| JsValue::from(u32::try_from(n).unwrap_or(u32::MAX)));
        let [rows, scores, weights] = known;
        let link = Link::of_run(&self.spec).write();
        remote::send("train", self.id, &[link.into(), rows, scores, weights]);
        if let Some(step) = self.wanted.get() {
            remote::send("weights", self.id, &[step.into()]);
        }
    }

    /// Lets it rest: nobody looks at it now.
    fn rest(&self) {
        if self.active.replace(false) {
            remote::send("rest", self.id, &[]);
        }
    }
}

thread_local! {
    /// The one that was asked for last stands last.
    static RUNS: RefCell<Vec<Rc<NetRun>>> = const { RefCell::new(Vec::new()) };
    /// Those of the link that was shown last in each place.
    static CURRENT: RefCell<Vec<(u32, Vec<f64>)>> = const { RefCell::new(Vec::new()) };
    static LAST_ID: Cell<f64> = const { Cell::new(0.0) };
    static UNDER_WAY: Cell<bool> = const { Cell::new(false) };
    /// When head starts began to be counted, and how long they took since.
    static HEAD_STARTS: Cell<(f64, f64)> = const { Cell::new((0.0, 0.0)) };
    /// When everybody was told last, and whether they are to be told soon.
    static TOLD: Cell<(f64, bool)> = const { Cell::new((0.0, false)) };
}

const LISTENER: Listener = Listener { ready: hand_over_all, said, gone: go_on };

fn now_ms() -> f64 {
    web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now())
}

/// Does something later.
fn after(ms: f64, act: impl FnOnce() + 'static) {
    let act = Closure::once_into_js(act);
    if let Some(window) = web_sys::window() {
        #[expect(clippy::cast_possible_truncation, reason = "a fraction of a second")]
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(act.unchecked_ref(), ms as i32);
    }
}

/// The first steps of a run, and all of them if that takes no longer than a frame has; none where they are dear.
fn head_start(training: &mut Training) {
    let begin = now_ms();
    let (since, spent) = HEAD_STARTS.get();
    let (since, spent) = if begin - since > FRAME_MS { (begin, 0.0) } else { (since, spent) };
    let left = (HEAD_STARTS_MS - spent).max(0.5);
    let mut took = 0.0;
    while training.next_work() <= DEAR && training.advance(PIECE) && took < left {
        took = now_ms() - begin;
        let done = f64::from(training.record().last().max(1));
        if took >= HEAD_START_MS && took * f64::from(training.spec().steps) / done > left {
            break;
        }
    }
    HEAD_STARTS.set((since, spent + now_ms() - begin));
}

/// The run of a link with this index; none where there is no such run or no network.
pub fn with(link: &Link, run: usize) -> Option<Rc<NetRun>> {
    if link.config.network.is_none() || run >= link.config.runs.len() {
        return None;
    }
    of(&link.config.run_spec(run))
}

/// The run of this specification; none where that is of no network.
pub fn of(spec: &RunSpec) -> Option<Rc<NetRun>> {
    let run = RUNS.with_borrow_mut(|runs| {
        let known = runs.iter().position(|run| run.spec == *spec);
        let run = if let Some(i) = known {
            runs.remove(i)
        } else {
            rest_if(runs, |run, current| !current && now_ms() - run.born_ms > FRAME_MS / 2.0);
            Rc::new(NetRun::new(spec)?)
        };
        runs.push(Rc::clone(&run));
        if runs.len() > KEPT * place::count() {
            remote::send("drop", runs.remove(0).id, &[]);
        }
        Some(run)
    })?;
    run.engage();
    Some(run)
}

/// The run of this specification, if it was asked for lately and is done or under way.
pub fn known(spec: &RunSpec) -> Option<Rc<NetRun>> {
    let found = RUNS.with_borrow(|runs| runs.iter().find(|run| run.spec == *spec).cloned());
    found.filter(|run| run.active.get() || !run.is_open())
}

/// Lets runs rest, by whether they were in a link that was shown last.
fn rest_if(runs: &[Rc<NetRun>], rests: impl Fn(&NetRun, bool) -> bool) {
    CURRENT.with_borrow(|current| {
        let is_current = |run: &NetRun| current.iter().any(|(_, ids)| ids.contains(&run.id));
        runs.iter().filter(|run| rests(run, is_current(run))).for_each(|run| run.rest());
    });
}

/// Goes on with the runs of this link and with no others.
pub fn only(link: &Link) {
    let current: Vec<f64> =
        (0..link.config.runs.len()).filter_map(|i| with(link, i)).map(|run| run.id).collect();
    show(current);
}

/// Goes on with no runs that only this place has shown.
pub fn none() {
    show(Vec::new());
}

fn show(ids: Vec<f64>) {
    let here = place::here();
    CURRENT.with_borrow_mut(|current| {
        current.retain(|(place, _)| *place != here);
        if !ids.is_empty() {
            current.push((here, ids));
        }
    });
    RUNS.with_borrow(|runs| rest_if(runs, |_, current| !current));
}

fn find(id: f64) -> Option<Rc<NetRun>> {
    RUNS.with_borrow(|runs| runs.iter().find(|run| run.id == id).cloned())
}

fn open() -> Vec<Rc<NetRun>> {
    RUNS.with_borrow(|runs| runs.iter().rev().filter(|r| r.active.get() && r.is_open()).cloned().collect())
}

/// The worker is there.
fn hand_over_all() {
    for run in open() {
        run.leads.set(!run.training.borrow().record().is_empty());
        run.hand_over();
    }
}

/// The worker has said something.
fn said(id: f64, said: Said) {
    // Of runs that were forgotten meanwhile nothing is wanted.
    let Some(run) = find(id) else {
        return;
    };
    match said {
        Said::News(packed) => {
            let fits = run.told.borrow_mut().as_mut().is_some_and(|told| take_news(told, &packed));
            if fits {
                let known = run.told.borrow().as_ref().map_or(0, Record::len);
                run.leads.set(run.leads.get() && known < run.training.borrow().record().len());
                news();
            } else {
                remote::send("drop", id, &[]);
                run.told.replace(None);
                run.hand_over();
            }
        }
        Said::Weights(step, weights) => run.take_weights(step, weights),
    }
}

/// The runs that are trained in the page.
fn here() -> Vec<Rc<NetRun>> {
    open().into_iter().filter(|run| run.is_here()).collect()
}

/// Has the next slice worked out soon, if none is on its way and no worker does it.
fn go_on() {
    let here = here();
    if !here.is_empty() && !UNDER_WAY.replace(true) {
        let wait = if here.iter().all(|run| run.waits()) { NEWS_MS } else { 0.0 };
        after(wait, || {
            UNDER_WAY.set(false);
            slice();
        });
    }
}

fn slice() {
    let mut here = here();
    here.retain(|run| !run.waits());
    let begin = now_ms();
    let mut more = !here.is_empty();
    while more && now_ms() - begin < SLICE_MS {
        more = false;
        for run in &here {
            more |= run.training.borrow_mut().advance(PIECE);
        }
    }
    if !here.is_empty() {
        for run in &here {
            run.fetch_owed();
        }
        news();
    }
    go_on();
}

/// Tells the page soon that there is more to see.
pub fn news() {
    let (last, soon) = TOLD.get();
    if soon {
        return;
    }
    TOLD.set((last, true));
    after((last + NEWS_MS - now_ms()).max(0.0), || {
        TOLD.set((now_ms(), false));
        if let Ok(event) = CustomEvent::new("descent:trained") {
            let _ = document().dispatch_event(&event);
        }
    });
}

/// How a link's run ended, in a sentence.
pub fn ending(link: &Link, run: usize) -> Option<String> {
    with(link, run).map(|run| run.record(|record| explain(&run.spec, record)))
}

/// The fingerprint of a link's run as it is known now; none while it is under way.
pub fn fingerprint(link: &Link, run: usize) -> Option<u64> {
    with(link, run)?.record(|record| (!record.is_open()).then(|| record.fingerprint()))
}

/// Goes on to the step that is to be looked into.
fn look_on(id: f64) {
    after(0.0, move || {
        let Some((run, step)) = find(id).and_then(|run| Some((Rc::clone(&run), run.sought.get()?))) else {
            return;
        };
        if run.training.borrow_mut().reach(step, LOOK) {
            run.sought.set(None);
            news();
        } else {
            look_on(id);
        }
    });
}
