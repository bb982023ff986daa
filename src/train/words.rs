//! How a training run ended, in a sentence.

use super::record::Record;
use crate::run::RunSpec;
use crate::run::status::{self, Status};

/// The sentence; empty while there is nothing to say.
#[must_use]
pub fn explain(spec: &RunSpec, record: &Record) -> String {
    match record.status {
        Status::Diverged { step, quantity } if step > 0 && !record.blame.is_empty() => {
            let blame = &record.blame;
            format!("Diverged at step {step}: the {quantity} left the finite numbers; first in {blame}.")
        }
        Status::Stopped { step } => format!(
            "Stopped at step {step}, where it had worked as much as a run may: fewer steps, a smaller network or less data goes \
             further."
        ),
        _ => status::explain(spec, &record.trace()),
    }
}
