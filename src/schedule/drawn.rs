//! A schedule drawn by hand: factors at even distances over the steps, with straight lines between them. It is kept in links
//! as the list of its factors.

use super::{Factor, ListSpec, ScheduleSpec, length, resolve};
use crate::param::as_index;

pub static SPEC: ScheduleSpec = ScheduleSpec {
    key: "drawn",
    name: "Drawn by hand",
    sentence: "Follows a curve that is drawn by hand: factors at even distances, with straight lines between them.",
    rule: "a line through the factors, over T steps",
    params: &[length("total", "T", "steps", "How many steps the curve spans; 0 is the whole run.")],
    list: Some(ListSpec {
        key: "factors",
        help: "The factors at even distances, the first at the first step and the last after T steps.",
        default: &[0.2, 1.0, 0.8, 0.3, 0.1],
        range: (0.0, 100.0),
        count: (2, 65),
        rising: false,
    }),
    feedback: None,
    factor: Some(|k, horizon, p| {
        let share = (f64::from(k) / resolve(p[0], horizon)).min(1.0);
        let gaps = (1..p.list.len()).fold(0.0, |n, _| n + 1.0);
        let place = share * gaps;
        let before = as_index(place);
        let Some(from) = p.list.get(before) else {
            return Factor::lr(1.0);
        };
        let to = p.list.get(before + 1).unwrap_or(from);
        Factor::lr(from + (to - from) * (place - place.floor()))
    }),
};
