//! A schedule in words: `multi_step(milestones=10/30/70;gamma=0.3)`, and several that follow each other,
//! `linear(end=0.5)+50+cosine`: the first for 50 steps, then the second from its own beginning.

use super::item::{list, read_param, write_params};
use super::text;
use crate::later::said;
use crate::math::decimal;
use crate::param::{self, ParamSpec, Scale, number, shorten};
use crate::run::ScheduleChoice;
use crate::schedule::{self, ListSpec, MAX_PARTS, MAX_STEPS};

/// How long a schedule of a sequence lasts.
const LENGTH: ParamSpec =
    ParamSpec::new("schedule, steps", "", "steps", 1.0, (1.0, MAX_STEPS), Scale::Integer, "");

const FORM: &str = "a sequence is written schedule+steps+schedule, for example linear(end=0.5)+50+cosine";

/// Reads a schedule or a sequence of them; all of it or an error.
///
/// # Errors
/// A message that says what is allowed.
pub fn read(text: &str) -> Result<ScheduleChoice, String> {
    let words = text::split(text, &['+']);
    if words.len() > 2 * MAX_PARTS - 1 {
        return Err(said(|| format!("schedule: at most {MAX_PARTS} may follow each other")));
    }
    let mut words = words.iter().rev();
    let mut whole = one(words.next().map_or("", String::as_str))?;
    // From the last to the first, for each holds those after it.
    while let Some(length) = words.next() {
        let steps = LENGTH.parse(length).map_err(|e| said(|| format!("{e}; {FORM}")))?;
        let before = words.next().ok_or_else(|| said(|| format!("schedule: {FORM}")))?;
        let then = (u32::try_from(param::as_index(steps)).unwrap_or(1), whole);
        whole = ScheduleChoice { then: Some(Box::new(then)), ..one(before)? };
    }
    Ok(whole)
}

/// The names in a sequence, right or wrong.
pub(super) fn names(sequence: &str) -> Vec<String> {
    let words = text::split(sequence, &['+']);
    words.iter().step_by(2).map(|word| text::call(word).0.to_owned()).collect()
}

fn one(text: &str) -> Result<ScheduleChoice, String> {
    let (name, inside) = text::call(text);
    let unknown = || {
        let known = list(schedule::all().iter().map(|s| s.key));
        format!("schedule: {} is not one of {known}", shorten(name))
    };
    let spec = schedule::find(name).ok_or_else(|| said(unknown))?;
    let mut choice = ScheduleChoice::new(spec);
    for part in text::split(inside, &[';', ',']) {
        match (spec.list, text::pair(&part)) {
            (Some(numbers), (key, value)) if key == numbers.key => {
                choice.list =
                    read_list(&numbers, value, '/').map_err(|e| said(|| format!("{}, {e}", spec.key)))?;
            }
            _ => read_param(spec.key, spec.params, spec.list.map(|l| l.key), &mut choice.params, &part)?,
        }
    }
    Ok(choice)
}

/// Reads the list of a schedule, with this between the numbers.
///
/// # Errors
/// A message that says what is allowed.
pub fn read_list(spec: &ListSpec, text: &str, between: char) -> Result<Vec<f64>, String> {
    // What is far too long is not looked at number by number.
    let numbers: Option<Vec<f64>> = text
        .split(between)
        .take(spec.count.1 + 1)
        .map(|word| decimal::parse(word.trim()).filter(|v| v.is_finite()).map(|v| v + 0.0))
        .collect();
    let form = || {
        let ((fewest, most), (lo, hi)) = (spec.count, spec.range);
        let between = if between == ',' { "commas" } else { "/" };
        let order = if spec.rising { ", each at least the one before it" } else { "" };
        format!(
            "{}: {} is not {fewest} to {most} numbers from {} to {} with {between} between them{order}",
            spec.key,
            shorten(text),
            number(lo),
            number(hi),
        )
    };
    numbers.filter(|numbers| spec.takes(numbers)).ok_or_else(|| said(form))
}

/// Writes the numbers of a list with this between them.
#[must_use]
pub fn write_list(list: &[f64], between: &str) -> String {
    list.iter().map(|v| number(*v)).collect::<Vec<_>>().join(between)
}

/// Writes a schedule and those that follow it.
#[must_use]
pub fn write(choice: &ScheduleChoice) -> String {
    let mut text = String::new();
    for (part, steps) in choice.parts() {
        let mut inside = write_params(part.spec.params, &part.params);
        if let Some(numbers) = part.spec.list.filter(|l| part.list != l.default) {
            inside.push(format!("{}={}", numbers.key, write_list(&part.list, "/")));
        }
        text.push_str(part.spec.key);
        if !inside.is_empty() {
            text.push('(');
            text.push_str(&inside.join(";"));
            text.push(')');
        }
        if let Some(steps) = steps {
            text.push('+');
            text.push_str(&steps.to_string());
            text.push('+');
        }
    }
    text
}
