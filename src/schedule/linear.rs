//! A straight line from one factor to another, then flat. PyTorch's `LinearLR` with
//! `start_factor`, `end_factor`, `total_iters`.

use super::{Factor, ScheduleSpec, length, level, resolve};

pub static SPEC: ScheduleSpec = ScheduleSpec {
    key: "linear",
    name: "Linear",
    sentence: "Falls (or rises) in a straight line, then stays.",
    rule: "s + (e − s) · min(k/T, 1)",
    params: &[
        level("start", "s", "start factor", 1.0, "The factor at the first step."),
        level("end", "e", "end factor", 0.0, "The factor after T steps and from then on."),
        length("total", "T", "steps", "How many steps the line takes; 0 is the whole run."),
    ],
    list: None,
    feedback: None,
    factor: Some(|k, horizon, p| {
        let share = (f64::from(k) / resolve(p[2], horizon)).min(1.0);
        Factor::lr(p[0] + (p[1] - p[0]) * share)
    }),
};
