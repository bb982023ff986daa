//! Shampoo: for a matrix, L ← L + G Gᵀ; R ← R + Gᵀ G; θ ← θ − η (L + ε)^(−1/4) G (R + ε)^(−1/4). For a vector,
//! H ← H + g gᵀ; θ ← θ − η (H + ε)^(−1/2) g: AdaGrad with the whole matrix.
//!
//! The exponent is the paper's −1/(2k) for a tensor with k sides; many implementations use others (−1/2 for a matrix) and
//! average in place of the sum. The paper starts the sums at ε times the unit matrix; here ε is added when the root is taken,
//! which is the same and may be changed during a run. The roots are exact, from all eigenvalues, and new at every step. Since
//! the sums turn with the coordinates, so does the path: nothing depends on the directions of the axes.

use super::common::{eps, lr};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::{jacobi, linear};
use crate::objective::Block;

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "shampoo",
    name: "Shampoo",
    group: Group::Matrix,
    params: &[lr(0.1), eps(1e-4)],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "AdaGrad with a matrix for each side of a weight matrix; on a vector, AdaGrad whose axes turn with the valley.",
        rule: &["L ← L + g gᵀ", "u ← (L + ε)^(−1/2) g", "θ ← θ − η u"],
        reference: Reference {
            authors: "Gupta, Koren, Singer",
            year: 2018,
            title: "Shampoo: preconditioned stochastic tensor optimization",
            url: "https://arxiv.org/abs/1802.09568",
        },
        conventions: "The paper's sums and exponent −1/(2k): −1/2 for a vector, −1/4 on both sides of a matrix. Many average, and some take −1/2 for matrices.",
        cost: "1 gradient",
        memory: |n, _| n * n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        let sides = |side: fn(&Block) -> usize| -> Vec<f64> {
            vec![0.0; init.layout.iter().map(|b| side(b) * side(b)).sum()]
        };
        Box::new(Shampoo {
            layout: init.layout.to_vec(),
            left: sides(|b| b.rows),
            // A vector has no second side.
            right: sides(|b| if b.cols > 1 { b.cols } else { 0 }),
            update: init.zeros(),
        })
    }),
};

#[derive(Clone)]
struct Shampoo {
    layout: Vec<Block>,
    /// L of every block, one after the other, and R of every matrix.
    left: Vec<f64>,
    right: Vec<f64>,
    update: Vec<f64>,
}

fn add(sum: &mut [f64], more: &[f64]) {
    for (s, m) in sum.iter_mut().zip(more) {
        *s += m;
    }
}

impl Optimizer for Shampoo {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, eps) = (ctx.lr, ctx.params[1]);
        ctx.oracle.spend(self.layout.iter().map(|b| super::common::cube(b.rows) + super::common::cube(b.cols)).sum());
        let g = ctx.gradient(x);
        let (mut left, mut right) = (&mut self.left[..], &mut self.right[..]);
        for block in &self.layout {
            let (rows, cols) = block.shape();
            let g = &g[block.range()];
            let (l, rest) = left.split_at_mut(rows * rows);
            left = rest;
            add(l, &linear::gram_of_rows(g, (rows, cols)));
            let exponent = if cols > 1 { -0.25 } else { -0.5 };
            let mut u = linear::product(&jacobi::inverse_power(l, rows, exponent, eps), g, (rows, rows), cols);
            if cols > 1 {
                let (r, rest) = right.split_at_mut(cols * cols);
                right = rest;
                add(r, &linear::gram_of_columns(g, (rows, cols)));
                u = linear::product(&u, &jacobi::inverse_power(r, cols, exponent, eps), (rows, cols), cols);
            }
            for (x, u) in x[block.range()].iter_mut().zip(&u) {
                *x -= lr * u;
            }
            self.update[block.range()].copy_from_slice(&u);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("u", "preconditioned gradient", StateKind::Direction, &self.update));
        show(item("L", "sum of g gᵀ", StateKind::Matrix, &self.left));
        if !self.right.is_empty() {
            show(item("R", "sum of gᵀ g", StateKind::Matrix, &self.right));
        }
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.left);
        if !self.right.is_empty() {
            visit(&mut self.right);
        }
    }
}
