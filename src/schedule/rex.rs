//! REX, reflected exponential (Chen, Wolfe, Kyrillidis 2021, <https://arxiv.org/abs/2107.04197>): (1 − z)/(½ + ½(1 − z)) with
//! z = k/T. It stays high for longer than a straight line and falls faster at the end.

use super::{Factor, ScheduleSpec, length, level, resolve};

pub static SPEC: ScheduleSpec = ScheduleSpec {
    key: "rex",
    name: "REX",
    sentence: "Stays high for most of the run and falls ever faster towards its end.",
    rule: "m + (1 − m) · (1 − z)/(½ + ½(1 − z)), z = min(k/T, 1)",
    params: &[
        length("total", "T", "steps", "How many steps the fall takes; 0 is the whole run."),
        level("min", "m", "smallest factor", 0.0, "The factor after T steps and from then on."),
    ],
    list: None,
    feedback: None,
    factor: Some(|k, horizon, p| {
        let left = 1.0 - (f64::from(k) / resolve(p[0], horizon)).min(1.0);
        Factor::lr(p[1] + (1.0 - p[1]) * (left / (0.5 + 0.5 * left)))
    }),
};
