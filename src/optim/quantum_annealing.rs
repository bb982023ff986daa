//! Quantum annealing by path-integral Monte Carlo: a particle with quantum fluctuations is a ring of P replicas, each at
//! its own place, each joined to the next by a spring. Weight of a ring: exp(−(1/τ) Σ (f(xₚ) + ½ J ‖xₚ − xₚ₊₁‖²/w²)), with
//! J = τ²/Γ, w the widths of the region and τ the temperature of the replicas (P times that of the particle).
//!
//! The field Γ falls in equal steps over the run, so that J grows and the ring, wide at first, is drawn together: the
//! replicas on the other side of a barrier pull the rest through it. (Γ is ħ² over the mass; for spins, J is
//! −(τ/2) ln tanh(Γ/τ), Martoňák, Santoro, Tosatti 2002, <https://doi.org/10.1103/PhysRevB.66.094203>.)
//! A step moves each replica once, in turn: it is drawn anew from what the two springs leave, N(½(xₚ₋₁ + xₚ₊₁), ½(Γ/τ)w²),
//! and taken by Metropolis's rule for f at τ, which leaves the weight as it is. With one replica there are no springs and it
//! steps by (Γ/τ)^½ w. All replicas start at the start. The point of the run is the replica with the lowest f, not the mean
//! of the ring, which lies on the barrier while the ring is on both sides.

use super::sampling::{Held, ask, metropolis, widths};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::param::{ParamSpec, Scale, as_index};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "quantum_annealing",
    name: "Quantum annealing (path integral)",
    group: Group::GradientFree,
    params: &[
        ParamSpec::new(
            "replicas",
            "P",
            "replicas",
            16.0,
            (1.0, 100.0),
            Scale::Integer,
            "How many copies make up the ring; more are closer to the quantum particle. Read at the start of the run.",
        )
        .slider(2.0, 40.0),
        ParamSpec::new(
            "temperature",
            "τ",
            "temperature",
            0.1,
            (1e-9, 1e9),
            Scale::Log,
            "How much higher a replica may go by heat alone; it stays the same during the run.",
        )
        .slider(1e-3, 100.0),
        ParamSpec::new(
            "field",
            "Γ₀",
            "field",
            0.02,
            (1e-9, 1e9),
            Scale::Log,
            "How strong the quantum fluctuations are at the start: links are about √(Γ/τ) of the region that the problem shows first long.",
        )
        .slider(1e-4, 10.0),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "A ring of linked replicas that is wide at first and drawn together, passing through barriers, not over them.",
        rule: &[
            "J ← τ²/Γ",
            "y ← (xₚ₋₁ + xₚ₊₁)/2 + √(Γ/(2 τ)) w ξ",
            "p ← min(1, exp(−(f(y) − f(xₚ))/τ))",
            "θ ← the best of x₁, …, x_P",
        ],
        reference: Reference {
            authors: "Santoro, Martoňák, Tosatti, Car",
            year: 2002,
            title: "Theory of quantum annealing of an Ising spin glass",
            url: "https://doi.org/10.1126/science.1068774",
        },
        conventions: "Replicas of a particle, not of spins; the field falls linearly. The point shown is the best replica. Modifiers of the gradient do not act on it.",
        cost: "P values, one more in the first step",
        memory: |n, p| as_index(p[0]) * (n + 1),
        on_plane: Some("It imitates a quantum annealer; in a plane, thermal annealing with steps as long as its links leaps the same barriers."),
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        let count = as_index(init.params[0]).max(1);
        Box::new(QuantumAnnealing {
            replicas: init.x.repeat(count),
            values: vec![0.0; count],
            best: Held::new(init),
            chosen: 0,
            drawn: init.x.to_vec(),
            widths: widths(init),
            field: [init.params[2]],
            coupling: [init.params[1] * init.params[1] / init.params[2]],
        })
    }),
};

#[derive(Clone)]
struct QuantumAnnealing {
    /// One after the other.
    replicas: Vec<f64>,
    values: Vec<f64>,
    /// The point of the run, and which replica that is.
    best: Held,
    chosen: usize,
    drawn: Vec<f64>,
    widths: Vec<f64>,
    field: [f64; 1],
    coupling: [f64; 1],
}

impl QuantumAnnealing {
    /// Puts the replica where the run is: all in the first step, the chosen one where a modifier has moved the run.
    fn stand(&mut self, x: &[f64], ctx: &mut StepCtx<'_>) {
        self.best.stand(x, ctx);
        let n = x.len();
        if ctx.t == 1 {
            self.values.fill(self.best.value);
        }
        self.replicas[self.chosen * n..(self.chosen + 1) * n].copy_from_slice(x);
        self.values[self.chosen] = self.best.value;
    }

    /// Draws a new place for the p-th replica from what its springs leave.
    fn draw(&mut self, p: usize, spread: f64, ctx: &StepCtx<'_>) {
        let (n, count) = (self.drawn.len(), self.values.len());
        let (left, right) = ((p + count - 1) % count, (p + 1) % count);
        for (i, (y, w)) in self.drawn.iter_mut().zip(&self.widths).enumerate() {
            let between = 0.5 * self.replicas[left * n + i] + 0.5 * self.replicas[right * n + i];
            *y = between + spread * w * ctx.normal((p * n + i) as u64);
        }
    }
}

/// The draws of acceptance, apart from those of places.
const ACCEPT: u64 = 1 << 40;

impl Optimizer for QuantumAnnealing {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (n, count) = (x.len(), self.values.len());
        let (tau, strongest) = (ctx.params[1], ctx.params[2]);
        self.stand(x, ctx);
        let left = ctx.horizon.saturating_sub(ctx.step).saturating_add(1);
        let field = strongest * f64::from(left) / f64::from(ctx.horizon.max(1));
        let springs = if count == 1 { 1.0 } else { 2.0 };
        let spread = (field / (springs * tau)).sqrt();
        for p in 0..count {
            self.draw(p, spread, ctx);
            let value = ask(ctx, &self.drawn);
            if metropolis(self.values[p], value, tau, ctx.uniform(ACCEPT | p as u64)) {
                self.replicas[p * n..(p + 1) * n].copy_from_slice(&self.drawn);
                self.values[p] = value;
            }
        }
        self.chosen = (0..count).fold(0, |a, b| if self.values[b] < self.values[a] { b } else { a });
        x.copy_from_slice(&self.replicas[self.chosen * n..(self.chosen + 1) * n]);
        self.best.take(x, self.values[self.chosen]);
        self.field = [field];
        self.coupling = [tau * tau / field];
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("x", "replicas", StateKind::Ring, &self.replicas));
        show(item("Γ", "field", StateKind::Number, &self.field));
        show(item("J", "coupling", StateKind::Number, &self.coupling));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.replicas);
        visit(&mut self.values);
    }
}
