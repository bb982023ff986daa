//! What a control is tied to: one number of the session, with the way to read it and to set it.

use super::store::Store;
use crate::param::{ParamSpec, as_index, as_seed};
use crate::run::Item;
use crate::session::{Command, Session};

/// One number of the session. Of a run, the settings are those in force at the cursor.
#[derive(Clone, Copy)]
pub enum Target {
    /// The optimizer's parameter with this index, of a run.
    Param(usize, usize),
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
            Self::Param(run, k) => {
                store.cursor(|s| s.settings_at_cursor(run)).and_then(|s| s.params.get(k).copied())
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
            Self::Surface(_) => of("surface", store.peek(|s| s.config().surface.spec.key)),
            Self::Problem(_) => {
                of("problem", store.peek(|s| s.config().problem.as_ref().map_or("", |p| p.spec.key)))
            }
            _ => format!("all/{}", spec.key),
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
            Self::Param(..) => None,
        }
    }

    /// Sets the value with the next frame, as one of many of a drag.
    pub fn drag(self, store: Store, value: f64) {
        store.send_soon(self.command(store, value));
    }

    fn command(self, store: Store, value: f64) -> Command {
        let whole = || u32::try_from(as_index(value)).unwrap_or(u32::MAX);
        match self {
            Self::Param(run, k) => Command::Set(run, Item::Param(k, value)),
            Self::Surface(i) => Command::SetSurfaceParam(i, value),
            Self::Problem(i) => Command::SetProblemParam(i, value),
            Self::Start(i) => {
                let mut at = store.peek(|s| s.config().start);
                at[i] = value;
                Command::SetStart(at)
            }
            Self::Steps => Command::SetSteps(whole()),
            Self::Noise => Command::SetNoise(value),
            Self::Seed => Command::SetSeed(as_seed(value)),
        }
    }

    /// Sets the value, as a gesture of its own.
    pub fn set_once(self, store: Store, value: f64) {
        store.send(self.command(store, value));
        store.send(Command::EndGesture);
    }
}
