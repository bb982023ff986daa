//! A run's settings in words: `adam:lr=0.05,schedule=cosine(t_max=500),warmup=20,clip_norm=1`.

use super::{schedule as schedules, text};
use crate::later::said;
use crate::modifier::{self, ModifierSpec};
use crate::optim::OptimizerSpec;
use crate::param::{self, ParamSpec, Scale, number, shorten};
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
        return parse(&optimizer.params[i], value).map(|value| Item::Param(i, value));
    }
    if key == "schedule" {
        return schedules::read(value).map(Item::Schedule);
    }
    if key == WARMUP.key {
        let steps = parse(&WARMUP, value)?;
        return Ok(Item::Warmup(u32::try_from(param::as_index(steps)).unwrap_or(0)));
    }
    if let Some(spec) = modifier::find(key) {
        return read_modifier(spec, value);
    }
    if let Some(index) = weight(key) {
        return parse(&WEIGHT, value).map(|value| Item::Weight(index, value));
    }
    Err(said(|| {
        format!(
            "{} has no setting {}: it has {}, schedule, warmup, {}",
            optimizer.key,
            shorten(key),
            list(optimizer.params.iter().map(|p| p.key)),
            list(modifier::all().iter().map(|m| m.key)),
        )
    }))
}

/// A value, or what is wrong with it.
pub(super) fn parse(spec: &ParamSpec, value: &str) -> Result<f64, String> {
    spec.parse(value).map_err(|e| said(|| e.to_string()))
}

/// What a parameter of the problem may be set to.
const WEIGHT: ParamSpec = ParamSpec::new("weight", "", "weight", 0.0, (-1e9, 1e9), Scale::Linear, "");

/// The index in `w12`.
fn weight(key: &str) -> Option<usize> {
    let digits = key.strip_prefix('w')?;
    let few = !digits.is_empty() && digits.len() < 6 && digits.bytes().all(|b| b.is_ascii_digit());
    few.then(|| digits.parse().ok()).flatten()
}

/// Whether all names in a setting are known; its values may be wrong.
pub(super) fn is_known(optimizer: &OptimizerSpec, text: &str) -> bool {
    let (key, value) = text::pair(text);
    if key == "schedule" {
        return schedules::names(value).iter().all(|name| schedule::find(name).is_some());
    }
    key == WARMUP.key
        || param::find(optimizer.params, key).is_some()
        || modifier::find(key).is_some()
        || weight(key).is_some()
}

fn read_modifier(spec: &'static ModifierSpec, value: &str) -> Result<Item, String> {
    if value == "off" {
        return Ok(Item::ModifierOff(spec));
    }
    let mut choice = ModifierChoice::new(spec);
    let parts: Vec<&str> =
        if value.is_empty() || value == "on" { Vec::new() } else { value.split('/').collect() };
    if parts.len() > spec.params.len() {
        return Err(said(|| match spec.params.len() {
            0 => format!("{}: is on or off", spec.key),
            most => format!("{}: takes at most {most} values, with / between them", spec.key),
        }));
    }
    for ((slot, p), part) in choice.values.iter_mut().zip(spec.params).zip(parts) {
        *slot = parse(p, part)?;
    }
    Ok(Item::Modifier(choice))
}

/// Reads `p=v;p=v` into the values of these parameters; all of it or an error.
pub(super) fn read_params(
    owner: &str,
    specs: &'static [ParamSpec],
    values: &mut [f64],
    inside: &str,
) -> Result<(), String> {
    for part in text::split(inside, &[';', ',']) {
        read_param(owner, specs, None, values, &part)?;
    }
    Ok(())
}

/// Reads `p=v` into its place among the values. `more` is a word that the owner knows besides.
pub(super) fn read_param(
    owner: &str,
    specs: &'static [ParamSpec],
    more: Option<&'static str>,
    values: &mut [f64],
    part: &str,
) -> Result<(), String> {
    let (key, value) = text::pair(part);
    let unknown = || {
        let known = list(specs.iter().map(|p| p.key).chain(more));
        let known = if known.is_empty() { "none" } else { &known };
        format!("{owner} has no parameter {}: it has {known}", shorten(key))
    };
    let i = param::find(specs, key).ok_or_else(|| said(unknown))?;
    values[i] = specs[i].parse(value).map_err(|e| said(|| format!("{owner}, {e}")))?;
    Ok(())
}

/// Writes `p=v` for each parameter that is not at its default.
pub(super) fn write_params(specs: &[ParamSpec], values: &[f64]) -> Vec<String> {
    let moved = specs.iter().zip(values).filter(|(p, v)| **v != p.default);
    moved.map(|(p, v)| format!("{}={}", p.key, p.format(*v))).collect()
}

/// Writes `name(p=v;p=v)`, without what is at its default.
pub(super) fn write_call(name: &str, specs: &[ParamSpec], values: &[f64]) -> String {
    let inside = write_params(specs, values);
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
        Item::Schedule(s) => format!("schedule={}", schedules::write(s)),
        Item::Warmup(steps) => format!("{}={steps}", WARMUP.key),
        Item::Modifier(m) => {
            format!("{}={}", m.spec.key, modifier_values(m))
        }
        Item::ModifierOff(spec) => format!("{}=off", spec.key),
        Item::Weight(i, value) => format!("w{i}={}", number(*value)),
    }
}

/// The values of a modifier without the last of them that are at their defaults; the first always stands there.
fn modifier_values(m: &ModifierChoice) -> String {
    let moved = m.spec.params.iter().zip(&m.values).rposition(|(p, v)| *v != p.default);
    let values: Vec<String> =
        m.spec.params.iter().zip(&m.values).take(moved.unwrap_or(0) + 1).map(|(p, v)| p.format(*v)).collect();
    if values.is_empty() { "on".to_owned() } else { values.join("/") }
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
