//! Optimizers. A file each: the rule in the paper's letters, its parameters, its source, and where implementations
//! disagree.
//!
//! To add one: a file beside this one with a `SPEC`, and its name in the list below, under `later`.
//!
//! Letters used throughout: θ the parameters, g the gradient after the run's modifiers, η the learning rate after the
//! schedule, t the number of the step, from 1. Parameters may change between any two steps, so bias corrections are
//! running products of the βs and never powers.

mod averages;
mod common;
mod diagonal;
pub mod evolution;
mod hypergradient;
mod layers;
mod line_search;
mod sampling;
mod schedule_free;
mod strong_wolfe;

use crate::later::{registry, words};
use crate::math::rng;
use crate::objective::{Block, Objective, Oracle};
use crate::param::ParamSpec;

registry! {
    /// Every optimizer, in the order of the menu.
    OptimizerSpec {
        core: sgd, momentum;
        later: nesterov, qhm, asgd, adagrad, rmsprop, adadelta;
        core: adam;
        later:
            adamw, amsgrad, adamax, nadam, radam, adabelief, yogi, adan, adopt, ademamix, lion, signum, rprop,
            adafactor, lamb, lars, muon, shampoo, soap, polyak, dog, prodigy, schedule_free_sgd,
            schedule_free_adamw, hypergradient_sgd, hypergradient_adam, gd_line_search, newton, damped_newton,
            saddle_free_newton, bfgs, lbfgs, conjugate_gradient, trust_region, levenberg_marquardt, sophia,
            adahessian, nelder_mead, cma_es, spsa, simulated_annealing, quantum_annealing, particle_swarm,
            quantum_particle_swarm, differential_evolution, random_search;
    }
}

/// The family of a method; the menu is grouped by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// One learning rate for all coordinates.
    FirstOrder,
    /// A learning rate for each coordinate, from past gradients.
    Adaptive,
    /// Whole matrices or layers at a time.
    Matrix,
    /// The rate finds itself, or the iterates are averaged.
    ParameterFree,
    /// Second derivatives, exact or gathered, and line searches.
    Curvature,
    /// Values alone.
    GradientFree,
}

impl Group {
    /// All, in the order of the menu.
    pub const ALL: [Self; 6] = [
        Self::FirstOrder,
        Self::Adaptive,
        Self::Matrix,
        Self::ParameterFree,
        Self::Curvature,
        Self::GradientFree,
    ];

    /// The heading in the menu.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::FirstOrder => "First order",
            Self::Adaptive => "Adaptive",
            Self::Matrix => "Layer-wise and matrix",
            Self::ParameterFree => "Self-tuning and averaging",
            Self::Curvature => "Curvature and line search",
            Self::GradientFree => "Gradient-free",
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

/// What there is to say about an optimizer.
#[derive(Clone, Copy)]
pub struct About {
    /// One sentence: what it does.
    pub sentence: &'static str,
    /// The update rule as people write it, a line for each assignment.
    pub rule: &'static [&'static str],
    /// Where it comes from.
    pub reference: Reference,
    /// Where implementations disagree, and what is done here.
    pub conventions: &'static str,
    /// What a step asks for, in words.
    pub cost: &'static str,
    /// How many numbers it keeps between steps for n parameters, with these values of its own: momentum n, Adam 2n,
    /// BFGS n². Single numbers that do not grow with n are left out.
    pub memory: fn(usize, &[f64]) -> usize,
    /// Where it does not mean on a surface what it means on a network: what to know, in a sentence.
    pub on_plane: Option<&'static str>,
    /// c in the rule "on a quadratic, stable while η < c/λmax", for these parameters; for methods that have one.
    pub stability: Option<fn(&[f64]) -> f64>,
}

/// An optimizer: everything the page, links, exports and tables need to know of it.
pub struct OptimizerSpec {
    /// The word in links and on the command line.
    pub key: &'static str,
    /// The name on the page.
    pub name: &'static str,
    /// The family.
    pub group: Group,
    /// Its parameters. Where it has a learning rate, that is the first one, with the key `lr`.
    pub params: &'static [ParamSpec],
    /// What a problem must have for it.
    pub needs: Needs,
    /// What there is to say about it. Not in the first load.
    pub about: Option<About>,
    /// A fresh optimizer; none where this program does not carry it (see [`crate::later`]).
    pub new: Option<New>,
}

/// What a method needs of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Values and gradients.
    Nothing,
    /// f written as a sum of squares.
    SumOfSquares,
    /// The smallest value of f.
    Minimum,
    /// Second derivatives.
    Hessian,
}

impl Needs {
    /// All.
    pub const ALL: [Self; 4] = [Self::Nothing, Self::SumOfSquares, Self::Minimum, Self::Hessian];

    /// Whether this problem lacks it, so that the method cannot run on it.
    #[must_use]
    pub fn is_missing(self, objective: &dyn Objective) -> bool {
        match self {
            Self::Nothing => false,
            Self::SumOfSquares => {
                let x = vec![0.0; objective.dim()];
                !objective.residuals(&x, &mut Vec::new(), &mut Vec::new())
            }
            Self::Minimum => objective.known_minimum().is_none(),
            Self::Hessian => !objective.has_hessian(),
        }
    }

    /// Why a method cannot run on a problem that lacks it, as the rest of a sentence.
    #[must_use]
    pub const fn why(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::SumOfSquares => words("it needs a sum of squares, and this function is not written as one"),
            Self::Minimum => words("it needs the smallest value of the function, and this one has none"),
            Self::Hessian => words(
                "it needs all second derivatives, and they are worked out for networks of up to 150 parameters only",
            ),
        }
    }
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

/// What an optimizer starts from.
#[derive(Clone, Copy)]
pub struct Init<'a> {
    /// The starting point.
    pub x: &'a [f64],
    /// How the parameters fall into matrices and vectors.
    pub layout: &'a [Block],
    /// The values of the optimizer's parameters at the start, in order.
    pub params: &'a [f64],
    /// Where one looks for minima: the range of each coordinate.
    pub region: &'a [(f64, f64)],
    /// The seed of the run.
    pub seed: u64,
}

impl Init<'_> {
    /// A vector of zeros, one for each parameter.
    #[must_use]
    pub fn zeros(&self) -> Vec<f64> {
        vec![0.0; self.x.len()]
    }
}

/// Methods draw from streams with this bit, gradient noise from streams without it.
const OWN_STREAM: u64 = 1 << 63;

/// What an optimizer is told at each step.
pub struct StepCtx<'a> {
    /// The number of the step, from 1, as the rule counts: steps that a modifier refused are not among them.
    pub t: u32,
    /// The number of the step of the run, from 1: what is drawn at random and what runs over the horizon go by it.
    pub step: u32,
    /// Which of the workers side by side this is, from 0; each draws apart.
    pub worker: u32,
    /// How many steps the run takes: cooling and contraction run over it.
    pub horizon: u32,
    /// The seed of the run.
    pub seed: u64,
    /// η: the learning rate after the schedule (1·factor for methods without one).
    pub lr: f64,
    /// How many steps the warm-up takes; `lr` has it in it.
    pub warmup: u32,
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

    /// f at `x`.
    pub fn value(&mut self, x: &[f64]) -> f64 {
        self.oracle.value(x)
    }

    fn stream(&self) -> u64 {
        OWN_STREAM | (u64::from(self.worker) << 32) | u64::from(self.step)
    }

    /// A draw from [0, 1) for this counter of this step; the method's own, apart from the noise of gradients.
    #[must_use]
    pub fn uniform(&self, counter: u64) -> f64 {
        rng::uniform(self.seed, self.stream(), counter)
    }

    /// A standard normal draw for this counter of this step.
    #[must_use]
    pub fn normal(&self, counter: u64) -> f64 {
        rng::normal(self.seed, self.stream(), counter)
    }

    /// +1 or −1, each half of the time, for this counter of this step.
    #[must_use]
    pub fn rademacher(&self, counter: u64) -> f64 {
        if self.uniform(counter) < 0.5 { -1.0 } else { 1.0 }
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
    /// A direction at the current point in the units of the gradient, which the step goes against: drawn as an arrow.
    Direction,
    /// A direction in the units of the parameters, as it moves them: a velocity, a Newton step.
    Displacement,
    /// A direction in the units of the parameters, which the step goes against: a buffer that holds the rate.
    Impulse,
    /// The square of a size for each coordinate: drawn as an ellipse of its roots.
    Spread,
    /// A size for each coordinate, not squared: drawn as an ellipse.
    Size,
    /// A learning rate for each coordinate.
    Rates,
    /// A point: an average, another iterate.
    Point,
    /// Points one after the other, `dim` numbers each: a population, a memory of steps.
    Points,
    /// Points drawn in this step: a generation.
    Samples,
    /// The corners of a figure: a simplex.
    Polygon,
    /// Points in a ring, each joined to the next: replicas.
    Ring,
    /// Points that were tried in this step, in order: a line search.
    Trials,
    /// A symmetric matrix, row after row, drawn as the ellipse of points at distance 1: a covariance.
    Ellipse,
    /// The radius of a circle about the current point.
    Radius,
    /// A matrix that is not drawn, row after row.
    Matrix,
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
    /// Shows the state, item by item. Items may be derived (a corrected average, an effective rate): whatever the rule
    /// names and whatever helps to see what the method does.
    fn state(&self, show: &mut dyn FnMut(StateItem<'_>));
    /// Visits every vector it keeps from step to step, and nothing else: what memory costs, and what is rounded where
    /// state is kept in few bits. Buffers that another convention would need are left out.
    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64]));
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

    fn kept(&mut self, _: &mut dyn FnMut(&mut [f64])) {}
}
