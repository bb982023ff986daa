//! Adafactor: ρ ← min(η, 1/√t); α ← max(ε₂, RMS(θ)) ρ; v ← (1 − tᶜ)v + tᶜg²; u ← g/√v; θ ← θ − α u/max(1, RMS(u)/d).
//!
//! For a matrix not v is kept but the means of its rows R and of its columns C, and v is R·C/mean(R): rows + columns numbers
//! in place of their product. Vectors keep v whole. As in torch.optim.Adafactor, √v is at least ε₁ and the mean of R too,
//! with ε₁ the rounding unit of a double. optax takes η as it is (no 1/√t), adds 1e-30 to g², and factors only matrices whose sides
//! both reach 128, which none here does. Both kinds of average are kept, so that the convention may be changed during a run.
//! The step is proportional to RMS(θ): it depends on where the origin is.

use super::common::lr;
use super::layers::rms;
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::{linear, num};
use crate::objective::Block;
use crate::param::{ParamSpec, Scale};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "adafactor",
    name: "Adafactor",
    group: Group::Matrix,
    params: &[
        lr(0.01),
        ParamSpec::new(
            "beta2_decay",
            "c",
            "decay exponent",
            -0.8,
            (-2.0, 0.0),
            Scale::Linear,
            "A new squared gradient enters with weight t to this power: the lower, the longer the memory grows.",
        ),
        ParamSpec::new(
            "eps2",
            "ε₂",
            "smallest size",
            1e-3,
            (0.0, 1e6),
            Scale::Log,
            "The size that weights are taken to have at least, so that weights of 0 can move.",
        )
        .slider(0.0, 10.0),
        ParamSpec::new(
            "d",
            "d",
            "clipping threshold",
            1.0,
            (1e-3, 1e6),
            Scale::Log,
            "The largest RMS of u; above it u is scaled down. 1 is usual.",
        )
        .slider(0.1, 10.0),
        ParamSpec::choice(
            "convention",
            "convention",
            &["pytorch", "optax"],
            "pytorch bounds the rate by 1/√t and factors every matrix; optax takes the rate as it is and factors none of these sizes.",
        ),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "RMSprop that keeps only row and column means of a matrix of squared gradients, with steps relative to the size of the weights.",
        rule: &[
            "v ← (1 − t^c) v + t^c g²",
            "u ← g/√v",
            "α ← max(ε₂, RMS(θ)) min(η, 1/√t)",
            "θ ← θ − α u/max(1, RMS(u)/d)",
        ],
        reference: Reference {
            authors: "Shazeer, Stern",
            year: 2018,
            title: "Adafactor: adaptive learning rates with sublinear memory cost",
            url: "https://arxiv.org/abs/1804.04235",
        },
        conventions: "PyTorch: rate at most 1/√t, ε₁ as a lower bound. optax: rate as it is, 1e-30 added to g², matrices below 128 × 128 kept whole.",
        cost: "1 gradient",
        memory: |n, _| n,
        on_plane: Some("Nothing is factored in a vector, and the step is relative to the distance from the origin, so the path depends on where that is."),
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        let matrices = || init.layout.iter().filter(|b| b.cols > 1);
        Box::new(Adafactor {
            layout: init.layout.to_vec(),
            square: init.zeros(),
            rows: vec![0.0; matrices().map(|b| b.rows).sum()],
            cols: vec![0.0; matrices().map(|b| b.cols).sum()],
            estimate: init.zeros(),
            update: init.zeros(),
            rates: vec![0.0; init.layout.len()],
            optax: false,
        })
    }),
};

/// The rounding unit of a double: PyTorch's ε₁.
const EPS1: f64 = f64::EPSILON;

#[derive(Clone)]
struct Adafactor {
    layout: Vec<Block>,
    /// v, coordinate by coordinate.
    square: Vec<f64>,
    /// R and C of the matrices, one after the other.
    rows: Vec<f64>,
    cols: Vec<f64>,
    /// What stands under the root.
    estimate: Vec<f64>,
    update: Vec<f64>,
    rates: Vec<f64>,
    optax: bool,
}

fn blend(average: &mut f64, new: f64, weight: f64) {
    *average = (1.0 - weight) * *average + weight * new;
}

#[expect(clippy::cast_precision_loss, reason = "the sides of a matrix")]
fn mean_square(v: &[f64]) -> f64 {
    num::dot(v, v) / v.len() as f64
}

/// Takes a matrix into the means of its rows and columns, and writes what they make of its squares.
#[expect(clippy::cast_precision_loss, reason = "the sides of a matrix")]
fn factor(g: &[f64], shape: linear::Shape, means: (&mut [f64], &mut [f64]), weight: f64, out: &mut [f64]) {
    let (rows, cols) = means;
    for (mean, row) in rows.iter_mut().zip(g.chunks_exact(shape.1)) {
        blend(mean, mean_square(row), weight);
    }
    for (mean, column) in cols.iter_mut().zip(linear::transpose(g, shape).chunks_exact(shape.0)) {
        blend(mean, mean_square(column), weight);
    }
    let mut sum = 0.0;
    for mean in &*rows {
        sum += mean;
    }
    let whole = (sum / shape.0 as f64).max(EPS1);
    for (out, row) in out.chunks_exact_mut(shape.1).zip(&*rows) {
        for (out, col) in out.iter_mut().zip(&*cols) {
            *out = row * col / whole;
        }
    }
}

impl Adafactor {
    /// Brings the averages up to date and writes what stands under the root.
    fn gather(&mut self, g: &[f64], weight: f64) {
        let tiny = if self.optax { 1e-30 } else { 0.0 };
        for (v, g) in self.square.iter_mut().zip(g) {
            blend(v, g * g + tiny, weight);
        }
        self.estimate.copy_from_slice(&self.square);
        let (mut rows, mut cols) = (&mut self.rows[..], &mut self.cols[..]);
        for block in self.layout.iter().filter(|b| b.cols > 1) {
            let (row, more_rows) = rows.split_at_mut(block.rows);
            let (col, more_cols) = cols.split_at_mut(block.cols);
            (rows, cols) = (more_rows, more_cols);
            let mut estimate = vec![0.0; block.len()];
            factor(&g[block.range()], block.shape(), (row, col), weight, &mut estimate);
            if !self.optax {
                self.estimate[block.range()].copy_from_slice(&estimate);
            }
        }
        if !self.optax {
            for v in &mut self.estimate {
                *v = v.max(EPS1 * EPS1);
            }
        }
    }
}

impl Optimizer for Adafactor {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, exponent, eps2, d) = (ctx.lr, ctx.params[1], ctx.params[2], ctx.params[3]);
        let t = f64::from(ctx.t);
        self.optax = ctx.choice(4) == 1;
        let rho = if self.optax { lr } else { lr.min(1.0 / t.sqrt()) };
        let g = ctx.gradient(x);
        self.gather(g, num::pow(t, exponent));
        for ((u, v), g) in self.update.iter_mut().zip(&self.estimate).zip(g) {
            *u = g / v.sqrt();
        }
        for (block, rate) in self.layout.iter().zip(&mut self.rates) {
            let at = block.range();
            *rate = rms(&x[at.clone()]).max(eps2) * rho;
            let u = &self.update[at.clone()];
            let step = *rate / (rms(u) / d).max(1.0);
            for (x, u) in x[at].iter_mut().zip(u) {
                *x -= step * u;
            }
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("v", "average squared gradient", StateKind::Spread, &self.estimate));
        show(item("u", "gradient over its size", StateKind::Direction, &self.update));
        show(item("α", "relative rate of each layer", StateKind::Number, &self.rates));
        if !self.optax && !self.rows.is_empty() {
            show(item("R", "means of the rows of g²", StateKind::Matrix, &self.rows));
            show(item("C", "means of the columns of g²", StateKind::Matrix, &self.cols));
        }
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        if self.optax {
            visit(&mut self.square);
            return;
        }
        for block in self.layout.iter().filter(|b| b.cols == 1) {
            visit(&mut self.square[block.range()]);
        }
        if !self.rows.is_empty() {
            visit(&mut self.rows);
            visit(&mut self.cols);
        }
    }
}
