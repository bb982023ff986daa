//! A run the slow and plain way: before every step all settings are worked out anew from the list of edits. It shares
//! the methods, modifiers and schedules with the engine, and nothing of `run`.

use descent_lab::modifier::{After, Draw, Kept, Modifier, ModifierCtx};
use descent_lab::objective::{Objective, Oracle};
use descent_lab::optim::{Init, Optimizer, StepCtx};
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

/// Workers that each take H steps alone, as (W, H).
struct Side {
    shape: (u32, u32),
    /// The methods of all but the first, which has the run's own.
    others: Vec<Box<dyn Optimizer>>,
    /// The point of every worker.
    points: Vec<Vec<f64>>,
    mean: Vec<f64>,
    /// The mean at which all began last.
    anchor: Vec<f64>,
    alone: u32,
}

impl Side {
    fn begin(shape: (u32, u32), x: &[f64], optimizer: &dyn Optimizer) -> Self {
        let others = (1..shape.0).map(|_| optimizer.snapshot()).collect();
        let points = vec![x.to_vec(); shape.0 as usize];
        Self { shape, others, points, mean: x.to_vec(), anchor: x.to_vec(), alone: 0 }
    }

    fn copy(&self) -> Self {
        let others = self.others.iter().map(|o| o.snapshot()).collect();
        let (points, mean, anchor) = (self.points.clone(), self.mean.clone(), self.anchor.clone());
        Self { others, points, mean, anchor, ..*self }
    }

    /// Every worker moves as what acted after the rule moved the mean, takes its step, and the mean is the run.
    fn step(&mut self, x: &mut Vec<f64>, optimizer: &mut dyn Optimizer, ctx: &mut StepCtx<'_>) {
        if self.alone == 0 {
            self.anchor.clone_from(x);
        }
        for (w, point) in self.points.iter_mut().enumerate() {
            for i in 0..point.len() {
                point[i] += x[i] - self.mean[i];
            }
            ctx.oracle.set_worker(u32::try_from(w).expect("few"), &self.anchor);
            match w.checked_sub(1) {
                None => optimizer.step(point, ctx),
                Some(other) => {
                    ctx.worker += 1;
                    self.others[other].step(point, ctx);
                }
            }
        }
        ctx.worker = 0;
        for i in 0..x.len() {
            x[i] = self.points.iter().map(|p| p[i]).fold(0.0, |sum, v| sum + v) / f64::from(self.shape.0);
        }
        self.mean.clone_from(x);
        self.alone += 1;
        if self.alone == self.shape.1 {
            self.alone = 0;
            self.points.fill(x.clone());
        }
        ctx.oracle.set_worker(0, &[]);
    }
}

/// The modifier, made if it has only just been switched on.
fn found<'a>(
    kept: &'a mut Vec<(&'static str, Option<Box<dyn Modifier>>)>,
    choice: &ModifierChoice,
) -> &'a mut Option<Box<dyn Modifier>> {
    let key = choice.spec.key;
    if !kept.iter().any(|(k, _)| *k == key) {
        kept.push((key, Some(choice.spec.new.expect("here")())));
    }
    &mut kept.iter_mut().find(|(k, _)| *k == key).expect("just put there").1
}

struct Plain<'a> {
    objective: &'a dyn Objective,
    kept: &'a mut Vec<(&'static str, Option<Box<dyn Modifier>>)>,
    on: &'a [ModifierChoice],
    seed: u64,
    t: u32,
    call: u32,
    anchor: Vec<f64>,
}

impl Plain<'_> {
    /// The gradient as the first of the modifiers leave it: the last of them asks those before it.
    fn after_the_first(&mut self, count: usize, x: &[f64], grad: &mut [f64]) -> f64 {
        let Some(choice) = count.checked_sub(1).map(|i| &self.on[i]) else {
            return self.objective.value_grad(x, grad);
        };
        let mut modifier = found(self.kept, choice).take().expect("not under way");
        let (t, call, seed, layout) = (self.t, self.call, self.seed, self.objective.layout());
        let anchor = &self.anchor.clone();
        let ctx = ModifierCtx { x, layout, t, call, seed, anchor, values: &choice.values };
        let value = modifier.answer(&ctx, grad, &mut |x, grad, draw| {
            self.call += u32::from(draw == Draw::Fresh);
            self.after_the_first(count - 1, x, grad)
        });
        *found(self.kept, choice) = Some(modifier);
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

    fn set_worker(&mut self, _worker: u32, anchor: &[f64]) {
        self.anchor = anchor.to_vec();
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
    let mut optimizer = at_start.optimizer.fresh(&Init {
        x: &spec.start,
        layout: objective.layout(),
        params: &at_start.params,
        region: &objective.region(),
        seed: spec.seed,
    });
    let (mut x, mut grad) = (spec.start.clone(), vec![0.0; spec.start.len()]);
    let mut modifiers: Vec<(&str, Option<Box<dyn Modifier>>)> = Vec::new();
    let mut feedback = Feedback::default();
    let mut side: Option<Side> = None;
    let mut points = Vec::new();
    let mut taken = 0;
    for step in 0..=spec.steps {
        let mut now = settings_at(spec, step);
        let mut factor = now.schedule.factor(now.warmup, step, spec.steps);
        let (turn, into, _) = now.schedule.at(step.saturating_sub(now.warmup), spec.steps);
        let turn = turn.clone();
        if into == 0 {
            feedback = Feedback::default();
        }
        factor.lr *= if turn.spec.feedback.is_some() { feedback.factor } else { 1.0 };
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
        modifiers.retain(|(key, _)| now.modifier(key).is_some());
        let shape = now.modifiers.iter().rev().find_map(|c| c.spec.new.expect("here")().workers(&c.values));
        if side.as_ref().map(|s| s.shape) != shape {
            side = shape.map(|shape| Side::begin(shape, &x, optimizer.as_ref()));
        }
        let saved = (optimizer.snapshot(), side.as_ref().map(Side::copy));
        let mut oracle = Plain {
            objective,
            kept: &mut modifiers,
            on: &now.modifiers,
            seed: spec.seed,
            t: step + 1,
            call: 0,
            anchor: Vec::new(),
        };
        let before = x.clone();
        let (t, horizon, seed) = (step + 1, spec.steps, spec.seed);
        let params = &now.params;
        let warmup = now.warmup;
        let mut ctx = StepCtx {
            t: taken + 1,
            step: t,
            worker: 0,
            horizon,
            seed,
            lr,
            warmup,
            params,
            oracle: &mut oracle,
            grad: &mut grad,
        };
        match &mut side {
            None => optimizer.step(&mut x, &mut ctx),
            Some(side) => side.step(&mut x, optimizer.as_mut(), &mut ctx),
        }
        let mut refused = false;
        for choice in &now.modifiers {
            refused |= found(&mut modifiers, choice).as_mut().expect("not under way").refuses();
        }
        if refused {
            (optimizer, side) = saved;
            x.clone_from(&before);
        } else {
            taken += 1;
            let mut methods = |visit: &mut dyn FnMut(&mut [f64])| {
                optimizer.kept(visit);
                side.iter_mut().flat_map(|s| &mut s.others).for_each(|o| o.kept(visit));
            };
            for choice in &now.modifiers {
                let (kept, values) = (&mut methods as &mut Kept<'_>, &choice.values);
                let mut after = After { before: &before, x: &mut x, grad: &grad, kept, lr, t, seed, values };
                let modifier = found(&mut modifiers, choice);
                modifier.as_mut().expect("not under way").after(&mut after);
            }
            for choice in &now.modifiers {
                let modifier = found(&mut modifiers, choice);
                modifier.as_mut().expect("not under way").settle(&mut x, &choice.values);
            }
        }
        match turn.spec.feedback {
            Some(take) => take(&mut feedback, objective.value(&before), &turn.values()),
            None => feedback = Feedback::default(),
        }
    }
    points
}
