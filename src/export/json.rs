//! JSON: each run with its settings, its columns and how it ended; and the registries. For the command line; the page has
//! the browser's own.

use crate::link::item::write_settings;
use crate::param::{ParamSpec, Scale};
use crate::run::status::{Status, explain};
use crate::run::{RunSpec, Trace};
use crate::{modifier, optim, schedule, surface};
use serde_json::{Value, json};

/// One run.
#[must_use]
pub fn run(spec: &RunSpec, trace: &Trace) -> Value {
    let rows = 0..trace.len();
    let column = |i: usize| rows.clone().map(|r| trace.x[r * trace.dim + i]).collect::<Vec<_>>();
    let mut status = json!({ "state": trace.status.word(), "reason": explain(spec, trace) });
    match trace.status {
        Status::Running | Status::Waiting => {}
        Status::Converged { step } => status["step"] = json!(step),
        Status::Diverged { step, quantity } => {
            status["step"] = json!(step);
            status["quantity"] = json!(quantity.to_string());
        }
    }
    json!({
        "run": write_settings(&spec.settings),
        "status": status,
        "fingerprint": format!("{:016x}", trace.fingerprint()),
        "x": column(0),
        "y": column(1),
        "loss": trace.loss,
        "grad_norm": trace.grad_norm,
        "lr": trace.lr,
        "evaluations": trace.evaluations,
        "hessians": trace.hessians,
    })
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

/// Every surface.
#[must_use]
pub fn surfaces() -> Value {
    let entry = |s: &&'static surface::SurfaceSpec| {
        let objective = surface::SurfaceObjective::new(s);
        json!({
            "key": s.key, "name": s.name, "group": s.group.title(), "sentence": s.sentence, "formula": s.text,
            "params": params(s.params), "start": s.start, "minima": objective.minima(),
            "view": [s.view.x.0, s.view.x.1, s.view.y.0, s.view.y.1],
        })
    };
    surface::ALL.iter().map(entry).collect()
}

/// Every optimizer.
#[must_use]
pub fn optimizers() -> Value {
    let entry = |o: &&optim::OptimizerSpec| {
        let reference = o
            .reference
            .map(|r| json!({ "authors": r.authors, "year": r.year, "title": r.title, "url": r.url }));
        json!({
            "key": o.key, "name": o.name, "group": o.group.title(), "sentence": o.sentence, "rule": o.rule,
            "params": params(o.params), "conventions": o.conventions, "cost": o.cost, "memory": o.memory,
            "reference": reference,
        })
    };
    optim::ALL.iter().map(entry).collect()
}

/// Every schedule.
#[must_use]
pub fn schedules() -> Value {
    let entry = |s: &&schedule::ScheduleSpec| {
        json!({
            "key": s.key, "name": s.name, "sentence": s.sentence, "rule": s.rule, "params": params(s.params),
        })
    };
    schedule::ALL.iter().map(entry).collect()
}

/// Every modifier, in the order in which they act.
#[must_use]
pub fn modifiers() -> Value {
    let entry = |m: &&modifier::ModifierSpec| {
        json!({
            "key": m.key, "name": m.name, "sentence": m.sentence, "rule": m.rule, "params": params(m.params),
        })
    };
    modifier::ALL.iter().map(entry).collect()
}
