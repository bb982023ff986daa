//! Cosine with warm restarts, SGDR (Loshchilov, Hutter 2017, <https://arxiv.org/abs/1608.03983>): half a cosine over T₀ steps,
//! then up to 1 at once and down again over a cycle that is longer each time.

use super::cosine::half_cosine;
use super::{Factor, MAX_STEPS, ScheduleSpec, level};
use crate::param::{ParamSpec, Scale};

pub static SPEC: ScheduleSpec = ScheduleSpec {
    key: "cosine_restarts",
    name: "Cosine with warm restarts",
    sentence: "Falls along half a cosine, jumps back to the full rate, and falls again over a longer cycle.",
    rule: "m + (1 − m) · ½(1 + cos(π k′/T)), k′ steps into a cycle of T",
    params: &[
        ParamSpec::new(
            "t_0",
            "T₀",
            "first cycle",
            50.0,
            (1.0, MAX_STEPS),
            Scale::Integer,
            "How many steps the first cycle takes.",
        )
        .slider(1.0, 500.0),
        ParamSpec::new(
            "t_mult",
            "×",
            "growth of the cycles",
            2.0,
            (1.0, 10.0),
            Scale::Integer,
            "How many times longer each cycle is than the one before; 1 keeps them equal.",
        )
        .slider(1.0, 4.0),
        level("min", "m", "smallest factor", 0.0, "The factor at the end of each cycle."),
    ],
    list: None,
    feedback: None,
    factor: Some(|k, _, p| {
        let (mut into, mut cycle) = (f64::from(k), p[0]);
        if p[1] <= 1.0 {
            into %= cycle;
        }
        while into >= cycle {
            into -= cycle;
            cycle *= p[1];
        }
        Factor::lr(half_cosine(into / cycle, p[2]))
    }),
};
