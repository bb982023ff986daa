//! Settings as Python: parameters, schedules, modifiers, and the changes made during a run.

use super::pieces::{self, Pieces, camel};
use super::python::{float, number};
use crate::param::{ParamSpec, Scale, as_index};
use crate::run::{Edit, Item, ModifierChoice, RunSpec, ScheduleChoice, Settings};
use crate::schedule::ScheduleSpec;

/// A value of a parameter.
pub fn value(spec: &ParamSpec, v: f64) -> String {
    match spec.scale {
        Scale::Switch => if v == 0.0 { "False" } else { "True" }.to_owned(),
        Scale::Choice(words) => format!("{:?}", words.get(as_index(v)).copied().unwrap_or_default()),
        Scale::Integer => number(v),
        _ => float(v),
    }
}

/// `{"lr": 0.05, …}`.
pub fn dict(specs: &[ParamSpec], values: &[f64]) -> String {
    let items: Vec<String> =
        specs.iter().zip(values).map(|(s, v)| format!("{:?}: {}", s.key, value(s, *v))).collect();
    format!("{{{}}}", items.join(", "))
}

fn list(values: &[f64]) -> String {
    format!("[{}]", values.iter().map(|v| number(*v)).collect::<Vec<_>>().join(", "))
}

/// The parameters of a schedule, with its list.
pub fn schedule_dict(choice: &ScheduleChoice) -> String {
    let mut text = dict(choice.spec.params, &choice.params);
    if let Some(spec) = choice.spec.list {
        let item = format!("{:?}: {}", spec.key, list(&choice.list));
        text = if text == "{}" {
            format!("{{{item}}}")
        } else {
            format!("{}, {item}}}", &text[..text.len() - 1])
        };
    }
    text
}

/// The settings at the start, with what is changed at step 0, and the changes after it as far as the run went.
pub fn parted(spec: &RunSpec, last: usize) -> (Settings, Vec<f64>, Vec<&Edit>) {
    let settings = spec.settings_at(0);
    let mut start = spec.start.clone();
    let mut later: Vec<&Edit> = Vec::new();
    for edit in &spec.edits {
        if edit.step == 0 {
            if let Item::Weight(i, v) = edit.item
                && let Some(x) = start.get_mut(i)
            {
                *x = v;
            }
        } else if (edit.step as usize) < last
            || matches!(edit.item, Item::Weight(..)) && edit.step as usize <= last
        {
            later.insert(later.partition_point(|e| e.step <= edit.step), edit);
        }
    }
    (settings, start, later)
}

/// Every schedule of the run, at its start and after.
pub fn schedules<'a>(settings: &'a Settings, edits: &[&'a Edit]) -> Vec<&'a ScheduleChoice> {
    let later = edits.iter().filter_map(|e| match &e.item {
        Item::Schedule(choice) => Some(choice),
        _ => None,
    });
    std::iter::once(&settings.schedule).chain(later).collect()
}

/// Whether it reads the loss.
pub fn reads_loss(spec: &ScheduleSpec) -> bool {
    spec.feedback.is_some()
}

/// The parts of a sequence of schedules, as `Schedule` takes them.
pub fn sequence(choice: &ScheduleChoice) -> String {
    let part = |(c, length): (&ScheduleChoice, Option<u32>)| {
        let name = if reads_loss(c.spec) { "plateau" } else { function(c.spec) };
        let length = length.map_or("None".to_owned(), |n| n.to_string());
        format!("({name}, {}, {length})", schedule_dict(c))
    };
    format!("[{}]", choice.parts().map(part).collect::<Vec<_>>().join(", "))
}

/// The function of a schedule.
pub fn function(spec: &ScheduleSpec) -> &'static str {
    // `step` is what scripts call the number of the step.
    if spec.key == "step" { "staircase" } else { spec.key }
}

/// Adds the schedules of a sequence.
pub fn add_schedules(choice: &ScheduleChoice, to: &mut Pieces) {
    for (part, _) in choice.parts() {
        if let Some(text) = pieces::schedule(part.spec.key) {
            to.add_as(text, "def step(", "def staircase(");
            to.keep(function(part.spec));
        }
    }
}

/// What a modifier is called in a script.
pub fn variable(choice: &ModifierChoice) -> String {
    choice.spec.key.to_owned()
}

/// The modifiers that are on, as `Pipeline` takes them.
pub fn modifiers(settings: &Settings) -> String {
    let all: Vec<String> = settings
        .modifiers
        .iter()
        .filter(|m| pieces::modifier(m.spec.key).is_some())
        .map(|m| format!("({}, {})", variable(m), dict(m.spec.params, &m.values)))
        .collect();
    format!("[{}]", all.join(", "))
}

/// Every modifier that is ever on, each once.
pub fn modifiers_used<'a>(settings: &'a Settings, edits: &[&'a Edit]) -> Vec<&'a ModifierChoice> {
    let later = edits.iter().filter_map(|e| match &e.item {
        Item::Modifier(choice) => Some(choice),
        _ => None,
    });
    let mut all: Vec<&ModifierChoice> = Vec::new();
    for choice in settings.modifiers.iter().chain(later) {
        let known = pieces::modifier(choice.spec.key).is_some();
        if known && !all.iter().any(|m| m.spec == choice.spec) {
            all.push(choice);
        }
    }
    all
}

/// The class of a method.
pub fn class(settings: &Settings) -> String {
    camel(settings.optimizer.key)
}

/// Whether the rate is never changed by a schedule.
pub fn is_constant(settings: &Settings, edits: &[&Edit]) -> bool {
    let warms = settings.warmup > 0 || edits.iter().any(|e| matches!(e.item, Item::Warmup(w) if w > 0));
    !warms && schedules(settings, edits).iter().all(|c| c.spec.key == "constant" && c.then.is_none())
}

/// Whether one plain function gives the factor throughout.
pub fn is_direct(settings: &Settings, edits: &[&Edit]) -> bool {
    let choice = &settings.schedule;
    settings.warmup == 0
        && choice.then.is_none()
        && !reads_loss(choice.spec)
        && choice.spec.key != "one_cycle"
        && !edits.iter().any(|e| matches!(e.item, Item::Schedule(_) | Item::Warmup(_)))
}
