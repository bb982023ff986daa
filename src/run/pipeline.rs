//! The gradient on its way from the function to the rule: noise, clipping and the rest, in their order, and the count of
//! everything that was asked.

use super::settings::ModifierChoice;
use crate::modifier::{After, Draw, Kept, Modifier, ModifierCtx};
use crate::objective::{Counts, Objective, Oracle};
use crate::optim::StateItem;

/// A modifier that is on.
struct Active {
    choice: ModifierChoice,
    modifier: Box<dyn Modifier>,
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
pub struct Pipeline<'a> {
    objective: &'a dyn Objective,
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
    /// All that was asked so far.
    pub counts: Counts,
    /// The work so far ([`Oracle::spend`]).
    pub work: u64,
}

impl<'a> Pipeline<'a> {
    /// A pipeline without modifiers.
    pub fn new(objective: &'a dyn Objective, seed: u64) -> Self {
        let dim = objective.dim();
        Self {
            objective,
            active: Vec::new(),
            seed,
            known_minimum: objective.known_minimum(),
            t: 0,
            calls: 0,
            x: vec![f64::NAN; dim],
            value: f64::NAN,
            grad: vec![f64::NAN; dim],
            counts: Counts::default(),
            work: 0,
        }
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
    }

    /// Tells that the step with this number begins.
    pub fn begin(&mut self, t: u32) {
        self.t = t;
        self.calls = 0;
    }

    /// Lets the modifiers act after the rule has moved the parameters.
    pub fn after(&mut self, step: &mut Moved<'_>) {
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
        self.spend(32 + 16 * x.len() as u64);
    }

    /// How many copies of the method run side by side, and how long each goes alone; the first modifier that says so.
    pub fn workers(&self) -> Option<(u32, u32)> {
        self.active.iter().flatten().find_map(|a| a.modifier.workers(&a.choice.values))
    }

    /// Whether some modifier may refuse a step.
    pub fn may_refuse(&self) -> bool {
        self.active.iter().flatten().any(|a| a.modifier.may_refuse())
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
            let (value, raw) = self.observe(x);
            grad.copy_from_slice(raw);
            return value;
        };
        let Some(mut active) = self.active[slot].take() else {
            return self.through(slot, x, grad);
        };
        let (t, call, seed, layout) = (self.t, self.calls, self.seed, self.objective.layout());
        let ctx = ModifierCtx { x, layout, t, call, seed, values: &active.choice.values };
        let value = active.modifier.answer(&ctx, grad, &mut |x, grad, draw| {
            if draw == Draw::Fresh {
                self.calls += 1;
            }
            self.through(slot, x, grad)
        });
        self.active[slot] = Some(active);
        value
    }

    /// Looks at a point without the method asking: for the picture, so it is not counted. Returns f and ∇f.
    pub fn observe(&mut self, x: &[f64]) -> (f64, &[f64]) {
        if self.x != x {
            self.x.copy_from_slice(x);
            self.value = self.objective.value_grad(x, &mut self.grad);
        }
        (self.value, &self.grad)
    }
}

impl Oracle for Pipeline<'_> {
    fn value(&mut self, x: &[f64]) -> f64 {
        self.counts.values += 1;
        self.spend_on(x);
        self.objective.value(x)
    }

    fn gradient(&mut self, x: &[f64], grad: &mut [f64]) -> f64 {
        let value = self.through(self.active.len(), x, grad);
        self.calls += 1;
        value
    }

    fn hessian(&mut self, x: &[f64], h: &mut [f64]) -> bool {
        self.counts.hessians += 1;
        // Who asks for a Hessian also solves or decomposes it.
        let n = x.len() as u64;
        self.spend(64 + 30 * n * n * n);
        self.objective.hessian(x, h)
    }

    fn known_minimum(&self) -> Option<f64> {
        self.known_minimum
    }

    fn spend(&mut self, units: u64) {
        self.work = self.work.saturating_add(units);
    }

    fn residuals(&mut self, x: &[f64], residuals: &mut Vec<f64>, jacobian: &mut Vec<f64>) -> bool {
        self.counts.gradients += 1;
        self.spend_on(x);
        self.objective.residuals(x, residuals, jacobian)
    }
}
