//! What cannot be changed: for a class that is to look at one thing. It is a politeness and no protection: who opens the
//! link without the word is free to do everything.

use super::{Command, Config};
use crate::grammar;

/// What can be locked, in the order in which links have it. [`Locks::ALL`] are the first five, what runs depend on.
pub const LOCKS: [&str; 7] = ["surface", "start", "optimizers", "parameters", "shared", "view", "time"];

const SURFACE: u16 = 1;
const START: u16 = 1 << 1;
const OPTIMIZERS: u16 = 1 << 2;
const PARAMETERS: u16 = 1 << 3;
const SHARED: u16 = 1 << 4;
const VIEW: u16 = 1 << 5;
const TIME: u16 = 1 << 6;

/// What cannot be changed, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Locks(u16);

impl Locks {
    /// All that runs depend on.
    pub const ALL: Self = Self(SURFACE | START | OPTIMIZERS | PARAMETERS | SHARED);

    /// Reads a list of words, and which of them are none.
    #[must_use]
    pub fn read(list: &str) -> (Self, Vec<&str>) {
        let (set, mut unknown) = grammar::set(list, &LOCKS);
        let words = unknown.len();
        unknown.retain(|word| *word != "all");
        let all = if unknown.len() < words { Self::ALL.0 } else { 0 };
        (Self(set | all), unknown)
    }

    /// The list of words.
    #[must_use]
    pub fn write(self) -> String {
        let rest = grammar::members(self.0 & !Self::ALL.0, &LOCKS, ",");
        match self.0 & Self::ALL.0 == Self::ALL.0 {
            true if rest.is_empty() => "all".to_owned(),
            true => "all,".to_owned() + &rest,
            false => grammar::members(self.0, &LOCKS, ","),
        }
    }

    /// Whether this word is among them.
    #[must_use]
    pub fn holds(self, word: &str) -> bool {
        self.has(grammar::set(word, &LOCKS).0)
    }

    /// Whether nothing is locked.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether any of what runs depend on is locked.
    #[must_use]
    pub fn holds_settings(self) -> bool {
        self.has(Self::ALL.0)
    }

    /// Whether how it is looked at is locked.
    #[must_use]
    pub fn holds_view(self) -> bool {
        self.has(VIEW)
    }

    fn has(self, any: u16) -> bool {
        self.0 & any != 0
    }

    /// Whether this command is one that is not obeyed. What commands change of the settings, [`Self::allow`] looks at.
    pub(super) fn stop(self, command: &Command) -> bool {
        match command {
            Command::SetView(_) | Command::Frame(_) | Command::SetLook(..) | Command::SetOverlays(_) => {
                self.has(VIEW)
            }
            Command::Seek(_)
            | Command::StepBy(_)
            | Command::Play
            | Command::Pause
            | Command::TogglePlay
            | Command::SetSpeed(_) => self.has(TIME),
            // They move the cursor or the focus too, so they are not begun.
            Command::AddRun | Command::DuplicateRun(_) | Command::RemoveRun(_) => self.has(OPTIMIZERS),
            Command::SetNetwork(_) => self.has(SURFACE),
            Command::Load(_) => self.holds_settings(),
            _ => false,
        }
    }

    /// Whether the settings may become these. Where something is exchanged that another thing belongs to, that goes with it:
    /// a start with its surface, parameters with their optimizer.
    pub(super) fn allow(self, before: &Config, after: &Config) -> bool {
        // While something is dragged this is asked in every frame, and hardly any link locks anything.
        if self.is_empty() {
            return true;
        }
        let surface = before.surface == after.surface && before.problem == after.problem;
        let surface = surface && before.network == after.network;
        let optimizers = before.runs.len() == after.runs.len()
            && before.runs.iter().zip(&after.runs).all(|(a, b)| a.settings.optimizer == b.settings.optimizer);
        let pairs = || before.runs.iter().zip(&after.runs);
        let changed = |lock: u16, same: bool| self.has(lock) && !same;
        let shared = |c: &Config| (c.steps, c.seed, c.noise.to_bits(), c.noise_of_run);
        !(changed(SURFACE, surface)
            || changed(OPTIMIZERS, optimizers)
            || changed(SHARED, shared(before) == shared(after))
            || changed(VIEW, before.look == after.look && before.overlays == after.overlays)
            || surface && changed(START, before.start == after.start)
            || surface && optimizers && changed(START, pairs().all(|(a, b)| a.start == b.start))
            || before.network == after.network
                && optimizers
                && changed(PARAMETERS, pairs().all(|(a, b)| a.settings == b.settings && a.edits == b.edits)))
    }
}
