//! The run that was looked into last: the formula, the state and the overlays are about the same step.

use super::panels::Shown;
use super::{links, net};
use crate::lab::place::per_place;
use crate::link::Link;
use crate::run::RunSpec;
use crate::run::inspect::{Inspection, inspect};
use std::cell::RefCell;
use std::rc::Rc;

/// A run of a link, looked into at a step.
pub struct Look {
    text: String,
    run: usize,
    step: u32,
    /// All of the link.
    pub link: Rc<Link>,
    /// What determines the run.
    pub spec: RunSpec,
    /// The step; none where the run cannot begin. The one before, while this one is being worked out.
    pub seen: Option<Inspection>,
    /// Whether it is.
    pub waits: bool,
}

per_place! {
    static LAST: RefCell<Option<Look>> = const { RefCell::new(None) };
}

/// Looks at a run at a step; none where there is no such run.
pub fn with<T>(shown: &Shown<'_>, see: impl FnOnce(&Look) -> T) -> Option<T> {
    let last = LAST.take();
    let is_same = |l: &Look| l.text == shown.link && l.run == shown.run && l.step == shown.step && !l.waits;
    let look = match last {
        Some(last) if is_same(&last) => last,
        last => look(shown, last)?,
    };
    let answer = see(&look);
    LAST.set(Some(look));
    Some(answer)
}

fn look(shown: &Shown<'_>, last: Option<Look>) -> Option<Look> {
    let link = links::read(shown.link);
    let spec = (shown.run < link.config.runs.len()).then(|| link.config.run_spec(shown.run))?;
    // Most of a link says nothing about the run.
    let last = last.filter(|last| last.spec == spec);
    let (seen, waits) = match last {
        Some(last) if last.step == shown.step && !last.waits => (last.seen, false),
        last => match net::of(&spec).map(|run| run.inspect(shown.step)) {
            None => (inspect(&spec, shown.step), false),
            Some(net::Seen::Now(seen)) => (Some(*seen), false),
            Some(net::Seen::Later) => (last.and_then(|last| last.seen), true),
            Some(net::Seen::Never) => (None, false),
        },
    };
    let text = shown.link.to_owned();
    Some(Look { text, run: shown.run, step: shown.step, link, spec, seen, waits })
}
