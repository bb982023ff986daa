//! Nonlinear conjugate gradients: d ← −g + βd; θ ← θ + αd (Nocedal, Wright 2006, section 5.2).
//!
//! With y = g − g₋, g₋ the gradient of the step before:
//! Fletcher–Reeves β = gᵀg/g₋ᵀg₋; Polak–Ribière+ β = max(0, gᵀy/g₋ᵀg₋); Hestenes–Stiefel β = gᵀy/dᵀy;
//! Dai–Yuan β = gᵀg/dᵀy. They are one on a quadratic with exact line searches.
//!
//! The search is the strong Wolfe search with c₂ = 0.4; below ½ it keeps Fletcher–Reeves' directions downhill. Where β is
//! not finite or d does not point downhill, d = −g: a restart. The first trial is η times the length that would change f as
//! much, to first order, as the last step (Nocedal, Wright, section 3.5), min(1, 1/‖g‖) in the first.

use super::line_search::{C1, C2, FIRST, Search};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::num;
use crate::param::ParamSpec;
use std::slice::from_ref;

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "conjugate_gradient",
    name: "Conjugate gradient",
    group: Group::Curvature,
    params: &[
        FIRST,
        C1,
        C2.with_default(0.4),
        ParamSpec::choice(
            "formula",
            "formula of β",
            &["polak_ribiere", "fletcher_reeves", "hestenes_stiefel", "dai_yuan"],
            "polak_ribiere restarts by itself where β would be negative; the others differ only away from quadratics.",
        ),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Bends each direction by the one before, so that what was gained along it is not lost again.",
        rule: &["y ← g − g₋", "β ← max(0, gᵀ y/(g₋ᵀ g₋))", "d ← −g + β d", "θ ← θ + α d with α of a strong Wolfe search"],
        reference: Reference {
            authors: "Fletcher, Reeves; Polak, Ribière",
            year: 1964,
            title: "Function minimization by conjugate gradients",
            url: "https://doi.org/10.1093/comjnl/7.2.149",
        },
        conventions: "SciPy has Polak–Ribière+ as here, with a line search of its own. Noise, clipping and L2 change the gradients and not the values that the search compares.",
        cost: "1 gradient, and up to 26 in the line search; usually 2 or 3",
        memory: |n, _| 2 * n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        let before = init.zeros();
        Box::new(ConjugateGradient { search: Search::new(init), before, beta: 0.0, is_fresh: true })
    }),
};

#[derive(Clone)]
struct ConjugateGradient {
    search: Search,
    /// g₋.
    before: Vec<f64>,
    beta: f64,
    is_fresh: bool,
}

/// β, as the formula with this index has it.
fn beta(formula: usize, g: &[f64], before: &[f64], d: &[f64]) -> f64 {
    let y: Vec<f64> = g.iter().zip(before).map(|(a, b)| a - b).collect();
    match formula {
        0 => (num::dot(g, &y) / num::dot(before, before)).max(0.0),
        1 => num::dot(g, g) / num::dot(before, before),
        2 => num::dot(g, &y) / num::dot(d, &y),
        _ => num::dot(g, g) / num::dot(d, &y),
    }
}

impl ConjugateGradient {
    fn bend(&mut self, g: &[f64], formula: usize) {
        if self.is_fresh {
            self.beta = 0.0;
        } else {
            self.beta = beta(formula, g, &self.before, &self.search.direction);
        }
        if self.beta.is_finite() {
            for (d, g) in self.search.direction.iter_mut().zip(g) {
                *d = -g + self.beta * *d;
            }
        }
        if !(self.beta.is_finite() && self.search.descends(g)) {
            self.beta = 0.0;
            self.search.downhill(g);
        }
    }
}

impl Optimizer for ConjugateGradient {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let f = ctx.oracle.gradient(x, ctx.grad);
        if ctx.lr <= 0.0 {
            // A step of no length is no step: the next one bends the same direction.
            return;
        }
        // α dᵀg: what the last step promised to bring.
        let promised = self.search.length * self.search.slope;
        self.bend(ctx.grad, ctx.choice(3));
        let slope = num::dot(ctx.grad, &self.search.direction);
        let expected = if promised < 0.0 { promised / slope } else { (1.0 / num::norm(ctx.grad)).min(1.0) };
        let conditions = [ctx.params[1], ctx.params[2]];
        let first = ctx.lr * expected;
        self.search.wolfe(x, ctx, f, first, conditions);
        self.before.copy_from_slice(ctx.grad);
        self.is_fresh = false;
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        self.search.state(show);
        show(item("β", "share of the last direction", StateKind::Number, from_ref(&self.beta)));
        show(item("g₋", "gradient before", StateKind::Direction, &self.before));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.search.direction);
        visit(&mut self.before);
    }
}
