//! Lookahead (Zhang, Lucas, Hinton, Ba 2019, <https://arxiv.org/abs/1907.08610>): the method goes k steps ahead, then slow
//! weights follow it a part α of the way, and it goes on from there. Its own state is kept.

use super::{After, Modifier, ModifierSpec};
use crate::optim::{Reference, StateItem, StateKind};
use crate::param::{ParamSpec, Scale};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "lookahead",
    name: "Lookahead",
    sentence: "Every k steps goes back a part of the way to where it was k steps ago: calmer, and less sensitive to the rate.",
    rule: "φ ← φ + α (θ − φ), θ ← φ every k steps",
    reference: Some(Reference {
        authors: "Zhang, Lucas, Hinton, Ba",
        year: 2019,
        title: "Lookahead optimizer: k steps forward, 1 step back",
        url: "https://arxiv.org/abs/1907.08610",
    }),
    params: &[
        ParamSpec::new(
            "lookahead",
            "k",
            "steps ahead",
            5.0,
            (1.0, 1000.0),
            Scale::Integer,
            "How many steps the method goes ahead; 5 to 10 are usual.",
        )
        .slider(1.0, 50.0),
        ParamSpec::new(
            "lookahead_alpha",
            "α",
            "part of the way",
            0.5,
            (0.0, 1.0),
            Scale::Linear,
            "How far the slow weights follow: 0 stays at the start, 1 is the method by itself.",
        ),
    ],
    new: Some(|| Box::new(Lookahead { slow: Vec::new(), taken: 0.0 })),
};

#[derive(Clone)]
struct Lookahead {
    slow: Vec<f64>,
    /// Steps since the slow weights moved.
    taken: f64,
}

impl Modifier for Lookahead {
    fn after(&mut self, step: &mut After<'_>) {
        if self.slow.is_empty() {
            self.slow.extend_from_slice(step.before);
        }
        self.taken += 1.0;
        if self.taken >= step.values[0] {
            self.taken = 0.0;
            for (slow, x) in self.slow.iter_mut().zip(&mut *step.x) {
                *slow += step.values[1] * (*x - *slow);
                *x = *slow;
            }
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        if !self.slow.is_empty() {
            let (symbol, name) = ("φ", "slow weights");
            show(StateItem { symbol, name, kind: StateKind::Point, values: &self.slow });
        }
    }
}
