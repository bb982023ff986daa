//! Modifiers: what happens to the gradient between the function and the rule, and to the parameters after it, for any
//! optimizer, and always shown where it is on. They act in the order of the list below.
//!
//! To add one: a file beside this one with a `SPEC`, and its name in the list, at its place in the order, under `later`.

use crate::later::{registry, words};
use crate::math::precision::Format;
use crate::objective::Block;
use crate::optim::{Reference, StateItem};
use crate::param::ParamSpec;

registry! {
    /// Every modifier, in the order in which they act.
    ModifierSpec {
        core: noise;
        later:
            batch, dropout, sam, accumulate, workers, federated, delay, precision, clip_norm, clip_value, centralise, l1, l2, cautious,
            decay, lookahead, ema, swa, state8;
    }
}

pub use noise::{STREAM as NOISE_STREAM, draws as noise_draws, own_seed as noise_seed, sigma as noise_sigma};

/// When modifiers act in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Where the rule asks for the gradient: they say which one it is.
    Asked,
    /// On the gradient that was found, before the rule has it.
    Before,
    /// When the rule has moved the parameters.
    After,
}

impl When {
    /// All, in their order, each with the first modifier that acts then.
    const BEGIN: [(Self, &str); 3] =
        [(Self::Asked, "noise"), (Self::Before, "clip_norm"), (Self::After, "cautious")];

    /// In words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Asked => words("In place of the plain gradient"),
            Self::Before => words("On the gradient, before the rule"),
            Self::After => words("After the rule"),
        }
    }
}

/// Every modifier, by when they act.
#[must_use]
pub fn by_time() -> Vec<(When, Vec<&'static ModifierSpec>)> {
    let mut times: Vec<(When, Vec<_>)> = Vec::new();
    for spec in all().iter().copied() {
        if let Some((when, _)) = When::BEGIN.iter().find(|(_, first)| *first == spec.key) {
            times.push((*when, Vec::new()));
        }
        if let Some((_, members)) = times.last_mut() {
            members.push(spec);
        }
    }
    times
}

/// A modifier: what the page, links and tables need to know of it.
pub struct ModifierSpec {
    /// The word in links and on the command line.
    pub key: &'static str,
    /// The name on the page.
    pub name: &'static str,
    /// One sentence: what it does.
    pub sentence: &'static str,
    /// The rule as people write it.
    pub rule: &'static str,
    /// Where it was published, if it was.
    pub reference: Option<Reference>,
    /// Its parameters; in links their values follow the key, with `/` between them.
    pub params: &'static [ParamSpec],
    /// A fresh modifier; none where this program does not carry it (see [`crate::later`]).
    pub new: Option<fn() -> Box<dyn Modifier>>,
}

impl ModifierSpec {
    /// Whether it changes nothing where the function is no mean over examples.
    #[must_use]
    pub fn is_for_examples(&self) -> bool {
        matches!(self.key, "batch" | "dropout")
    }

    /// Whether it changes nothing where the parameters are no matrix.
    #[must_use]
    pub fn is_for_matrices(&self) -> bool {
        self.key == "centralise"
    }
}

/// What a modifier is told.
#[derive(Clone, Copy)]
pub struct ModifierCtx<'a> {
    /// Where the gradient was taken.
    pub x: &'a [f64],
    /// How the parameters fall into matrices and vectors.
    pub layout: &'a [Block],
    /// The number of the step, from 1.
    pub t: u32,
    /// Which draw of this step it is, from 0: gradients with the same number meet the same noise.
    pub call: u32,
    /// The seed of the run.
    pub seed: u64,
    /// The parameters that all workers had when they were averaged last; empty where there are none.
    pub anchor: &'a [f64],
    /// The values of its parameters now.
    pub values: &'a [f64],
}

/// How a mean over examples is sampled. The default is all of it, exactly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sampling {
    /// How many examples a question is about; 0 is all.
    pub batch: usize,
    /// The share of hidden units that is dropped.
    pub dropout: f64,
    /// What the result of every operation is rounded to.
    pub format: Option<Format>,
    /// What the loss is multiplied by before it is differentiated.
    pub loss_scale: f64,
    /// Clients with examples of their own: how many, and which share of the examples is dealt out by class.
    pub clients: Option<(u32, f64)>,
}

impl Default for Sampling {
    fn default() -> Self {
        Self { batch: 0, dropout: 0.0, format: None, loss_scale: 1.0, clients: None }
    }
}

/// Which noise a further question meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draw {
    /// That of the question before, as two passes over one mini-batch do.
    Same,
    /// Its own, as another mini-batch does.
    Fresh,
}

/// Asks for f and for the gradient, as all modifiers before this one leave it.
pub type Ask<'a> = dyn FnMut(&[f64], &mut [f64], Draw) -> f64 + 'a;

/// Visits the vectors that a method keeps from step to step, those of all workers.
pub type Kept<'a> = dyn FnMut(&mut dyn FnMut(&mut [f64])) + 'a;

/// What a modifier is told after the rule has moved the parameters.
pub struct After<'a> {
    /// Where the step began.
    pub before: &'a [f64],
    /// Where the rule has put the parameters; modifiers that act after the rule change it.
    pub x: &'a mut [f64],
    /// The last gradient that the rule was given.
    pub grad: &'a [f64],
    /// What the method keeps, for what is done to its state.
    pub kept: &'a mut Kept<'a>,
    /// η of this step.
    pub lr: f64,
    /// The number of the step, from 1.
    pub t: u32,
    /// The seed of the run.
    pub seed: u64,
    /// The values of its parameters now.
    pub values: &'a [f64],
}

/// A modifier in the middle of a run. What it does not do is left as it is.
pub trait Modifier: Snapshot {
    /// Answers the question for the gradient. Modifiers that ask more than once, or elsewhere, do so here; all others
    /// ask once and change the answer.
    fn answer(&mut self, ctx: &ModifierCtx<'_>, grad: &mut [f64], ask: &mut Ask<'_>) -> f64 {
        let value = ask(ctx.x, grad, Draw::Same);
        self.gradient(grad, ctx);
        value
    }
    /// Changes the gradient.
    fn gradient(&mut self, _grad: &mut [f64], _ctx: &ModifierCtx<'_>) {}
    /// Acts after the rule has moved the parameters.
    fn after(&mut self, _step: &mut After<'_>) {}
    /// The last word on the parameters, after all modifiers have acted: rounding.
    fn settle(&mut self, _x: &mut [f64], _values: &[f64]) {}
    /// Says how examples are sampled, where there are any.
    fn sample(&self, _how: &mut Sampling, _values: &[f64]) {}
    /// How many copies of the method run side by side, and for how many steps each goes alone before they are averaged.
    fn workers(&self, _values: &[f64]) -> Option<(u32, u32)> {
        None
    }
    /// Whether it may ever refuse a step: for that the method is copied before every step.
    fn may_refuse(&self, _values: &[f64]) -> bool {
        false
    }
    /// Whether a gradient of the step could not be used, so that the step is not taken: method and parameters stay as they
    /// were, and nothing acts after the rule. Asked once, when the rule is through.
    fn refuses(&mut self) -> bool {
        false
    }
    /// Shows what it remembers.
    fn state(&self, _show: &mut dyn FnMut(StateItem<'_>)) {}
}

/// Copies a modifier in the middle of a run. Comes with `Clone`.
pub trait Snapshot {
    /// A copy that continues on its own.
    fn snapshot(&self) -> Box<dyn Modifier>;
}

impl<T: Modifier + Clone + 'static> Snapshot for T {
    fn snapshot(&self) -> Box<dyn Modifier> {
        Box::new(self.clone())
    }
}

/// The mean of so many gradients at one point, each with its own draw. Leaves the value there.
fn mean(count: f64, ctx: &ModifierCtx<'_>, grad: &mut [f64], ask: &mut Ask<'_>) -> f64 {
    let value = ask(ctx.x, grad, Draw::Same);
    let mut one = vec![0.0; if count > 1.0 { grad.len() } else { 0 }];
    let mut left = count - 1.0;
    while left > 0.0 {
        ask(ctx.x, &mut one, Draw::Fresh);
        for (g, one) in grad.iter_mut().zip(&one) {
            *g += one;
        }
        left -= 1.0;
    }
    if count > 1.0 {
        for g in grad {
            *g /= count;
        }
    }
    value
}
