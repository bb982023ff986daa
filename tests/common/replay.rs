//! A run the slow and plain way: before every step all settings are worked out anew from the list of edits. It shares
//! the methods, modifiers and schedules with the engine, and nothing of `run`.

use descent_lab::modifier::{After, Draw, Modifier, ModifierCtx};
use descent_lab::objective::{Objective, Oracle};
use descent_lab::optim::{Init, StepCtx};
use descent_lab::param;
use descent_lab::run::{ModifierChoice, RunSpec, Settings};
use descent_lab::schedule::Feedback;

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
    kept: &'a mut Vec<(&'static str, Option<Box<dyn Modifier>>)>,
    on: &'a [ModifierChoice],
    seed: u64,
    t: u32,
    call: u32,
}

impl Plain<'_> {
    /// The gradient as the first of the modifiers leave it: the last of them asks those before it.
    fn after_the_first(&mut self, count: usize, x: &[f64], grad: &mut [f64]) -> f64 {
        let Some(choice) = count.checked_sub(1).map(|i| &self.on[i]) else {
            return self.objective.value_grad(x, grad);
        };
        let key = choice.spec.key;
        if !self.kept.iter().any(|(k, _)| *k == key) {
            self.kept.push((key, Some((choice.spec.new)())));
        }
        let place = self.kept.iter().position(|(k, _)| *k == key).expect("just put there");
        let mut modifier = self.kept[place].1.take().expect("not under way");
        let (t, call, seed, layout) = (self.t, self.call, self.seed, self.objective.layout());
        let ctx = ModifierCtx { x, layout, t, call, seed, values: &choice.values };
        let value = modifier.answer(&ctx, grad, &mut |x, grad, draw| {
            self.call += u32::from(draw == Draw::Fresh);
            self.after_the_first(count - 1, x, grad)
        });
        self.kept[place].1 = Some(modifier);
        value
    }
}

impl Oracle for Plain<'_> {
    fn value(&mut self, x: &[f64]) -> f64 {
        self.objective.value(x)
    }

    fn gradient(&mut self, x: &[f64], grad: &mut [f64]) -> f64 {
        let value = self.after_the_first(self.on.len(), x, grad);
        self.call += 1;
        value
    }

    fn hessian(&mut self, x: &[f64], h: &mut [f64]) -> bool {
        self.objective.hessian(x, h)
    }

    fn known_minimum(&self) -> Option<f64> {
        self.objective.known_minimum()
    }

    fn residuals(&mut self, x: &[f64], residuals: &mut Vec<f64>, jacobian: &mut Vec<f64>) -> bool {
        self.objective.residuals(x, residuals, jacobian)
    }
}

/// The points of the run, step by step, whether or not they are finite.
pub fn replay(spec: &RunSpec) -> Vec<Point> {
    let objective = spec.problem.objective();
    let at_start = settings_at(spec, 0);
    let mut optimizer = (at_start.optimizer.new)(&Init {
        x: &spec.start,
        layout: objective.layout(),
        params: &at_start.params,
        region: &objective.region(),
        seed: spec.seed,
    });
    let (mut x, mut grad) = (spec.start.clone(), vec![0.0; spec.start.len()]);
    let mut kept: Vec<(&str, Option<Box<dyn Modifier>>)> = Vec::new();
    let mut feedback = Feedback::default();
    let mut points = Vec::new();
    for step in 0..=spec.steps {
        let mut now = settings_at(spec, step);
        let mut factor = now.schedule.factor(now.warmup, step, spec.steps);
        factor.lr *= feedback.factor;
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
        let before = x.clone();
        let (t, horizon, seed) = (step + 1, spec.steps, spec.seed);
        let params = &now.params;
        let warmup = now.warmup;
        let mut ctx = StepCtx { t, horizon, seed, lr, warmup, params, oracle: &mut oracle, grad: &mut grad };
        optimizer.step(&mut x, &mut ctx);
        for choice in &now.modifiers {
            let found = kept.iter_mut().find(|(key, _)| *key == choice.spec.key);
            if found.is_none() {
                kept.push((choice.spec.key, Some((choice.spec.new)())));
            }
            let found = kept.iter_mut().find(|(key, _)| *key == choice.spec.key).expect("just put there");
            let (optimizer, values) = (optimizer.as_mut(), &choice.values);
            let mut after = After { before: &before, x: &mut x, grad: &grad, optimizer, lr, t, seed, values };
            found.1.as_mut().expect("not under way").after(&mut after);
        }
        for choice in &now.modifiers {
            let found = kept.iter_mut().find(|(key, _)| *key == choice.spec.key).expect("just put there");
            found.1.as_mut().expect("not under way").settle(&mut x, &choice.values);
        }
        match now.schedule.at(step.saturating_sub(now.warmup), spec.steps).0 {
            chosen if chosen.spec.feedback.is_some() => {
                let take = chosen.spec.feedback.expect("just seen");
                take(&mut feedback, objective.value(&before), &chosen.values());
            }
            _ => feedback = Feedback::default(),
        }
    }
    points
}
