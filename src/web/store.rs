//! The session as a page's components see it: commands go in, signals come out.
//!
//! The signals are counters that say what has changed; what they stand for is plain data. A component reads through
//! [`Store::settings`] or [`Store::cursor`] and is read again when that changes.

use super::frame::FrameLoop;
use super::lab::{self, Lab};
use super::place::Place;
use super::ui::{count, track};
use super::{dom, link_sync};
use crate::link::{Autoplay, Axis, Chart, Controls, Hidden, Link, Notice, Theme};
use crate::session::{Command, Config, Locks, Outcome, Playback, Session};
use crate::surface;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::UnwrapThrowExt;
use web_sys::AddEventListenerOptions;

/// What of a picture is old.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a set of flags")]
pub struct Dirty {
    /// Paths and curves.
    pub traces: bool,
    /// The surface or the visible rectangle.
    pub view: bool,
    /// The cursor.
    pub cursor: bool,
    /// Colours or size: everything.
    pub look: bool,
}

impl Dirty {
    /// Everything.
    pub const ALL: Self = Self { traces: true, view: true, cursor: true, look: true };
    /// Colours or size.
    pub const LOOK: Self = Self { traces: false, view: false, cursor: false, look: true };
    /// Paths and curves.
    pub const TRACES: Self = Self { traces: true, view: false, cursor: false, look: false };
    /// The cursor.
    pub const CURSOR: Self = Self { traces: false, view: false, cursor: true, look: false };

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            traces: self.traces | other.traces,
            view: self.view | other.view,
            cursor: self.cursor | other.cursor,
            look: self.look | other.look,
        }
    }

    /// Whether there is anything to do.
    pub fn any(self) -> bool {
        self != Self::default()
    }
}

/// A picture that is drawn in the animation loop.
pub trait Picture {
    /// Draws what is old; tells whether it has more to do in the next frame.
    fn draw(&self, dirty: Dirty, store: Store) -> bool;
}

/// What is seen beside the session.
#[derive(Clone, Default)]
pub struct Ui {
    /// Which quantity the chart shows.
    pub chart: Chart,
    /// What it shows it over.
    pub axis: Axis,
    /// Of a matrix, whether the singular values of the steps are shown.
    pub singular_of_steps: bool,
    /// How networks are looked at.
    pub show: String,
    /// Light, dark or as the system.
    pub theme: Theme,
    /// Whether the page is part of another one.
    pub embed: bool,
    /// How many controls are shown.
    pub controls: Controls,
    /// Parts of the page that are not shown.
    pub hide: Hidden,
    /// Whether the link says that it plays by itself, or does not.
    pub autoplay: Autoplay,
    /// Whether the link says that motion is kept down, or is not.
    pub reduced_motion: Option<bool>,
    /// What in the link was not used.
    pub notices: Vec<Notice>,
    /// A short word about what was just done.
    pub toast: String,
    /// The link, to be copied by hand where the clipboard is out of reach.
    pub by_hand: String,
    /// Whether the second program is there.
    pub lab: Lab,
}

type Views = RefCell<Vec<(Rc<dyn Picture>, Cell<Dirty>)>>;

/// The plain data behind a page.
struct Plain {
    place: Rc<Place>,
    session: RefCell<Session>,
    ui: RefCell<Ui>,
    frame: FrameLoop,
    views: Views,
    /// The link that was opened last.
    opened: RefCell<String>,
    /// What was shown last on a surface, and on a network.
    parked: RefCell<[Option<Config>; 2]>,
    /// What waits for the next frame.
    soon: RefCell<Option<Command>>,
    /// Frames so far, to refresh readouts every few of them while playing.
    frames: Cell<u32>,
    /// Whether the cursor has moved since then.
    unread: Cell<bool>,
    /// Whether settings have changed since then, while something is dragged.
    untold: Cell<bool>,
    /// Whether enough of the stage is on screen to watch it, and whether it plays as soon as that is so.
    watched: Cell<[bool; 2]>,
    /// What was written last into the address bar, or told to the page around.
    written: RefCell<String>,
    /// Whether that is to be done soon.
    writes: Cell<bool>,
    /// What is disposed of with the page.
    owner: RefCell<Option<Owner>>,
}

thread_local! {
    /// The pages that are there.
    static PAGES: RefCell<Vec<(u32, Rc<Plain>)>> = const { RefCell::new(Vec::new()) };
    /// The one that went last, emptied: what still waits for a page that has gone finds this in its stead.
    static GONE: RefCell<Option<Rc<Plain>>> = const { RefCell::new(None) };
    static LAST: Cell<u32> = const { Cell::new(0) };
    /// The number of the page that is being built, or that runs.
    pub static HERE: Cell<u32> = const { Cell::new(0) };
}

/// Handles to the session and its signals; copies are the same store.
#[derive(Clone, Copy)]
pub struct Store {
    /// Which page it is of.
    pub number: u32,
    /// Counts the changes of settings.
    settings: RwSignal<u32>,
    /// Counts the moves of the cursor, a few times a second while it plays, and of what goes with it: playing, speed, focus.
    cursor: RwSignal<u32>,
    /// Counts the changes of [`Ui`].
    ui: RwSignal<u32>,
}

/// The network that is shown first.
const FIRST_NETWORK: &str = "network=8-8&data=circle&steps=1000";
/// What is said where a link does not let something be changed.
const LOCKED: &str = "This link locks that";
/// How many frames pass between two refreshes of readouts while playing.
const READOUT_FRAMES: u32 = 6;
/// And while something is dragged: all that is written and laid out anew would cost more than the paths.
const HELD_READOUT_FRAMES: u32 = 3;

/// Takes the page with this number away; what belonged to it is disposed of.
pub fn forget(number: u32) {
    let gone = PAGES.with_borrow_mut(|pages| {
        let i = pages.iter().position(|(known, _)| *known == number)?;
        Some(pages.swap_remove(i).1)
    });
    if let Some(plain) = gone {
        if let Some(owner) = plain.owner.take() {
            owner.cleanup();
        }
        plain.frame.set_hidden(true);
        plain.views.take();
        // Its traces go too.
        let _ = plain.session.borrow_mut().apply(Command::Load(Box::new(Config::new(surface::ALL[0]))));
        plain.place.leave();
        GONE.set(Some(plain));
    }
}

#[inline(never)]
fn find(number: u32) -> Rc<Plain> {
    let known = PAGES.with_borrow(|pages| {
        pages.iter().find(|(known, _)| *known == number).map(|(_, plain)| plain.clone())
    });
    // There was one that went, or this would not be called.
    known.or_else(|| GONE.with_borrow(Clone::clone)).unwrap_throw()
}

/// With which listeners are set up on the page that is being built.
pub fn listener_options() -> AddEventListenerOptions {
    find(HERE.get()).place.options.clone()
}

/// All pages, with the links that lead back to them.
pub fn pages() -> Vec<(Rc<Place>, String)> {
    let page = |plain: &Plain| (plain.place.clone(), plain.written.borrow().clone());
    PAGES.with_borrow(|pages| pages.iter().map(|(_, plain)| page(plain)).collect())
}

impl Store {
    /// A store that shows what the link says.
    pub fn new(fragment: &str, place: Rc<Place>) -> Self {
        let (link, notices) = lab::read(fragment);
        let [settings, cursor, ui] = [(); 3].map(|()| RwSignal::new(0));
        let number = LAST.get() + 1;
        LAST.set(number);
        let plain = Rc::new(Plain {
            place,
            session: RefCell::new(Session::with_tracer(link.config.clone(), Box::new(lab::trace))),
            ui: RefCell::default(),
            frame: FrameLoop::new(),
            views: Views::default(),
            opened: RefCell::new(fragment.to_owned()),
            parked: RefCell::default(),
            soon: RefCell::default(),
            frames: Cell::new(0),
            unread: Cell::new(false),
            untold: Cell::new(false),
            watched: Cell::default(),
            written: RefCell::default(),
            writes: Cell::new(false),
            owner: RefCell::new(Owner::current()),
        });
        let store = Self { number, settings, cursor, ui };
        plain.frame.add(move |dt_secs| store.tick(dt_secs));
        HERE.set(number);
        PAGES.with_borrow_mut(|pages| pages.push((number, plain)));
        store.show(&link, notices);
        store
    }

    fn plain(self) -> Rc<Plain> {
        find(self.number)
    }

    /// Whether its page is there.
    pub fn is_there(self) -> bool {
        PAGES.with_borrow(|pages| pages.iter().any(|(number, _)| *number == self.number))
    }

    /// Where its page is.
    #[inline(never)]
    pub fn place(self) -> Rc<Place> {
        self.plain().place.clone()
    }

    /// Takes over everything in a link but the settings; plays if it should.
    fn show(self, link: &Link, notices: Vec<Notice>) {
        self.set_ui(|ui| {
            *ui = Ui {
                chart: link.chart,
                axis: link.axis,
                singular_of_steps: link.singular_of_steps,
                show: link.show.clone(),
                theme: link.theme,
                embed: link.embed,
                controls: link.controls,
                hide: link.hide,
                autoplay: link.autoplay,
                reduced_motion: link.reduced_motion,
                notices,
                lab: ui.lab,
                ..Ui::default()
            };
        });
        let reduced = link.reduced_motion.unwrap_or_else(|| dom::media("(prefers-reduced-motion: reduce)"));
        let waits = matches!(link.autoplay, Autoplay::Off | Autoplay::Visible);
        let still = reduced || waits;
        // With reduced motion it opens at the end of the path, at rest.
        let rest = if reduced { link.config.steps } else { 0 };
        let step = link.step.unwrap_or(if still { rest } else { 0 });
        let any = !link.config.runs.is_empty();
        let plays = (link.autoplay == Autoplay::On || link.step.is_none()) && any;
        self.act(Command::Focus(link.focus));
        self.act(Command::SetSpeed(link.speed));
        self.act(Command::Pause);
        self.act(Command::Seek(step));
        if plays && !still {
            self.act(Command::Play);
        }
        self.lock(link.lock);
        let plain = self.plain();
        let [watched, _] = plain.watched.get();
        plain.watched.set([watched, any && !reduced]);
        self.set_watched(watched);
    }

    fn lock(self, locks: Locks) {
        self.plain().session.borrow_mut().locks = locks;
    }

    /// Whether settings are locked; says so if they are.
    pub fn is_locked(self) -> bool {
        let locked = self.peek(|s| s.locks.holds_settings());
        if locked {
            self.say(LOCKED);
        }
        locked
    }

    /// Tells whether enough of the stage is on screen to watch it: where the link says so it plays only then.
    pub fn set_watched(self, watched: bool) {
        let plain = self.plain();
        let [_, due] = plain.watched.get();
        plain.watched.set([watched, due]);
        let playing = plain.session.borrow().playback.playing;
        if plain.ui.borrow().autoplay != Autoplay::Visible || watched == playing || watched && !due {
            return;
        }
        plain.watched.set([watched, !watched]);
        let locks = plain.session.borrow().locks;
        self.lock(Locks::default());
        self.send(if watched { Command::Play } else { Command::Pause });
        self.lock(locks);
    }

    /// Shows another link in place of what is shown; the settings can be undone to.
    pub fn load(self, fragment: &str) {
        let (link, notices) = lab::read(fragment);
        self.plain().opened.replace(fragment.to_owned());
        self.lock(Locks::default());
        self.act(Command::Load(Box::new(link.config.clone())));
        self.show(&link, notices);
        self.invalidate(Dirty::ALL);
        lab::check(self, fragment);
    }

    /// Whether this link was opened last.
    pub fn is_showing(self, fragment: &str) -> bool {
        *self.plain().opened.borrow() == fragment
    }

    /// Shows again what was opened.
    pub fn reset(self) {
        let opened = self.plain().opened.borrow().clone();
        self.load(&opened);
    }

    /// Takes note that this link is about to be written; tells whether it was another.
    pub fn write(self, link: &str) -> bool {
        self.plain().written.replace(link.to_owned()) != link
    }

    /// Takes note of whether a link waits to be written; tells whether one did.
    pub fn waits(self, waits: bool) -> bool {
        self.plain().writes.replace(waits)
    }

    /// Shows what was shown last on a network, or on something else.
    pub fn switch(self, network: bool) {
        let now = self.peek(|s| s.config().clone());
        if now.network.is_some() != network && !self.is_locked() {
            let other = {
                let plain = self.plain();
                let mut parked = plain.parked.borrow_mut();
                parked[usize::from(!network)] = Some(now);
                parked[usize::from(network)].take()
            };
            let other = other.unwrap_or_else(|| lab::read(if network { FIRST_NETWORK } else { "" }).0.config);
            self.act(Command::Load(Box::new(other)));
            self.act(Command::Seek(0));
            self.send(Command::Play);
        }
    }

    /// Everything that is seen, as a link.
    pub fn link(self) -> Link {
        let ui = self.peek_ui(Ui::clone);
        self.peek(|session| Link {
            config: session.config().clone(),
            // Settings change, and then it is of other runs.
            check: String::new(),
            focus: session.focus,
            step: (!session.playback.playing).then(|| session.playback.step()),
            speed: session.playback.speed(),
            chart: ui.chart,
            axis: ui.axis,
            singular_of_steps: ui.singular_of_steps,
            show: ui.show,
            theme: ui.theme,
            embed: ui.embed,
            controls: ui.controls,
            hide: ui.hide,
            lock: session.locks,
            autoplay: ui.autoplay,
            reduced_motion: ui.reduced_motion,
        })
    }

    /// Looks at the session now.
    pub fn peek<T>(self, look: impl FnOnce(&Session) -> T) -> T {
        look(&self.plain().session.borrow())
    }

    /// Looks at the session, and again after every change of a setting.
    pub fn settings<T>(self, look: impl FnOnce(&Session) -> T) -> T {
        track(self.settings);
        self.peek(look)
    }

    /// Whether a network is trained, again after every change of a setting.
    pub fn trains(self) -> bool {
        self.settings(|s| s.config().network.is_some())
    }

    /// How often settings have changed, to know whether what follows from them is old.
    pub fn version(self) -> u32 {
        self.settings.try_get_untracked().unwrap_or(0)
    }

    /// Looks at the session, and again after every change of a setting and as the cursor moves.
    pub fn cursor<T>(self, look: impl FnOnce(&Session) -> T) -> T {
        track(self.settings);
        track(self.cursor);
        self.peek(look)
    }

    /// Looks at what is seen beside the session now.
    pub fn peek_ui<T>(self, look: impl FnOnce(&Ui) -> T) -> T {
        look(&self.plain().ui.borrow())
    }

    /// Looks at what is seen beside the session, and again after every change of it.
    pub fn ui<T>(self, look: impl FnOnce(&Ui) -> T) -> T {
        track(self.ui);
        self.peek_ui(look)
    }

    /// Changes what is seen beside the session.
    pub fn set_ui(self, change: impl FnOnce(&mut Ui)) {
        change(&mut self.plain().ui.borrow_mut());
        count(self.ui);
    }

    /// Says a short word about what was just done, if it does not stand there already.
    pub fn say(self, word: &str) {
        if self.peek_ui(|ui| ui.toast != word) {
            self.set_ui(|ui| word.clone_into(&mut ui.toast));
        }
    }

    /// Does something.
    pub fn send(self, command: Command) {
        self.act(command);
        link_sync::schedule(self);
    }

    /// Does something with the next frame, in place of the same that was waiting for it: for drags, of which a mouse reports
    /// several places a frame.
    pub fn send_soon(self, command: Command) {
        let is_other = |waits: &Command| waits.gesture() != command.gesture();
        let plain = self.plain();
        if plain.soon.borrow().as_ref().is_some_and(is_other) {
            self.flush();
        }
        plain.soon.replace(Some(command));
        plain.frame.request();
    }

    fn flush(self) {
        let waiting = self.plain().soon.take();
        if let Some(command) = waiting {
            self.act(command);
            link_sync::schedule(self);
        }
    }

    fn act(self, command: Command) {
        self.flush();
        // Letting go may take back an undo step that would change nothing.
        let let_go = matches!(command, Command::EndGesture);
        let outcome = self.plain().session.borrow_mut().apply(command);
        self.tell(outcome, let_go);
    }

    fn tell(self, outcome: Outcome, let_go: bool) {
        if outcome.refused {
            self.say(LOCKED);
        }
        let changed = outcome.traces || outcome.view || outcome.look || let_go;
        let plain = self.plain();
        if plain.session.borrow().playback.held {
            plain.untold.set(plain.untold.get() | changed);
            plain.unread.set(true);
        } else if changed | plain.untold.take() {
            count(self.settings);
        } else {
            count(self.cursor);
        }
        self.invalidate(Dirty {
            traces: outcome.traces,
            view: outcome.view,
            cursor: outcome.cursor,
            look: outcome.look,
        });
    }

    /// Takes over what has become known of runs that take their time.
    pub fn retrace(self) {
        let Outcome { traces, .. } = self.plain().session.borrow_mut().retrace_waiting();
        // No setting has changed.
        count(self.cursor);
        self.invalidate(Dirty { traces, ..Dirty::CURSOR });
    }

    /// Takes note of whether the second program is there; what waited for it is done now.
    pub fn set_lab(self, lab: Lab) {
        let mut notices = self.peek_ui(|ui| ui.notices.clone());
        let plain = self.plain();
        let mut session = plain.session.borrow_mut();
        let outcome = if lab == Lab::Ready {
            lab::learn();
            notices = lab::read(&plain.opened.borrow()).1;
            session.rewrite(&lab::read_again)
        } else {
            session.retrace_waiting()
        };
        drop(session);
        self.set_ui(|ui| (ui.lab, ui.notices) = (lab, notices));
        self.tell(outcome, false);
        if lab == Lab::Ready {
            lab::check(self, &self.plain().opened.borrow());
        }
    }

    /// Adds a picture, old from the start.
    pub fn add_picture(self, picture: Rc<dyn Picture>) {
        let plain = self.plain();
        plain.views.borrow_mut().push((picture, Cell::new(Dirty::ALL)));
        plain.frame.request();
    }

    /// Marks all pictures as old in these respects.
    pub fn invalidate(self, dirty: Dirty) {
        let plain = self.plain();
        for (_, old) in plain.views.borrow().iter() {
            old.set(old.get().and(dirty));
        }
        plain.frame.request();
    }

    /// How many frames there have been, for what comes in one of several.
    pub fn frame(self) -> u32 {
        self.plain().frames.get()
    }

    /// Tells whether the page can be seen.
    pub fn set_hidden(self, hidden: bool) {
        self.plain().frame.set_hidden(hidden);
    }

    /// One frame: time goes by, then whatever is old is drawn.
    fn tick(self, dt_secs: f64) -> bool {
        self.flush();
        let plain = self.plain();
        let Plain { session, views, frames, unread, untold, .. } = &*plain;
        let was_playing = session.borrow().playback.playing;
        let moved = session.borrow_mut().advance(dt_secs);
        let Playback { playing, held, .. } = session.borrow().playback;
        if moved {
            self.invalidate(Dirty::CURSOR);
        }
        frames.set(frames.get().wrapping_add(1));
        // Slow playing moves only in some frames, so a move is remembered until a refresh is due.
        unread.set(unread.get() | moved);
        let due = frames.get().is_multiple_of(if held { HELD_READOUT_FRAMES } else { READOUT_FRAMES });
        if (unread.get() && due) || was_playing != playing {
            unread.set(false);
            count(if untold.take() { self.settings } else { self.cursor });
        }
        if was_playing && !playing {
            link_sync::schedule(self);
            // Whoever hears it may play on.
            let step = session.borrow().playback.step().to_string();
            self.place().tell("finish", &step);
        }
        let mut more = (playing && !held) || unread.get();
        for (picture, dirty) in views.borrow().iter() {
            more |= picture.draw(dirty.take(), self);
        }
        more
    }
}
