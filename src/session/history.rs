//! Undo and redo, by keeping the settings as they were. They are small.

use super::config::Config;

/// How many changes can be taken back.
const DEPTH: usize = 200;

/// The settings on the other side of a change.
pub struct Change {
    /// The settings.
    pub config: Config,
    /// Whether it put all of them in place of others, what is in view with them.
    pub loads: bool,
}

/// What was, and what was taken back.
#[derive(Default)]
pub struct History {
    past: Vec<Change>,
    future: Vec<Change>,
    /// What is being dragged; changes of one drag are taken back together. 0 is nothing.
    gesture: u32,
}

impl History {
    /// Notes the settings before a change.
    pub fn record(&mut self, config: Config, gesture: u32, loads: bool) {
        self.future.clear();
        let continues = gesture != 0 && gesture == self.gesture;
        self.gesture = gesture;
        if continues {
            return;
        }
        if self.past.len() == DEPTH {
            self.past.remove(0);
        }
        self.past.push(Change { config, loads });
    }

    /// The next change is one of its own. A drag that ended where it began was none.
    pub fn end_gesture(&mut self, current: &Config) {
        if self.gesture != 0 && self.past.last().is_some_and(|last| last.config == *current) {
            self.past.pop();
        }
        self.gesture = 0;
    }

    /// The settings before the last change, or after the one that was taken back last, if they may come back.
    pub fn travel(&mut self, back: bool, current: Config, may: impl Fn(&Change) -> bool) -> Option<Change> {
        self.end_gesture(&current);
        let (from, to) =
            if back { (&mut self.past, &mut self.future) } else { (&mut self.future, &mut self.past) };
        let change = from.pop_if(|change| may(change))?;
        to.push(Change { config: current, loads: change.loads });
        Some(change)
    }

    /// Puts other settings in place of all that are kept.
    pub fn rewrite(&mut self, rewrite: &dyn Fn(&Config) -> Config) {
        for change in self.past.iter_mut().chain(&mut self.future) {
            change.config = rewrite(&change.config);
        }
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}
