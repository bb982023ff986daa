//! JSON: each run with its settings, its columns and how it ended; and the registries.

use crate::link::item::write_settings;
use crate::objective::Objective;
use crate::param::{self, ParamSpec, Scale};
use crate::run::status::{Status, explain};
use crate::run::{RunSpec, Trace};
use crate::train::{self, Record};
use crate::{matrix, modifier, optim, schedule, surface};
use serde_json::{Value, json};

/// How a run ended.
fn ending(status: Status, reason: &str) -> Value {
    let mut value = json!({ "state": status.word(), "reason": reason });
    match status {
        Status::Running | Status::Waiting | Status::Unfit { .. } => {}
        Status::Converged { step } | Status::Stopped { step } => value["step"] = json!(step),
        Status::Diverged { step, quantity } => {
            value["step"] = json!(step);
            value["quantity"] = json!(quantity.to_string());
        }
    }
    value
}

/// One training run, and the parameters at its end.
#[must_use]
pub fn training(spec: &RunSpec, record: &Record, weights: &[f64]) -> Value {
    let scores = record.scores.iter().map(|s| {
        json!({
            "step": s.step, "loss": s.train_loss, "test_loss": s.test_loss,
            "accuracy": s.train_accuracy, "test_accuracy": s.test_accuracy,
        })
    });
    json!({
        "run": write_settings(&spec.settings),
        "status": ending(record.status, &train::explain(spec, record)),
        "fingerprint": format!("{:016x}", record.fingerprint()),
        "batch_loss": record.batch_loss,
        "grad_norm": record.grad_norm,
        "lr": record.lr,
        "evaluations": record.evaluations,
        "scores": scores.collect::<Value>(),
        "weights": weights,
    })
}

/// One run.
#[must_use]
pub fn run(spec: &RunSpec, trace: &Trace) -> Value {
    let rows = 0..trace.len();
    let column = |i: usize| rows.clone().map(|r| trace.x[r * trace.dim + i]).collect::<Vec<_>>();
    let status = ending(trace.status, &explain(spec, trace));
    let mut run = json!({
        "run": write_settings(&spec.settings),
        "status": status,
        "fingerprint": format!("{:016x}", trace.fingerprint()),
        "loss": trace.loss,
        "grad_norm": trace.grad_norm,
        "lr": trace.lr,
        "evaluations": trace.evaluations,
        "hessians": trace.hessians,
    });
    for (i, name) in super::coordinates(trace.dim).into_iter().enumerate() {
        run[name] = json!(column(i));
    }
    run
}

fn param(p: &ParamSpec) -> Value {
    let mut value = json!({
        "key": p.key, "symbol": p.symbol, "name": p.name, "help": p.help,
        "default": p.format(p.default), "min": p.min, "max": p.max,
    });
    if let Scale::Choice(words) = p.scale {
        value["choices"] = json!(words);
    }
    value
}

fn params(specs: &[ParamSpec]) -> Vec<Value> {
    specs.iter().map(param).collect()
}

fn reference(r: optim::Reference) -> Value {
    json!({ "authors": r.authors, "year": r.year, "title": r.title, "url": r.url })
}

/// Every surface.
#[must_use]
pub fn surfaces() -> Value {
    let entry = |s: &&'static surface::SurfaceSpec| {
        let objective = surface::SurfaceObjective::new(s);
        json!({
            "key": s.key, "name": s.name, "group": s.group.title(), "sentence": s.sentence, "formula": s.text,
            "params": params(s.params), "start": s.start, "minima": objective.minima(),
            "levels": if s.levels == surface::Levels::Log { "log" } else { "linear" },
            "view": [s.view.x.0, s.view.x.1, s.view.y.0, s.view.y.1],
        })
    };
    surface::all().iter().map(entry).collect()
}

/// Every problem whose parameters are a matrix.
#[must_use]
pub fn problems() -> Value {
    let entry = |s: &&'static matrix::MatrixSpec| {
        let objective = matrix::MatrixObjective::new(s);
        json!({
            "key": s.key, "name": s.name, "sentence": s.sentence, "formula": s.text, "params": params(s.params),
            "dim": objective.dim(), "start": objective.start(), "minimum": objective.known_minimum(),
        })
    };
    matrix::all().iter().map(entry).collect()
}

/// Every optimizer.
#[must_use]
pub fn optimizers() -> Value {
    let entry = |o: &&optim::OptimizerSpec| {
        let a = o.about?;
        Some(json!({
            "key": o.key, "name": o.name, "group": o.group.title(), "sentence": a.sentence, "rule": a.rule,
            "params": params(o.params), "conventions": a.conventions, "cost": a.cost,
            "memory": (a.memory)(2, &param::defaults(o.params)) / 2, "on_plane": a.on_plane,
            "reference": reference(a.reference),
        }))
    };
    optim::all().iter().filter_map(entry).collect()
}

/// Every schedule.
#[must_use]
pub fn schedules() -> Value {
    let list = |l: schedule::ListSpec| {
        json!({
            "key": l.key, "help": l.help, "default": l.default, "min": l.range.0, "max": l.range.1,
            "fewest": l.count.0, "most": l.count.1, "rising": l.rising,
        })
    };
    let entry = |s: &&schedule::ScheduleSpec| {
        json!({
            "key": s.key, "name": s.name, "sentence": s.sentence, "rule": s.rule, "params": params(s.params),
            "list": s.list.map(list),
        })
    };
    schedule::all().iter().map(entry).collect()
}

/// Every modifier, in the order in which they act.
#[must_use]
pub fn modifiers() -> Value {
    let entry = |m: &&modifier::ModifierSpec| {
        json!({
            "key": m.key, "name": m.name, "sentence": m.sentence, "rule": m.rule, "params": params(m.params),
            "reference": m.reference.map(reference),
        })
    };
    modifier::all().iter().map(entry).collect()
}
