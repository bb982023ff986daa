//! Damped Newton: (H + λI)d = −g, then backtracking along d from η.
//!
//! λ is 0 where H is positive definite. Elsewhere it is the first of β, 2β, 4β … for which Cholesky's factorisation of
//! H + λI succeeds, so that d is a descent direction. Source: Nocedal, Wright 2006, algorithms 3.2 and 3.3; their λ starts
//! from the smallest diagonal entry, which makes the path depend on the axes, so here it starts from β. After 100
//! doublings, or where H is not finite or not given, d = −g.

use super::line_search::{C1, FIRST, SHRINK, Search};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::solve::{cholesky, cholesky_solve, shifted};
use crate::param::{ParamSpec, Scale};
use std::slice::from_ref;

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "damped_newton",
    name: "Damped Newton",
    group: Group::Curvature,
    params: &[
        FIRST,
        ParamSpec::new(
            "beta",
            "β",
            "first damping",
            1e-3,
            (1e-12, 1e6),
            Scale::Log,
            "The first λ that is tried where the Hessian is not positive definite; it is doubled until H + λI is.",
        )
        .slider(1e-6, 100.0),
        C1,
        SHRINK,
    ],
    needs: Needs::Hessian,
    about: Some(About {
        sentence: "Newton's step with λ added to all curvatures until none points down, and shortened until f falls: never uphill.",
        rule: &[
            "λ ← the first of 0, β, 2 β, 4 β, … so that H + λ I is positive definite",
            "d ← −(H + λ I)⁻¹ g",
            "α ← η ρᵏ with the least k so that f(θ + α d) ≤ f(θ) + c₁ α dᵀ g",
            "θ ← θ + α d",
        ],
        reference: Reference {
            authors: "Nocedal, Wright",
            year: 2006,
            title: "Numerical optimization, chapter 3",
            url: "https://doi.org/10.1007/978-0-387-40065-5",
        },
        conventions: "The book starts λ from the smallest diagonal entry of H, here it starts from β, so that turned axes change nothing. Modifiers change g, not H and not the values that the search compares.",
        cost: "1 gradient, 1 Hessian and up to 30 values",
        memory: |_, _| 0,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        let n = init.x.len();
        Box::new(DampedNewton { search: Search::new(init), hessian: vec![0.0; n * n], damping: 0.0 })
    }),
};

/// How often λ is doubled at most.
const DOUBLINGS: usize = 100;

#[derive(Clone)]
struct DampedNewton {
    search: Search,
    hessian: Vec<f64>,
    damping: f64,
}

/// λ and the factor of H + λI.
fn raised(h: &[f64], n: usize, beta: f64) -> Option<(f64, Vec<f64>)> {
    let mut damping = 0.0;
    for _ in 0..=DOUBLINGS {
        if let Some(l) = cholesky(&shifted(h, n, damping), n) {
            return Some((damping, l));
        }
        damping = (2.0 * damping).max(beta);
    }
    None
}

impl Optimizer for DampedNewton {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let known = ctx.oracle.hessian(x, &mut self.hessian);
        let f = ctx.oracle.gradient(x, ctx.grad);
        let (lr, beta, c1, shrink) = (ctx.lr, ctx.params[1], ctx.params[2], ctx.params[3]);
        self.search.downhill(ctx.grad);
        self.damping = 0.0;
        if known
            && self.hessian.iter().all(|v| v.is_finite())
            && let Some((damping, l)) = raised(&self.hessian, x.len(), beta)
        {
            self.damping = damping;
            self.search.direction = cholesky_solve(&l, &self.search.direction);
            if !self.search.descends(ctx.grad) {
                self.search.downhill(ctx.grad);
            }
        }
        self.search.backtrack(x, ctx, f, lr, [c1, shrink]);
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("λ", "damping", StateKind::Number, from_ref(&self.damping)));
        self.search.state(show);
        show(item("H", "Hessian", StateKind::Matrix, &self.hessian));
    }

    fn kept(&mut self, _: &mut dyn FnMut(&mut [f64])) {}
}
