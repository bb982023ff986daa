//! The rate is multiplied by γ at every step. PyTorch's `ExponentialLR`.

use super::{Factor, ScheduleSpec};
use crate::math::num;
use crate::param::{ParamSpec, Scale};

pub static SPEC: ScheduleSpec = ScheduleSpec {
    key: "exponential",
    name: "Exponential",
    sentence: "Shrinks by the same ratio at every step.",
    rule: "γᵏ",
    params: &[ParamSpec::new(
        "gamma",
        "γ",
        "decay ratio",
        0.99,
        (0.0, 1.0),
        Scale::Complement,
        "What the rate is multiplied by at each step: 0.99 halves it in 69 steps, 0.999 in 693.",
    )
    .slider(0.5, 0.9999)],
    list: None,
    feedback: None,
    factor: Some(|k, _, p| {
        #[expect(clippy::cast_possible_wrap, reason = "steps are few")]
        let k = k as i32;
        Factor::lr(num::powi(p[0], k))
    }),
};
