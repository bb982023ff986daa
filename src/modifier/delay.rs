//! Delayed gradients: each update uses the gradient of τ steps ago, as with workers that do not wait for each other or
//! with a pipeline of layers (Langford, Smola, Zinkevich 2009, <https://arxiv.org/abs/0911.0491>). Until there is one that
//! old, the oldest there is.
//!
//! A method that asks several times in a step gets the answers of that step in their order. When τ grows during a run the
//! oldest gradient is used until there are enough; when it shrinks, what is too old is dropped.

use super::{Modifier, ModifierCtx, ModifierSpec};
use crate::optim::{Reference, StateItem, StateKind};
use crate::param::{ParamSpec, Scale, as_index};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "delay",
    name: "Delayed gradients",
    sentence: "Uses the gradient of some steps ago, as workers that do not wait for each other do; large rates then oscillate.",
    rule: "g ← g of step t − τ",
    reference: Some(Reference {
        authors: "Langford, Smola, Zinkevich",
        year: 2009,
        title: "Slow learners are fast",
        url: "https://arxiv.org/abs/0911.0491",
    }),
    params: &[ParamSpec::new(
        "delay",
        "τ",
        "steps of delay",
        1.0,
        (0.0, 100.0),
        Scale::Integer,
        "How many steps old the gradient is that an update uses; 0 is none.",
    )
    .slider(0.0, 20.0)],
    new: Some(|| Box::new(Delay { steps: Vec::new(), used: Vec::new() })),
};

/// The gradients of one step, one after the other.
#[derive(Clone)]
struct Asked {
    t: u32,
    gradients: Vec<f64>,
}

#[derive(Clone)]
struct Delay {
    /// The last steps, the oldest first.
    steps: Vec<Asked>,
    /// The first gradient of each of them, to be shown.
    used: Vec<f64>,
}

impl Modifier for Delay {
    fn gradient(&mut self, grad: &mut [f64], ctx: &ModifierCtx<'_>) {
        let dim = grad.len();
        match self.steps.last_mut().filter(|s| s.t == ctx.t) {
            Some(now) => now.gradients.extend_from_slice(grad),
            None => self.steps.push(Asked { t: ctx.t, gradients: grad.to_vec() }),
        }
        let place = self.steps.last().map_or(0, |now| now.gradients.len() - dim);
        let kept = as_index(ctx.values[0]) + 1;
        self.steps.drain(..self.steps.len().saturating_sub(kept));
        if let Some(oldest) = self.steps.first() {
            let at = place.min(oldest.gradients.len() - dim);
            grad.copy_from_slice(&oldest.gradients[at..at + dim]);
        }
        self.used.clear();
        self.used.extend_from_slice(grad);
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        if self.used.is_empty() {
            return;
        }
        let dim = self.used.len();
        let queue: Vec<f64> = self.steps.iter().flat_map(|s| &s.gradients[..dim]).copied().collect();
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("g_τ", "delayed gradient", StateKind::Direction, &self.used));
        show(item("Q_τ", "gradients that wait", StateKind::Matrix, &queue));
    }
}
