//! What the schedules of a run have made of its rate, step by step.

use super::spec::{RunSpec, in_order};
use super::trace::Trace;
use crate::schedule::Factor;

/// The factor for each step of the run, the one after the last included. The rate's is the one that the trace really had,
/// so what a schedule has read from the losses is in it; after the trace's end it is what the schedule says, or nothing
/// where it would have to read further. A momentum is there only where the method has one to move.
#[must_use]
pub fn rates(spec: &RunSpec, trace: &Trace) -> Vec<Factor> {
    let edits = in_order(spec.edits.iter());
    let mut edits = edits.iter().peekable();
    let mut live = spec.settings.clone();
    let mut rates = Vec::new();
    for (row, k) in (0..=spec.steps).enumerate() {
        while let Some(edit) = edits.next_if(|e| e.step <= k) {
            live.apply(&edit.item);
        }
        let said = live.schedule.factor(live.warmup, k, spec.steps);
        let base = if live.optimizer.has_lr() { live.params[0] } else { 1.0 };
        let lr = match trace.lr.get(row) {
            Some(lr) if base > 0.0 => lr / base,
            None if live.schedule.parts().any(|(part, _)| part.spec.feedback.is_some()) => break,
            _ => said.lr,
        };
        rates.push(Factor { lr, momentum: said.momentum.filter(|_| live.momentum().is_some()) });
    }
    rates
}
