//! WSD, warm-up, stable, decay (Hu et al. 2024, <https://arxiv.org/abs/2404.06395>): a straight rise, the full rate for most
//! of the run, and a fall at the end, so that a run can be prolonged from anywhere in its middle.
//!
//! The rise is (k + 1)/w, as with the warm-up of a run. Falls in use: a straight line, half a cosine, and 1 − √s, which
//! Hägele et al. 2024 (<https://arxiv.org/abs/2405.18392>) found to do best. Where rise and fall overlap they multiply.

use super::cosine::half_cosine;
use super::{Factor, ScheduleSpec, length, level, resolve};
use crate::param::{ParamSpec, Scale, as_index};

/// A share of the steps.
const fn share(
    key: &'static str,
    symbol: &'static str,
    name: &'static str,
    default: f64,
    help: &'static str,
) -> ParamSpec {
    ParamSpec::new(key, symbol, name, default, (0.0, 1.0), Scale::Linear, help)
}

pub static SPEC: ScheduleSpec = ScheduleSpec {
    key: "warmup_stable_decay",
    name: "Warm-up, stable, decay",
    sentence: "Rises quickly, stays at the full rate for most of the run, and falls at its end.",
    rule: "min((k + 1)/(a T), 1), falling to m over the last b T of T steps",
    params: &[
        length("total", "T", "steps", "How many steps all of it takes; 0 is the whole run."),
        share("rise", "a", "share of the rise", 0.05, "The share of the steps in which it rises."),
        share("fall", "b", "share of the fall", 0.2, "The share of the steps in which it falls, at the end."),
        level("min", "m", "smallest factor", 0.0, "The factor after T steps and from then on."),
        ParamSpec::choice(
            "shape",
            "fall",
            &["linear", "cosine", "sqrt"],
            "linear is a straight line, cosine half a cosine, sqrt is 1 less the root of the share: steep at first.",
        ),
    ],
    list: None,
    feedback: None,
    factor: Some(|k, horizon, p| {
        let (k, total) = (f64::from(k), resolve(p[0], horizon));
        let (rising, falling) = (p[1] * total, p[2] * total);
        let rise = if k + 1.0 < rising { (k + 1.0) / rising } else { 1.0 };
        let into = k - (total - falling);
        let share = if into >= falling { 1.0 } else { (into / falling).max(0.0) };
        let left = match as_index(p[4]) {
            0 => 1.0 - share,
            1 => half_cosine(share, 0.0),
            _ => 1.0 - share.sqrt(),
        };
        Factor::lr(rise * (p[3] + (1.0 - p[3]) * left))
    }),
};
