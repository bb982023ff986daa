//! Nelder and Mead's simplex: v₀ … vₙ sorted by f, x̄ the centroid of all but the worst; the worst is replaced by
//! x̄ + ρ(x̄ − vₙ) (reflection), by x̄ + ρχ(x̄ − vₙ) where even that would be the best (expansion), by x̄ ± ψ… (contraction)
//! where the reflection stays among the worst; where nothing helps, all shrink towards v₀ by σ.
//!
//! As in `SciPy`: expansion only if strictly better than the reflection, outside contraction if not worse than it, the
//! simplex from the start with one coordinate at a time times 1.05 (0.00025 where it is 0). The first step asks for its
//! corners and goes on to the first move. adaptive: Gao and Han's coefficients 1, 1 + 2/n, ¾ − 1/2n, 1 − 1/n in place of the
//! four parameters (<https://doi.org/10.1007/s10589-010-9329-3>); in a plane they are 1, 2, ½, ½ again.
//! The point of the run is the best corner. Where f is not finite counts as worst. `McKinnon` (1998) shows that it may stop
//! where there is no minimum, even on smooth convex functions.

use super::sampling::{ask, real};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::param::{ParamSpec, Scale};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "nelder_mead",
    name: "Nelder–Mead simplex",
    group: Group::GradientFree,
    params: &[
        ParamSpec::new(
            "reflection",
            "ρ",
            "reflection",
            1.0,
            (0.0, 4.0),
            Scale::Linear,
            "How far beyond the centroid the worst corner is thrown; 1 mirrors it.",
        ),
        ParamSpec::new(
            "expansion",
            "χ",
            "expansion",
            2.0,
            (1.0, 10.0),
            Scale::Linear,
            "How much further it goes where the mirror image is the best corner; 2 is usual.",
        )
        .slider(1.0, 4.0),
        ParamSpec::new(
            "contraction",
            "ψ",
            "contraction",
            0.5,
            (0.0, 1.0),
            Scale::Linear,
            "How far from the centroid it lands where the mirror image is no gain; 0.5 is usual.",
        ),
        ParamSpec::new(
            "shrink",
            "σ",
            "shrink",
            0.5,
            (0.0, 1.0),
            Scale::Linear,
            "What is left of the simplex where nothing helps; 0.5 is usual.",
        ),
        ParamSpec::switch(
            "adaptive",
            "adaptive coefficients",
            false,
            "Coefficients that depend on the dimension, in place of the four; in a plane these are 1, 2, ½ and ½.",
        ),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "A triangle that flips over its worst corner, stretches downhill and shrinks in narrow places.",
        rule: &[
            "x̄ ← (v₀ + … + vₙ₋₁)/n",
            "r ← x̄ + ρ (x̄ − vₙ)",
            "e ← x̄ + ρ χ (x̄ − vₙ)",
            "c ← x̄ + ρ ψ (x̄ − vₙ)",
            "d ← x̄ − ψ (x̄ − vₙ)",
            "vᵢ ← v₀ + σ (vᵢ − v₀)",
        ],
        reference: Reference {
            authors: "Nelder, Mead",
            year: 1965,
            title: "A simplex method for function minimization",
            url: "https://doi.org/10.1093/comjnl/7.4.308",
        },
        conventions: "First simplex and comparisons as in SciPy: corners 5 % away (0.00025 from a coordinate that is 0). Modifiers of the gradient do not act on it.",
        cost: "1 or 2 values; n + 2 where the simplex shrinks; n + 1 more in the first step",
        memory: |n, _| (n + 1) * (n + 1),
        on_plane: Some("Made for few dimensions: with many, the simplex flattens and stalls."),
        stability: None,
    }),
    new: Some(|init: &Init<'_>| Box::new(NelderMead::new(init))),
};

#[derive(Clone)]
struct NelderMead {
    /// The corners, one after the other, best first once their values are known.
    corners: Vec<f64>,
    values: Vec<f64>,
    centroid: Vec<f64>,
    /// The points tried in this step.
    trials: Vec<f64>,
    asked: bool,
}

/// ρ, χ, ψ, σ.
struct Coefficients([f64; 4]);

impl Coefficients {
    fn read(ctx: &StepCtx<'_>, n: usize) -> Self {
        let n = real(n);
        if ctx.is_on(4) {
            // In one dimension the shrink would be to a point.
            return Self([1.0, 1.0 + 2.0 / n, 0.75 - 0.5 / n, if n > 1.0 { 1.0 - 1.0 / n } else { 0.5 }]);
        }
        Self([0, 1, 2, 3].map(|i| ctx.params[i]))
    }
}

impl NelderMead {
    fn new(init: &Init<'_>) -> Self {
        let n = init.x.len();
        let mut corners = init.x.repeat(n + 1);
        for i in 0..n {
            let x = &mut corners[(i + 1) * n + i];
            *x = if *x == 0.0 { 0.000_25 } else { 1.05 * *x };
        }
        Self {
            corners,
            values: vec![0.0; n + 1],
            centroid: init.x.to_vec(),
            trials: init.x.to_vec(),
            asked: false,
        }
    }

    /// Asks for the corners in the first step, and for the best where something else than the method has moved it.
    fn stand(&mut self, x: &[f64], ctx: &mut StepCtx<'_>) {
        let n = x.len();
        let first = !self.asked;
        if first || self.corners[..n] != *x {
            self.corners[..n].copy_from_slice(x);
            self.asked = true;
            for (corner, value) in self.corners.chunks_exact(n).zip(&mut self.values) {
                *value = ask(ctx, corner);
                if !first {
                    break;
                }
            }
            self.sort(n);
        }
    }

    /// Best corner first; of equal ones the older stays before the newer.
    fn sort(&mut self, n: usize) {
        for i in 1..=n {
            let mut k = i;
            while k > 0 && self.values[k] < self.values[k - 1] {
                self.values.swap(k, k - 1);
                let (before, after) = self.corners.split_at_mut(k * n);
                before[(k - 1) * n..].swap_with_slice(&mut after[..n]);
                k -= 1;
            }
        }
    }

    /// Tries (1 + reach)·x̄ − reach·vₙ; its value.
    fn attempt(&mut self, reach: f64, ctx: &mut StepCtx<'_>) -> f64 {
        let n = self.centroid.len();
        let from = self.trials.len();
        for (c, worst) in self.centroid.iter().zip(&self.corners[n * n..]) {
            self.trials.push((1.0 + reach) * c - reach * worst);
        }
        ask(ctx, &self.trials[from..])
    }

    /// Puts the k-th trial in the place of the worst corner.
    fn replace(&mut self, k: usize, value: f64) {
        let n = self.centroid.len();
        self.corners[n * n..].copy_from_slice(&self.trials[k * n..(k + 1) * n]);
        self.values[n] = value;
    }

    fn shrink(&mut self, sigma: f64, ctx: &mut StepCtx<'_>) {
        let n = self.centroid.len();
        let (best, others) = self.corners.split_at_mut(n);
        for (corner, value) in others.chunks_exact_mut(n).zip(&mut self.values[1..]) {
            for (v, b) in corner.iter_mut().zip(&*best) {
                *v = b + sigma * (*v - b);
            }
            *value = ask(ctx, corner);
        }
    }

    /// One move of the simplex.
    fn go(&mut self, n: usize, Coefficients([rho, chi, psi, sigma]): Coefficients, ctx: &mut StepCtx<'_>) {
        let (best, second, worst) = (self.values[0], self.values[n - 1], self.values[n]);
        let reflected = self.attempt(rho, ctx);
        if reflected < best {
            let expanded = self.attempt(rho * chi, ctx);
            let further = expanded < reflected;
            self.replace(usize::from(further), if further { expanded } else { reflected });
        } else if reflected < second {
            self.replace(0, reflected);
        } else {
            let outside = reflected < worst;
            let contracted = self.attempt(if outside { psi * rho } else { -psi }, ctx);
            if (outside && contracted <= reflected) || (!outside && contracted < worst) {
                self.replace(1, contracted);
            } else {
                self.shrink(sigma, ctx);
            }
        }
    }
}

impl Optimizer for NelderMead {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let n = x.len();
        self.stand(x, ctx);
        self.centroid.fill(0.0);
        for corner in self.corners.chunks_exact(n).take(n) {
            for (c, v) in self.centroid.iter_mut().zip(corner) {
                *c += v;
            }
        }
        for c in &mut self.centroid {
            *c /= real(n);
        }
        self.trials.clear();
        let coefficients = Coefficients::read(ctx, n);
        self.go(n, coefficients, ctx);
        self.sort(n);
        x.copy_from_slice(&self.corners[..n]);
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("v", "simplex", StateKind::Polygon, &self.corners));
        show(item("x̄", "centroid of all but the worst", StateKind::Point, &self.centroid));
        show(item("r", "points tried", StateKind::Trials, &self.trials));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.corners);
        visit(&mut self.values);
    }
}
