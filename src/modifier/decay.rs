//! Decoupled weight decay for any method: θ ← θ − ηλθ, with the θ before the step (Loshchilov, Hutter 2019,
//! <https://arxiv.org/abs/1711.05101>). Adam with it is AdamW but for rounding.
//!
//! η is the rate after the schedule; a method without a learning rate has the factor of the schedule in its place.

use super::{After, Modifier, ModifierSpec};
use crate::optim::Reference;
use crate::param::{ParamSpec, Scale};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "decay",
    name: "Weight decay, decoupled",
    sentence: "Shrinks the parameters by ηλ at every step, apart from the gradient, whatever the method.",
    rule: "θ ← θ − η λ θ",
    reference: Some(Reference {
        authors: "Loshchilov, Hutter",
        year: 2019,
        title: "Decoupled weight decay regularization",
        url: "https://arxiv.org/abs/1711.05101",
    }),
    params: &[ParamSpec::new(
        "decay",
        "λ",
        "weight decay",
        0.01,
        (0.0, 1e3),
        Scale::Log,
        "How strongly the parameters shrink; a step leaves 1 − ηλ of them.",
    )
    .slider(0.0, 10.0)],
    new: Some(|| Box::new(Decay)),
};

#[derive(Clone)]
struct Decay;

impl Modifier for Decay {
    fn after(&mut self, step: &mut After<'_>) {
        let share = step.lr * step.values[0];
        for (x, before) in step.x.iter_mut().zip(step.before) {
            *x -= share * before;
        }
    }
}
