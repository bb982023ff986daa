//! The rate is multiplied by γ at named steps. PyTorch's `MultiStepLR`.

use super::{Factor, ListSpec, MAX_STEPS, ScheduleSpec, gamma};

pub static SPEC: ScheduleSpec = ScheduleSpec {
    key: "multi_step",
    name: "Step at milestones",
    sentence: "Drops by the same ratio at steps that are named one by one.",
    rule: "γⁿ, n milestones up to k",
    params: &[gamma(0.1, "What the rate is multiplied by at each milestone; 0.1 and 0.5 are usual.")],
    list: Some(ListSpec {
        key: "milestones",
        help: "The steps at which the rate drops, counted from the beginning of the schedule.",
        default: &[100.0, 200.0, 300.0],
        range: (0.0, MAX_STEPS),
        count: (1, 32),
        rising: true,
    }),
    feedback: None,
    factor: Some(|k, _, p| {
        let mut factor = 1.0;
        for milestone in p.list {
            if *milestone <= f64::from(k) {
                factor *= p[0];
            }
        }
        Factor::lr(factor)
    }),
};
