//! Optimizers. A file each: the rule in the paper's letters, its parameters, its source, and where implementations
//! disagree.
//!
//! To add one: a file beside this one with a `SPEC`, and its name in the list below.
//!
//! Letters used throughout: θ the parameters, g the gradient after the run's modifiers, η the learning rate after the
//! schedule, t the number of the step, from 1. Parameters may change between any two steps, so bias corrections are
//! running products of the βs and never powers.

mod common;

use crate::objective::{Block, Oracle};
use crate::param::ParamSpec;

/// The registry: each word is a file, a module and a key.
macro_rules! optimizers {
    ($($key:ident),* $(,)?) => {
        $(mod $key;)*
        /// Every optimizer, in the order of the menu.
        pub static ALL: &[&OptimizerSpec] = &[$(&$key::SPEC),*];
    };
}

optimizers![sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw, lion];

/// The family of a method; the menu is grouped by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// One learning rate for all coordinates.
    FirstOrder,
    /// A learning rate for each coordinate, from past gradients.
    Adaptive,
}

impl Group {
    /// All, in the order of the menu.
    pub const ALL: [Self; 2] = [Self::FirstOrder, Self::Adaptive];

    /// The heading in the menu.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::FirstOrder => "First order",
            Self::Adaptive => "Adaptive",
        }
    }
}

/// Where a method was published.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// Who.
    pub authors: &'static str,
    /// When.
    pub year: u16,
    /// What.
    pub title: &'static str,
    /// Where to read it.
    pub url: &'static str,
}

/// Makes a fresh optimizer.
pub type New = fn(&Init<'_>) -> Box<dyn Optimizer>;

/// An optimizer: everything the page, links, exports and tables need to know of it.
pub struct OptimizerSpec {
    /// The word in links and on the command line.
    pub key: &'static str,
    /// The name on the page.
    pub name: &'static str,
    /// The family.
    pub group: Group,
    /// One sentence: what it does.
    pub sentence: &'static str,
    /// The update rule as people write it, a line for each assignment.
    pub rule: &'static [&'static str],
    /// Its parameters. Where it has a learning rate, that is the first one, with the key `lr`.
    pub params: &'static [ParamSpec],
    /// Where it comes from. Not in the first load.
    pub reference: Option<Reference>,
    /// Where implementations disagree, and what is done here.
    pub conventions: &'static str,
    /// What a step asks for, in words.
    pub cost: &'static str,
    /// Numbers kept per parameter between steps.
    pub memory: u8,
    /// c in the rule "on a quadratic, stable while η < c/λmax", for these parameters; for methods that have one.
    pub stability: Option<fn(&[f64]) -> f64>,
    /// A fresh optimizer; none where this program does not carry it (see [`crate::later`]).
    pub new: Option<New>,
}

impl OptimizerSpec {
    /// Whether it has a learning rate.
    #[must_use]
    pub fn has_lr(&self) -> bool {
        self.params.first().is_some_and(|p| p.key == "lr")
    }

    /// A fresh optimizer. Where the program does not carry this one, what comes stays where it is; [`crate::run::trace`]
    /// asks before it gets here.
    #[must_use]
    pub fn fresh(&self, init: &Init<'_>) -> Box<dyn Optimizer> {
        match self.new {
            Some(new) => new(init),
            None => Box::new(Absent),
        }
    }
}

impl PartialEq for OptimizerSpec {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl std::fmt::Debug for OptimizerSpec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key)
    }
}

/// The optimizer with this key.
#[must_use]
pub fn find(key: &str) -> Option<&'static OptimizerSpec> {
    ALL.iter().copied().find(|s| s.key == key)
}

/// What an optimizer starts from.
#[derive(Clone, Copy)]
pub struct Init<'a> {
    /// The starting point.
    pub x: &'a [f64],
    /// How the parameters fall into matrices and vectors.
    pub layout: &'a [Block],
    /// The values of the optimizer's parameters at the start, in order.
    pub params: &'a [f64],
}

impl Init<'_> {
    /// A vector of zeros, one for each parameter.
    #[must_use]
    pub fn zeros(&self) -> Vec<f64> {
        vec![0.0; self.x.len()]
    }
}

/// What an optimizer is told at each step.
pub struct StepCtx<'a> {
    /// The number of the step, from 1.
    pub t: u32,
    /// η: the learning rate after the schedule (1·factor for methods without one).
    pub lr: f64,
    /// The values of the optimizer's parameters now, in order.
    pub params: &'a [f64],
    /// The function, every question counted.
    pub oracle: &'a mut dyn Oracle,
    /// Where gradients are written.
    pub grad: &'a mut [f64],
}

impl StepCtx<'_> {
    /// g at `x`.
    pub fn gradient(&mut self, x: &[f64]) -> &[f64] {
        self.oracle.gradient(x, self.grad);
        self.grad
    }

    /// Whether a switch is on.
    #[must_use]
    pub fn is_on(&self, index: usize) -> bool {
        self.params[index] != 0.0
    }

    /// Which word of a choice is taken.
    #[must_use]
    pub fn choice(&self, index: usize) -> usize {
        crate::param::as_index(self.params[index])
    }
}

/// What a named part of a method's state is, and so how it can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateKind {
    /// A direction at the current point: drawn as an arrow.
    Direction,
    /// A size for each coordinate: drawn as an ellipse.
    Spread,
    /// A single number.
    Number,
}

/// A named part of a method's state.
#[derive(Clone, Copy, Debug)]
pub struct StateItem<'a> {
    /// The letter in the rule.
    pub symbol: &'static str,
    /// What it is.
    pub name: &'static str,
    /// How to read it.
    pub kind: StateKind,
    /// The numbers.
    pub values: &'a [f64],
}

/// A method in the middle of a run.
pub trait Optimizer: Snapshot {
    /// Takes one step: replaces `x` by the next iterate.
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>);
    /// Shows the state, item by item.
    fn state(&self, show: &mut dyn FnMut(StateItem<'_>));
}

/// Copies a method in the middle of a run. Comes with `Clone`.
pub trait Snapshot {
    /// A copy that continues on its own.
    fn snapshot(&self) -> Box<dyn Optimizer>;
}

impl<T: Optimizer + Clone + 'static> Snapshot for T {
    fn snapshot(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }
}

/// In place of an optimizer that the program does not carry.
#[derive(Clone)]
struct Absent;

impl Optimizer for Absent {
    fn step(&mut self, _: &mut [f64], _: &mut StepCtx<'_>) {}

    fn state(&self, _: &mut dyn FnMut(StateItem<'_>)) {}
}
