//! What is pointed at, and how good runs are, in words.

use super::super::runs::NetRun;
use super::params;
use super::picture::Target;
use super::view::View;
use crate::math::num;
use crate::net::{Examples, Network};
use crate::param::{number, readable};
use crate::run::Status;

/// How near an example must be to be meant, in parts of the plane.
const NEAR: f64 = 0.25;

/// A line, and the number in it.
#[derive(Default)]
pub struct Reading {
    /// The line.
    pub text: String,
    /// The number, to all digits.
    pub value: String,
}

/// What is pointed at.
pub fn reading(view: &mut View) -> Reading {
    if let Some(at) = view.pointer {
        return place(view, at);
    }
    let model = &view.network.model;
    match view.hover.or(view.pinned) {
        Some(Target::Param(index)) => {
            let value = view.w.get(index).copied().unwrap_or(f64::NAN);
            Reading {
                text: format!("{}: {}", model.shape.name(index), readable(value)),
                value: number(value),
            }
        }
        Some(Target::Unit(unit)) => {
            let (least, most) = view.of_unit(unit);
            let singles = params::singles(model, unit, &view.w);
            let mut text = format!(
                "{}: from {} to {} on the plane",
                params::name(model, unit),
                readable(least),
                readable(most)
            );
            if !singles.is_empty() {
                text = text + "; " + &singles;
            }
            let bias = params::of(&model.shape, unit).first().map(|(_, index)| view.w[*index]);
            Reading { text, value: bias.map_or_else(String::new, number) }
        }
        None => Reading {
            text: "Point at a unit, a line or the plane; press one to edit it.".to_owned(),
            ..Reading::default()
        },
    }
}

fn place(view: &mut View, at: [f64; 2]) -> Reading {
    let Network { model, train, test, .. } = &*view.network;
    let [x, y] = at.map(readable);
    if let Some(unit) = view.enlarged() {
        let gives = view.grid_at(unit, at);
        let text = format!(
            "x {x}, y {y}: {} gives about {}",
            params::name(&view.network.model, unit),
            readable(gives)
        );
        return Reading { text, value: number(gives) };
    }
    let outputs = model.outputs(&view.w, train, &[at], &mut view.work);
    let all: Vec<String> = outputs.iter().map(|o| readable(*o)).collect();
    let mut text = format!("x {x}, y {y}: output {}", all.join(", "));
    if let Some(class) = view.reading.class(&outputs) {
        let share = view.reading.shares(&outputs).get(class).copied().unwrap_or(0.0);
        text = text + " → class " + &class.to_string() + ", " + &percent(share) + " sure";
    }
    let [near, other] = [train, test].map(|examples| nearest(examples, at));
    let found = match (near, other) {
        (Some((d, label)), Some((e, _))) if d <= e => Some(("training", label)),
        (Some((_, label)), None) => Some(("training", label)),
        (_, Some((_, label))) => Some(("test", label)),
        (None, None) => None,
    };
    if let Some((which, label)) = found {
        let of = if view.reading.is_number() { "" } else { "class " };
        text = text + "; a " + which + " point of " + of + &readable(label);
    }
    Reading { text, value: outputs.first().map_or_else(String::new, |o| number(*o)) }
}

fn nearest(examples: &Examples, [x, y]: [f64; 2]) -> Option<(f64, f64)> {
    let far = |i: usize| {
        let [a, b] = examples.point(i);
        num::norm(&[a - x, b - y])
    };
    let all = (0..examples.len()).map(|i| (far(i), examples.label(i)));
    all.min_by(|a, b| a.0.total_cmp(&b.0)).filter(|(d, _)| *d < NEAR)
}

fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    if (0.1..99.9).contains(&percent) {
        format!("{} %", readable(num::round_significant(percent, 3)))
    } else {
        format!("{} %", if percent > 50.0 { "> 99.9" } else { "< 0.1" })
    }
}

/// The losses of a run as they were measured last.
pub fn losses(run: &NetRun, step: u32) -> String {
    run.record(|record| match record.scores_at(step) {
        Some(s) => format!("train {}\ntest {}", readable(s.train_loss), readable(s.test_loss)),
        None => "not known yet".to_owned(),
    })
}

/// The losses of the open run, and how many examples it takes for what they are.
pub fn scores(run: &NetRun, step: u32) -> String {
    run.record(|record| {
        let Some(s) = record.scores_at(step) else {
            return "not known yet".to_owned();
        };
        let line = |name: &str, loss: f64, right: Option<f64>| {
            let right = right
                .map(|share| format!(", {} % right", readable(num::round_significant(100.0 * share, 3))));
            format!("{name}: loss {}{}", readable(loss), right.unwrap_or_default())
        };
        line("train", s.train_loss, s.train_accuracy) + "\n" + &line("test", s.test_loss, s.test_accuracy)
    })
}

/// What must be said about what is shown.
pub fn note(run: &NetRun, step: u32, federated: bool) -> String {
    run.record(|record| {
        let last = record.last();
        let mut parts = Vec::new();
        match record.status {
            Status::Waiting if last < step => {
                parts.push(format!(
                    "Training has come to step {last} of {}: this is that step.",
                    record.steps
                ));
            }
            Status::Diverged { step: at, .. } if step >= last => {
                let blame = if record.blame.is_empty() {
                    String::new()
                } else {
                    format!(" First not finite: {}.", record.blame)
                };
                parts.push(format!("Diverged at step {at}; this is step {last}.{blame}"));
            }
            _ if step > last => parts.push(format!("The run ended at step {last}: this is that step.")),
            _ => {}
        }
        if let Some(scores) = record.scores_at(step).filter(|s| s.step != step.min(last)) {
            parts.push(format!("Losses were measured at step {}.", scores.step));
        }
        if federated {
            parts.push(
                "This is the average of the clients; a tick at each training point says whose it is."
                    .to_owned(),
            );
        }
        parts.join(" ")
    })
}
