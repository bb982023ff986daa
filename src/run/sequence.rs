//! Schedules that follow each other, for changing one of them.

use super::ScheduleChoice;
use crate::param::{ParamSpec, Scale};
use crate::schedule::{self, MAX_PARTS, MAX_STEPS};

/// How long a schedule lasts before the next one begins.
pub static LENGTH: ParamSpec = ParamSpec::new(
    "then",
    "N",
    "then, after steps",
    100.0,
    (1.0, MAX_STEPS),
    Scale::Integer,
    "How many steps the schedule above lasts; then the one below begins, from its own beginning.",
)
.slider(1.0, 1000.0);

type Part = (ScheduleChoice, Option<u32>);

fn take_apart(whole: &ScheduleChoice) -> Vec<Part> {
    whole.parts().map(|(part, steps)| (ScheduleChoice { then: None, ..part.clone() }, steps)).collect()
}

fn put_together(parts: Vec<Part>) -> Option<ScheduleChoice> {
    let mut whole = None;
    for (part, steps) in parts.into_iter().rev() {
        let then = whole.map(|next| Box::new((steps.unwrap_or(1), next)));
        whole = Some(ScheduleChoice { then, ..part });
    }
    whole
}

fn changed(whole: &ScheduleChoice, change: impl FnOnce(&mut Vec<Part>)) -> ScheduleChoice {
    let mut parts = take_apart(whole);
    change(&mut parts);
    put_together(parts).unwrap_or_else(|| whole.clone())
}

/// The sequence with a change in the part with this index; what follows it stays.
#[must_use]
pub fn with_part(
    whole: &ScheduleChoice,
    part: usize,
    change: impl FnOnce(&mut ScheduleChoice),
) -> ScheduleChoice {
    changed(whole, |parts| {
        if let Some((part, _)) = parts.get_mut(part) {
            change(part);
        }
    })
}

/// The sequence with another length of the part with this index; the last lasts to the end and has none.
#[must_use]
pub fn with_length(whole: &ScheduleChoice, part: usize, steps: u32) -> ScheduleChoice {
    changed(whole, |parts| {
        if let Some((_, Some(length))) = parts.get_mut(part) {
            *length = steps.max(1);
        }
    })
}

/// The sequence with one more at its end, which takes over in the middle of what the last one has of a run of this many
/// steps after its warm-up.
#[must_use]
pub fn with_another(whole: &ScheduleChoice, steps: u32) -> ScheduleChoice {
    let begun = whole.parts().filter_map(|(_, steps)| steps).fold(0, u32::saturating_add);
    changed(whole, |parts| {
        if parts.len() < MAX_PARTS
            && let Some((_, length)) = parts.last_mut()
        {
            *length = Some((steps.saturating_sub(begun) / 2).max(1));
            // One that is seen at once wherever it begins: from the full rate down to nothing.
            let spec = schedule::find("cosine").unwrap_or(schedule::ALL[0]);
            parts.push((ScheduleChoice::new(spec), None));
        }
    })
}

/// The sequence without the part with this index, unless it is the only one.
#[must_use]
pub fn without(whole: &ScheduleChoice, part: usize) -> ScheduleChoice {
    changed(whole, |parts| {
        if parts.len() > 1 && part < parts.len() {
            parts.remove(part);
        }
    })
}

/// The step at which the part with this index begins, and how many it has, in a run of `steps` with this warm-up.
#[must_use]
pub fn span(whole: &ScheduleChoice, part: usize, warmup: u32, steps: u32) -> (u32, u32) {
    let mut begin = warmup;
    let lengths: Vec<_> = whole.parts().map(|(_, length)| length).collect();
    for length in lengths.iter().take(part).flatten() {
        begin = begin.saturating_add(*length);
    }
    let left = steps.saturating_sub(begin);
    (begin, lengths.get(part).copied().flatten().map_or(left, |length| length.min(left)))
}
