//! A run: everything that determines it, and what comes of it.
//!
//! `trace` is a pure function of the specification. Changes made while a run plays are part of the specification,
//! each with its step; so scrubbing, undo, links and replays need nothing else.

pub mod fan;
pub mod inspect;
pub mod packed;
pub mod rates;
pub mod runner;
pub mod sequence;
pub mod settings;
pub mod slice;
pub mod spec;
pub mod status;
pub mod symbols;
pub mod trace;

mod pipeline;
mod sampler;
mod workers;

pub use crate::schedule::ScheduleChoice;
pub use pipeline::Answer;
pub use runner::Runner;
pub use sampler::deal;
pub use settings::{Item, ModifierChoice, Settings};
pub use spec::{Edit, RunSpec};
pub use status::Status;
pub use trace::{Trace, Tracing, trace};
