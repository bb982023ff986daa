//! What can be set on a run: its optimizer with the values of its parameters, its schedule, its modifiers.

use crate::modifier::ModifierSpec;
use crate::optim::OptimizerSpec;
use crate::param::{self, ParamSpec};
use crate::schedule::{self, ScheduleChoice};

/// A modifier and its values.
#[derive(Clone, Debug, PartialEq)]
pub struct ModifierChoice {
    /// Which.
    pub spec: &'static ModifierSpec,
    /// The values of its parameters, in order.
    pub values: Vec<f64>,
}

impl ModifierChoice {
    /// The modifier with its defaults.
    #[must_use]
    pub fn new(spec: &'static ModifierSpec) -> Self {
        Self { spec, values: param::defaults(spec.params) }
    }

    /// Its place in the order in which modifiers act.
    fn rank(&self) -> usize {
        crate::modifier::all().iter().position(|s| *s == self.spec).unwrap_or(usize::MAX)
    }
}

/// Everything that can be set on a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The optimizer.
    pub optimizer: &'static OptimizerSpec,
    /// The values of its parameters, in order.
    pub params: Vec<f64>,
    /// The schedule of its learning rate.
    pub schedule: ScheduleChoice,
    /// Steps of warm-up before the schedule.
    pub warmup: u32,
    /// The modifiers that are on, in the order in which they act.
    pub modifiers: Vec<ModifierChoice>,
}

/// One setting, as a change during a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// The optimizer's parameter with this index.
    Param(usize, f64),
    /// The schedule.
    Schedule(ScheduleChoice),
    /// The steps of warm-up.
    Warmup(u32),
    /// A modifier, on with these values.
    Modifier(ModifierChoice),
    /// A modifier, off.
    ModifierOff(&'static ModifierSpec),
    /// The problem's own parameter with this index, such as a weight of a network.
    Weight(usize, f64),
}

impl Item {
    /// Whether this program carries what it sets (see [`crate::later`]).
    #[must_use]
    pub fn is_here(&self) -> bool {
        match self {
            Self::Schedule(choice) => choice.spec.factor.is_some(),
            Self::Modifier(choice) => choice.spec.new.is_some(),
            Self::Param(..) | Self::Warmup(_) | Self::ModifierOff(_) | Self::Weight(..) => true,
        }
    }

    /// Whether both set the same thing, so that the later replaces the earlier.
    #[must_use]
    pub fn same_target(&self, other: &Self) -> bool {
        self.target() == other.target()
    }

    /// The word for what it sets.
    fn target(&self) -> (u8, usize, &'static str) {
        match self {
            Self::Param(i, _) => (0, *i, ""),
            Self::Schedule(_) => (1, 0, ""),
            Self::Warmup(_) => (2, 0, ""),
            Self::Modifier(m) => (3, 0, m.spec.key),
            Self::ModifierOff(spec) => (3, 0, spec.key),
            Self::Weight(i, _) => (4, *i, ""),
        }
    }
}

impl Settings {
    /// The optimizer with all defaults.
    #[must_use]
    pub fn new(optimizer: &'static OptimizerSpec) -> Self {
        Self {
            optimizer,
            params: param::defaults(optimizer.params),
            schedule: ScheduleChoice::new(schedule::ALL[0]),
            warmup: 0,
            modifiers: Vec::new(),
        }
    }

    /// The same with another value for the parameter with this key; unchanged where there is none.
    #[must_use]
    pub fn with(mut self, key: &str, value: f64) -> Self {
        if let Some(i) = param::find(self.optimizer.params, key) {
            self.params[i] = value;
        }
        self
    }

    /// Sets one thing.
    pub fn apply(&mut self, item: &Item) {
        match item {
            Item::Param(i, value) => {
                if let Some(p) = self.params.get_mut(*i) {
                    *p = *value;
                }
            }
            Item::Schedule(choice) => self.schedule = choice.clone(),
            Item::Warmup(steps) => self.warmup = *steps,
            Item::Modifier(choice) => {
                self.modifiers.retain(|m| m.spec != choice.spec);
                let at = self.modifiers.partition_point(|m| m.rank() < choice.rank());
                self.modifiers.insert(at, choice.clone());
            }
            Item::ModifierOff(spec) => self.modifiers.retain(|m| m.spec != *spec),
            // Not a setting: the run itself moves.
            Item::Weight(..) => {}
        }
    }

    /// The index of the parameter that takes the momentum of a schedule: μ, or β₁ where there is no μ.
    #[must_use]
    pub fn momentum(&self) -> Option<usize> {
        let specs = self.optimizer.params;
        param::find(specs, "momentum").or_else(|| param::find(specs, "beta1"))
    }

    /// Whether this program carries all of it (see [`crate::later`]).
    #[must_use]
    pub fn is_here(&self) -> bool {
        self.optimizer.new.is_some()
            && self.schedule.spec.factor.is_some()
            && self.modifiers.iter().all(|m| m.spec.new.is_some())
    }

    /// The values of a modifier, if it is on.
    #[must_use]
    pub fn modifier(&self, key: &str) -> Option<&ModifierChoice> {
        self.modifiers.iter().find(|m| m.spec.key == key)
    }

    /// The optimizer's parameters with their values.
    pub fn values(&self) -> impl Iterator<Item = (&'static ParamSpec, f64)> + '_ {
        self.optimizer.params.iter().zip(self.params.iter().copied())
    }
}
