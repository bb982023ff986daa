//! The same rate throughout.

use super::{Factor, ScheduleSpec};
use crate::later::words;

pub static SPEC: ScheduleSpec = ScheduleSpec {
    key: "constant",
    name: "Constant",
    sentence: words("The same learning rate throughout."),
    rule: words("1"),
    params: &[],
    list: None,
    feedback: None,
    factor: Some(|_, _, _| Factor::lr(1.0)),
};
