//! The gradient on its way from the function to the rule: noise, clipping and the rest, in their order, and the count of
//! everything that was asked.

use super::settings::ModifierChoice;
use crate::modifier::{Modifier, ModifierCtx};
use crate::objective::{Counts, Objective, Oracle};

/// A modifier that is on.
struct Active {
    choice: ModifierChoice,
    modifier: Box<dyn Modifier>,
}

/// The function as a method sees it during a run.
pub struct Pipeline<'a> {
    objective: &'a dyn Objective,
    active: Vec<Active>,
    seed: u64,
    known_minimum: Option<f64>,
    /// The number of the step being taken, from 1, and of the gradients asked for during it.
    t: u32,
    calls: u32,
    /// The point that was looked at last, its value and its unmodified gradient.
    x: Vec<f64>,
    value: f64,
    grad: Vec<f64>,
    /// All that was asked so far.
    pub counts: Counts,
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
        }
    }

    /// Takes over the modifiers that are on now; those that were on before keep what they remember.
    pub fn set_modifiers(&mut self, choices: &[ModifierChoice]) {
        let mut before = std::mem::take(&mut self.active);
        self.active = choices
            .iter()
            .filter_map(|choice| {
                let kept = before.iter().position(|a| a.choice.spec == choice.spec);
                let modifier = match kept {
                    Some(i) => before.swap_remove(i).modifier,
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
        self.objective.value(x)
    }

    fn gradient(&mut self, x: &[f64], grad: &mut [f64]) -> f64 {
        self.counts.gradients += 1;
        let (value, raw) = self.observe(x);
        grad.copy_from_slice(raw);
        let (t, call, seed) = (self.t, self.calls, self.seed);
        self.calls += 1;
        for active in &mut self.active {
            let values = &active.choice.values;
            active.modifier.gradient(grad, &ModifierCtx { x, t, call, seed, values });
        }
        value
    }

    fn hessian(&mut self, x: &[f64], h: &mut [f64]) -> bool {
        self.counts.hessians += 1;
        self.objective.hessian(x, h)
    }

    fn known_minimum(&self) -> Option<f64> {
        self.known_minimum
    }
}
