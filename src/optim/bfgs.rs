//! BFGS: d = −Bg; θ ← θ + αd; B ← (I − syᵀ/yᵀs) B (I − ysᵀ/yᵀs) + ssᵀ/yᵀs, where B estimates H⁻¹, s is the step and y
//! the change of the gradient (Nocedal, Wright 2006, equation 6.17 and algorithm 6.1).
//!
//! B starts as I, without the rescaling after the first step that the book suggests; `SciPy` does the same. The first step
//! tries η min(1, 1/‖g‖), the others η. The update is skipped where yᵀs ≤ 0, which the Wolfe conditions rule out, but noise
//! does not. Both gradients of y are taken in one step. If rounding ever makes d point uphill, B is I again.

use super::line_search::{C1, C2, FIRST, Move, Search};
use super::{Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::later::{here, lines, words};
use crate::math::num;
use crate::math::solve::{shifted, times};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "bfgs",
    name: "BFGS",
    group: Group::Curvature,
    sentence: words("Learns the inverse Hessian from the gradients along the way, and takes Newton's steps with it."),
    rule: lines(&[
        "d ← −B g",
        "θ ← θ + α d with α of a strong Wolfe search",
        "B ← (I − s yᵀ/(yᵀ s)) B (I − y sᵀ/(yᵀ s)) + s sᵀ/(yᵀ s)",
    ]),
    params: &[FIRST, C1, C2],
    reference: here(Reference {
        authors: "Broyden; Fletcher; Goldfarb; Shanno",
        year: 1970,
        title: "The convergence of a class of double-rank minimization algorithms",
        url: "https://doi.org/10.1093/imamat/6.1.76",
    }),
    conventions: words("SciPy starts from I as here; Nocedal and Wright rescale I after the first step. Line searches differ between libraries, and with them the path, not the minimum. Noise, clipping and L2 change the gradients and not the values that the search compares."),
    cost: words("1 gradient, and up to 26 in the line search; usually 1 or 2"),
    memory: |n, _| n * n,
    on_plane: None,
    needs: Needs::Nothing,
    stability: None,
    new: here(|init: &Init<'_>| {
        let n = init.x.len();
        let step = init.zeros();
        let (inverse, change) = (identity(n), init.zeros());
        Box::new(Bfgs { search: Search::new(init), inverse, step, change, is_fresh: true })
    }),
};

fn identity(n: usize) -> Vec<f64> {
    shifted(&vec![0.0; n * n], n, 1.0)
}

#[derive(Clone)]
struct Bfgs {
    search: Search,
    /// B.
    inverse: Vec<f64>,
    /// s and y of the last step, to be seen.
    step: Vec<f64>,
    change: Vec<f64>,
    /// Whether nothing was learnt yet.
    is_fresh: bool,
}

impl Bfgs {
    fn learn(&mut self, Move { s, y }: &Move) {
        let n = s.len();
        let ys = num::dot(y, s);
        if ys > 0.0 {
            let by = times(&self.inverse, y);
            let scale = (1.0 + num::dot(y, &by) / ys) / ys;
            let mut next = self.inverse.clone();
            for (k, b) in next.iter_mut().enumerate() {
                let (i, j) = (k / n, k % n);
                *b += scale * (s[i] * s[j]) - (by[i] * s[j] + s[i] * by[j]) / ys;
            }
            if next.iter().all(|b| b.is_finite()) {
                self.inverse = next;
                self.is_fresh = false;
            }
        }
    }
}

impl Optimizer for Bfgs {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let f = ctx.oracle.gradient(x, ctx.grad);
        self.search.direction = times(&self.inverse, ctx.grad);
        for d in &mut self.search.direction {
            *d = -*d;
        }
        if ctx.grad.iter().any(|g| *g != 0.0) && !self.search.descends(ctx.grad) {
            self.inverse = identity(x.len());
            self.is_fresh = true;
            self.search.downhill(ctx.grad);
        }
        let first = if self.is_fresh { ctx.lr * (1.0 / num::norm(ctx.grad)).min(1.0) } else { ctx.lr };
        let conditions = [ctx.params[1], ctx.params[2]];
        if let Some(step) = self.search.wolfe(x, ctx, f, first, conditions) {
            self.learn(&step);
            (self.step, self.change) = (step.s, step.y);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        self.search.state(show);
        show(item("B", "estimate of the inverse Hessian", StateKind::Matrix, &self.inverse));
        show(item("s", "last step", StateKind::Displacement, &self.step));
        show(item("y", "change of the gradient", StateKind::Direction, &self.change));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.inverse);
    }
}
