//! Mini-batches: each step sees B examples in place of all.
//!
//! The batches go through a random order of all examples, epoch by epoch (`run::sampler`). All that a step asks for is about
//! the same batch, as with PyTorch's closures; accumulation and parallel workers take further batches.

use super::{Modifier, ModifierSpec, Sampling};
use crate::optim::Reference;
use crate::param::{ParamSpec, Scale, as_index};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "batch",
    name: "Mini-batch",
    sentence: "Each step sees so many examples in place of all: cheaper steps whose gradients are noisy.",
    rule: "g ← mean of ∇fᵢ over B examples",
    reference: Some(Reference {
        authors: "Robbins and Monro",
        year: 1951,
        title: "A stochastic approximation method",
        url: "https://doi.org/10.1214/aoms/1177729586",
    }),
    params: &[ParamSpec::new(
        "batch",
        "B",
        "batch size",
        16.0,
        (1.0, 5000.0),
        Scale::Integer,
        "How many examples a step sees; from the number of training points on it is all of them.",
    )
    .slider(1.0, 128.0)],
    new: Some(|| Box::new(Batch)),
};

#[derive(Clone)]
struct Batch;

impl Modifier for Batch {
    fn sample(&self, how: &mut Sampling, values: &[f64]) {
        how.batch = as_index(values[0]);
    }
}
