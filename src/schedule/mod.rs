//! Learning-rate schedules: pure functions from the step to a factor that multiplies the learning rate.
//!
//! To add one: a file beside this one with a `SPEC`, and its name in the list below.

use crate::param::{ParamSpec, Scale};

/// The registry: each word is a file, a module and a key.
macro_rules! schedules {
    ($($key:ident),* $(,)?) => {
        $(mod $key;)*
        /// Every schedule, in the order of the menu.
        pub static ALL: &[&ScheduleSpec] = &[$(&$key::SPEC),*];
    };
}

schedules![constant, linear, step, exponential, cosine, cosine_restarts];

/// What a schedule sets at a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factor {
    /// Multiplies the learning rate.
    pub lr: f64,
    /// Replaces the momentum, for schedules that move it too.
    pub momentum: Option<f64>,
}

impl Factor {
    /// A factor for the learning rate alone.
    #[must_use]
    pub const fn lr(lr: f64) -> Self {
        Self { lr, momentum: None }
    }
}

/// Gives the factor for the step after `k` steps, of a run of `horizon` steps.
pub type Curve = fn(k: u32, horizon: u32, params: &[f64]) -> Factor;

/// A schedule: what the page, links and tables need to know of it.
pub struct ScheduleSpec {
    /// The word in links and on the command line.
    pub key: &'static str,
    /// The name on the page.
    pub name: &'static str,
    /// One sentence: what it does.
    pub sentence: &'static str,
    /// The factor as people write it; k is the number of steps taken.
    pub rule: &'static str,
    /// Its parameters.
    pub params: &'static [ParamSpec],
    /// The factor; none where this program does not carry it (see [`crate::later`]).
    pub factor: Option<Curve>,
}

impl ScheduleSpec {
    /// The factor, 1 where the program does not carry it.
    #[must_use]
    pub fn at(&self, k: u32, horizon: u32, params: &[f64]) -> Factor {
        self.factor.map_or(Factor::lr(1.0), |factor| factor(k, horizon, params))
    }
}

impl PartialEq for ScheduleSpec {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl std::fmt::Debug for ScheduleSpec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key)
    }
}

/// The schedule with this key.
#[must_use]
pub fn find(key: &str) -> Option<&'static ScheduleSpec> {
    ALL.iter().copied().find(|s| s.key == key)
}

/// The number of steps of linear warm-up before any schedule.
pub static WARMUP: ParamSpec = ParamSpec::new(
    "warmup",
    "w",
    "warm-up steps",
    0.0,
    (0.0, MAX_STEPS),
    Scale::Integer,
    "Raises the rate evenly from 1/w to 1 over the first w steps, then the schedule begins. 0 is none.",
)
.slider(0.0, 200.0);

/// The largest number of steps of a run.
pub const MAX_STEPS: f64 = 20_000.0;

/// The factor with a warm-up of `warmup` steps before the schedule: (k + 1)/w while k < w, then the schedule from its
/// own beginning over what is left of the run.
#[must_use]
pub fn factor(spec: &ScheduleSpec, params: &[f64], warmup: u32, k: u32, horizon: u32) -> Factor {
    if k < warmup {
        let rise = f64::from(k + 1) / f64::from(warmup);
        let first = spec.at(0, horizon.saturating_sub(warmup), params);
        return Factor { lr: rise * first.lr, ..first };
    }
    spec.at(k - warmup, horizon.saturating_sub(warmup), params)
}

/// A length in steps, where 0 stands for the whole run.
const fn length(
    key: &'static str,
    symbol: &'static str,
    name: &'static str,
    help: &'static str,
) -> ParamSpec {
    ParamSpec::new(key, symbol, name, 0.0, (0.0, MAX_STEPS), Scale::Integer, help).slider(0.0, 1000.0)
}

/// Reads such a length; at least 1.
fn resolve(steps: f64, horizon: u32) -> f64 {
    if steps > 0.0 { steps } else { f64::from(horizon.max(1)) }
}

/// A factor that a schedule ends on or starts from.
const fn level(
    key: &'static str,
    symbol: &'static str,
    name: &'static str,
    default: f64,
    help: &'static str,
) -> ParamSpec {
    ParamSpec::new(key, symbol, name, default, (0.0, 100.0), Scale::Linear, help).slider(0.0, 1.0)
}

/// The ratio γ of a decaying schedule.
const fn gamma(default: f64, help: &'static str) -> ParamSpec {
    ParamSpec::new("gamma", "γ", "decay ratio", default, (0.0, 1.0), Scale::Linear, help)
}
