//! The rate is multiplied by a factor when the loss has not improved for more than so many steps. PyTorch's
//! `ReduceLROnPlateau` in its mode `min`, with a relative threshold, no cooldown and no smallest change.
//!
//! The loss is the one at the point where a step begins, without noise and without what modifiers add, and is read after the
//! step. As in PyTorch a loss counts as better when it is below best · (1 − threshold): where losses are negative even
//! standing still counts as better, and the rate never falls.

use super::{Factor, MAX_STEPS, ScheduleSpec};
use crate::param::{ParamSpec, Scale};

pub static SPEC: ScheduleSpec = ScheduleSpec {
    key: "reduce_on_plateau",
    name: "Reduce on plateau",
    sentence: "Reads the loss, and lowers the rate when it has stopped falling.",
    rule: "times f whenever the loss has not improved for more than p steps",
    params: &[
        ParamSpec::new(
            "factor",
            "f",
            "reduction",
            0.1,
            (0.0, 1.0),
            Scale::Linear,
            "What the rate is multiplied by each time.",
        ),
        ParamSpec::new(
            "patience",
            "p",
            "patience",
            10.0,
            (0.0, MAX_STEPS),
            Scale::Integer,
            "How many steps without improvement are let pass.",
        )
        .slider(0.0, 100.0),
        ParamSpec::new(
            "threshold",
            "ε",
            "threshold",
            1e-4,
            (0.0, 1.0),
            Scale::Log,
            "By which share of itself the best loss must fall to count as improved.",
        )
        .slider(0.0, 0.1),
    ],
    list: None,
    feedback: Some(|seen, loss, p| {
        if loss < seen.best * (1.0 - p[2]) {
            seen.best = loss;
            seen.bad = 0;
            return;
        }
        seen.bad += 1;
        if f64::from(seen.bad) > p[1] {
            seen.factor *= p[0];
            seen.bad = 0;
        }
    }),
    factor: Some(|_, _, _| Factor::lr(1.0)),
};
