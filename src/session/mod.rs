//! What a person is looking at, and the one way to change it.
//!
//! [`Session::apply`] takes a [`Command`] from a slider, a key, a pointer or a link and says what went stale. There is no
//! clock here: playing is told how much time went by.

mod command;
mod config;
mod history;
mod lock;
mod playback;

pub use command::{Command, EditMode, Outcome};
pub use config::{Config, MAX_RUNS, RunConfig, SEED, STEPS};
pub use lock::{LOCKS, Locks};
pub use playback::{MAX_SPEED, MIN_SPEED, Playback, STEPS_PER_SECOND};

use crate::look;
use crate::run::{Edit, Item, RunSpec, Status, Trace, trace};
use history::{Change, History};

/// What computes traces: [`trace`], or another program that has more in it.
pub type Tracer = Box<dyn Fn(&RunSpec) -> Trace>;

/// The settings, the traces that follow from them, and where the cursor stands.
pub struct Session {
    config: Config,
    traces: Vec<Trace>,
    tracer: Tracer,
    history: History,
    /// Where the cursor stands and whether it moves.
    pub playback: Playback,
    /// What a changed setting of a run acts on.
    pub edit_mode: EditMode,
    /// The run that keys and panels refer to.
    pub focus: usize,
    /// What cannot be changed.
    pub locks: Locks,
}

impl Session {
    /// A session that shows this, paused at the start.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self::with_tracer(config, Box::new(trace))
    }

    /// The same with traces from elsewhere.
    #[must_use]
    pub fn with_tracer(config: Config, tracer: Tracer) -> Self {
        let mut session = Self {
            config,
            traces: Vec::new(),
            tracer,
            history: History::default(),
            playback: Playback::default(),
            edit_mode: EditMode::FromHere,
            focus: 0,
            locks: Locks::default(),
        };
        session.retrace_all();
        session
    }

    /// What is shown.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The traces, one for each run.
    #[must_use]
    pub fn traces(&self) -> &[Trace] {
        &self.traces
    }

    /// Whether there is something to undo, and to redo.
    #[must_use]
    pub fn can_undo_redo(&self) -> (bool, bool) {
        (self.history.can_undo(), self.history.can_redo())
    }

    /// The settings of a run in force at the cursor.
    #[must_use]
    pub fn settings_at_cursor(&self, run: usize) -> Option<crate::run::Settings> {
        Some(self.config.runs.get(run)?.settings_at(self.playback.step()))
    }

    /// Computes what could not be computed when it was asked for; the tracer can do more now.
    pub fn retrace_waiting(&mut self) -> Outcome {
        let mut traces = false;
        for (i, trace) in self.traces.iter_mut().enumerate() {
            if trace.status == Status::Waiting {
                *trace = (self.tracer)(&self.config.run_spec(i));
                traces = true;
            }
        }
        Outcome { traces, cursor: traces, ..Outcome::default() }
    }

    /// Puts other settings in place of those shown and of all that can be undone to: the same, with more of it understood.
    pub fn rewrite(&mut self, rewrite: &dyn Fn(&Config) -> Config) -> Outcome {
        let (runs, view) = (self.config.runs.len(), !self.config.surface.is_here());
        self.config = rewrite(&self.config);
        self.history.rewrite(rewrite);
        let outcome = if self.config.runs.len() == runs {
            self.retrace_waiting()
        } else {
            self.settle(Stale::All, view)
        };
        Outcome { view, ..outcome }
    }

    /// Lets time go by; tells whether the cursor moved.
    pub fn advance(&mut self, dt_secs: f64) -> bool {
        self.playback.advance(dt_secs, self.known(), self.config.steps)
    }

    /// How far the runs are known that are still worked out: to there the cursor can play.
    fn known(&self) -> u32 {
        let trains = self.config.network.is_some();
        let open = self.traces.iter().filter(|t| t.status == Status::Waiting && (trains || !t.is_empty()));
        open.map(|t| u32::try_from(t.last()).unwrap_or(u32::MAX)).min().unwrap_or(u32::MAX)
    }

    /// Does what the command says.
    pub fn apply(&mut self, command: Command) -> Outcome {
        if self.locks.stop(&command) {
            return Outcome::REFUSED;
        }
        match command {
            Command::Undo => return self.time_travel(true),
            Command::Redo => return self.time_travel(false),
            Command::EndGesture => {
                self.history.end_gesture(&self.config);
                let was_held = std::mem::take(&mut self.playback.held);
                // What was drawn in haste while something was dragged is drawn again, and readouts that waited are read.
                return Outcome { cursor: was_held, ..Outcome::default() };
            }
            _ => {}
        }
        if let Some(outcome) = self.navigate(&command) {
            return outcome;
        }
        let before = self.config.clone();
        let (gesture, loads) = (command.gesture(), matches!(command, Command::Load(_) | Command::Frame(_)));
        let stale = self.change(command);
        if self.config == before {
            return Outcome::default();
        }
        if !self.locks.allow(&before, &self.config) {
            self.config = before;
            return Outcome::REFUSED;
        }
        let view = self.config.shows_another_map(&before);
        self.history.record(before, gesture, loads);
        self.settle(stale, view)
    }

    /// Commands that move the cursor or the view and need no undo.
    fn navigate(&mut self, command: &Command) -> Option<Outcome> {
        let steps = self.config.steps;
        match *command {
            Command::Seek(step) => self.playback.seek(step, steps),
            Command::StepBy(by) => self.playback.step_by(by, steps),
            Command::TogglePlay if self.playback.playing => self.playback.playing = false,
            Command::Play | Command::TogglePlay => self.playback.play(steps),
            Command::Pause => self.playback.playing = false,
            Command::SetSpeed(speed) => self.playback.set_speed(speed),
            Command::Hold => self.playback.held = true,
            Command::SetEditMode(mode) => self.edit_mode = mode,
            Command::Focus(run) => self.focus = run.min(self.config.runs.len().saturating_sub(1)),
            // What links cannot hold is not shown either: the second program draws over what it reads in the link.
            Command::SetView(Some(view)) | Command::Frame(Some(view)) if !view.is_showable() => {
                return Some(Outcome::default());
            }
            Command::SetView(view) if self.config.is_plane() => {
                self.config.view = view;
                return Some(Outcome { view: true, link: true, ..Outcome::default() });
            }
            Command::SetLook(word, ref value) if look::WORDS.get(word).is_some_and(|w| !w.undone) => {
                let done = self.config.look.set(word, value).is_ok();
                return Some(Outcome { look: done, link: done, ..Outcome::default() });
            }
            _ => return None,
        }
        Some(Outcome { cursor: true, link: true, ..Outcome::default() })
    }

    /// Commands that change the settings; tells which runs are stale.
    fn change(&mut self, command: Command) -> Stale {
        let config = &mut self.config;
        match command {
            Command::SetLook(word, value) => {
                // A value that it may not have changes nothing.
                let _ = config.look.set(word, &value);
                return Stale::Nothing;
            }
            Command::SetOverlays(overlays) => {
                config.overlays = overlays;
                return Stale::Nothing;
            }
            Command::Frame(view) => {
                if config.is_plane() {
                    config.view = view;
                }
                return Stale::Nothing;
            }
            Command::SetSurface(spec) => config.set_surface(spec),
            Command::SetFunction(function) => config.set_function(*function),
            Command::SetSurfaceParam(i, value) => {
                if let Some(p) = config.surface.params.get_mut(i) {
                    *p = value;
                }
            }
            Command::SetTransform(transform) if config.is_plane() => config.surface.transform = transform,
            Command::SetProblem(spec) => config.set_problem(spec),
            Command::SetNetwork(network) => {
                config.set_network(network);
                // Other runs altogether: what they do is seen from their start.
                self.playback.seek(0, config.steps);
            }
            Command::SetProblemParam(i, value) => {
                if let Some(problem) = &mut config.problem {
                    problem.set_param(i, value);
                }
            }
            Command::SetStart(start) if config.is_plane() => config.start = start,
            Command::SetSteps(steps) => config.steps = steps,
            Command::SetSeed(seed) => config.seed = seed,
            Command::SetNoise(noise) => config.noise = noise,
            Command::SetNoiseOfRun(own) => config.noise_of_run = own,
            Command::AddRun => {
                config.add_run(self.focus);
                self.focus = config.runs.len() - 1;
                return Stale::Run(self.focus);
            }
            Command::DuplicateRun(i) => {
                let copied = config.duplicate_run(i);
                self.focus = if copied { i + 1 } else { i };
            }
            Command::RemoveRun(i) => {
                config.remove_run(i);
                if i < self.focus {
                    self.focus -= 1;
                }
            }
            Command::SetOptimizer(i, spec) => {
                if let Some(run) = config.runs.get_mut(i) {
                    run.set_optimizer(spec);
                }
                return Stale::Run(i);
            }
            Command::Set(i, item) => return self.set(i, item),
            Command::SetAll(item) => {
                for i in 0..config.runs.len() {
                    self.set(i, item.clone());
                }
            }
            Command::DeleteEdit(i, index) => {
                if let Some(run) = config.runs.get_mut(i)
                    && index < run.edits.len()
                {
                    run.edits.remove(index);
                }
                return Stale::Run(i);
            }
            Command::DeleteEdits(i) => {
                if let Some(run) = config.runs.get_mut(i) {
                    run.edits.clear();
                }
                return Stale::Run(i);
            }
            Command::Load(new) => *config = *new,
            _ => {}
        }
        Stale::All
    }

    /// Sets one thing on a run: here and from now on, or from the start.
    fn set(&mut self, run: usize, item: Item) -> Stale {
        let here = self.playback.step();
        // After the last step there is nothing left to act on, so a change there means the whole run.
        let whole = self.edit_mode == EditMode::FromStart || here == 0 || here >= self.config.steps;
        let Some(config) = self.config.runs.get_mut(run) else {
            return Stale::Run(run);
        };
        if matches!(item, Item::Weight(..)) {
            let step = if whole { 0 } else { here };
            config.edits.retain(|e| e.step != step || !e.item.same_target(&item));
            let at = config.edits.partition_point(|e| e.step <= step);
            config.edits.insert(at, Edit { step, item });
        } else if whole {
            // Edits of the same thing between the start and here would hide what is being set.
            config.edits.retain(|e| e.step > here || !e.item.same_target(&item));
            config.settings.apply(&item);
        } else {
            config.edits.retain(|e| e.step != here || !e.item.same_target(&item));
            if config.changes_something(here, &item) {
                let at = config.edits.partition_point(|e| e.step <= here);
                config.edits.insert(at, Edit { step: here, item });
            }
        }
        Stale::Run(run)
    }

    fn time_travel(&mut self, back: bool) -> Outcome {
        let (current, locks) = (self.config.clone(), self.locks);
        let may = |change: &Change| {
            let kept = Config { view: change.config.view, ..current.clone() };
            let loads = change.loads && change.config != kept;
            let frames = change.config.view != current.view && change.loads && locks.holds_view();
            !(loads && locks.holds_settings() || frames) && locks.allow(&current, &change.config)
        };
        match self.history.travel(back, current.clone(), may) {
            Some(Change { mut config, loads }) => {
                // Zooming is not undone with the rest, unless the surface is another one or the view came with a link.
                if config.surface.spec == self.config.surface.spec && !loads {
                    config.view = self.config.view;
                    config.look.keep_place(&self.config.look);
                }
                let view = config.shows_another_map(&self.config);
                self.config = config;
                Outcome { look: true, ..self.settle(Stale::All, view) }
            }
            None if locks.is_empty() => Outcome::default(),
            None => Outcome::REFUSED,
        }
    }

    /// Brings everything that follows from the settings up to date.
    fn settle(&mut self, stale: Stale, view: bool) -> Outcome {
        match stale {
            Stale::Run(i) if self.traces.len() == self.config.runs.len() && i < self.traces.len() => {
                self.traces[i] = (self.tracer)(&self.config.run_spec(i));
            }
            Stale::Nothing => {
                return Outcome { view, look: true, cursor: true, link: true, ..Outcome::default() };
            }
            _ => self.retrace_all(),
        }
        self.focus = self.focus.min(self.config.runs.len().saturating_sub(1));
        self.playback.clamp(self.config.steps);
        Outcome { traces: true, view, cursor: true, link: true, ..Outcome::default() }
    }

    fn retrace_all(&mut self) {
        self.traces = (0..self.config.runs.len()).map(|i| (self.tracer)(&self.config.run_spec(i))).collect();
    }
}

/// Which traces a change has made old.
#[derive(Clone, Copy)]
enum Stale {
    /// None: only how they are looked at is another.
    Nothing,
    /// One.
    Run(usize),
    /// All of them, and perhaps the surface.
    All,
}
