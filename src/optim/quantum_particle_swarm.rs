//! Particle swarm with quantum behaviour: no velocities; a particle appears anywhere about a = φp + (1 − φ)b, at a distance
//! β|m − x| ln(1/u) on either side. p is its best place, b the best of all, m the mean of the best places; φ and u are drawn
//! evenly for each coordinate.
//!
//! The contraction β falls in equal parts over the run, from 1.0 to 0.5, as its authors propose; above 1.781 the particles
//! fly apart. m is taken before the particles move, b is replaced after all have. The first particle begins at the start,
//! the others anywhere in the region; the first step only asks for these places. The point of the run is b.

use super::particle_swarm::POPULATION;
use super::sampling::{Population, ask, real};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::num;
use crate::param::{ParamSpec, Scale, as_index};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "quantum_particle_swarm",
    name: "Quantum particle swarm",
    group: Group::GradientFree,
    params: &[
        contraction(
            "contraction",
            "β₁",
            "first contraction",
            1.0,
            "How far from the best places particles appear at the start; below 1.78, or they fly apart.",
        ),
        contraction(
            "contraction_end",
            "β₂",
            "last contraction",
            0.5,
            "How far they appear at the end of the run; 0.5 gathers them.",
        ),
        POPULATION,
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Particles without velocity that reappear about the best places, closer and closer as the run goes on.",
        rule: &["a ← φ p + (1 − φ) b", "x ← a ± β |m − x| ln(1/u)", "θ ← b"],
        reference: Reference {
            authors: "Sun, Feng, Xu",
            year: 2004,
            title: "Particle swarm optimization with particles having quantum behavior",
            url: "https://doi.org/10.1109/CEC.2004.1330875",
        },
        conventions: "The contraction falls linearly over the run. Modifiers of the gradient do not act on it.",
        cost: "P values",
        memory: |n, p| as_index(p[2]) * (2 * n + 1),
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(QuantumParticleSwarm {
            at: init.x.to_vec(),
            mean: init.x.to_vec(),
            places: Population::new(init),
            beta: [init.params[0]],
        })
    }),
};

const fn contraction(
    key: &'static str,
    symbol: &'static str,
    name: &'static str,
    default: f64,
    help: &'static str,
) -> ParamSpec {
    ParamSpec::new(key, symbol, name, default, (0.0, 2.0), Scale::Linear, help)
}

#[derive(Clone)]
struct QuantumParticleSwarm {
    at: Vec<f64>,
    /// The best place of each particle, and of all.
    places: Population,
    mean: Vec<f64>,
    beta: [f64; 1],
}

impl QuantumParticleSwarm {
    fn take_mean(&mut self) {
        self.mean.fill(0.0);
        let count = real(self.places.len());
        for place in self.places.points.chunks_exact(self.mean.len()) {
            for (m, p) in self.mean.iter_mut().zip(place) {
                *m += p / count;
            }
        }
    }

    /// Moves the i-th particle.
    fn reappear(&mut self, i: usize, best: &[f64], ctx: &mut StepCtx<'_>) {
        let n = best.len();
        let at = &mut self.at[i * n..(i + 1) * n];
        let place = self.places.point(i);
        for (j, x) in at.iter_mut().enumerate() {
            let k = 3 * (i * n + j) as u64;
            let [phi, u, side] = [0, 1, 2].map(|draw| ctx.uniform(k + draw));
            let about = phi * place[j] + (1.0 - phi) * best[j];
            // 1 − u lies in (0, 1], so the logarithm is finite.
            let far = self.beta[0] * (self.mean[j] - *x).abs() * -num::ln(1.0 - u);
            let to = if side < 0.5 { about - far } else { about + far };
            *x = if to.is_finite() { to } else { about };
        }
        let value = ask(ctx, at);
        if value < self.places.values[i] {
            self.places.points[i * n..(i + 1) * n].copy_from_slice(at);
            self.places.values[i] = value;
            self.places.best.offer(at, value);
        }
    }
}

impl Optimizer for QuantumParticleSwarm {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let along = f64::from(ctx.step.min(ctx.horizon)) / f64::from(ctx.horizon.max(1));
        self.beta = [ctx.params[0] + (ctx.params[1] - ctx.params[0]) * along];
        if self.places.begin(as_index(ctx.params[2]), x, ctx) {
            self.at.clone_from(&self.places.points);
        } else {
            self.take_mean();
            let best = self.places.best.x.clone();
            for i in 0..self.places.len() {
                self.reappear(i, &best, ctx);
            }
        }
        x.copy_from_slice(&self.places.best.x);
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("x", "particles", StateKind::Points, &self.at));
        show(item("p", "best place of each", StateKind::Points, &self.places.points));
        show(item("m", "mean of the best places", StateKind::Point, &self.mean));
        show(item("b", "best place of all", StateKind::Point, &self.places.best.x));
        show(item("β", "contraction", StateKind::Number, &self.beta));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.at);
        visit(&mut self.places.points);
        visit(&mut self.places.values);
    }
}
