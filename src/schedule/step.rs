//! A staircase: the rate is multiplied by γ every so many steps. PyTorch's `StepLR`.

use super::{Factor, MAX_STEPS, ScheduleSpec, gamma};
use crate::math::num;
use crate::param::{ParamSpec, Scale};

pub static SPEC: ScheduleSpec = ScheduleSpec {
    key: "step",
    name: "Step",
    sentence: "Drops by the same ratio every so many steps.",
    rule: "γ^⌊k/s⌋",
    params: &[
        ParamSpec::new(
            "step_size",
            "s",
            "steps between drops",
            100.0,
            (1.0, MAX_STEPS),
            Scale::Integer,
            "How many steps lie between two drops.",
        )
        .slider(1.0, 500.0),
        gamma(0.1, "What the rate is multiplied by at each drop; 0.1 and 0.5 are usual."),
    ],
    list: None,
    feedback: None,
    factor: Some(|k, _, p| {
        #[expect(clippy::cast_possible_truncation, reason = "steps are few")]
        let drops = (f64::from(k) / p[0]) as i32;
        Factor::lr(num::powi(p[1], drops))
    }),
};
