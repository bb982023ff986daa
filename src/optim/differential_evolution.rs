//! Differential evolution: for each member x a mutant u = a + F(b − c) of three others; each coordinate of the trial comes
//! from u with probability CR (one of them always does), from x otherwise; the trial takes the place of x if it is not worse.
//!
//! rand1bin, Storn and Price's, has a at random; best1bin, `SciPy`'s default, has the best member for a and is faster and
//! more easily caught. `SciPy` draws F anew from [0.5, 1) in each generation, takes CR = 0.7 and 15 members for each
//! coordinate, and lets a trial in at once; here F is fixed, 15 is the number of members, and a generation is replaced
//! together. The first member is the start, the others are anywhere in the region; the first step only asks for these. The
//! point of the run is the best so far.

use super::sampling::{Population, ask, population};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::param::{ParamSpec, Scale, as_index};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "differential_evolution",
    name: "Differential evolution",
    group: Group::GradientFree,
    params: &[
        ParamSpec::new(
            "f",
            "F",
            "weight of differences",
            0.8,
            (0.0, 2.0),
            Scale::Linear,
            "How far a member steps along the difference of two others; 0.5 to 0.9 is usual.",
        ),
        ParamSpec::new(
            "cr",
            "CR",
            "crossover",
            0.9,
            (0.0, 1.0),
            Scale::Linear,
            "How many coordinates come from the step; low where coordinates do not depend on each other.",
        ),
        population(15.0, 4.0, "How many members there are. Read at the start of the run."),
        ParamSpec::choice(
            "strategy",
            "strategy",
            &["rand1bin", "best1bin"],
            "rand1bin steps from any member, best1bin from the best: faster, and sooner caught in a local minimum.",
        ),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "A population that steps by the differences between its members, so that steps shrink as it gathers.",
        rule: &["u ← a + F (b − c)", "y ← u or x, coordinate by coordinate", "x ← the better of x and y"],
        reference: Reference {
            authors: "Storn, Price",
            year: 1997,
            title: "Differential evolution – a simple and efficient heuristic for global optimization over continuous spaces",
            url: "https://doi.org/10.1023/A:1008202821328",
        },
        conventions: "Storn and Price step from a member at random, SciPy from the best. Modifiers of the gradient do not act on it.",
        cost: "P values",
        memory: |n, p| as_index(p[2]) * (n + 1),
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(DifferentialEvolution { members: Population::new(init), trials: init.x.to_vec() })
    }),
};

#[derive(Clone)]
struct DifferentialEvolution {
    members: Population,
    /// The trials of the last generation.
    trials: Vec<f64>,
}

/// Draws of a trial besides one for each coordinate: three members and the coordinate that is always taken.
const EXTRA: u64 = 4;

/// One of `count` things, for a uniform draw.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of a few hundred"
)]
fn pick(draw: f64, count: usize) -> usize {
    ((draw * count as f64) as usize).min(count - 1)
}

/// Three different members, none of them the i-th.
fn three_others(i: usize, count: usize, counter: u64, ctx: &StepCtx<'_>) -> [usize; 3] {
    let mut taken = [i, count, count, count];
    for (k, draw) in (1..4).zip(counter..) {
        let mut left = pick(ctx.uniform(draw), count - k);
        let mut before = taken;
        before.sort_unstable();
        for t in before {
            // Steps over those taken; `count` marks a free slot.
            if t <= left {
                left += 1;
            }
        }
        taken[k] = left;
    }
    [taken[1], taken[2], taken[3]]
}

impl DifferentialEvolution {
    /// Writes the trial of the i-th member.
    fn mix(&mut self, i: usize, best: usize, ctx: &StepCtx<'_>) {
        let (f, cr) = (ctx.params[0], ctx.params[1]);
        let n = self.members.best.x.len();
        let counter = i as u64 * (n as u64 + EXTRA);
        let [a, b, c] = three_others(i, self.members.len(), counter, ctx);
        let a = if ctx.choice(3) == 1 { best } else { a };
        let always = pick(ctx.uniform(counter + 3), n);
        let m = &self.members;
        for j in 0..n {
            let crosses = j == always || ctx.uniform(counter + EXTRA + j as u64) < cr;
            self.trials[i * n + j] = if crosses {
                m.point(a)[j] + f * (m.point(b)[j] - m.point(c)[j])
            } else {
                m.point(i)[j]
            };
        }
    }
}

impl Optimizer for DifferentialEvolution {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let n = x.len();
        if self.members.begin(as_index(ctx.params[2]), x, ctx) {
            self.trials.clone_from(&self.members.points);
        } else {
            let count = self.members.len();
            let values = &self.members.values;
            let best = (0..count).fold(0, |a, b| if values[b] < values[a] { b } else { a });
            for i in 0..count {
                self.mix(i, best, ctx);
            }
            for (i, trial) in self.trials.chunks_exact(n).enumerate() {
                let value = ask(ctx, trial);
                if value < f64::INFINITY && value <= self.members.values[i] {
                    self.members.points[i * n..(i + 1) * n].copy_from_slice(trial);
                    self.members.values[i] = value;
                    self.members.best.offer(trial, value);
                }
            }
        }
        x.copy_from_slice(&self.members.best.x);
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("x", "members", StateKind::Points, &self.members.points));
        show(item("y", "trials", StateKind::Samples, &self.trials));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.members.points);
        visit(&mut self.members.values);
    }
}
