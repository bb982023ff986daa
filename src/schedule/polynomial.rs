//! A power of what is left, from 1 down to an end factor, then flat. PyTorch's `PolynomialLR` (which ends at 0) and optax's
//! `polynomial_schedule`. With power 1 it is a straight line, which is PyTorch's default.

use super::{Factor, ScheduleSpec, length, level, resolve};
use crate::math::num;
use crate::param::{ParamSpec, Scale};

pub static SPEC: ScheduleSpec = ScheduleSpec {
    key: "polynomial",
    name: "Polynomial",
    sentence: "Falls along a power of what is left of the run.",
    rule: "e + (1 − e) · (1 − min(k/T, 1))ᵖ",
    params: &[
        length("total", "T", "steps", "How many steps the fall takes; 0 is the whole run."),
        ParamSpec::new(
            "power",
            "p",
            "power",
            2.0,
            (0.0, 100.0),
            Scale::Linear,
            "1 is a straight line, more falls fast at first, less falls fast at the end.",
        )
        .slider(0.0, 5.0),
        level("end", "e", "end factor", 0.0, "The factor after T steps and from then on."),
    ],
    list: None,
    feedback: None,
    factor: Some(|k, horizon, p| {
        let left = 1.0 - (f64::from(k) / resolve(p[0], horizon)).min(1.0);
        Factor::lr(p[2] + (1.0 - p[2]) * num::pow(left, p[1]))
    }),
};
