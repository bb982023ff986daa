//! LARS: u ← g + λθ; r ← κ‖θ‖/‖u‖ for each layer (1 where either is 0); b ← μb + η r u; θ ← θ − b.
//!
//! The rate and the ratio stand inside the momentum buffer, as in the paper and in optax; weight decay goes into the gradient
//! before the ratio, as in optax, where the paper divides by ‖g‖ + λ‖θ‖. The ratio makes the step proportional to ‖θ‖: it depends
//! on where the origin is, which for the weights of a layer means something and for a point on a surface nothing.

use super::common::{MOMENTUM, lr, weight_decay};
use super::layers::trust_ratio;
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::objective::Block;
use crate::param::{ParamSpec, Scale};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "lars",
    name: "LARS",
    group: Group::Matrix,
    params: &[
        lr(1e-3),
        MOMENTUM,
        ParamSpec::new(
            "trust",
            "κ",
            "trust coefficient",
            0.001,
            (0.0, 1e3),
            Scale::Log,
            "How large a step may be against the weights, before the learning rate; 0.001 in the paper.",
        )
        .slider(1e-5, 1.0),
        weight_decay(0.0),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Momentum whose step in each layer is proportional to the size of that layer's weights.",
        rule: &["u ← g + λ θ", "r ← κ ‖θ‖/‖u‖", "b ← μ b + η r u", "θ ← θ − b"],
        reference: Reference {
            authors: "You, Gitman, Ginsburg",
            year: 2017,
            title: "Large batch training of convolutional networks",
            url: "https://arxiv.org/abs/1708.03888",
        },
        conventions: "As in optax ‖u‖ is the norm of gradient and decay together; the paper adds their two norms. The rate is inside the buffer.",
        cost: "1 gradient",
        memory: |n, _| n,
        on_plane: Some("The two coordinates count as one layer whose size is the distance from the origin, so the path depends on where the origin is."),
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(Lars {
            layout: init.layout.to_vec(),
            buffer: init.zeros(),
            update: init.zeros(),
            ratios: vec![1.0; init.layout.len()],
        })
    }),
};

#[derive(Clone)]
struct Lars {
    layout: Vec<Block>,
    buffer: Vec<f64>,
    update: Vec<f64>,
    ratios: Vec<f64>,
}

impl Optimizer for Lars {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, mu, trust, decay) = (ctx.lr, ctx.params[1], ctx.params[2], ctx.params[3]);
        let g = ctx.gradient(x);
        for ((u, g), x) in self.update.iter_mut().zip(g).zip(&*x) {
            *u = g + decay * x;
        }
        for (block, ratio) in self.layout.iter().zip(&mut self.ratios) {
            let at = block.range();
            *ratio = trust_ratio(&x[at.clone()], &self.update[at.clone()], trust);
            for i in at {
                self.buffer[i] = mu * self.buffer[i] + lr * (*ratio * self.update[i]);
                x[i] -= self.buffer[i];
            }
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("b", "momentum buffer", StateKind::Impulse, &self.buffer));
        show(item("u", "gradient with decay", StateKind::Direction, &self.update));
        show(item("r", "trust ratio of each layer", StateKind::Number, &self.ratios));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.buffer);
    }
}
