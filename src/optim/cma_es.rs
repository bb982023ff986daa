//! CMA-ES: draws λ points from a normal distribution, moves its mean towards the better half, and learns its size σ and
//! shape C from the steps that succeeded.
//!
//! λ = 4 + ⌊3 ln n⌋, recombination and rates as in Hansen's tutorial (<https://arxiv.org/abs/1604.00772>); the update is in
//! `evolution.rs`. active: C also learns from the worse half, with negative weights; the default of the tutorial and of
//! pycma. σ starts as a third of the region (of the mean of its widths). The points are m + σ C^½ z with the symmetric root;
//! pycma takes B D z, the same distribution. Only the order of the values matters, so f and any increasing function of f
//! give the same run. The mean is the point of the run and is not asked for. Where f is not finite counts as worst; a
//! generation without one finite value only halves σ.

use super::evolution::{Constants, Distribution};
use super::sampling::{ask, real, widths};
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::num;
use crate::param::{ParamSpec, Scale, as_index};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "cma_es",
    name: "CMA-ES",
    group: Group::GradientFree,
    params: &[
        ParamSpec::new(
            "sigma",
            "σ₀",
            "first size",
            0.0,
            (0.0, 1e6),
            Scale::Log,
            "The size of the first cloud, 0 for a third of the region that the problem shows first. Read at the start of the run.",
        )
        .slider(0.0, 10.0),
        ParamSpec::new(
            "population",
            "λ",
            "population",
            0.0,
            (0.0, 200.0),
            Scale::Integer,
            "Points in a generation, 0 for 4 + ⌊3 ln n⌋, otherwise at least 2. Larger finds better minima, more slowly.",
        )
        .slider(0.0, 60.0),
        ParamSpec::switch(
            "active",
            "active",
            true,
            "The cloud also learns from the worse half: it becomes narrow where steps failed.",
        ),
    ],
    needs: Needs::Nothing,
    about: Some(About {
        sentence: "Throws a cloud of points, moves to the better half, and learns how wide and how tilted the cloud should be.",
        rule: &[
            "xᵢ ← θ + σ yᵢ",
            "θ ← θ + σ Σ wᵢ yᵢ",
            "p_σ ← (1 − c_σ) p_σ + √(c_σ (2 − c_σ) μ) C^(−1/2) Σ wᵢ yᵢ",
            "p_c ← (1 − c_c) p_c + √(c_c (2 − c_c) μ) Σ wᵢ yᵢ",
            "C ← (1 − c₁ − c_μ Σ wᵢ) C + c₁ p_c p_cᵀ + c_μ Σ wᵢ yᵢ yᵢᵀ",
            "σ ← σ exp((c_σ/d) (‖p_σ‖/χ − 1))",
        ],
        reference: Reference {
            authors: "Hansen, Ostermeier",
            year: 2001,
            title: "Completely derandomized self-adaptation in evolution strategies",
            url: "https://doi.org/10.1162/106365601750190398",
        },
        conventions: "Constants of Hansen's tutorial; pycma lets the path of σ forget faster. Modifiers of the gradient do not act on it.",
        cost: "λ values (6 in a plane)",
        memory: |n, _| n * n + 2 * n,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        let n = init.x.len();
        let mut sum = 0.0;
        for width in widths(init) {
            sum += width;
        }
        let third = sum / (3.0 * real(n));
        let sigma = if init.params[0] > 0.0 { init.params[0] } else { third };
        let distribution = Distribution::new(n, sigma);
        let mut it = CmaEs { drawn: vec![0.0; n * n], points: init.x.to_vec(), size: [0.0], distribution };
        it.show();
        Box::new(it)
    }),
};

#[derive(Clone)]
struct CmaEs {
    distribution: Distribution,
    /// The points of the last generation, best first.
    points: Vec<f64>,
    /// σ²C and σ, to show.
    drawn: Vec<f64>,
    size: [f64; 1],
}

/// How many points are drawn, for n coordinates and this setting.
fn points(n: usize, setting: f64) -> usize {
    match as_index(setting) {
        0 => 4 + as_index((3.0 * num::ln(real(n))).floor()),
        count => count.max(2),
    }
}

impl CmaEs {
    fn show(&mut self) {
        let sigma = self.distribution.sigma;
        for (d, c) in self.drawn.iter_mut().zip(&self.distribution.covariance) {
            *d = sigma * sigma * c;
        }
        self.size = [sigma];
    }
}

impl Optimizer for CmaEs {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let n = x.len();
        let count = points(n, ctx.params[1]);
        ctx.oracle.spend(super::common::cube(n));
        self.distribution.decompose();
        let (mut z, mut point) = (vec![0.0; n], vec![0.0; n]);
        let mut drawn: Vec<(f64, Vec<f64>)> = Vec::with_capacity(count);
        for i in 0..count {
            for (z, k) in z.iter_mut().zip((i * n) as u64..) {
                *z = ctx.normal(k);
            }
            let mut y = vec![0.0; n];
            self.distribution.shape(&z, &mut y);
            for ((p, x), y) in point.iter_mut().zip(&*x).zip(&y) {
                *p = x + self.distribution.sigma * y;
            }
            let value = ask(ctx, &point);
            let place = drawn.partition_point(|(other, _)| other.total_cmp(&value).is_le());
            drawn.insert(place, (value, y));
        }
        let steps: Vec<f64> = drawn.iter().flat_map(|(_, y)| y.iter().copied()).collect();
        self.points.clear();
        for y in steps.chunks_exact(n) {
            self.points.extend(x.iter().zip(y).map(|(x, y)| x + self.distribution.sigma * y));
        }
        if drawn[0].0 < f64::INFINITY {
            let constants = Constants::tutorial(n, count, ctx.is_on(2));
            self.distribution.update(x, &steps, &constants);
        } else {
            self.distribution.sigma *= 0.5;
        }
        self.show();
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        let d = &self.distribution;
        show(item("x", "points of the generation", StateKind::Samples, &self.points));
        show(item("σ", "size of the cloud", StateKind::Number, &self.size));
        show(item("σ²C", "covariance", StateKind::Ellipse, &self.drawn));
        // One path is measured in standard deviations, the other in units of σ: neither is a way on the plane.
        show(item("p_σ", "path of σ", StateKind::Matrix, &d.path_sigma));
        show(item("p_c", "path of the covariance", StateKind::Matrix, &d.path));
        let path: Vec<f64> = d.path.iter().map(|p| self.size[0] * p).collect();
        show(item("σp_c", "path of the covariance, on the plane", StateKind::Displacement, &path));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.distribution.covariance);
        visit(&mut self.distribution.path_sigma);
        visit(&mut self.distribution.path);
    }
}
