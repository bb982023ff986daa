//! The run that was looked into last: the formula, the state and the overlays are about the same step.

use super::panels::Shown;
use crate::link::Link;
use crate::run::RunSpec;
use crate::run::inspect::{Inspection, inspect};
use std::cell::RefCell;

/// A run of a link, looked into at a step.
pub struct Look {
    text: String,
    run: usize,
    step: u32,
    /// All of the link.
    pub link: Link,
    /// What determines the run.
    pub spec: RunSpec,
    /// The step; none where the run cannot begin.
    pub seen: Option<Inspection>,
}

thread_local! {
    static LAST: RefCell<Option<Look>> = const { RefCell::new(None) };
}

/// Looks at a run at a step; none where there is no such run.
pub fn with<T>(shown: &Shown<'_>, see: impl FnOnce(&Look) -> T) -> Option<T> {
    let last = LAST.take();
    let is_same = |l: &Look| l.text == shown.link && l.run == shown.run && l.step == shown.step;
    let look = match last {
        Some(last) if is_same(&last) => last,
        last => look(shown, last)?,
    };
    let answer = see(&look);
    LAST.set(Some(look));
    Some(answer)
}

fn look(shown: &Shown<'_>, last: Option<Look>) -> Option<Look> {
    // While it plays, the link says the same from step to step.
    let (known, last) = match last {
        Some(l) if l.text == shown.link && l.run == shown.run => (Some((l.link, l.spec)), None),
        other => (None, other),
    };
    let (link, spec) = match known {
        Some(known) => known,
        None => read(shown)?,
    };
    // Most of a link says nothing about the run.
    let seen = match last {
        Some(last) if last.spec == spec && last.step == shown.step => last.seen,
        _ => inspect(&spec, shown.step),
    };
    Some(Look { text: shown.link.to_owned(), run: shown.run, step: shown.step, link, spec, seen })
}

fn read(shown: &Shown<'_>) -> Option<(Link, RunSpec)> {
    let link = Link::read(shown.link).0;
    let spec = (shown.run < link.config.runs.len()).then(|| link.config.run_spec(shown.run))?;
    Some((link, spec))
}
