//! SAM, sharpness-aware minimisation (Foret, Kleiner, Mobahi, Neyshabur 2021, <https://arxiv.org/abs/2010.01412>): the
//! gradient at θ + ρ g/‖g‖, where the loss nearby is largest to first order. Flat valleys are preferred to steep ones.
//!
//! Both gradients of a step meet the same noise, as two passes over one mini-batch do. Where g = 0 there is no direction
//! to look in, and g is left as it is.

use super::{Ask, Draw, Modifier, ModifierCtx, ModifierSpec};
use crate::math::num;
use crate::optim::{Reference, StateItem, StateKind};
use crate::param::{ParamSpec, Scale};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "sam",
    name: "Sharpness-aware (SAM)",
    sentence: "Takes the gradient a little way uphill, so that flat minima are preferred; costs two gradients.",
    rule: "g ← ∇f(θ + ρ g/‖g‖)",
    reference: Some(Reference {
        authors: "Foret, Kleiner, Mobahi, Neyshabur",
        year: 2021,
        title: "Sharpness-aware minimization for efficiently improving generalization",
        url: "https://arxiv.org/abs/2010.01412",
    }),
    params: &[ParamSpec::new(
        "sam",
        "ρ",
        "distance uphill",
        0.05,
        (0.0, 1e3),
        Scale::Log,
        "How far uphill the second gradient is taken; 0.05 is usual for networks.",
    )
    .slider(0.0, 10.0)],
    new: Some(|| Box::new(Sam { uphill: Vec::new() })),
};

#[derive(Clone)]
struct Sam {
    uphill: Vec<f64>,
}

impl Modifier for Sam {
    fn answer(&mut self, ctx: &ModifierCtx<'_>, grad: &mut [f64], ask: &mut Ask<'_>) -> f64 {
        let value = ask(ctx.x, grad, Draw::Same);
        let norm = num::norm(grad);
        self.uphill.clear();
        if norm > 0.0 && norm.is_finite() {
            let scale = ctx.values[0] / norm;
            self.uphill.extend(ctx.x.iter().zip(&*grad).map(|(x, g)| x + scale * g));
            ask(&self.uphill, grad, Draw::Same);
        } else {
            self.uphill.extend_from_slice(ctx.x);
        }
        value
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        if !self.uphill.is_empty() {
            let (symbol, name) = ("θ_sam", "point uphill");
            show(StateItem { symbol, name, kind: StateKind::Point, values: &self.uphill });
        }
    }
}
