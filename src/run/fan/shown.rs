//! Which fan is shown, and which comes in its place: until a new one has its first runs the one before stays, so that a dragged
//! slider does not make it flicker.

use super::{Fan, RunSpec};

/// How many steps are taken between two questions whether to go on: those of a method that asks much take long.
const PIECE: u32 = 16;
/// How many runs of a fan are shown first.
const FIRST: usize = 8;
/// How many fans that were traced lately are kept, for going to and fro between runs, and how many rows they may have: of about
/// 50 bytes each.
const KEPT: usize = 4;
const MOST_ROWS: usize = 500_000;

/// What is shown.
#[derive(Default)]
pub struct Fans {
    /// Which run it is of.
    run: usize,
    /// What is seen, and what comes in its place when it has its first runs.
    seen: Option<Fan>,
    coming: Option<Fan>,
    kept: Vec<Fan>,
    /// How many runs were shown last.
    shown: usize,
    /// Counts what was shown.
    version: u32,
}

impl Fans {
    /// The fan that is seen.
    #[must_use]
    pub fn seen(&self) -> Option<&Fan> {
        self.seen.as_ref()
    }

    /// The one that is worked out, or that is seen.
    #[must_use]
    pub fn latest(&self) -> Option<&Fan> {
        self.coming.as_ref().or(self.seen.as_ref())
    }

    /// Which run it is of.
    #[must_use]
    pub const fn run(&self) -> usize {
        self.run
    }

    /// Another number wherever something else is to be seen.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// How many rows are kept of fans that are not seen.
    #[must_use]
    pub fn kept_rows(&self) -> usize {
        self.kept.iter().map(Fan::rows).sum()
    }

    /// Whether there is nothing to work out.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.coming.is_none() && self.seen.as_ref().is_none_or(Fan::is_whole)
    }

    /// Takes over which run is to be shown with how many seeds, if any; tells whether something else is to be seen.
    pub fn want(&mut self, wanted: Option<(&RunSpec, u32)>, run: usize) -> bool {
        let Some((spec, count)) = wanted else {
            self.coming = None;
            return self.seen.take().is_some();
        };
        let is_it = |fan: &Option<Fan>| fan.as_ref().is_some_and(|fan| fan.is_of(spec, count));
        let other_run = std::mem::replace(&mut self.run, run) != run;
        if is_it(&self.coming) {
            return other_run && self.put_away();
        }
        self.coming = None;
        if is_it(&self.seen) {
            // Two runs with the same settings differ by their colour.
            self.version = self.version.wrapping_add(u32::from(other_run));
            return other_run;
        }
        if let Some(known) = self.kept.iter().position(|fan| fan.is_of(spec, count)) {
            let known = self.kept.remove(known);
            self.show(known);
            return true;
        }
        self.coming = Fan::new(spec, count);
        other_run && self.put_away()
    }

    /// Goes on with the work as long as it may; tells whether there is something new to show.
    pub fn work(&mut self, mut may: impl FnMut() -> bool) -> bool {
        let is_new = self.coming.is_some();
        let Some(mut fan) = self.coming.take().or_else(|| self.seen.take()) else {
            return false;
        };
        while fan.advance(PIECE) && may() {}
        let (known, more) = (fan.traces().len(), !fan.is_whole());
        if is_new && known < FIRST && more {
            self.coming = Some(fan);
            return false;
        }
        if is_new {
            self.show(fan);
            return true;
        }
        let due = known > self.shown && (!more || known >= 2 * self.shown);
        self.seen = Some(fan);
        if due {
            self.shown = known;
            self.version = self.version.wrapping_add(1);
        }
        due
    }

    fn show(&mut self, fan: Fan) {
        self.put_away();
        self.shown = fan.traces().len();
        self.version = self.version.wrapping_add(1);
        self.seen = Some(fan);
    }

    /// Shows none; tells whether there was one.
    fn put_away(&mut self) -> bool {
        let Some(old) = self.seen.take() else {
            return false;
        };
        // What was left in the middle, as while a slider is dragged, is not come back to.
        if old.is_whole() {
            self.kept.push(old);
        }
        while self.kept.len() > KEPT || self.kept_rows() > MOST_ROWS {
            self.kept.remove(0);
        }
        true
    }
}
