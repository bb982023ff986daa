//! One cycle (Smith, Topin 2018, <https://arxiv.org/abs/1708.07120>): half a cosine up from 1/div, then half a cosine down to
//! 1/(div · final), while the momentum goes down and up again. PyTorch's `OneCycleLR` with its cosine and two phases; the
//! rate of the run is its `max_lr`.
//!
//! The momentum takes the place of the one that is set: μ, or β₁ where there is no μ. The top is reached at step pct·T − 1
//! and the end at step T − 1; from then on everything stays.

use super::{Factor, ScheduleSpec, length, resolve};
use crate::math::num;
use crate::param::{ParamSpec, Scale};

/// A bound of the momentum.
const fn momentum(
    key: &'static str,
    symbol: &'static str,
    name: &'static str,
    default: f64,
    help: &'static str,
) -> ParamSpec {
    ParamSpec::new(key, symbol, name, default, (0.0, 1.0), Scale::Complement, help).slider(0.0, 0.9999)
}

/// What a rate is divided by.
const fn divisor(
    key: &'static str,
    symbol: &'static str,
    name: &'static str,
    default: f64,
    help: &'static str,
) -> ParamSpec {
    ParamSpec::new(key, symbol, name, default, (1.0, 1e12), Scale::Log, help)
}

pub static SPEC: ScheduleSpec = ScheduleSpec {
    key: "one_cycle",
    name: "One cycle",
    sentence: "Rises to the full rate and falls far below where it began, while the momentum does the opposite.",
    rule: "from 1/d to 1 along half a cosine over p T steps, then down to 1/(d f); momentum from M to m and back",
    params: &[
        length("total", "T", "steps", "How many steps the cycle takes; 0 is the whole run."),
        ParamSpec::new(
            "pct",
            "p",
            "share of the rise",
            0.3,
            (0.0, 1.0),
            Scale::Linear,
            "The share of the steps in which the rate rises.",
        ),
        divisor("div", "d", "first divisor", 25.0, "The rate begins at the full rate divided by this.")
            .slider(1.0, 100.0),
        divisor("final", "f", "last divisor", 1e4, "The rate ends at the first one divided by this.")
            .slider(1.0, 1e6),
        momentum("m_lo", "m", "lowest momentum", 0.85, "The momentum where the rate is highest."),
        momentum("m_hi", "M", "highest momentum", 0.95, "The momentum at the beginning and at the end."),
    ],
    list: None,
    feedback: None,
    factor: Some(|k, horizon, p| {
        let (k, total) = (f64::from(k), resolve(p[0], horizon));
        let top = (p[1] * total - 1.0).max(0.0);
        let end = total - 1.0;
        let first = 1.0 / p[2];
        let (lr, momentum) = if k < top {
            (between(first, 1.0, k / top), between(p[5], p[4], k / top))
        } else {
            let share = if end > top { ((k - top) / (end - top)).min(1.0) } else { f64::from(u8::from(k > top)) };
            (between(1.0, first / p[3], share), between(p[4], p[5], share))
        };
        Factor { lr, momentum: Some(num::clamp(momentum, 0.0, 1.0)) }
    }),
};

/// Along half a cosine from one value to another.
fn between(from: f64, to: f64, share: f64) -> f64 {
    to + (from - to) * (0.5 * (1.0 + num::cos(std::f64::consts::PI * share)))
}
