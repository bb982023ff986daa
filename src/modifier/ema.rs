//! An exponential average of the iterate, θ̄ ← βθ̄ + (1 − β)θ, beside the run, which it does not change. It begins where the
//! run is when it is switched on, and so needs no correction (Polyak, Juditsky 1992, <https://doi.org/10.1137/0330046>, for
//! averages of the iterate).

use super::{After, Modifier, ModifierSpec};
use crate::optim::{Reference, StateItem, StateKind};
use crate::param::{ParamSpec, Scale};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "ema",
    name: "Average of the iterate (EMA)",
    sentence: "Keeps a running average of where the run has been, beside it: often better than any single point.",
    rule: "θ_ema ← β θ_ema + (1 − β) θ",
    reference: Some(Reference {
        authors: "Polyak, Juditsky",
        year: 1992,
        title: "Acceleration of stochastic approximation by averaging",
        url: "https://doi.org/10.1137/0330046",
    }),
    params: &[ParamSpec::new(
        "ema",
        "β",
        "decay of the average",
        0.99,
        (0.0, 1.0),
        Scale::Complement,
        "How slowly the average forgets: it remembers about 1/(1 − β) steps.",
    )
    .slider(0.0, 0.9999)],
    new: Some(|| Box::new(Ema { average: Vec::new() })),
};

#[derive(Clone)]
struct Ema {
    average: Vec<f64>,
}

impl Modifier for Ema {
    fn after(&mut self, step: &mut After<'_>) {
        if self.average.is_empty() {
            self.average.extend_from_slice(step.before);
        }
        let beta = step.values[0];
        for (average, x) in self.average.iter_mut().zip(&*step.x) {
            *average = beta * *average + (1.0 - beta) * x;
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        if !self.average.is_empty() {
            let (symbol, name) = ("θ_ema", "average of the iterate");
            show(StateItem { symbol, name, kind: StateKind::Point, values: &self.average });
        }
    }
}
