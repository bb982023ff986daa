//! A run in the middle: where it is, and how it goes on.

use super::pipeline::Pipeline;
use super::settings::Settings;
use super::spec::{RunSpec, in_order};
use super::status::Quantity;
use crate::math::num;
use crate::objective::Counts;
use crate::optim::{Init, Optimizer, StateItem, StepCtx};
use crate::param;
use crate::schedule::{self, Factor};

/// What is recorded of a point.
#[derive(Clone, Copy, Debug)]
pub struct Observation {
    /// f(x), unmodified.
    pub loss: f64,
    /// ‖∇f(x)‖, unmodified.
    pub grad_norm: f64,
}

/// A run in the middle.
pub struct Runner<'a> {
    spec: &'a RunSpec,
    live: Settings,
    next_edit: usize,
    /// Edits in the order in which they act.
    edits: Vec<&'a super::Edit>,
    optimizer: Box<dyn Optimizer>,
    pipeline: Pipeline<'a>,
    /// The parameters as the method sees them: a schedule may have moved the momentum.
    params: Vec<f64>,
    momentum: Option<usize>,
    grad: Vec<f64>,
    x: Vec<f64>,
    step: u32,
}

impl<'a> Runner<'a> {
    /// A run at its start.
    #[must_use]
    pub fn new(spec: &'a RunSpec) -> Self {
        let objective = spec.problem.objective();
        let edits = in_order(spec.edits.iter());
        let mut live = spec.settings.clone();
        // What is set at step 0 is there before the method is made: some read a setting then.
        let next_edit = edits.iter().take_while(|e| e.step == 0).count();
        for edit in &edits[..next_edit] {
            live.apply(&edit.item);
        }
        let init = Init { x: &spec.start, layout: objective.layout(), params: &live.params };
        let optimizer = live.optimizer.fresh(&init);
        let mut pipeline = Pipeline::new(objective, spec.seed);
        pipeline.set_modifiers(&live.modifiers);
        let specs = live.optimizer.params;
        Self {
            params: live.params.clone(),
            momentum: param::find(specs, "momentum").or_else(|| param::find(specs, "beta1")),
            grad: vec![0.0; spec.start.len()],
            x: spec.start.clone(),
            spec,
            live,
            next_edit,
            edits,
            optimizer,
            pipeline,
            step: 0,
        }
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

    /// Shows the method's state, item by item.
    pub fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        self.optimizer.state(show);
    }

    /// The learning rate of the next step, after the schedule.
    #[must_use]
    pub fn lr(&self) -> f64 {
        self.base_lr() * self.factor().lr
    }

    fn base_lr(&self) -> f64 {
        if self.live.optimizer.has_lr() { self.live.params[0] } else { 1.0 }
    }

    fn factor(&self) -> Factor {
        let Settings { schedule, warmup, .. } = &self.live;
        schedule::factor(schedule.spec, &schedule.params, *warmup, self.step, self.spec.steps)
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

    /// Takes one step.
    pub fn advance(&mut self) {
        self.pipeline.begin(self.step + 1);
        let factor = self.factor();
        self.params.copy_from_slice(&self.live.params);
        if let (Some(value), Some(i)) = (factor.momentum, self.momentum) {
            self.params[i] = value;
        }
        let mut ctx = StepCtx {
            t: self.step + 1,
            lr: self.base_lr() * factor.lr,
            params: &self.params,
            oracle: &mut self.pipeline,
            grad: &mut self.grad,
        };
        self.optimizer.step(&mut self.x, &mut ctx);
        self.step += 1;
        self.take_edits();
    }

    /// Applies the edits of the step that was reached.
    fn take_edits(&mut self) {
        let from = self.next_edit;
        while let Some(edit) = self.edits.get(self.next_edit).filter(|e| e.step <= self.step) {
            self.live.apply(&edit.item);
            self.next_edit += 1;
        }
        if self.next_edit > from {
            self.pipeline.set_modifiers(&self.live.modifiers);
        }
    }
}
