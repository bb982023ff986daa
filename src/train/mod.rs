//! Training a network: the same runs as on surfaces, but worked out piece by piece, since they may take seconds.
//!
//! What is known of a run at any time is a [`Record`]. It is a pure function of the specification and of how far the run has
//! come, so it does not matter who works it out, in which pieces, or how often.

pub mod cost;
pub mod layers;
mod packed;
mod record;
mod training;
mod words;

pub use packed::{pack_news, take_news};
pub use record::{LayerScores, Record, Scores};
pub use training::Training;
pub use words::explain;

use crate::run::RunSpec;

/// Trains to the horizon.
#[must_use]
pub fn train(spec: &RunSpec) -> Option<Record> {
    let mut training = Training::new(spec)?;
    while training.advance(u64::MAX) {}
    Some(training.into_record())
}
