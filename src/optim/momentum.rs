//! Heavy-ball momentum: b ← μb + (1 − d)g; θ ← θ − ηb, where b starts as the first gradient, undampened.
//!
//! Keras keeps the rate inside the buffer, v ← μv − ηg; θ ← θ + v. The two agree only while η stays the same: when a
//! schedule or a slider changes η, PyTorch's whole buffer obeys the new rate at once, Keras's only new gradients do.
//! Dampening is PyTorch's alone and is left out of the Keras convention. Both buffers are kept, so that the convention may
//! be changed during a run.

use super::common::{MOMENTUM, lr, momentum_state};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StepCtx};
use crate::later::here;
use crate::param::{ParamSpec, Scale};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "momentum",
    name: "Momentum (heavy ball)",
    group: Group::FirstOrder,
    params: &[
        lr(1e-3),
        MOMENTUM,
        ParamSpec::new(
            "dampening",
            "d",
            "dampening",
            0.0,
            (0.0, 1.0),
            Scale::Linear,
            "How much of each new gradient is left out of the buffer; 0 is usual. The first gradient enters whole.",
        ),
        ParamSpec::choice(
            "convention",
            "convention",
            &["pytorch", "keras"],
            "pytorch multiplies the whole buffer by the learning rate, keras each gradient as it enters.",
        ),
    ],
    needs: Needs::Nothing,
    about: here(About {
        sentence: "Adds up past gradients like a ball gathering speed: faster along valleys, but it overshoots.",
        rule: &["b ← μ b + (1 − d) g", "θ ← θ − η b"],
        reference: Reference {
            authors: "Polyak",
            year: 1964,
            title: "Some methods of speeding up the convergence of iteration methods",
            url: "https://doi.org/10.1016/0041-5553(64)90137-5",
        },
        conventions: "PyTorch multiplies the buffer by η, Keras puts ηg into it: the same path only while η is constant.",
        cost: "1 gradient",
        memory: |n, _| n,
        on_plane: None,
        stability: Some(|p| {
            let share = if p[3] == 0.0 { 1.0 - p[2] } else { 1.0 };
            2.0 * (1.0 + p[1]) / share.max(1e-12)
        }),
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(Momentum { buffer: init.zeros(), velocity: init.zeros(), keras: false })
    }),
};

#[derive(Clone)]
struct Momentum {
    buffer: Vec<f64>,
    velocity: Vec<f64>,
    keras: bool,
}

impl Optimizer for Momentum {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, mu) = (ctx.lr, ctx.params[1]);
        self.keras = ctx.choice(3) == 1;
        let share = if ctx.t == 1 { 1.0 } else { 1.0 - ctx.params[2] };
        let g = ctx.gradient(x);
        let kept = self.buffer.iter_mut().zip(&mut self.velocity);
        for ((x, g), (b, v)) in x.iter_mut().zip(g).zip(kept) {
            *b = mu * *b + share * g;
            *v = mu * *v - lr * g;
            if self.keras {
                *x += *v;
            } else {
                *x -= lr * *b;
            }
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(momentum_state(self.keras, &self.buffer, &self.velocity));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(if self.keras { &mut self.velocity } else { &mut self.buffer });
    }
}
