//! L-BFGS: d = −Bg, where B is never written down but applied by two loops over the last m pairs of a step s and a
//! change of the gradient y (Nocedal 1980; Nocedal, Wright 2006, algorithm 7.4).
//!
//! As PyTorch does it, one iteration a step: B starts from γI with γ = yᵀs/yᵀy of the newest pair; a pair is kept if
//! yᵀs > 1e-10; strong Wolfe search with up to 25 tries after the first, which is η min(1, 1/‖g‖₁) in the first step and
//! η later. PyTorch's own default of 25 evaluations a call leaves a single iteration none for the search; its tolerances,
//! which end a call early, are 0 here. A pair is formed from two gradients of the same step.

use super::line_search::{C1, C2, FIRST, Move, Search};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::num;
use crate::param::{ParamSpec, Scale, as_index};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "lbfgs",
    name: "L-BFGS",
    group: Group::Curvature,
    params: &[
        FIRST,
        ParamSpec::new(
            "history",
            "m",
            "history",
            10.0,
            (1.0, 100.0),
            Scale::Integer,
            "How many pairs of a step and a change of the gradient are remembered; 5 to 20 is usual.",
        )
        .slider(1.0, 20.0),
        C1,
        C2,
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "BFGS that remembers only the last few steps: curvature for the price of a few vectors.",
        rule: &[
            "γ ← yᵀ s/(yᵀ y)",
            "d ← −B g with B of BFGS from γ I and the last m pairs s, y",
            "θ ← θ + α d with α of a strong Wolfe search",
        ],
        reference: Reference {
            authors: "Liu, Nocedal",
            year: 1989,
            title: "On the limited memory BFGS method for large scale optimization",
            url: "https://doi.org/10.1007/BF01589116",
        },
        conventions: "As torch.optim.LBFGS with one iteration a step and its strong Wolfe search; the first trial follows ‖g‖₁, so the first step depends on the axes. SciPy's L-BFGS-B searches differently. Noise, clipping and L2 change the gradients and not the values that the search compares.",
        cost: "1 gradient, and up to 26 in the line search; usually 1 or 2",
        memory: |n, p| 2 * as_index(p[1]) * n,
        on_plane: Some("With two coordinates two pairs are all there is to learn: more history changes only how old curvature fades."),
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        let room = as_index(init.params[1]) * init.x.len();
        let search = Search::new(init);
        Box::new(Lbfgs { search, steps: vec![0.0; room], changes: vec![0.0; room], count: 0, has_begun: false })
    }),
};

/// Of pairs with less than this nothing can be learnt.
const LEAST_CURVATURE: f64 = 1e-10;

#[derive(Clone)]
struct Lbfgs {
    search: Search,
    /// The pairs s and y, oldest first; room for all, the first `count` are there.
    steps: Vec<f64>,
    changes: Vec<f64>,
    count: usize,
    /// Whether a first step was taken.
    has_begun: bool,
}

impl Lbfgs {
    /// Makes room for so many pairs and keeps the newest.
    fn set_history(&mut self, history: usize, n: usize) {
        let lost = self.count.saturating_sub(history);
        for pairs in [&mut self.steps, &mut self.changes] {
            pairs.drain(..lost * n);
            pairs.resize(history * n, 0.0);
        }
        self.count -= lost;
    }

    fn remember(&mut self, Move { s, y }: &Move) {
        let n = s.len();
        if !(num::dot(y, s) > LEAST_CURVATURE && s.iter().chain(y).all(|v| v.is_finite())) {
            return;
        }
        let room = self.steps.len() / n;
        if self.count == room {
            self.steps.rotate_left(n);
            self.changes.rotate_left(n);
            self.count -= 1;
        }
        let place = self.count * n..(self.count + 1) * n;
        self.steps[place.clone()].copy_from_slice(s);
        self.changes[place].copy_from_slice(y);
        self.count += 1;
    }

    /// −Bg by the two loops.
    fn direction(&self, g: &[f64]) -> Vec<f64> {
        let n = g.len();
        let pairs: Vec<_> = self.steps.chunks(n).zip(self.changes.chunks(n)).take(self.count).collect();
        let mut d: Vec<f64> = g.iter().map(|g| -g).collect();
        let mut weights = vec![0.0; pairs.len()];
        for ((s, y), weight) in pairs.iter().zip(&mut weights).rev() {
            *weight = num::dot(s, &d) * (1.0 / num::dot(y, s));
            add(&mut d, y, -*weight);
        }
        if let Some((s, y)) = pairs.last() {
            let scale = num::dot(y, s) / num::dot(y, y);
            for d in &mut d {
                *d *= scale;
            }
        }
        for ((s, y), weight) in pairs.iter().zip(&weights) {
            let share = num::dot(y, &d) * (1.0 / num::dot(y, s));
            add(&mut d, s, weight - share);
        }
        d
    }
}

fn add(to: &mut [f64], v: &[f64], factor: f64) {
    for (to, v) in to.iter_mut().zip(v) {
        *to += factor * v;
    }
}

impl Optimizer for Lbfgs {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let f = ctx.oracle.gradient(x, ctx.grad);
        self.set_history(ctx.choice(1), x.len());
        self.search.direction = self.direction(ctx.grad);
        if ctx.grad.iter().any(|g| *g != 0.0) && !self.search.descends(ctx.grad) {
            // The state may have been rounded or averaged since.
            self.count = 0;
            self.search.downhill(ctx.grad);
        }
        let first = if self.has_begun {
            ctx.lr
        } else {
            let sum = ctx.grad.iter().fold(0.0, |sum, g| sum + g.abs());
            (1.0 / sum).min(1.0) * ctx.lr
        };
        let conditions = [ctx.params[2], ctx.params[3]];
        self.has_begun |= first > 0.0 && self.search.descends(ctx.grad);
        if let Some(step) = self.search.wolfe(x, ctx, f, first, conditions) {
            self.remember(&step);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        self.search.state(show);
        let n = self.search.direction.len();
        let known = self.count.max(1) * n;
        show(item("s", "steps remembered", StateKind::Matrix, &self.steps[..known]));
        show(item("y", "changes of the gradient", StateKind::Matrix, &self.changes[..known]));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.steps);
        visit(&mut self.changes);
    }
}
