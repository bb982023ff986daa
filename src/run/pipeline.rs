//! The gradient on its way from the function to the rule: noise, clipping and the rest, in their order, and the count of
//! everything that was asked.

use super::sampler::{Sampler, deal};
use super::settings::ModifierChoice;
use super::spec::RunSpec;
use crate::math::num;
use crate::modifier::{After, Draw, Kept, Modifier, ModifierCtx, Sampling};
use crate::objective::{Counts, Objective, Oracle, Sample};
use crate::optim::StateItem;
use std::rc::Rc;

/// A modifier that is on.
struct Active {
    choice: ModifierChoice,
    modifier: Box<dyn Modifier>,
}

impl Active {
    fn snapshot(&self) -> Self {
        Self { choice: self.choice.clone(), modifier: self.modifier.snapshot() }
    }
}

/// What a step was told when it asked first.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Answer {
    /// The value of the sample.
    pub loss: f64,
    /// The length of its gradient, before any modifier; none where only the value was asked for.
    pub grad_norm: Option<f64>,
}

/// Where examples are sampled: how, and where in it the run is.
#[derive(Clone)]
struct Samples {
    how: Sampling,
    sampler: Sampler,
    /// Who asks.
    worker: u32,
    /// Whether the next question draws a batch.
    fresh: bool,
    /// How many were drawn.
    draws: u64,
    /// How many examples were gone through.
    seen: u64,
    /// The first answer of the step.
    first: Option<Answer>,
}

/// What the rule has done in a step.
pub struct Moved<'a> {
    /// Where the step began.
    pub before: &'a [f64],
    /// Where it ended.
    pub x: &'a mut [f64],
    /// The last gradient that the rule was given.
    pub grad: &'a [f64],
    /// What the method keeps.
    pub kept: &'a mut Kept<'a>,
    /// η of the step.
    pub lr: f64,
}

/// The function as a method sees it during a run.
pub struct Pipeline {
    spec: Rc<RunSpec>,
    /// Those that are on, in the order in which they act; each is out of its place while it asks those before it.
    active: Vec<Option<Active>>,
    seed: u64,
    known_minimum: Option<f64>,
    /// The number of the step being taken, from 1, and of the draws made during it.
    t: u32,
    calls: u32,
    /// The point that was looked at last, its value and its unmodified gradient.
    x: Vec<f64>,
    value: f64,
    grad: Vec<f64>,
    /// What a proximal term pulls to ([`Oracle::set_worker`]).
    anchor: Rc<Vec<f64>>,
    /// None where the function is no mean over examples.
    samples: Option<Samples>,
    /// All that was asked so far.
    pub counts: Counts,
    /// The work so far ([`Oracle::spend`]).
    pub work: u64,
}

impl Pipeline {
    /// A pipeline without modifiers.
    pub fn new(spec: Rc<RunSpec>) -> Self {
        let objective = spec.problem.objective();
        let (dim, examples, seed) = (objective.dim(), objective.examples(), spec.seed);
        // Nothing that the first load can run has examples (`crate::later`).
        let samples = (cfg!(feature = "lab") && examples > 0).then(|| Samples {
            how: Sampling::default(),
            sampler: Sampler::new(examples, seed),
            worker: 0,
            fresh: true,
            draws: 0,
            seen: 0,
            first: None,
        });
        Self {
            known_minimum: objective.known_minimum(),
            spec,
            active: Vec::new(),
            seed,
            t: 0,
            calls: 0,
            x: vec![f64::NAN; dim],
            value: f64::NAN,
            grad: vec![f64::NAN; dim],
            anchor: Rc::default(),
            samples,
            counts: Counts::default(),
            work: 0,
        }
    }

    /// A copy that continues on its own.
    pub fn snapshot(&self) -> Self {
        Self {
            spec: Rc::clone(&self.spec),
            active: self.active.iter().map(|a| a.as_ref().map(Active::snapshot)).collect(),
            seed: self.seed,
            known_minimum: self.known_minimum,
            t: self.t,
            calls: self.calls,
            x: self.x.clone(),
            value: self.value,
            grad: self.grad.clone(),
            anchor: Rc::clone(&self.anchor),
            samples: self.samples.clone(),
            counts: self.counts,
            work: self.work,
        }
    }

    fn objective(&self) -> &dyn Objective {
        self.spec.problem.objective()
    }

    /// Takes over the modifiers that are on now; those that were on before keep what they remember.
    pub fn set_modifiers(&mut self, choices: &[ModifierChoice]) {
        let mut before = std::mem::take(&mut self.active);
        self.active = choices
            .iter()
            .map(|choice| {
                let kept =
                    before.iter_mut().find(|a| a.as_ref().is_some_and(|a| a.choice.spec == choice.spec));
                let modifier = match kept.and_then(Option::take) {
                    Some(active) => active.modifier,
                    None => choice.spec.new?(),
                };
                Some(Active { choice: choice.clone(), modifier })
            })
            .collect();
        let mut how = Sampling::default();
        for active in self.active.iter().flatten() {
            active.modifier.sample(&mut how, &active.choice.values);
        }
        self.set_sampling(how);
    }

    /// Takes over how examples are sampled. Other clients than before begin with fresh shares.
    fn set_sampling(&mut self, how: Sampling) {
        let Some(samples) = self.samples.as_mut().filter(|_| cfg!(feature = "lab")) else {
            return;
        };
        if samples.how.clients != how.clients {
            let objective = self.spec.problem.objective();
            samples.sampler = match how.clients {
                Some((count, skew)) => {
                    Sampler::of(deal(objective.classes(), count as usize, skew, self.seed), self.seed)
                }
                None => Sampler::new(objective.examples(), self.seed),
            };
        }
        samples.how = how;
    }

    /// What the last step was told when it asked first, and how many examples all steps went through; none where the function
    /// is no mean over examples.
    pub fn sampled(&self) -> Option<(Option<Answer>, u64)> {
        self.samples.as_ref().map(|s| (s.first, s.seen))
    }

    /// Tells that the step with this number begins.
    pub fn begin(&mut self, t: u32) {
        self.t = t;
        self.calls = 0;
        if let Some(samples) = &mut self.samples {
            samples.fresh = true;
            samples.first = None;
        }
    }

    /// Lets the modifiers act after the rule has moved the parameters.
    pub fn after(&mut self, step: &mut Moved<'_>) {
        // Those in the first load only act on gradients.
        if cfg!(not(feature = "lab")) {
            return;
        }
        for active in self.active.iter_mut().flatten() {
            active.modifier.after(&mut After {
                before: step.before,
                x: step.x,
                grad: step.grad,
                kept: &mut *step.kept,
                lr: step.lr,
                t: self.t,
                seed: self.seed,
                values: &active.choice.values,
            });
        }
        for active in self.active.iter_mut().flatten() {
            active.modifier.settle(step.x, &active.choice.values);
        }
    }

    /// What a value or a gradient costs.
    fn spend_on(&mut self, x: &[f64]) {
        self.spend(32 + 16 * x.len() as u64 + self.objective().work());
    }

    /// How many copies of the method run side by side, and how long each goes alone; the last modifier that says so.
    pub fn workers(&self) -> Option<(u32, u32)> {
        let mut active = self.active.iter().rev().flatten().filter(|_| cfg!(feature = "lab"));
        active.find_map(|a| a.modifier.workers(&a.choice.values))
    }

    /// Whether some modifier may refuse a step.
    pub fn may_refuse(&self) -> bool {
        cfg!(feature = "lab") && self.active.iter().flatten().any(|a| a.modifier.may_refuse(&a.choice.values))
    }

    /// Whether some modifier refuses the step. All are asked, for each forgets.
    pub fn refuses(&mut self) -> bool {
        let mut refused = false;
        for active in self.active.iter_mut().flatten() {
            refused |= active.modifier.refuses();
        }
        refused
    }

    /// Shows what the modifiers remember.
    pub fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        for active in self.active.iter().flatten() {
            active.modifier.state(show);
        }
    }

    /// f and the gradient at `x` as the first `upto` modifiers leave it.
    fn through(&mut self, upto: usize, x: &[f64], grad: &mut [f64]) -> f64 {
        let Some(slot) = upto.checked_sub(1) else {
            self.counts.gradients += 1;
            self.spend_on(x);
            if cfg!(feature = "lab") && self.samples.is_some() {
                return self.ask_sample(x, Some(grad));
            }
            let (value, raw) = self.observe(x);
            grad.copy_from_slice(raw);
            return value;
        };
        let Some(mut active) = self.active[slot].take() else {
            return self.through(slot, x, grad);
        };
        let (t, call, seed) = (self.t, self.calls, self.seed);
        let (spec, anchor) = (Rc::clone(&self.spec), Rc::clone(&self.anchor));
        let layout = spec.problem.objective().layout();
        let ctx = ModifierCtx { x, layout, t, call, seed, anchor: &anchor, values: &active.choice.values };
        let value = active.modifier.answer(&ctx, grad, &mut |x, grad, draw| {
            if draw == Draw::Fresh {
                self.calls += 1;
                if let Some(samples) = &mut self.samples {
                    samples.fresh = true;
                }
            }
            self.through(slot, x, grad)
        });
        self.active[slot] = Some(active);
        value
    }

    /// The value of a sample, with its gradient if that is wanted. A step keeps its batch until a modifier wants a fresh one.
    fn ask_sample(&mut self, x: &[f64], grad: Option<&mut [f64]>) -> f64 {
        let Some(samples) = self.samples.as_mut().filter(|_| cfg!(feature = "lab")) else {
            return f64::NAN;
        };
        let how = samples.how;
        if std::mem::take(&mut samples.fresh) {
            samples.sampler.draw(samples.worker as usize, how.batch);
            samples.draws += 1;
        }
        let rows = samples.sampler.rows();
        let objective = self.spec.problem.objective();
        let all = rows.len() == objective.examples();
        let sample = Sample {
            rows: (!all).then_some(rows),
            dropout: how.dropout,
            draw: samples.draws,
            seed: self.seed,
            format: how.format,
            loss_scale: how.loss_scale,
        };
        samples.seen += rows.len() as u64;
        // Rounding every operation's result takes far longer than the operation.
        let each = if how.format.is_some() { 200 } else { 4 };
        self.work = self.work.saturating_add(each * (rows.len() * x.len()) as u64);
        let (loss, grad_norm) = match grad {
            None => (objective.sample_value(x, &sample), None),
            Some(grad) => {
                let loss = objective.sample_grad(x, &sample, grad);
                if how.loss_scale != 1.0 {
                    // What acts on gradients before low precision does means unscaled ones.
                    for g in grad.iter_mut() {
                        *g /= how.loss_scale;
                    }
                }
                (loss, Some(num::norm(grad)))
            }
        };
        samples.first.get_or_insert(Answer { loss, grad_norm });
        loss
    }

    /// Looks at a point without the method asking: for the picture, so it is not counted. Returns f and ∇f.
    pub fn observe(&mut self, x: &[f64]) -> (f64, &[f64]) {
        if self.x != x {
            self.work = self.work.saturating_add(4 * (self.objective().examples() * x.len()) as u64);
            self.x.copy_from_slice(x);
            self.value = self.spec.problem.objective().value_grad(x, &mut self.grad);
        }
        (self.value, &self.grad)
    }
}

impl Oracle for Pipeline {
    fn value(&mut self, x: &[f64]) -> f64 {
        self.counts.values += 1;
        self.spend_on(x);
        if cfg!(feature = "lab") && self.samples.is_some() {
            return self.ask_sample(x, None);
        }
        self.objective().value(x)
    }

    fn gradient(&mut self, x: &[f64], grad: &mut [f64]) -> f64 {
        let value = self.through(self.active.len(), x, grad);
        self.calls += 1;
        value
    }

    fn hessian(&mut self, x: &[f64], h: &mut [f64]) -> bool {
        if cfg!(not(feature = "lab")) || !self.objective().hessian(x, h) {
            return false;
        }
        self.counts.hessians += 1;
        // Who asks for a Hessian also solves or decomposes it.
        let (n, examples) = (x.len() as u64, self.objective().examples() as u64);
        self.spend(64 + 30 * n * n * n + 16 * n * n * examples + 3 * self.objective().work());
        true
    }

    fn known_minimum(&self) -> Option<f64> {
        self.known_minimum
    }

    fn set_worker(&mut self, worker: u32, anchor: &[f64]) {
        if cfg!(not(feature = "lab")) {
            return;
        }
        if let Some(samples) = &mut self.samples {
            samples.worker = worker;
            samples.fresh = true;
        }
        let own = Rc::make_mut(&mut self.anchor);
        own.clear();
        own.extend_from_slice(anchor);
    }

    fn spend(&mut self, units: u64) {
        self.work = self.work.saturating_add(units);
    }

    fn residuals(&mut self, x: &[f64], residuals: &mut Vec<f64>, jacobian: &mut Vec<f64>) -> bool {
        if cfg!(not(feature = "lab")) {
            return false;
        }
        self.counts.gradients += 1;
        self.spend_on(x);
        self.objective().residuals(x, residuals, jacobian)
    }
}
