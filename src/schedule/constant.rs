//! The same rate throughout.

use super::{Factor, ScheduleSpec};

pub static SPEC: ScheduleSpec = ScheduleSpec {
    key: "constant",
    name: "Constant",
    sentence: "The same learning rate throughout.",
    rule: "1",
    params: &[],
    list: None,
    feedback: None,
    factor: |_, _, _| Factor::lr(1.0),
};
