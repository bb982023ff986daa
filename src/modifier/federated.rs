//! Federated averaging (`McMahan` et al. 2017, <https://arxiv.org/abs/1602.05629>): W clients, each with examples of its own, take
//! H steps and then all continue from the average of their parameters. All clients take part in every round and have equally
//! many examples, give or take one, so the average is a plain one. Each keeps the state of its method between rounds; `FedAvg`'s
//! clients begin every round with a fresh one, which for plain gradient descent is the same.
//!
//! With μ > 0 every client is drawn back to where the round began, by the gradient of μ/2 ‖θ − θ₀‖²: `FedProx`
//! (Li et al. 2020, <https://arxiv.org/abs/1812.06127>).
//!
//! Where the function is no mean over examples, clients differ by their noise alone.

use super::{Modifier, ModifierCtx, ModifierSpec, Sampling};
use crate::optim::Reference;
use crate::param::{ParamSpec, Scale, as_index};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "federated",
    name: "Federated clients",
    sentence: "Clients with data of their own train alone and average their parameters now and then; with skew their data differ.",
    rule: "θ ← (θ₁ + … + θ_W)/W every H steps",
    reference: Some(Reference {
        authors: "McMahan et al.",
        year: 2017,
        title: "Communication-efficient learning of deep networks from decentralized data",
        url: "https://arxiv.org/abs/1602.05629",
    }),
    params: &[
        ParamSpec::new(
            "clients",
            "W",
            "clients",
            4.0,
            (2.0, 16.0),
            Scale::Integer,
            "How many clients there are; each has an equal share of the training examples.",
        ),
        ParamSpec::new(
            "local_steps",
            "H",
            "steps alone",
            10.0,
            (1.0, 1000.0),
            Scale::Integer,
            "How many steps each client takes between two averages of the parameters.",
        )
        .slider(1.0, 100.0),
        ParamSpec::new(
            "skew",
            "s",
            "skew",
            0.8,
            (0.0, 1.0),
            Scale::Linear,
            "The share of examples that is dealt out by class: 0 gives all clients the same mix, 1 each its own classes.",
        ),
        ParamSpec::new(
            "prox",
            "μ",
            "proximal term",
            0.0,
            (0.0, 100.0),
            Scale::Log,
            "How strongly clients are drawn back to the last average (FedProx); 0 is FedAvg.",
        )
        .slider(0.0, 10.0),
    ],
    new: Some(|| Box::new(Federated)),
};

#[derive(Clone)]
struct Federated;

fn whole(v: f64) -> u32 {
    u32::try_from(as_index(v)).unwrap_or(1)
}

impl Modifier for Federated {
    fn sample(&self, how: &mut Sampling, values: &[f64]) {
        how.clients = Some((whole(values[0]), values[2]));
    }

    fn workers(&self, values: &[f64]) -> Option<(u32, u32)> {
        Some((whole(values[0]), whole(values[1])))
    }

    fn gradient(&mut self, grad: &mut [f64], ctx: &ModifierCtx<'_>) {
        let mu = ctx.values[3];
        if mu > 0.0 {
            for ((g, x), x0) in grad.iter_mut().zip(ctx.x).zip(ctx.anchor) {
                *g += mu * (x - x0);
            }
        }
    }
}
