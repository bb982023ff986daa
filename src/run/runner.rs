//! A run in the middle: where it is, and how it goes on.

use super::inspect::Noise;
use super::pipeline::{Answer, Moved, Pipeline};
use super::settings::{Item, Settings};
use super::spec::{RunSpec, in_order};
use super::status::Quantity;
use super::workers::Workers;
use crate::math::num;
use crate::modifier::{noise_draws, noise_sigma};
use crate::objective::{Counts, Oracle};
use crate::optim::{Init, Optimizer, StateItem, StepCtx};
use crate::schedule::{Factor, Feedback, ScheduleChoice};
use std::rc::Rc;

/// What is recorded of a point.
#[derive(Clone, Copy, Debug)]
pub struct Observation {
    /// f(x), unmodified.
    pub loss: f64,
    /// ‖∇f(x)‖, unmodified.
    pub grad_norm: f64,
}

/// Work is counted in units of about a nanosecond; this is what a step costs without its questions.
const STEP_WORK: u64 = 32;
/// The most work of a run.
pub const MOST_WORK: u64 = 500_000_000;

/// A run in the middle.
pub struct Runner {
    spec: Rc<RunSpec>,
    live: Settings,
    next_edit: usize,
    /// Edits in the order in which they act.
    edits: Vec<super::Edit>,
    optimizer: Box<dyn Optimizer>,
    /// Copies that run side by side, where a modifier asks for them.
    workers: Option<Workers>,
    pipeline: Pipeline,
    feedback: Feedback,
    /// The parameters as the method sees them: a schedule may have moved the momentum.
    params: Vec<f64>,
    momentum: Option<usize>,
    grad: Vec<f64>,
    x: Vec<f64>,
    /// Where the step began.
    before: Vec<f64>,
    step: u32,
    /// How many of the steps no modifier refused.
    taken: u32,
    /// What the schedule sets for the next step.
    factor: Factor,
}

impl Runner {
    /// A run at its start.
    #[must_use]
    pub fn new(spec: &RunSpec) -> Self {
        Self::of(Rc::new(spec.clone()))
    }

    /// A run at its start.
    #[must_use]
    pub fn of(spec: Rc<RunSpec>) -> Self {
        let objective = spec.problem.objective();
        let edits: Vec<_> = in_order(spec.edits.iter()).into_iter().cloned().collect();
        let mut live = spec.settings.clone();
        // What is set at step 0 is there before the method is made: some read a setting then.
        let next_edit = edits.iter().take_while(|e| e.step == 0).count();
        for edit in &edits[..next_edit] {
            live.apply(&edit.item);
        }
        let mut start = spec.start.clone();
        for edit in &edits[..next_edit] {
            set_weight(&mut start, &edit.item);
        }
        let region = objective.region();
        let init = Init {
            x: &start,
            layout: objective.layout(),
            params: &live.params,
            region: &region,
            seed: spec.seed,
        };
        let optimizer = live.optimizer.fresh(&init);
        let mut pipeline = Pipeline::new(Rc::clone(&spec));
        pipeline.set_modifiers(&live.modifiers);
        let mut runner = Self {
            params: live.params.clone(),
            momentum: live.momentum(),
            grad: vec![0.0; start.len()],
            before: start.clone(),
            x: start,
            taken: 0,
            factor: Factor::lr(1.0),
            workers: None,
            feedback: Feedback::default(),
            spec,
            live,
            next_edit,
            edits,
            optimizer,
            pipeline,
            step: 0,
        };
        runner.factor = runner.next_factor();
        runner
    }

    /// A copy that continues on its own.
    #[must_use]
    pub fn snapshot(&self) -> Self {
        Self {
            spec: Rc::clone(&self.spec),
            live: self.live.clone(),
            next_edit: self.next_edit,
            edits: self.edits.clone(),
            optimizer: self.optimizer.snapshot(),
            workers: self.workers.as_ref().map(Workers::snapshot),
            pipeline: self.pipeline.snapshot(),
            feedback: self.feedback,
            params: self.params.clone(),
            momentum: self.momentum,
            grad: self.grad.clone(),
            x: self.x.clone(),
            before: self.before.clone(),
            step: self.step,
            taken: self.taken,
            factor: self.factor,
        }
    }

    /// The work so far, in units of about a nanosecond.
    #[must_use]
    pub fn work(&self) -> u64 {
        self.pipeline.work
    }

    /// Where the last step began.
    #[must_use]
    pub fn before(&self) -> &[f64] {
        &self.before
    }

    /// Whether a step whose gradient overflows is not taken.
    #[must_use]
    pub fn may_refuse(&self) -> bool {
        self.pipeline.may_refuse()
    }

    /// Where examples are sampled: what the last step was told when it asked first, and how many examples all steps went
    /// through.
    #[must_use]
    pub fn sampled(&self) -> Option<(Option<Answer>, u64)> {
        self.pipeline.sampled()
    }

    /// The current point.
    #[must_use]
    pub fn x(&self) -> &[f64] {
        &self.x
    }

    /// How many steps were taken.
    #[must_use]
    pub fn step(&self) -> u32 {
        self.step
    }

    /// What was asked so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.pipeline.counts
    }

    /// The settings in force for the next step.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.live
    }

    /// Shows the state of the method and of the modifiers, item by item.
    pub fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        self.optimizer.state(show);
        if let Some(workers) = &self.workers {
            workers.state(show);
        }
        self.pipeline.state(show);
    }

    /// How many numbers the method has kept from its last step.
    pub fn kept(&mut self) -> usize {
        let mut count = 0;
        self.optimizer.kept(&mut |v| count += v.len());
        count
    }

    /// About how many numbers a copy of it holds: the method's state for every worker, what modifiers remember, its own vectors.
    pub fn size(&mut self) -> usize {
        let dim = self.x.len();
        let mut shown = 0;
        self.optimizer.state(&mut |item| shown += item.values.len());
        let stated = self.live.optimizer.about.map_or(0, |about| (about.memory)(dim, &self.live.params));
        let workers = self.workers.as_ref().map_or(1, |w| w.shape().0 as usize);
        let mut remembered = 0;
        self.pipeline.state(&mut |item| remembered += item.values.len());
        6 * dim + workers * (3 * dim + self.kept().max(shown).max(stated)) + remembered
    }

    /// Where all workers are, and just after an average where they were before it; none where there are none.
    #[must_use]
    pub fn workers_apart(&self) -> Option<&[f64]> {
        self.workers.as_ref().map(Workers::apart)
    }

    /// The gradient that the last step was given last.
    #[must_use]
    pub fn gradient(&self) -> &[f64] {
        &self.grad
    }

    /// The parameters of the last step, as a schedule may have moved them.
    #[must_use]
    pub fn params(&self) -> &[f64] {
        &self.params
    }

    /// The noise that the first question of the next step meets if it is asked here; none where none is added, or gradients
    /// come from samples.
    pub fn noise(&mut self) -> Option<Noise> {
        let values = self.live.modifier("noise")?.values.clone();
        if self.spec.problem.objective().examples() > 0 {
            return None;
        }
        let (_, gradient) = self.pipeline.observe(&self.x);
        let (gradient, sigma) = (gradient.to_vec(), noise_sigma(&values, gradient));
        let draws = noise_draws(&values, self.spec.seed, self.step + 1, 0);
        let drawn = draws.take(gradient.len()).map(|z| sigma * z).collect();
        Some(Noise { gradient, drawn, sigma })
    }

    /// The learning rate of the next step, after the schedule.
    #[must_use]
    pub fn lr(&self) -> f64 {
        self.base_lr() * self.factor.lr
    }

    fn base_lr(&self) -> f64 {
        if self.live.optimizer.has_lr() { self.live.params[0] } else { 1.0 }
    }

    fn next_factor(&self) -> Factor {
        let Settings { schedule, warmup, .. } = &self.live;
        let factor = schedule.factor(*warmup, self.step, self.spec.steps);
        if cfg!(not(feature = "lab")) || self.feedback == Feedback::default() {
            return factor;
        }
        let (choice, into) = in_force(&self.live, self.step, self.spec.steps);
        // What was read before a schedule began, or by another, does not bind it.
        let read = if into > 0 && choice.spec.feedback.is_some() { self.feedback.factor } else { 1.0 };
        Factor { lr: factor.lr * read, ..factor }
    }

    /// Looks at the current point.
    ///
    /// # Errors
    /// Which of the numbers there is not finite.
    pub fn observe(&mut self) -> Result<Observation, Quantity> {
        if self.x.iter().any(|x| !x.is_finite()) {
            return Err(Quantity::Position);
        }
        let (loss, grad) = self.pipeline.observe(&self.x);
        let grad_norm = num::norm(grad);
        if !loss.is_finite() {
            return Err(Quantity::Loss);
        }
        if !grad_norm.is_finite() {
            return Err(Quantity::Gradient);
        }
        Ok(Observation { loss, grad_norm })
    }

    /// Whether it has cost more than a run may: about half a second in a page. The same everywhere, for it counts work and
    /// not time.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        self.pipeline.work > MOST_WORK
    }

    /// Takes one step.
    pub fn advance(&mut self) {
        self.pipeline.begin(self.step + 1);
        self.pipeline.spend(STEP_WORK);
        let factor = self.factor;
        self.params.copy_from_slice(&self.live.params);
        if let (Some(value), Some(i)) = (factor.momentum, self.momentum) {
            self.params[i] = value;
        }
        self.before.copy_from_slice(&self.x);
        self.set_workers();
        let saved = self.pipeline.may_refuse().then(|| {
            let workers = self.workers.as_ref().map(Workers::snapshot);
            (self.optimizer.snapshot(), workers)
        });
        let lr = self.base_lr() * factor.lr;
        let mut ctx = StepCtx {
            t: self.taken + 1,
            step: self.step + 1,
            worker: 0,
            horizon: self.spec.steps,
            seed: self.spec.seed,
            lr,
            warmup: self.live.warmup,
            params: &self.params,
            oracle: &mut self.pipeline,
            grad: &mut self.grad,
        };
        match &mut self.workers {
            Some(workers) if cfg!(feature = "lab") => {
                workers.step(&mut self.x, self.optimizer.as_mut(), &mut ctx);
            }
            _ => self.optimizer.step(&mut self.x, &mut ctx),
        }
        match saved {
            Some((optimizer, workers)) if self.pipeline.refuses() => {
                (self.optimizer, self.workers) = (optimizer, workers);
                self.x.copy_from_slice(&self.before);
            }
            _ => {
                self.taken += 1;
                self.after(lr);
            }
        }
        self.feed_back();
        self.step += 1;
        self.take_edits();
        self.factor = self.next_factor();
    }

    /// Lets the modifiers act on what the rule has done.
    fn after(&mut self, lr: f64) {
        let (optimizer, workers) = (&mut self.optimizer, &mut self.workers);
        self.pipeline.after(&mut Moved {
            before: &self.before,
            x: &mut self.x,
            grad: &self.grad,
            kept: &mut |visit| {
                optimizer.kept(visit);
                if let Some(workers) = workers {
                    workers.kept(visit);
                }
            },
            lr,
        });
    }

    /// Starts or ends working side by side.
    fn set_workers(&mut self) {
        if cfg!(not(feature = "lab")) {
            return;
        }
        let wanted = self.pipeline.workers();
        let now = self.workers.as_ref().map(Workers::shape);
        if wanted == now {
            return;
        }
        // All begin where the run is, with the state that it has.
        self.workers = wanted.map(|shape| Workers::new(shape, &self.x, self.optimizer.as_ref()));
    }

    /// Tells a schedule that reads the loss what it was where this step began. One that begins, or does not read it, has
    /// nothing to remember.
    fn feed_back(&mut self) {
        let is_plain = self.live.schedule.then.is_none() && self.live.schedule.spec.feedback.is_none();
        if is_plain || cfg!(not(feature = "lab")) {
            self.feedback = Feedback::default();
            return;
        }
        let (choice, into) = in_force(&self.live, self.step, self.spec.steps);
        if into == 0 || choice.spec.feedback.is_none() {
            self.feedback = Feedback::default();
        }
        if let Some(take_in) = choice.spec.feedback {
            let (loss, _) = self.pipeline.observe(&self.before);
            take_in(&mut self.feedback, loss, &choice.values());
        }
    }

    /// Applies the edits of the step that was reached.
    fn take_edits(&mut self) {
        let from = self.next_edit;
        while let Some(edit) = self.edits.get(self.next_edit).filter(|e| e.step <= self.step) {
            self.live.apply(&edit.item);
            set_weight(&mut self.x, &edit.item);
            self.next_edit += 1;
        }
        if self.next_edit > from {
            self.pipeline.set_modifiers(&self.live.modifiers);
        }
    }
}

/// Does what an edit of a single parameter of the problem says.
fn set_weight(x: &mut [f64], item: &Item) {
    if let Item::Weight(i, value) = item
        && let Some(x) = x.get_mut(*i)
    {
        *x = *value;
    }
}

/// The schedule of a sequence whose turn it is, and how many steps it has taken; none while the rate warms up.
fn in_force(live: &Settings, step: u32, horizon: u32) -> (&ScheduleChoice, u32) {
    let Settings { schedule, warmup, .. } = live;
    let (choice, into, _) = schedule.at(step.saturating_sub(*warmup), horizon.saturating_sub(*warmup));
    (choice, into)
}
