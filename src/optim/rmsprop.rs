//! RMSprop: v ← αv + (1 − α)g²; θ ← θ − ηg/(√v + ε).
//!
//! centered: the root of v − ḡ², where ḡ averages g. With momentum, b ← μb + g/(√v + ε); θ ← θ − ηb.
//! optax puts ε inside the root, has α = 0.9 by default, and keeps η inside the momentum buffer. Both buffers are kept, so
//! that the convention may be changed during a run.

use super::common::{MOMENTUM, eps, lr};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::later::here;
use crate::param::{ParamSpec, Scale};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "rmsprop",
    name: "RMSprop",
    group: Group::Adaptive,
    params: &[
        lr(0.01),
        ParamSpec::new(
            "alpha",
            "α",
            "decay",
            0.99,
            (0.0, 1.0),
            Scale::Complement,
            "How slowly the average of the squared gradients forgets: it remembers about 1/(1 − α) steps.",
        )
        .slider(0.0, 0.9999),
        eps(1e-8),
        MOMENTUM.with_default(0.0),
        ParamSpec::switch("centered", "centered", false, "Subtracts the squared average gradient, so that v is a variance."),
        ParamSpec::choice(
            "convention",
            "convention",
            &["pytorch", "optax"],
            "pytorch adds ε after the root and multiplies the momentum buffer by η; optax adds ε inside and puts η into the buffer.",
        ),
    ],
    needs: Needs::Nothing,
    about: here(About {
        sentence: "Divides each coordinate by the recent size of its gradient: AdaGrad that forgets.",
        rule: &["v ← α v + (1 − α) g²", "θ ← θ − η g/(√v + ε)"],
        reference: Reference {
            authors: "Tieleman, Hinton",
            year: 2012,
            title: "Neural networks for machine learning, lecture 6e",
            url: "https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf",
        },
        conventions: "PyTorch: ε outside the root, decay 0.99. optax: ε inside, decay 0.9, η inside the momentum buffer.",
        cost: "1 gradient",
        memory: |n, p| n * (1 + usize::from(p[4] != 0.0) + usize::from(p[3] > 0.0)),
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(Rmsprop {
            square: init.zeros(),
            mean: init.zeros(),
            buffer: init.zeros(),
            scaled: init.zeros(),
            optax: false,
            centered: false,
            moves: false,
        })
    }),
};

#[derive(Clone)]
struct Rmsprop {
    square: Vec<f64>,
    mean: Vec<f64>,
    buffer: Vec<f64>,
    /// The buffer with η inside.
    scaled: Vec<f64>,
    /// What was read at the last step.
    optax: bool,
    centered: bool,
    moves: bool,
}

impl Optimizer for Rmsprop {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, alpha, eps, mu) = (ctx.lr, ctx.params[1], ctx.params[2], ctx.params[3]);
        let centered = ctx.is_on(4);
        (self.optax, self.centered, self.moves) = (ctx.choice(5) == 1, centered, mu > 0.0);
        let g = ctx.gradient(x);
        for (i, g) in g.iter().enumerate() {
            let (v, mean) = (&mut self.square[i], &mut self.mean[i]);
            *v = alpha * *v + (1.0 - alpha) * g * g;
            *mean = alpha * *mean + (1.0 - alpha) * g;
            // A variance; rounding may take it a hair below 0.
            let spread = if centered { (*v - *mean * *mean).max(0.0) } else { *v };
            let root = if self.optax { (spread + eps).sqrt() } else { spread.sqrt() + eps };
            let step = if root > 0.0 { g / root } else { 0.0 };
            let (b, scaled) = (&mut self.buffer[i], &mut self.scaled[i]);
            *b = mu * *b + step;
            *scaled = mu * *scaled + lr * step;
            x[i] -= if self.optax { *scaled } else { lr * *b };
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        let (kind, buffer) = if self.optax {
            (StateKind::Impulse, &self.scaled)
        } else {
            (StateKind::Direction, &self.buffer)
        };
        show(item("v", "average squared gradient", StateKind::Spread, &self.square));
        show(item("ḡ", "average gradient", StateKind::Direction, &self.mean));
        show(item("b", "momentum buffer", kind, buffer));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.square);
        if self.centered {
            visit(&mut self.mean);
        }
        if self.moves {
            visit(if self.optax { &mut self.scaled } else { &mut self.buffer });
        }
    }
}
