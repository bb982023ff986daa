//! Gradient descent with a line search: d = −g; θ ← θ + αd.
//!
//! armijo (Armijo 1966; Nocedal, Wright 2006, algorithm 3.1): α = η, shortened by ρ until
//! f(θ + αd) ≤ f(θ) + c₁ α dᵀg. Each trial asks for a value; after 30 in vain θ stays.
//! `strong_wolfe` also wants |dᵀg(θ + αd)| ≤ c₂|dᵀg|, so that α is neither too long nor too short; each trial asks for a
//! gradient. The search is that of `line_search.rs`.

use super::line_search::{C1, C2, FIRST, SHRINK, Search};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StepCtx};
use crate::param::ParamSpec;

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "gd_line_search",
    name: "Gradient descent with line search",
    group: Group::Curvature,
    params: &[
        FIRST,
        C1,
        C2,
        SHRINK,
        ParamSpec::choice(
            "search",
            "line search",
            &["armijo", "strong_wolfe"],
            "armijo shortens by ρ until f falls enough; strong_wolfe brackets a point where the slope is small too.",
        ),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Goes downhill as far as pays: the length of each step is found by trying.",
        rule: &["d ← −g", "α ← η ρᵏ with the least k so that f(θ + α d) ≤ f(θ) + c₁ α dᵀ g", "θ ← θ + α d"],
        reference: Reference {
            authors: "Armijo",
            year: 1966,
            title: "Minimization of functions having Lipschitz continuous first partial derivatives",
            url: "https://doi.org/10.2140/pjm.1966.16.1",
        },
        conventions: "Textbooks shorten by a ρ between 0.1 and 0.8. Each search begins at η here, elsewhere often at the last length. Values are those of the function itself; noise, clipping and L2 change the gradient only.",
        cost: "1 gradient, and up to 30 values or up to 26 gradients",
        memory: |_, _| 0,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| Box::new(Descent { search: Search::new(init) })),
};

#[derive(Clone)]
struct Descent {
    search: Search,
}

impl Optimizer for Descent {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let f = ctx.oracle.gradient(x, ctx.grad);
        self.search.downhill(ctx.grad);
        let (lr, c1, c2, shrink) = (ctx.lr, ctx.params[1], ctx.params[2], ctx.params[3]);
        if ctx.choice(4) == 0 {
            self.search.backtrack(x, ctx, f, lr, [c1, shrink]);
        } else {
            self.search.wolfe(x, ctx, f, lr, [c1, c2]);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        self.search.state(show);
    }

    fn kept(&mut self, _: &mut dyn FnMut(&mut [f64])) {}
}
