//! Dropout (Srivastava et al. 2014, <https://jmlr.org/papers/v15/srivastava14a.html>): in training each activation of a hidden
//! layer is 0 with probability p, and multiplied by 1/(1 − p) otherwise, as in PyTorch. Test losses and pictures drop nothing.

use super::{Modifier, ModifierSpec, Sampling};
use crate::optim::Reference;
use crate::param::{ParamSpec, Scale};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "dropout",
    name: "Dropout",
    sentence: "Silences hidden units at random in each step, so that none can rely on another.",
    rule: "a ← m a/(1 − p)",
    reference: Some(Reference {
        authors: "Srivastava et al.",
        year: 2014,
        title: "Dropout: a simple way to prevent neural networks from overfitting",
        url: "https://jmlr.org/papers/v15/srivastava14a.html",
    }),
    params: &[ParamSpec::new(
        "dropout",
        "p",
        "dropout",
        0.2,
        (0.0, 0.9),
        Scale::Linear,
        "The share of hidden units that is silent in a step.",
    )],
    new: Some(|| Box::new(Dropout)),
};

#[derive(Clone)]
struct Dropout;

impl Modifier for Dropout {
    fn sample(&self, how: &mut Sampling, values: &[f64]) {
        how.dropout = values[0];
    }
}
