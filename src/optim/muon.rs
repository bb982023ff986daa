//! Muon: m ← μm + (1 − μ)g; u ← (1 − μ)g + μm (Nesterov) or m; X ← u/‖u‖; O ← five steps of Newton and Schulz on X;
//! θ ← θ(1 − ηλ) − η s O, with s = √max(1, rows/columns).
//!
//! O is u with its singular values brought near 1, so every direction of a weight matrix moves as far as any other. As in
//! torch.optim.Muon the momentum is an average, and ‖u‖ is at least ε. optax corrects the average for its start, divides by
//! ‖u‖ + ε, and takes columns over rows, since its weights stand the other way round. PyTorch orthogonalises in 16 bits; here
//! all is in doubles. Both leave vectors to Adam; here a vector is a matrix of one column, which shows what Muon would make of it.

use super::common::{MOMENTUM, Product, eps, lr, weight_decay};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::{linear, num};
use crate::objective::Block;
use crate::param::{ParamSpec, Scale, as_index};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "muon",
    name: "Muon",
    group: Group::Matrix,
    params: &[
        lr(0.02),
        MOMENTUM.with_default(0.95),
        ParamSpec::switch("nesterov", "Nesterov", true, "Looks one step of momentum ahead: u mixes in the gradient once more."),
        ParamSpec::new(
            "ns_steps",
            "K",
            "Newton–Schulz steps",
            5.0,
            (0.0, 20.0),
            Scale::Integer,
            "How often the singular values are pulled towards 1; 5 is usual, 0 only divides by the norm.",
        )
        .slider(0.0, 10.0),
        weight_decay(0.0),
        eps(1e-7),
        ParamSpec::choice(
            "convention",
            "convention",
            &["pytorch", "optax"],
            "pytorch takes the average as it is and scales by rows over columns; optax corrects it and scales by columns over rows.",
        ),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Moves every direction of a weight matrix equally far: the singular values of the momentum are brought to about 1.",
        rule: &[
            "m ← μ m + (1 − μ) g",
            "u ← (1 − μ) g + μ m",
            "O ← orthogonalise(u/‖u‖)",
            "θ ← θ (1 − η λ) − η s O",
        ],
        reference: Reference {
            authors: "Jordan et al.",
            year: 2024,
            title: "Muon: an optimizer for hidden layers in neural networks",
            url: "https://kellerjordan.github.io/posts/muon/",
        },
        conventions: "PyTorch: plain average, ‖u‖ at least ε, decay 0.1 by default, in 16 bits (here 64). optax: corrected average, ‖u‖ + ε.",
        cost: "1 gradient",
        memory: |n, _| n,
        on_plane: Some("Muon is for matrices: on two coordinates it is momentum with steps that all have nearly the same length, at most about η."),
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(Muon {
            layout: init.layout.to_vec(),
            average: init.zeros(),
            product: Product::ONE,
            update: init.zeros(),
            orthogonal: init.zeros(),
            scales: vec![1.0; init.layout.len()],
        })
    }),
};

#[derive(Clone)]
struct Muon {
    layout: Vec<Block>,
    average: Vec<f64>,
    product: Product,
    update: Vec<f64>,
    orthogonal: Vec<f64>,
    scales: Vec<f64>,
}

/// √max(1, rows/columns), or the other way round.
#[expect(clippy::cast_precision_loss, reason = "the sides of a matrix")]
fn scale(block: &Block, transposed: bool) -> f64 {
    let (rows, cols) = (block.rows as f64, block.cols as f64);
    let ratio = if transposed { cols / rows } else { rows / cols };
    ratio.max(1.0).sqrt()
}

impl Optimizer for Muon {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, mu, eps) = (ctx.lr, ctx.params[1], ctx.params[5]);
        let (nesterov, optax, steps) = (ctx.is_on(2), ctx.choice(6) == 1, as_index(ctx.params[3]));
        let keep = 1.0 - lr * ctx.params[4];
        let mut now = self.product.correction(mu);
        let mut next = { self.product }.correction(mu);
        if !optax {
            (now, next) = (1.0, 1.0);
        }
        let g = ctx.gradient(x);
        for ((u, m), g) in self.update.iter_mut().zip(&mut self.average).zip(g) {
            *m = mu * *m + (1.0 - mu) * g;
            *u = if nesterov { (1.0 - mu) * g / now + mu * *m / next } else { *m / now };
        }
        for (block, scaling) in self.layout.iter().zip(&mut self.scales) {
            let at = block.range();
            let (u, o) = (&self.update[at.clone()], &mut self.orthogonal[at.clone()]);
            let size = num::norm(u);
            let size = if optax { size + eps } else { size.max(eps) };
            for (o, u) in o.iter_mut().zip(u) {
                *o = if size > 0.0 { u / size } else { 0.0 };
            }
            linear::newton_schulz(o, block.shape(), steps);
            *scaling = scale(block, optax);
            for (x, o) in x[at].iter_mut().zip(o) {
                *x = *x * keep - lr * *scaling * *o;
            }
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("m", "average gradient", StateKind::Direction, &self.average));
        show(item("u", "momentum with a look ahead", StateKind::Direction, &self.update));
        show(item("O", "the same, orthogonalised", StateKind::Direction, &self.orthogonal));
        show(item("s", "scale of each layer", StateKind::Number, &self.scales));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.average);
    }
}
