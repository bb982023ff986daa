//! What came of a link's runs, in eight hexadecimal digits for each: a link that carries them lets the page find out whether
//! its runs are still what they were when it was made.

use crate::link::Link;
use crate::run::{Trace, trace};
use crate::session::Config;
use crate::train::{Record, train};

/// Of a run: every bit of its path.
#[must_use]
pub fn of_trace(trace: &Trace) -> u32 {
    fold(trace.fingerprint())
}

/// Of a training run: the loss of every mini-batch, and what was measured at its end. How often it was measured and kept is no
/// part of the run.
#[must_use]
pub fn of_record(record: &Record) -> u32 {
    let last = record.scores.last().map_or([f64::NAN; 2], |s| [s.train_loss, s.test_loss]);
    let loss = record.batch_loss.iter().copied().chain(last).collect();
    fold(Trace { loss, ..Trace::default() }.fingerprint())
}

fn fold(hash: u64) -> u32 {
    let [a, b, c, d, e, f, g, h] = hash.to_be_bytes();
    u32::from_be_bytes([a ^ e, b ^ f, c ^ g, d ^ h])
}

/// Of all runs, each worked out here and now.
#[must_use]
pub fn of(config: &Config) -> Vec<u32> {
    let run = |i| {
        let spec = config.run_spec(i);
        train(&spec).map_or_else(|| of_trace(&trace(&spec)), |record| of_record(&record))
    };
    (0..config.runs.len()).map(run).collect()
}

/// As it stands in links.
#[must_use]
pub fn write(check: &[u32]) -> String {
    check.iter().map(|hash| format!("{hash:08x}")).collect::<Vec<_>>().join(",")
}

/// What is said where runs are not what the link says; none where all are, and where the link says nothing.
#[must_use]
pub fn differs(link: &Link, now: &[u32]) -> Option<String> {
    if link.check.is_empty() {
        return None;
    }
    let then: Vec<&str> = link.check.split(',').collect();
    if then.len() != now.len() {
        return Some({
            let (of, are) = (then.len(), now.len());
            format!(
                "This link was changed after its check was made: that is of {of} runs, and there are {are}."
            )
        });
    }
    let runs = link.config.runs.iter().zip(then.iter().zip(now));
    let other = (1..).zip(runs).filter(|(_, (_, (then, now)))| **then != format!("{now:08x}"));
    let names: Vec<String> =
        other.map(|(i, (run, _))| format!("run {i}, {},", run.settings.optimizer.name)).collect();
    let are = if names.len() == 1 { "it is" } else { "they are" };
    (!names.is_empty()).then(|| {
        format!(
            "An engine change altered {} since this link was made, or its words were changed by hand. What is shown is as \
             {are} now.",
            names.join(" and ")
        )
    })
}
