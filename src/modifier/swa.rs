//! SWA, stochastic weight averaging (Izmailov, Podoprikhin, Garipov, Vetrov, Wilson 2018,
//! <https://arxiv.org/abs/1803.05407>): the plain mean of the points at every few steps, from some step on. The run itself
//! is not changed; a rate that stays large or goes up and down is what makes the mean worth while.

use super::{After, Modifier, ModifierSpec};
use crate::optim::{Reference, StateItem, StateKind};
use crate::param::{ParamSpec, Scale};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "swa",
    name: "Mean of the iterate (SWA)",
    sentence: "Keeps the plain mean of every few points from some step on, beside the run.",
    rule: "θ_swa ← θ_swa + (θ − θ_swa)/n",
    reference: Some(Reference {
        authors: "Izmailov, Podoprikhin, Garipov, Vetrov, Wilson",
        year: 2018,
        title: "Averaging weights leads to wider optima and better generalization",
        url: "https://arxiv.org/abs/1803.05407",
    }),
    params: &[
        ParamSpec::new(
            "swa",
            "s",
            "first step",
            100.0,
            (1.0, 20_000.0),
            Scale::Integer,
            "The step whose point is the first of the mean.",
        )
        .slider(1.0, 1000.0),
        ParamSpec::new(
            "swa_every",
            "c",
            "steps between points",
            10.0,
            (1.0, 1000.0),
            Scale::Integer,
            "How many steps lie between two points of the mean.",
        )
        .slider(1.0, 100.0),
    ],
    new: Some(|| Box::new(Swa { mean: Vec::new(), count: 0.0 })),
};

#[derive(Clone)]
struct Swa {
    mean: Vec<f64>,
    count: f64,
}

impl Modifier for Swa {
    fn after(&mut self, step: &mut After<'_>) {
        let past = f64::from(step.t) - step.values[0];
        if past < 0.0 || past % step.values[1] != 0.0 {
            return;
        }
        self.count += 1.0;
        self.mean.resize(step.x.len(), 0.0);
        for (mean, x) in self.mean.iter_mut().zip(&*step.x) {
            *mean += (x - *mean) / self.count;
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        if !self.mean.is_empty() {
            let (symbol, name) = ("θ_swa", "mean of the iterate");
            show(StateItem { symbol, name, kind: StateKind::Point, values: &self.mean });
        }
    }
}
