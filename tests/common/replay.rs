//! A run the slow and plain way: before every step all settings are worked out anew from the list of edits. It shares
//! the methods, modifiers and schedules with the engine, and nothing of `run`.

use descent_lab::modifier::{self, Modifier, ModifierCtx};
use descent_lab::objective::{Objective, Oracle};
use descent_lab::optim::{Init, StepCtx};
use descent_lab::param;
use descent_lab::run::{ModifierChoice, RunSpec, Settings};
use descent_lab::schedule;

/// A point of the path and the learning rate that leaves it.
pub struct Point {
    /// Where.
    pub x: Vec<f64>,
    /// η after the schedule.
    pub lr: f64,
}

/// The settings that the edits up to this step leave, in the order of their steps.
pub fn settings_at(spec: &RunSpec, step: u32) -> Settings {
    let mut settings = spec.settings.clone();
    for at in 0..=step {
        for edit in spec.edits.iter().filter(|e| e.step == at) {
            settings.apply(&edit.item);
        }
    }
    settings
}

struct Plain<'a> {
    objective: &'a dyn Objective,
    kept: &'a mut Vec<(&'static str, Box<dyn Modifier>)>,
    on: &'a [ModifierChoice],
    seed: u64,
    t: u32,
    call: u32,
}

impl Oracle for Plain<'_> {
    fn value(&mut self, x: &[f64]) -> f64 {
        self.objective.value(x)
    }

    fn gradient(&mut self, x: &[f64], grad: &mut [f64]) -> f64 {
        let value = self.objective.value_grad(x, grad);
        for spec in modifier::ALL {
            let choice = self.on.iter().find(|m| m.spec == *spec);
            let Some(choice) = choice else { continue };
            if !self.kept.iter().any(|(key, _)| *key == spec.key) {
                self.kept.push((spec.key, spec.new.expect(spec.key)()));
            }
            let ctx = ModifierCtx { x, t: self.t, call: self.call, seed: self.seed, values: &choice.values };
            let found = self.kept.iter_mut().find(|(key, _)| *key == spec.key);
            found.expect("just put there").1.gradient(grad, &ctx);
        }
        self.call += 1;
        value
    }

    fn hessian(&mut self, x: &[f64], h: &mut [f64]) -> bool {
        self.objective.hessian(x, h)
    }

    fn known_minimum(&self) -> Option<f64> {
        self.objective.known_minimum()
    }
}

/// The points of the run, step by step, whether or not they are finite.
pub fn replay(spec: &RunSpec) -> Vec<Point> {
    let objective = spec.problem.objective();
    let at_start = settings_at(spec, 0);
    let mut optimizer = at_start.optimizer.fresh(&Init {
        x: &spec.start,
        layout: objective.layout(),
        params: &at_start.params,
    });
    let (mut x, mut grad) = (spec.start.clone(), vec![0.0; spec.start.len()]);
    let mut kept: Vec<(&str, Box<dyn Modifier>)> = Vec::new();
    let mut points = Vec::new();
    for step in 0..=spec.steps {
        let mut now = settings_at(spec, step);
        let chosen = &now.schedule;
        let factor = schedule::factor(chosen.spec, &chosen.params, now.warmup, step, spec.steps);
        let specs = now.optimizer.params;
        let lr = factor.lr * param::find(specs, "lr").map_or(1.0, |i| now.params[i]);
        points.push(Point { x: x.clone(), lr });
        if let Some(value) = factor.momentum {
            let moved = param::find(specs, "momentum").or_else(|| param::find(specs, "beta1"));
            if let Some(i) = moved {
                now.params[i] = value;
            }
        }
        // What is switched off forgets.
        kept.retain(|(key, _)| now.modifier(key).is_some());
        let mut oracle =
            Plain { objective, kept: &mut kept, on: &now.modifiers, seed: spec.seed, t: step + 1, call: 0 };
        let mut ctx = StepCtx { t: step + 1, lr, params: &now.params, oracle: &mut oracle, grad: &mut grad };
        optimizer.step(&mut x, &mut ctx);
    }
    points
}
