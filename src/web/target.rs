//! What a control is tied to: one number of the session, with the way to read it and to set it.

use super::store::Store;
use crate::modifier::ModifierSpec;
use crate::param::{ParamSpec, as_index};
use crate::run::{Item, ModifierChoice, ScheduleChoice, Settings};
use crate::schedule::ScheduleSpec;
use crate::session::{Command, Session};

/// One number of the session. Of a run, the settings are those in force at the cursor.
#[derive(Clone, Copy)]
pub enum Target {
    /// The optimizer's parameter with this index, of a run.
    Param(usize, usize),
    /// The parameter with this index of this schedule, of a run.
    Schedule(usize, &'static ScheduleSpec, usize),
    /// The warm-up of a run.
    Warmup(usize),
    /// The parameter with this index of this modifier, of a run.
    Modifier(usize, &'static ModifierSpec, usize),
    /// The surface's parameter with this index.
    Surface(usize),
    /// The matrix problem's parameter with this index.
    Problem(usize),
    /// A coordinate of the start.
    Start(usize),
    /// How many steps runs take.
    Steps,
    /// Gradient noise for all runs.
    Noise,
    /// The seed.
    Seed,
}

impl Target {
    /// The value, read again when it may have changed. What is not there has the default.
    pub fn get(self, store: Store, spec: &ParamSpec) -> f64 {
        let value = match self {
            Self::Param(run, ..) | Self::Schedule(run, ..) | Self::Warmup(run) | Self::Modifier(run, ..) => {
                store.cursor(|s| s.settings_at_cursor(run)).and_then(|s| self.of_run(&s))
            }
            _ => store.settings(|s| self.of_all(s)),
        };
        value.unwrap_or(spec.default)
    }

    /// What it is, for its tooltip ([`crate::export::words`]).
    pub fn help(self, store: Store, spec: &ParamSpec) -> String {
        let of = |kind: &str, owner: &str| format!("{kind}/{owner}/{}", spec.key);
        match self {
            Self::Param(run, _) => {
                let runs = |s: &Session| s.config().runs.get(run).map_or("", |r| r.settings.optimizer.key);
                of("optimizer", store.peek(runs))
            }
            Self::Schedule(_, owner, _) => of("schedule", owner.key),
            Self::Modifier(_, owner, _) => of("modifier", owner.key),
            Self::Surface(_) => of("surface", store.peek(|s| s.config().surface.spec.key)),
            Self::Problem(_) => {
                of("problem", store.peek(|s| s.config().problem.as_ref().map_or("", |p| p.spec.key)))
            }
            Self::Warmup(_) => format!("run/{}", spec.key),
            _ => format!("all/{}", spec.key),
        }
    }

    fn of_run(self, settings: &Settings) -> Option<f64> {
        match self {
            Self::Param(_, k) => settings.params.get(k).copied(),
            Self::Schedule(_, spec, k) if settings.schedule.spec == spec => {
                settings.schedule.params.get(k).copied()
            }
            Self::Warmup(_) => Some(f64::from(settings.warmup)),
            Self::Modifier(_, spec, k) => settings.modifier(spec.key)?.values.get(k).copied(),
            _ => None,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "seeds are below 2⁵³")]
    fn of_all(self, session: &Session) -> Option<f64> {
        let config = session.config();
        match self {
            Self::Surface(i) => config.surface.params.get(i).copied(),
            Self::Problem(i) => config.problem.as_ref()?.params().get(i).copied(),
            Self::Start(i) => config.start.get(i).copied(),
            Self::Steps => Some(f64::from(config.steps)),
            Self::Noise => Some(config.noise),
            Self::Seed => Some(config.seed as f64),
            _ => None,
        }
    }

    /// Sets the value with the next frame, as one of many of a drag.
    pub fn drag(self, store: Store, value: f64) {
        store.send_soon(self.command(store, value));
    }

    fn command(self, store: Store, value: f64) -> Command {
        let whole = || u32::try_from(as_index(value)).unwrap_or(u32::MAX);
        let now = |run: usize| store.peek(|s| s.settings_at_cursor(run));
        match self {
            Self::Param(run, k) => Command::Set(run, Item::Param(k, value)),
            Self::Schedule(run, spec, k) => {
                let same = now(run).map(|s| s.schedule).filter(|c| c.spec == spec);
                let mut choice = same.unwrap_or_else(|| ScheduleChoice::new(spec));
                choice.params[k] = value;
                Command::Set(run, Item::Schedule(choice))
            }
            Self::Warmup(run) => Command::Set(run, Item::Warmup(whole())),
            Self::Modifier(run, spec, k) => {
                let on = now(run).and_then(|s| s.modifier(spec.key).cloned());
                let mut choice = on.unwrap_or_else(|| ModifierChoice::new(spec));
                choice.values[k] = value;
                Command::Set(run, Item::Modifier(choice))
            }
            Self::Surface(i) => Command::SetSurfaceParam(i, value),
            Self::Problem(i) => Command::SetProblemParam(i, value),
            Self::Start(i) => {
                let mut at = store.peek(|s| s.config().start);
                at[i] = value;
                Command::SetStart(at)
            }
            Self::Steps => Command::SetSteps(whole()),
            Self::Noise => Command::SetNoise(value),
            Self::Seed => Command::SetSeed(as_index(value) as u64),
        }
    }

    /// Sets the value, as a gesture of its own.
    pub fn set_once(self, store: Store, value: f64) {
        store.send(self.command(store, value));
        store.send(Command::EndGesture);
    }
}
