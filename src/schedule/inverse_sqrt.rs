//! A straight rise, then one over the root of the steps, as transformers are trained (Vaswani et al. 2017,
//! <https://arxiv.org/abs/1706.03762>; known by the name of Noam). There the height is d^(−½)·w^(−½) for models of width d;
//! here the top is the rate of the run.

use super::{Factor, MAX_STEPS, ScheduleSpec};
use crate::param::{ParamSpec, Scale};

pub static SPEC: ScheduleSpec = ScheduleSpec {
    key: "inverse_sqrt",
    name: "Inverse square root (Noam)",
    sentence: "Rises in a straight line, then falls like one over the root of the steps.",
    rule: "min((k + 1)/w, √(w/(k + 1)))",
    params: &[ParamSpec::new(
        "warmup",
        "w",
        "steps of the rise",
        40.0,
        (1.0, MAX_STEPS),
        Scale::Integer,
        "How many steps it rises; the longer, the slower it falls.",
    )
    .slider(1.0, 500.0)],
    list: None,
    feedback: None,
    factor: Some(|k, _, p| {
        let n = f64::from(k) + 1.0;
        Factor::lr((n / p[0]).min((p[0] / n).sqrt()))
    }),
};
