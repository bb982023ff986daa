//! One over a straight line, 1/(1 + ck): with η ∝ 1/k the classical condition of stochastic approximation is met, steps that
//! add up to any distance with noise that dies out (Robbins, Monro 1951, <https://doi.org/10.1214/aoms/1177729586>).

use super::{Factor, ScheduleSpec};
use crate::param::{ParamSpec, Scale};

pub static SPEC: ScheduleSpec = ScheduleSpec {
    key: "inverse_time",
    name: "Inverse time",
    sentence: "Falls like one over the number of steps: fast at first, then ever more slowly.",
    rule: "1/(1 + c k)",
    params: &[ParamSpec::new(
        "rate",
        "c",
        "decay rate",
        0.01,
        (0.0, 1e6),
        Scale::Log,
        "How fast it falls: half the rate is left after 1/c steps.",
    )
    .slider(0.0, 10.0)],
    list: None,
    feedback: None,
    factor: Some(|k, _, p| Factor::lr(1.0 / (1.0 + p[0] * f64::from(k)))),
};
