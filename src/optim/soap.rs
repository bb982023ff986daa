//! SOAP: Adam in the eigenbasis of Shampoo's matrices. L ← β₂L + (1 − β₂)G Gᵀ, R likewise, with eigenvectors Q; g′ = Qᵀg;
//! m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g′²; θ ← θ − η√(1 − β₂ᵗ)/(1 − β₁ᵗ) Q (Qᵀm/(√v + ε)).
//!
//! As in the authors' code, the basis comes from the gradients before this one, so the first step only starts it and does not
//! move; ε is added before the correction; and the matrices average with β₂. There the basis is followed by one step of power
//! iteration, and only every 10 steps; here all eigenvectors are worked out at every step. An eigenvector is matched with the
//! old one it is nearest to (by |overlap|, the old ones in turn), so that v stays with its directions when eigenvalues change
//! places; at first they stand by eigenvalue, the largest first. Signs do not matter: v squares them, and m is kept unturned.
//! Vectors have one matrix, where `precondition_1d` is on; without it SOAP is Adam on vectors.

use super::common::{BETA1, BETA2, Product, eps, lr};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::{jacobi, linear, num};
use crate::objective::Block;
use crate::param::ParamSpec;

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "soap",
    name: "SOAP",
    group: Group::Matrix,
    params: &[
        lr(3e-3),
        BETA1.with_default(0.95),
        BETA2.with_default(0.95),
        eps(1e-8),
        ParamSpec::switch(
            "precondition_1d",
            "vectors too",
            true,
            "Turns vectors into their eigenbasis as well; without it SOAP is Adam on vectors.",
        ),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Adam in the principal directions of the past gradients: it does not matter how the axes are turned.",
        rule: &[
            "m ← β₁ m + (1 − β₁) g",
            "v ← β₂ v + (1 − β₂) (Qᵀ g)²",
            "u ← Q (Qᵀ m/(√v + ε))",
            "θ ← θ − η √(1 − β₂ᵗ)/(1 − β₁ᵗ) u",
            "L ← β₂ L + (1 − β₂) g gᵀ",
            "Q ← eigenvectors(L)",
        ],
        reference: Reference {
            authors: "Vyas et al.",
            year: 2025,
            title: "SOAP: improving and stabilizing Shampoo using Adam",
            url: "https://arxiv.org/abs/2409.11321",
        },
        conventions: "The authors follow the basis by one power iteration every 10 steps and leave vectors to Adam; here it is exact at every step.",
        cost: "1 gradient",
        memory: |n, p| 2 * n + if p[4] == 0.0 { 0 } else { 2 * n * n },
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        let sides = |side: fn(&Block) -> usize| -> Vec<Side> {
            init.layout.iter().map(|b| Side::new(side(b))).collect()
        };
        Box::new(Soap {
            layout: init.layout.to_vec(),
            first: init.zeros(),
            second: init.zeros(),
            first_product: Product::ONE,
            second_product: Product::ONE,
            update: init.zeros(),
            left: sides(|b| b.rows),
            right: sides(|b| if b.cols > 1 { b.cols } else { 0 }),
            begun: false,
            vectors_too: init.params[4] != 0.0,
        })
    }),
};

/// One side of a block: the average of the products of gradients along it, and its eigenvectors as columns.
#[derive(Clone)]
struct Side {
    n: usize,
    gram: Vec<f64>,
    basis: Vec<f64>,
}

impl Side {
    fn new(n: usize) -> Self {
        Self { n, gram: vec![0.0; n * n], basis: linear::identity(n) }
    }

    /// Takes new products into the average, and turns the basis after it: to the eigenvectors, or to the axes.
    fn follow(&mut self, products: &[f64], beta: f64, begun: bool, turned: bool) {
        for (a, p) in self.gram.iter_mut().zip(products) {
            *a = beta * *a + (1.0 - beta) * p;
        }
        if turned {
            let vectors = jacobi::symmetric_eigen(&self.gram, self.n).vectors;
            if vectors.iter().all(|v| v.is_finite()) {
                self.basis = if begun { self.matched(&vectors) } else { vectors };
            }
        } else {
            self.basis = self.matched(&linear::identity(self.n));
        }
    }

    /// The columns of a new basis in the order of the old ones that they are nearest to.
    fn matched(&self, vectors: &[f64]) -> Vec<f64> {
        let n = self.n;
        let overlaps = linear::product(&linear::transpose(&self.basis, (n, n)), vectors, (n, n), n);
        let mut free = vec![true; n];
        let mut out = vec![0.0; n * n];
        for (old, row) in overlaps.chunks_exact(n).enumerate() {
            let mut best: Option<usize> = None;
            for new in (0..n).filter(|new| free[*new]) {
                if best.is_none_or(|b| row[new].abs() > row[b].abs()) {
                    best = Some(new);
                }
            }
            let Some(best) = best else { continue };
            free[best] = false;
            for k in 0..n {
                out[k * n + old] = vectors[k * n + best];
            }
        }
        out
    }
}

#[derive(Clone)]
struct Soap {
    layout: Vec<Block>,
    /// m, in the coordinates of θ.
    first: Vec<f64>,
    /// v, in those of the basis.
    second: Vec<f64>,
    first_product: Product,
    second_product: Product,
    update: Vec<f64>,
    left: Vec<Side>,
    right: Vec<Side>,
    begun: bool,
    vectors_too: bool,
}

/// Qᵀ G P: a block in the coordinates of its bases.
fn into_basis(g: &[f64], (rows, cols): linear::Shape, left: &Side, right: &Side) -> Vec<f64> {
    let g = linear::product(&linear::transpose(&left.basis, (rows, rows)), g, (rows, rows), cols);
    if right.n == 0 { g } else { linear::product(&g, &right.basis, (rows, cols), cols) }
}

/// Q G Pᵀ: and back.
fn out_of_basis(g: &[f64], (rows, cols): linear::Shape, left: &Side, right: &Side) -> Vec<f64> {
    let g = linear::product(&left.basis, g, (rows, rows), cols);
    let back = |g: &[f64]| linear::product(g, &linear::transpose(&right.basis, (cols, cols)), (rows, cols), cols);
    if right.n == 0 { g } else { back(&g) }
}

impl Soap {
    /// Adam's step in the basis, written to `update`.
    fn adam(&mut self, g: &[f64], (beta1, beta2, eps): (f64, f64, f64)) {
        let c1 = self.first_product.correction(beta1);
        let c2 = self.second_product.correction(beta2);
        let rate = c2.sqrt() / c1;
        for (m, g) in self.first.iter_mut().zip(g) {
            *m = beta1 * *m + (1.0 - beta1) * g;
        }
        for ((block, left), right) in self.layout.iter().zip(&self.left).zip(&self.right) {
            let at = block.range();
            let turned = into_basis(&g[at.clone()], block.shape(), left, right);
            let mut step = into_basis(&self.first[at.clone()], block.shape(), left, right);
            for ((m, g), v) in step.iter_mut().zip(turned).zip(&mut self.second[at.clone()]) {
                *v = beta2 * *v + (1.0 - beta2) * g * g;
                let denominator = v.sqrt() + eps;
                *m = if denominator > 0.0 { rate * *m / denominator } else { 0.0 };
            }
            self.update[at].copy_from_slice(&out_of_basis(&step, block.shape(), left, right));
        }
    }
}

impl Optimizer for Soap {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, beta1, beta2, eps) = (ctx.lr, ctx.params[1], ctx.params[2], ctx.params[3]);
        self.vectors_too = ctx.is_on(4);
        ctx.oracle.spend(self.left.iter().chain(&self.right).map(|side| super::common::cube(side.n)).sum());
        let g = ctx.gradient(x);
        if self.begun {
            self.adam(g, (beta1, beta2, eps));
            for (x, u) in x.iter_mut().zip(&self.update) {
                *x -= lr * u;
            }
        }
        let sides = self.left.iter_mut().zip(&mut self.right);
        for (block, (left, right)) in self.layout.iter().zip(sides) {
            let g = &g[block.range()];
            let turned = self.vectors_too || block.cols > 1;
            left.follow(&linear::gram_of_rows(g, block.shape()), beta2, self.begun, turned);
            if right.n > 0 {
                right.follow(&linear::gram_of_columns(g, block.shape()), beta2, self.begun, turned);
            }
        }
        // Without a gradient there is no direction to begin with.
        self.begun |= num::norm(g) > 0.0;
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("m", "average gradient", StateKind::Direction, &self.first));
        show(item("u", "step before the rate", StateKind::Direction, &self.update));
        show(item("v", "average squared gradient in the basis", StateKind::Matrix, &self.second));
        let sides = || self.left.iter().chain(&self.right);
        let grams: Vec<f64> = sides().flat_map(|s| &s.gram).copied().collect();
        let bases: Vec<f64> = sides().flat_map(|s| &s.basis).copied().collect();
        show(item("L", "average of g gᵀ", StateKind::Matrix, &grams));
        show(item("Q", "its eigenvectors, as columns", StateKind::Matrix, &bases));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.first);
        visit(&mut self.second);
        let sides = self.left.iter_mut().zip(&mut self.right);
        for (block, (left, right)) in self.layout.iter().zip(sides) {
            if self.vectors_too || block.cols > 1 {
                for side in [left, right] {
                    visit(&mut side.gram);
                    visit(&mut side.basis);
                }
            }
        }
    }
}
