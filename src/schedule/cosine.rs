//! Half a cosine from 1 down to a smallest factor, then flat (Loshchilov, Hutter 2017, <https://arxiv.org/abs/1608.03983>).
//!
//! After T steps optax stays at the bottom; PyTorch's `CosineAnnealingLR` rises again along the same cosine, down and up
//! every 2T steps.

use super::{Factor, ScheduleSpec, length, level, resolve};
use crate::later::words;
use crate::math::num;
use crate::param::ParamSpec;

pub static SPEC: ScheduleSpec = ScheduleSpec {
    key: "cosine",
    name: "Cosine",
    sentence: words("Falls gently, then fast, then gently again, along half a cosine."),
    rule: words("m + (1 − m) · ½(1 + cos(π k/T))"),
    params: &[
        length("t_max", "T", "steps", "How many steps the fall takes; 0 is the whole run."),
        level("min", "m", "smallest factor", 0.0, "The factor at the bottom."),
        ParamSpec::choice(
            "after",
            "after T steps",
            &["clamp", "rise"],
            "clamp stays at the bottom, as optax does; rise goes up again along the cosine, as PyTorch does.",
        ),
    ],
    list: None,
    feedback: None,
    factor: Some(|k, horizon, p| {
        let share = f64::from(k) / resolve(p[0], horizon);
        Factor::lr(half_cosine(if p[2] == 0.0 { share.min(1.0) } else { share }, p[1]))
    }),
};

/// From 1 at share 0 to `min` at share 1, and up again beyond.
pub(super) fn half_cosine(share: f64, min: f64) -> f64 {
    min + (1.0 - min) * 0.5 * (1.0 + num::cos(std::f64::consts::PI * share))
}
