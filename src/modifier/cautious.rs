//! Cautious steps (Liang, Chen, Liu, Liu 2024, <https://arxiv.org/abs/2411.16085>): coordinates in which the step goes
//! against the gradient of the moment stay, and the others are lengthened.
//!
//! The paper lengthens by n/(kept + 1) of n coordinates, the authors' code by n/kept, which is the default here: with two
//! coordinates the paper's form would shorten every step. The step is all that the rule does, with the weight decay that
//! some methods have of their own; the authors leave that apart. Of workers that go alone the step is that of their mean, and
//! the gradient the last one's. A gradient of 0 in all coordinates says nothing (a method
//! may not have asked for one), and then nothing is changed.

use super::{After, Modifier, ModifierSpec};
use crate::optim::Reference;
use crate::param::{ParamSpec, as_index};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "cautious",
    name: "Cautious steps",
    sentence: "Leaves out the coordinates of a step that go uphill, which tames momentum.",
    rule: "u ← u · (u g > 0) · n/kept",
    reference: Some(Reference {
        authors: "Liang, Chen, Liu, Liu",
        year: 2024,
        title: "Cautious optimizers: improving training with one line of code",
        url: "https://arxiv.org/abs/2411.16085",
    }),
    params: &[ParamSpec::choice(
        "cautious",
        "lengthened by",
        &["kept", "paper"],
        "kept divides by the share of coordinates that are kept, as the authors' code does; paper counts one more.",
    )],
    new: Some(|| Box::new(Cautious)),
};

#[derive(Clone)]
struct Cautious;

impl Modifier for Cautious {
    fn after(&mut self, step: &mut After<'_>) {
        if step.grad.iter().all(|g| *g == 0.0) {
            return;
        }
        // The step is θ − u, so that it goes downhill where u and g have the same sign.
        let downhill = |x: f64, before: f64, g: f64| (before - x) * g > 0.0;
        let (mut all, mut kept) = (0.0, 0.0);
        for ((x, before), g) in step.x.iter().zip(step.before).zip(step.grad) {
            all += 1.0;
            kept += if downhill(*x, *before, *g) { 1.0 } else { 0.0 };
        }
        let longer = all / if as_index(step.values[0]) == 1 { kept + 1.0 } else { f64::max(kept, 1.0) };
        for ((x, before), g) in step.x.iter_mut().zip(step.before).zip(step.grad) {
            if !downhill(*x, *before, *g) {
                *x = *before;
            } else if longer != 1.0 {
                *x = before + longer * (*x - before);
            }
        }
    }
}
