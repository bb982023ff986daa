//! A run's settings in words: `adam:lr=0.05,schedule=cosine(t_max=500),warmup=20,clip_norm=1`.

use super::text;
use crate::modifier::{self, ModifierSpec};
use crate::optim::OptimizerSpec;
use crate::param::{self, ParamSpec, number, shorten};
use crate::run::{Item, ModifierChoice, ScheduleChoice, Settings};
use crate::schedule::{self, WARMUP};

/// The keys of a registry in a sentence.
pub(super) fn list<'a>(keys: impl Iterator<Item = &'a str>) -> String {
    keys.collect::<Vec<_>>().join(", ")
}

/// Reads one setting.
///
/// # Errors
/// A message that says what is allowed.
pub fn read(optimizer: &'static OptimizerSpec, text: &str) -> Result<Item, String> {
    let (key, value) = text::pair(text);
    if let Some(i) = param::find(optimizer.params, key) {
        let value = optimizer.params[i].parse(value).map_err(|e| e.to_string())?;
        return Ok(Item::Param(i, value));
    }
    if key == "schedule" {
        return read_schedule(value).map(Item::Schedule);
    }
    if key == WARMUP.key {
        let steps = WARMUP.parse(value).map_err(|e| e.to_string())?;
        return Ok(Item::Warmup(u32::try_from(param::as_index(steps)).unwrap_or(0)));
    }
    if let Some(spec) = modifier::find(key) {
        return read_modifier(spec, value);
    }
    Err(format!(
        "{} has no setting {}: it has {}, schedule, warmup, {}",
        optimizer.key,
        shorten(key),
        list(optimizer.params.iter().map(|p| p.key)),
        list(modifier::ALL.iter().map(|m| m.key)),
    ))
}

fn read_modifier(spec: &'static ModifierSpec, value: &str) -> Result<Item, String> {
    if value == "off" {
        return Ok(Item::ModifierOff(spec));
    }
    let mut choice = ModifierChoice::new(spec);
    let parts: Vec<&str> = if value.is_empty() { Vec::new() } else { value.split('/').collect() };
    if parts.len() > spec.params.len() {
        return Err(format!("{}: takes at most {} values, with / between them", spec.key, spec.params.len()));
    }
    for ((slot, p), part) in choice.values.iter_mut().zip(spec.params).zip(parts) {
        *slot = p.parse(part).map_err(|e| e.to_string())?;
    }
    Ok(Item::Modifier(choice))
}

fn read_schedule(text: &str) -> Result<ScheduleChoice, String> {
    let (name, inside) = text::call(text);
    let spec = schedule::find(name).ok_or_else(|| {
        let known = list(schedule::ALL.iter().map(|s| s.key));
        format!("schedule: {} is not one of {known}", shorten(name))
    })?;
    let mut choice = ScheduleChoice::new(spec);
    read_params(spec.key, spec.params, &mut choice.params, inside)?;
    Ok(choice)
}

/// Reads `p=v;p=v` into the values of these parameters; all of it or an error.
pub(super) fn read_params(
    owner: &str,
    specs: &'static [ParamSpec],
    values: &mut [f64],
    inside: &str,
) -> Result<(), String> {
    for part in text::split(inside, &[';', ',']) {
        let (key, value) = text::pair(&part);
        let i = param::find(specs, key).ok_or_else(|| {
            let known = if specs.is_empty() { "none".to_owned() } else { list(specs.iter().map(|p| p.key)) };
            format!("{owner} has no parameter {}: it has {known}", shorten(key))
        })?;
        values[i] = specs[i].parse(value).map_err(|e| format!("{owner}, {e}"))?;
    }
    Ok(())
}

/// Writes `name(p=v;p=v)`, without what is at its default.
pub(super) fn write_call(name: &str, specs: &[ParamSpec], values: &[f64]) -> String {
    let inside: Vec<String> = specs
        .iter()
        .zip(values)
        .filter(|(p, v)| **v != p.default)
        .map(|(p, v)| format!("{}={}", p.key, p.format(*v)))
        .collect();
    if inside.is_empty() { name.to_owned() } else { format!("{name}({})", inside.join(";")) }
}

/// Writes one setting.
#[must_use]
pub fn write(optimizer: &OptimizerSpec, item: &Item) -> String {
    match item {
        Item::Param(i, value) => {
            let p = &optimizer.params[*i];
            format!("{}={}", p.key, p.format(*value))
        }
        Item::Schedule(s) => format!("schedule={}", write_call(s.spec.key, s.spec.params, &s.params)),
        Item::Warmup(steps) => format!("{}={steps}", WARMUP.key),
        Item::Modifier(m) => {
            let values: Vec<String> = m.values.iter().map(|v| number(*v)).collect();
            format!("{}={}", m.spec.key, values.join("/"))
        }
        Item::ModifierOff(spec) => format!("{}=off", spec.key),
    }
}

/// Writes a run: its optimizer, its learning rate, and whatever is not at its default.
#[must_use]
pub fn write_settings(settings: &Settings) -> String {
    let optimizer = settings.optimizer;
    let mut items: Vec<Item> = Vec::new();
    for (i, (p, value)) in settings.values().enumerate() {
        if value != p.default || p.key == "lr" {
            items.push(Item::Param(i, value));
        }
    }
    if settings.schedule != ScheduleChoice::new(schedule::ALL[0]) {
        items.push(Item::Schedule(settings.schedule.clone()));
    }
    if settings.warmup > 0 {
        items.push(Item::Warmup(settings.warmup));
    }
    items.extend(settings.modifiers.iter().cloned().map(Item::Modifier));
    let words: Vec<String> = items.iter().map(|item| write(optimizer, item)).collect();
    if words.is_empty() { optimizer.key.to_owned() } else { format!("{}:{}", optimizer.key, words.join(",")) }
}
