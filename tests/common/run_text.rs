//! Reads `adam:lr=0.05,schedule=cosine(t_max=100)` into settings, for tables and fixtures.

use super::surface_text::{Unread, call, matrix, missing, number, pair, set_all, surface};
use descent_lab::modifier::{self, ModifierSpec};
use descent_lab::objective::Objective;
use descent_lab::optim::{self, OptimizerSpec};
use descent_lab::param;
use descent_lab::run::spec::Problem;
use descent_lab::run::{Edit, Item, ModifierChoice, RunSpec, ScheduleChoice, Settings};
use descent_lab::schedule;

/// The settings that a text like `adam:lr=0.05,clip_norm=1` names.
pub fn settings(text: &str) -> Result<Settings, Unread> {
    let (name, items) = text.split_once(':').unwrap_or((text, ""));
    let spec = optim::find(name).ok_or_else(|| missing("optimizer", name))?;
    let mut settings = Settings::new(spec);
    for text in items.split(',').filter(|t| !t.is_empty()) {
        settings.apply(&item(spec, text)?);
    }
    Ok(settings)
}

/// One setting: `lr=0.1`, `schedule=step(gamma=0.5)`, `warmup=10`, `clip_norm=1`, or `clip_norm=off`.
pub fn item(spec: &OptimizerSpec, text: &str) -> Result<Item, Unread> {
    let (key, value) = pair(text)?;
    if let Some(i) = param::find(spec.params, key) {
        return Ok(Item::Param(i, number(&spec.params[i], value, || spec.key.to_owned())?));
    }
    if let Some(modifier) = modifier::find(key) {
        return modifier_item(modifier, value);
    }
    match key {
        "schedule" => {
            let mut parts = value.rsplit('+');
            let mut choice = schedule_choice(parts.next().unwrap_or(""))?;
            while let (Some(steps), Some(before)) = (parts.next(), parts.next()) {
                let steps = steps.parse().map_err(|_| Unread::Bad(value.to_owned()))?;
                choice = ScheduleChoice { then: Some(Box::new((steps, choice))), ..schedule_choice(before)? };
            }
            Ok(Item::Schedule(choice))
        }
        "warmup" => {
            let steps: u32 = value.parse().map_err(|_| Unread::Bad(format!("warmup={value}")))?;
            Ok(Item::Warmup(steps))
        }
        _ => Err(missing(spec.key, key)),
    }
}

fn schedule_choice(text: &str) -> Result<ScheduleChoice, Unread> {
    let (name, arguments) = call(text)?;
    let spec = schedule::find(name).ok_or_else(|| missing("schedule", name))?;
    let mut choice = ScheduleChoice::new(spec);
    let list = |part: &&str| spec.list.is_some_and(|l| pair(part).is_ok_and(|(key, _)| key == l.key));
    let (lists, params): (Vec<&str>, Vec<&str>) = arguments.split(';').partition(list);
    for text in lists {
        let numbers = pair(text)?.1.split('/').map(str::parse).collect::<Result<_, _>>();
        choice.list = numbers.map_err(|_| Unread::Bad(text.to_owned()))?;
    }
    set_all(spec.params, &mut choice.params, &params.join(";"), name)?;
    Ok(choice)
}

/// A whole run. Edits are written `120:lr=0.01`, with a blank between two.
#[allow(dead_code, reason = "some tests have matrices only")]
pub fn run_spec(on: &str, start: [f64; 2], steps: u32, run: &str, edits: &str) -> Result<RunSpec, Unread> {
    let (settings, edits) = settings_and_edits(run, edits)?;
    let surface = surface(on)?;
    assert_eq!(surface.dim(), start.len());
    Ok(RunSpec { problem: Problem::Surface(surface), start: start.to_vec(), steps, seed: 7, settings, edits })
}

/// A whole run on a matrix problem, from its own start.
#[allow(dead_code, reason = "not every test has matrices")]
pub fn matrix_run(on: &str, steps: u32, run: &str, edits: &str) -> Result<RunSpec, Unread> {
    let (settings, edits) = settings_and_edits(run, edits)?;
    let matrix = matrix(on)?;
    let start = matrix.start();
    Ok(RunSpec { problem: Problem::Matrix(matrix), start, steps, seed: 7, settings, edits })
}

fn settings_and_edits(run: &str, edits: &str) -> Result<(Settings, Vec<Edit>), Unread> {
    let settings = settings(run)?;
    let edits = edits
        .split_whitespace()
        .map(|text| {
            let (step, text) = text.split_once(':').ok_or_else(|| Unread::Bad(text.to_owned()))?;
            let step = step.parse().map_err(|_| Unread::Bad(format!("step {step}")))?;
            let item = item(settings.optimizer, text)?;
            Ok(Edit { step, item })
        })
        .collect::<Result<_, _>>()?;
    Ok((settings, edits))
}

fn modifier_item(spec: &'static ModifierSpec, value: &str) -> Result<Item, Unread> {
    if value == "off" {
        return Ok(Item::ModifierOff(spec));
    }
    let mut choice = ModifierChoice::new(spec);
    if value == "on" {
        return Ok(Item::Modifier(choice));
    }
    let texts: Vec<_> = value.split('/').collect();
    if texts.len() > spec.params.len() {
        return Err(Unread::Bad(format!("{}={value}", spec.key)));
    }
    for ((slot, param), text) in choice.values.iter_mut().zip(spec.params).zip(texts) {
        *slot = number(param, text, || spec.key.to_owned())?;
    }
    Ok(Item::Modifier(choice))
}
