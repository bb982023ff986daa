//! What the plane depends on, so that it is sought anew when that changes and only then.

use crate::lab::net::runs::{self, NetRun};
use crate::landscape::{Directions, Origin, Settings};
use crate::link::Link;
use crate::train::Record;
use std::rc::Rc;

/// What the plane depends on besides the runs themselves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    directions: Directions,
    origin: Origin,
    seed: u64,
    /// The open run.
    focus: usize,
    /// The step of the origin, where that is at the cursor.
    step: Option<u32>,
    /// How far the open run is known, where that matters.
    known: usize,
    /// How many runs are known to their end, where all of them matter.
    ended: usize,
}

/// How far a record is known, in coarse terms: planes through the end of what is known are not sought anew with every step.
fn milestone(record: &Record) -> usize {
    if !record.is_open() {
        return usize::MAX;
    }
    match record.len() {
        0..64 => 0,
        rows => 1 << rows.ilog2(),
    }
}

impl Plan {
    /// The plan of these settings.
    pub fn of(settings: &Settings, runs: &[Rc<NetRun>], focus: usize, step: u32) -> Self {
        let Settings { directions, origin, seed, .. } = *settings;
        let follows_path = matches!(directions, Directions::Principal | Directions::PrincipalAll);
        let known = if follows_path || origin == Origin::End {
            runs.get(focus).map_or(0, |run| run.record(milestone))
        } else {
            0
        };
        let all = directions == Directions::PrincipalAll;
        let ended = runs.iter().filter(|run| all && run.record(|r| !r.is_open())).count();
        Self {
            directions,
            origin,
            seed: if directions == Directions::Random { seed } else { 0 },
            focus,
            step: (origin == Origin::Cursor).then_some(step),
            known,
            ended,
        }
    }

    /// Whether another plan differs by the place of the cursor only.
    pub fn differs_by_step_only(&self, other: &Self) -> bool {
        self != other && Self { step: None, ..*self } == Self { step: None, ..*other }
    }
}

/// The runs of a link.
pub fn runs(link: &Link) -> Vec<Rc<NetRun>> {
    (0..link.config.runs.len()).filter_map(|run| runs::with(link, run)).collect()
}
