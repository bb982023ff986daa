//! Up and down in straight lines (Smith 2017, <https://arxiv.org/abs/1506.01186>). PyTorch's `CyclicLR` without its cycle of
//! the momentum. triangular2 halves the height of every cycle.

use super::{Factor, MAX_STEPS, ScheduleSpec, level};
use crate::math::num;
use crate::param::{ParamSpec, Scale};

/// So many steps of a cycle.
const fn part(key: &'static str, symbol: &'static str, name: &'static str, help: &'static str) -> ParamSpec {
    ParamSpec::new(key, symbol, name, 50.0, (1.0, MAX_STEPS), Scale::Integer, help).slider(1.0, 500.0)
}

pub static SPEC: ScheduleSpec = ScheduleSpec {
    key: "cyclic",
    name: "Cyclic",
    sentence: "Goes up and down between two rates in straight lines.",
    rule: "l + (h − l) · r, r from 0 to 1 in u steps and back in d",
    params: &[
        level("lo", "l", "lowest factor", 0.1, "The factor between two cycles."),
        level("hi", "h", "highest factor", 1.0, "The factor at the top of a cycle."),
        part("up", "u", "steps up", "How many steps it goes up."),
        part("down", "d", "steps down", "How many steps it goes down."),
        ParamSpec::choice(
            "mode",
            "mode",
            &["triangular", "triangular2"],
            "triangular repeats the same cycle, triangular2 halves its height each time.",
        ),
    ],
    list: None,
    feedback: None,
    factor: Some(|k, _, p| {
        let (k, up, down) = (f64::from(k), p[2], p[3]);
        let cycle = (k / (up + down)).floor();
        let into = k - cycle * (up + down);
        let rise = if into < up { into / up } else { 1.0 - (into - up) / down };
        #[expect(clippy::cast_possible_truncation, reason = "steps are few")]
        let height = if p[4] == 0.0 { 1.0 } else { num::powi(0.5, cycle as i32) };
        Factor::lr(p[0] + (p[1] - p[0]) * (rise * height))
    }),
};
