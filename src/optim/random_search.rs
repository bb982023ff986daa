//! Random search: draws points evenly over the region and keeps the best.
//!
//! The baseline: a method that does no better has learnt nothing from its values. It also finds what local methods miss, in
//! a plane; the number of draws for a given distance grows like a power of the dimension (Bergstra and Bengio praise it for
//! a handful of hyperparameters of which few matter).
//! Samples are drawn from the region of the problem, whatever the start; the start counts as the first of them.

use super::sampling::{Held, ask, draw};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::param::{ParamSpec, Scale, as_index};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "random_search",
    name: "Random search",
    group: Group::GradientFree,
    params: &[ParamSpec::new(
        "samples",
        "P",
        "samples a step",
        10.0,
        (1.0, 200.0),
        Scale::Integer,
        "How many points are tried in a step. More cost more and find more, step for step.",
    )
    .slider(1.0, 60.0)],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Tries points anywhere in the region where the problem is usually shown, and keeps the best: the baseline that other methods should beat.",
        rule: &["sᵢ ← a point of the region, at random", "θ ← the best of θ, s₁, …, s_P"],
        reference: Reference {
            authors: "Bergstra, Bengio",
            year: 2012,
            title: "Random search for hyper-parameter optimization",
            url: "https://www.jmlr.org/papers/v13/bergstra12a.html",
        },
        conventions: "Drawn evenly from the region that the problem shows first, whatever the start and the zoom. Modifiers of the gradient do not act on it.",
        cost: "P values, one more in the first step",
        memory: |_, _| 0,
        on_plane: Some("In a plane it looks better than it is: the draws it needs grow with a power of the dimension."),
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(RandomSearch {
            best: Held::new(init),
            samples: init.x.to_vec(),
            region: init.region.to_vec(),
        })
    }),
};

#[derive(Clone)]
struct RandomSearch {
    best: Held,
    samples: Vec<f64>,
    region: Vec<(f64, f64)>,
}

impl Optimizer for RandomSearch {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let n = x.len();
        self.best.stand(x, ctx);
        self.samples = x.repeat(as_index(ctx.params[0]));
        for (i, sample) in self.samples.chunks_exact_mut(n).enumerate() {
            draw(&self.region, sample, i * n, ctx);
            let value = ask(ctx, sample);
            self.best.offer(sample, value);
        }
        x.copy_from_slice(&self.best.x);
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(StateItem { symbol: "s", name: "samples", kind: StateKind::Samples, values: &self.samples });
    }

    fn kept(&mut self, _: &mut dyn FnMut(&mut [f64])) {}
}
