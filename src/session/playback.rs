//! The cursor on the timeline.

use crate::math::num;

/// How fast the cursor moves at speed 1.
pub const STEPS_PER_SECOND: f64 = 60.0;
/// The slowest speed.
pub const MIN_SPEED: f64 = 0.1;
/// The fastest speed.
pub const MAX_SPEED: f64 = 100.0;

/// The longest time that counts at once: after a pause of the page the cursor goes on, and does not leap.
const LONGEST_DT_SECS: f64 = 0.1;

/// Where the cursor stands and how it moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playback {
    /// Steps, with the fraction of a step that time has brought.
    cursor: f64,
    /// Whether the cursor moves.
    pub playing: bool,
    /// Whether something is being dragged: the cursor waits, so that one gesture is one edit at one step.
    pub held: bool,
    speed: f64,
}

impl Default for Playback {
    fn default() -> Self {
        Self { cursor: 0.0, playing: false, held: false, speed: 1.0 }
    }
}

impl Playback {
    /// The step the cursor stands on.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 20,000")]
    pub fn step(&self) -> u32 {
        self.cursor as u32
    }

    /// How fast the cursor moves.
    #[must_use]
    pub fn speed(&self) -> f64 {
        self.speed
    }

    /// Whether time moves the cursor now.
    #[must_use]
    pub fn is_moving(&self) -> bool {
        self.playing && !self.held
    }

    pub(super) fn set_speed(&mut self, speed: f64) {
        if speed.is_finite() {
            self.speed = num::clamp(speed, MIN_SPEED, MAX_SPEED);
        }
    }

    pub(super) fn seek(&mut self, step: u32, steps: u32) {
        self.cursor = f64::from(step.min(steps));
    }

    pub(super) fn step_by(&mut self, by: i32, steps: u32) {
        self.playing = false;
        self.cursor = f64::from(self.step().saturating_add_signed(by).min(steps));
    }

    pub(super) fn play(&mut self, steps: u32) {
        if self.step() >= steps {
            self.cursor = 0.0;
        }
        self.playing = true;
    }

    pub(super) fn clamp(&mut self, steps: u32) {
        self.cursor = self.cursor.min(f64::from(steps));
    }

    /// Lets time go by. The cursor goes no further than `known`, and waits there until more of the runs is known.
    pub(super) fn advance(&mut self, dt_secs: f64, known: u32, steps: u32) -> bool {
        if !self.is_moving() {
            return false;
        }
        let before = self.step();
        let dt = if dt_secs.is_finite() { num::clamp(dt_secs, 0.0, LONGEST_DT_SECS) } else { 0.0 };
        let ahead = self.cursor + dt * STEPS_PER_SECOND * self.speed;
        self.cursor = ahead.min(f64::from(known)).max(self.cursor);
        let end = f64::from(steps);
        if self.cursor >= end {
            self.cursor = end;
            self.playing = false;
            return true;
        }
        self.step() != before
    }
}
