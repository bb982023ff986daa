//! Learning-rate schedules: pure functions from the step to a factor that multiplies the learning rate.
//!
//! To add one: a file beside this one with a `SPEC`, and its name in the list below, under `later`.

use crate::later::registry;
use crate::param::{ParamSpec, Scale};

registry! {
    /// Every schedule, in the order of the menu.
    ScheduleSpec {
        core: constant;
        later:
            linear, step, multi_step, exponential, inverse_time, polynomial, cosine, cosine_restarts, cyclic, one_cycle,
            inverse_sqrt, rex, warmup_stable_decay, reduce_on_plateau, drawn;
    }
}

/// The most schedules that may follow each other.
pub const MAX_PARTS: usize = 8;

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
pub type Curve = fn(k: u32, horizon: u32, values: &Values<'_>) -> Factor;

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
    /// Its list of numbers, where it has one: milestones, points drawn by hand.
    pub list: Option<ListSpec>,
    /// The factor; none where this program does not carry it (see [`crate::later`]).
    pub factor: Option<Curve>,
    /// For schedules that read the loss: takes in the loss of a step and may change the factor for those after it. What it
    /// leaves in [`Feedback::factor`] multiplies the rate.
    pub feedback: Option<fn(&mut Feedback, loss: f64, values: &Values<'_>)>,
}

/// The values of a schedule's parameters, in order, and of its list.
#[derive(Clone, Copy, Debug)]
pub struct Values<'a> {
    /// The parameters.
    pub params: &'a [f64],
    /// The list; empty where there is none.
    pub list: &'a [f64],
}

impl std::ops::Index<usize> for Values<'_> {
    type Output = f64;

    fn index(&self, i: usize) -> &f64 {
        &self.params[i]
    }
}

/// A list of numbers that a schedule is made of.
#[derive(Clone, Copy, Debug)]
pub struct ListSpec {
    /// The word in links; the numbers follow it with `/` between them.
    pub key: &'static str,
    /// What they are, in a sentence.
    pub help: &'static str,
    /// The list when nothing is said.
    pub default: &'static [f64],
    /// The smallest and the largest number.
    pub range: (f64, f64),
    /// The fewest and the most numbers.
    pub count: (usize, usize),
    /// Whether each is at least the one before it.
    pub rising: bool,
}

impl ListSpec {
    /// Whether these numbers may stand in the list.
    #[must_use]
    pub fn takes(&self, list: &[f64]) -> bool {
        let (lo, hi) = self.range;
        (self.count.0..=self.count.1).contains(&list.len())
            && list.iter().all(|v| (lo..=hi).contains(v))
            && (!self.rising || list.windows(2).all(|w| w[0] <= w[1]))
    }
}

/// What a schedule remembers of the losses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feedback {
    /// Multiplies the rate.
    pub factor: f64,
    /// The best loss so far.
    pub best: f64,
    /// Steps since then.
    pub bad: u32,
}

impl Default for Feedback {
    fn default() -> Self {
        Self { factor: 1.0, best: f64::INFINITY, bad: 0 }
    }
}

/// A schedule with its values, and perhaps another that follows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ScheduleChoice {
    /// Which.
    pub spec: &'static ScheduleSpec,
    /// The values of its parameters, in order.
    pub params: Vec<f64>,
    /// Its list of numbers; empty where it has none.
    pub list: Vec<f64>,
    /// After so many steps, this one from its own beginning.
    pub then: Option<Box<(u32, ScheduleChoice)>>,
}

impl ScheduleChoice {
    /// The schedule with its defaults.
    #[must_use]
    pub fn new(spec: &'static ScheduleSpec) -> Self {
        let list = spec.list.map(|l| l.default.to_vec()).unwrap_or_default();
        Self { spec, params: crate::param::defaults(spec.params), list, then: None }
    }

    /// The schedule that is in force after `k` steps of a run of `horizon`, how many of them are its own, and how long it
    /// lasts. The last one of a sequence lasts to the end.
    #[must_use]
    pub fn at(&self, mut k: u32, mut horizon: u32) -> (&Self, u32, u32) {
        let mut choice = self;
        while let Some((length, next)) = choice.then.as_deref() {
            if k < *length {
                return (choice, k, (*length).min(horizon));
            }
            k -= length;
            horizon = horizon.saturating_sub(*length);
            choice = next;
        }
        (choice, k, horizon)
    }

    /// This schedule and those that follow it, each with the steps that it lasts; the last has none.
    pub fn parts(&self) -> impl Iterator<Item = (&Self, Option<u32>)> {
        let mut next = Some(self);
        std::iter::from_fn(move || {
            let part = next?;
            next = part.then.as_deref().map(|(_, following)| following);
            Some((part, part.then.as_deref().map(|(steps, _)| *steps)))
        })
    }

    /// The values, as the schedule's functions take them.
    #[must_use]
    pub fn values(&self) -> Values<'_> {
        Values { params: &self.params, list: &self.list }
    }

    /// The factor after `k` steps of a run of `horizon`, with a warm-up of `warmup` steps before the schedule: (k + 1)/w
    /// while k < w, then the schedule from its own beginning over what is left of the run.
    #[must_use]
    pub fn factor(&self, warmup: u32, k: u32, horizon: u32) -> Factor {
        let rise = if k < warmup { f64::from(k + 1) / f64::from(warmup) } else { 1.0 };
        let (choice, k, horizon) = self.at(k.saturating_sub(warmup), horizon.saturating_sub(warmup));
        let factor =
            choice.spec.factor.map_or(Factor::lr(1.0), |factor| factor(k, horizon, &choice.values()));
        if rise < 1.0 { Factor { lr: rise * factor.lr, ..factor } } else { factor }
    }
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
