//! W workers, each with noise of its own. With H = 1 they average their gradients at every step, which is large-batch
//! training on W machines. With H > 1 each takes H steps alone and then all continue from the average of their parameters:
//! local SGD (Stich 2019, <https://arxiv.org/abs/1805.09767>), less talk for some drift apart.
//!
//! With H > 1 the run is the average, and every worker keeps a state of its own. Changing W or H during a run brings all
//! workers to that average, each with a copy of the first worker's state; what the others had gathered is lost.

use super::{Ask, Modifier, ModifierCtx, ModifierSpec, mean};
use crate::optim::Reference;
use crate::param::{ParamSpec, Scale, as_index};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "workers",
    name: "Parallel workers",
    sentence: "Several workers with noise of their own average their gradients at each step, or their parameters now and then.",
    rule: "θ ← (θ₁ + … + θ_W)/W every H steps",
    reference: Some(Reference {
        authors: "Stich",
        year: 2019,
        title: "Local SGD converges fast and communicates little",
        url: "https://arxiv.org/abs/1805.09767",
    }),
    params: &[
        ParamSpec::new(
            "workers",
            "W",
            "workers",
            4.0,
            (1.0, 16.0),
            Scale::Integer,
            "How many workers there are; each asks for a gradient of its own.",
        ),
        ParamSpec::new(
            "local_steps",
            "H",
            "steps alone",
            1.0,
            (1.0, 1000.0),
            Scale::Integer,
            "How many steps each worker takes between two averages of the parameters; 1 averages gradients.",
        )
        .slider(1.0, 50.0),
    ],
    new: Some(|| Box::new(Workers)),
};

#[derive(Clone)]
struct Workers;

impl Modifier for Workers {
    fn answer(&mut self, ctx: &ModifierCtx<'_>, grad: &mut [f64], ask: &mut Ask<'_>) -> f64 {
        let together = if ctx.values[1] > 1.0 { 1.0 } else { ctx.values[0] };
        mean(together, ctx, grad, ask)
    }

    fn workers(&self, values: &[f64]) -> Option<(u32, u32)> {
        let whole = |v: f64| u32::try_from(as_index(v)).unwrap_or(1);
        (values[0] > 1.0 && values[1] > 1.0).then(|| (whole(values[0]), whole(values[1])))
    }
}
