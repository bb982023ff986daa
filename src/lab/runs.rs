//! Traces that were asked for lately: the sentence, the table and the curve of a run are about the same one.

use super::{links, net};
use crate::link::Link;
use crate::run::{RunSpec, Trace, trace};
use crate::session::MAX_RUNS;
use crate::train::Record;
use std::cell::RefCell;

/// How many are kept at the most.
const KEPT: usize = 2 * MAX_RUNS;
/// And how many numbers in all, 32 MB: a long run on a large matrix has a million.
const KEPT_NUMBERS: usize = 4_000_000;

struct Entry {
    link: String,
    run: usize,
    spec: RunSpec,
    trace: Trace,
}

thread_local! {
    /// The one that was asked for last stands last.
    static LATELY: RefCell<Vec<Entry>> = const { RefCell::new(Vec::new()) };
}

/// Looks at a run of a link; none where there is no such run.
pub fn with<T>(link: &str, run: usize, look: impl FnOnce(&RunSpec, &Trace) -> T) -> Option<T> {
    if link.contains("network=") {
        let link = links::read(link);
        let known = net::with(&link, run)?;
        let trace = known.record(Record::trace);
        return Some(look(&known.spec, &trace));
    }
    let mut lately = LATELY.take();
    let entry = match lately.iter().position(|e| e.run == run && e.link == link) {
        Some(i) => Some(lately.remove(i)),
        None => read(link, run).map(|spec| {
            // Links differ in more than what runs depend on.
            let trace = match lately.iter().position(|e| e.spec == spec) {
                Some(i) => lately.remove(i).trace,
                None => trace(&spec),
            };
            Entry { link: link.to_owned(), run, spec, trace }
        }),
    };
    let seen = entry.as_ref().map(|e| look(&e.spec, &e.trace));
    lately.extend(entry);
    let mut numbers: usize = lately.iter().map(|e| e.trace.x.len() + 5 * e.trace.len()).sum();
    while lately.len() > KEPT * super::place::count() || lately.len() > 1 && numbers > KEPT_NUMBERS {
        let gone = lately.remove(0).trace;
        numbers -= gone.x.len() + 5 * gone.len();
    }
    LATELY.set(lately);
    seen
}

/// Looks at the trace of what determines a run: one that was asked for lately, or a new one.
pub fn of<T>(spec: &RunSpec, look: impl FnOnce(&Trace) -> T) -> T {
    let known = LATELY.with_borrow(|lately| lately.iter().position(|e| e.spec == *spec));
    match known {
        Some(i) => LATELY.with_borrow(|lately| look(&lately[i].trace)),
        None => look(&trace(spec)),
    }
}

fn read(link: &str, run: usize) -> Option<RunSpec> {
    let config = Link::read(link).0.config;
    (run < config.runs.len()).then(|| config.run_spec(run))
}
