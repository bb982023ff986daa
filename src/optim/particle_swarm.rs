//! Particle swarm: v ← ωv + c r₁(p − x) + c r₂(b − x); x ← x + v, where p is the best place of the particle, b the best of
//! all, and r₁, r₂ are drawn evenly from [0, 1) for each coordinate.
//!
//! ω = 0.729 and c = 1.49445 are Clerc and Kennedy's constriction written as an inertia (Eberhart and Shi 2000,
//! <https://doi.org/10.1109/CEC.2000.870279>), who also limit velocities to the width of the region, as is done here. All
//! particles move before b is replaced. They start at rest, the first at the start, the others anywhere in the region; the
//! first step only asks for these places. The point of the run is b. Particles may leave the region.

use crate::math::num;
use super::sampling::{Population, ask, population, widths};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::param::{ParamSpec, Scale, as_index};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "particle_swarm",
    name: "Particle swarm",
    group: Group::GradientFree,
    params: &[
        ParamSpec::new(
            "w",
            "ω",
            "inertia",
            0.729,
            (0.0, 1.0),
            Scale::Linear,
            "How much of its velocity a particle keeps; towards 1 the swarm flies on, towards 0 it gathers at once.",
        ),
        ParamSpec::new(
            "c",
            "c",
            "attraction",
            1.494_45,
            (0.0, 4.0),
            Scale::Linear,
            "How strongly a particle is drawn to both best places; about 1.5 with an inertia of 0.73.",
        ),
        POPULATION,
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Particles fly about, each drawn to the best place it has seen and to the best that any has seen.",
        rule: &["v ← ω v + c r₁ (p − x) + c r₂ (b − x)", "x ← x + v", "θ ← b"],
        reference: Reference {
            authors: "Kennedy, Eberhart",
            year: 1995,
            title: "Particle swarm optimization",
            url: "https://doi.org/10.1109/ICNN.1995.488968",
        },
        conventions: "One swarm that all hear of at once, random numbers for each coordinate, velocities up to the width of the region that the problem shows first. Modifiers of the gradient do not act on it.",
        cost: "P values",
        memory: |n, p| as_index(p[2]) * (3 * n + 1),
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        let places = Population::new(init);
        Box::new(ParticleSwarm {
            at: init.x.to_vec(),
            velocities: init.zeros(),
            limits: widths(init),
            places,
        })
    }),
};

/// How many particles.
pub const POPULATION: ParamSpec =
    population(20.0, 1.0, "How many particles there are; 10 to 50 are usual. Read at the start of the run.");

#[derive(Clone)]
struct ParticleSwarm {
    at: Vec<f64>,
    velocities: Vec<f64>,
    /// The best place of each particle, and of all.
    places: Population,
    limits: Vec<f64>,
}

impl Optimizer for ParticleSwarm {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (n, inertia, pull) = (x.len(), ctx.params[0], ctx.params[1]);
        if self.places.begin(as_index(ctx.params[2]), x, ctx) {
            self.at.clone_from(&self.places.points);
            self.velocities = vec![0.0; self.at.len()];
        } else {
            let best = self.places.best.x.clone();
            for i in 0..self.places.len() {
                let own = i * n..(i + 1) * n;
                let (at, speed) = (&mut self.at[own.clone()], &mut self.velocities[own.clone()]);
                let place = &mut self.places.points[own];
                for (j, (x, v)) in at.iter_mut().zip(speed).enumerate() {
                    let k = 2 * (i * n + j) as u64;
                    let (r1, r2) = (ctx.uniform(k), ctx.uniform(k + 1));
                    *v = inertia * *v + pull * r1 * (place[j] - *x) + pull * r2 * (best[j] - *x);
                    *v = num::clamp(*v, -self.limits[j], self.limits[j]);
                    *x += *v;
                }
                let value = ask(ctx, at);
                if value < self.places.values[i] {
                    place.copy_from_slice(at);
                    self.places.values[i] = value;
                    self.places.best.offer(at, value);
                }
            }
        }
        x.copy_from_slice(&self.places.best.x);
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("x", "particles", StateKind::Points, &self.at));
        show(item("v", "velocities", StateKind::Matrix, &self.velocities));
        show(item("p", "best place of each", StateKind::Points, &self.places.points));
        show(item("b", "best place of all", StateKind::Point, &self.places.best.x));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.at);
        visit(&mut self.velocities);
        visit(&mut self.places.points);
        visit(&mut self.places.values);
    }
}
