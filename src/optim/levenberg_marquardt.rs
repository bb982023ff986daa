//! Levenberg–Marquardt for f = Σ rᵢ²: (Jᵀ J + λI)p = −Jᵀr; θ ← θ + p where f falls.
//!
//! λ follows the gain ratio ρ as in Madsen, Nielsen, Tingleff 2004, algorithm 3.16
//! (<http://www2.imm.dtu.dk/pubdb/pubs/3215-full.html>; the rule is Nielsen's of 1999): it starts at τ times the largest
//! diagonal entry of Jᵀ J; after a step that was made λ ← λ max(1/γ, 1 − (2ρ − 1)³) and ν ← ν₀, after one that was refused
//! λ ← λν and ν ← 2ν. Their F is ½Σ rᵢ²; ρ is the same. Marquardt 1963 multiplies and divides λ by a constant, and
//! MINPACK keeps a trust region instead.
//!
//! A step is one trial: where it is refused θ stays and only λ grows. Noise, clipping and L2 act on gradients, and this
//! method asks for none: it reads residuals.

use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::num;
use crate::math::solve::{cholesky, cholesky_solve, shifted};
use crate::param::{ParamSpec, Scale};
use std::slice::from_ref;

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "levenberg_marquardt",
    name: "Levenberg–Marquardt",
    group: Group::Curvature,
    params: &[
        ParamSpec::new(
            "tau",
            "τ",
            "first damping",
            1e-3,
            (1e-12, 1e3),
            Scale::Log,
            "The damping at the start, relative to JᵀJ: small for a good start, 1 for a poor one. Read at the start of the run.",
        )
        .slider(1e-8, 10.0),
        ParamSpec::new(
            "gamma",
            "γ",
            "largest relief",
            3.0,
            (1.0, 100.0),
            Scale::Log,
            "By how much the damping is divided at most after a step that went as predicted.",
        )
        .slider(1.1, 100.0),
        ParamSpec::new(
            "nu",
            "ν₀",
            "growth",
            2.0,
            (1.1, 100.0),
            Scale::Log,
            "By how much the damping is multiplied after a step that was refused; doubled at each refusal in a row.",
        ),
    ],
    needs: Needs::SumOfSquares,
    about: Some(About {
        sentence: "For sums of squares: between gradient descent and Newton, with a Hessian made from the slopes of the residuals.",
        rule: &[
            "p ← −(Jᵀ J + λ I)⁻¹ Jᵀ r",
            "ρ ← (f(θ) − f(θ + p))/(pᵀ (λ p − Jᵀ r))",
            "λ ← λ max(1/γ, 1 − (2 ρ − 1)³) if ρ > 0, else λ ν",
            "θ ← θ + p if ρ > 0",
        ],
        reference: Reference {
            authors: "Levenberg; Marquardt; Madsen, Nielsen, Tingleff",
            year: 2004,
            title: "Methods for non-linear least squares problems",
            url: "https://www2.imm.dtu.dk/pubdb/pubs/3215-full.html",
        },
        conventions: "Here λ follows the gain ratio by Nielsen's rule; Marquardt's own multiplies or divides by 10, scipy.optimize.least_squares (MINPACK) keeps a trust region. Modifiers of the gradient do not act on residuals, and a schedule does nothing.",
        cost: "the residuals with their slopes (counted as 1 gradient) and 1 value",
        memory: |_, _| 0,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        Box::new(LevenbergMarquardt {
            damping: 0.0,
            growth: 0.0,
            ratio: 0.0,
            step: init.zeros(),
            tried: init.x.to_vec(),
            residuals: Vec::new(),
            jacobian: Vec::new(),
        })
    }),
};

#[derive(Clone)]
struct LevenbergMarquardt {
    /// λ, 0 before the first step.
    damping: f64,
    /// ν after refusals in a row, 0 after a step that was made.
    growth: f64,
    ratio: f64,
    step: Vec<f64>,
    tried: Vec<f64>,
    residuals: Vec<f64>,
    jacobian: Vec<f64>,
}

impl LevenbergMarquardt {
    /// Jᵀ J and −Jᵀr.
    fn normal_equations(&self, n: usize) -> (Vec<f64>, Vec<f64>) {
        let (mut square, mut right) = (vec![0.0; n * n], vec![0.0; n]);
        for (row, r) in self.jacobian.chunks(n).zip(&self.residuals) {
            for i in 0..n {
                right[i] -= row[i] * r;
                for j in 0..n {
                    square[i * n + j] += row[i] * row[j];
                }
            }
        }
        (square, right)
    }

    fn refuse(&mut self, nu: f64) {
        let growth = if self.growth == 0.0 { nu } else { self.growth };
        let next = self.damping * growth;
        if next.is_finite() {
            (self.damping, self.growth) = (next, 2.0 * growth);
        }
    }
}

impl Optimizer for LevenbergMarquardt {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let n = x.len();
        let (tau, gamma, nu) = (ctx.params[0], ctx.params[1], ctx.params[2]);
        self.step.fill(0.0);
        self.tried.copy_from_slice(x);
        if !ctx.oracle.residuals(x, &mut self.residuals, &mut self.jacobian) {
            return;
        }
        let (square, right) = self.normal_equations(n);
        let largest = square.iter().step_by(n + 1).fold(0.0, |m: f64, v| m.max(*v));
        if self.damping == 0.0 {
            self.damping = tau * largest;
        }
        // Below this the damping is lost in rounding, and JᵀJ alone may be singular.
        self.damping = self.damping.max(f64::EPSILON * largest);
        let Some(l) = cholesky(&shifted(&square, n, self.damping), n) else {
            self.refuse(nu);
            return;
        };
        let step = cholesky_solve(&l, &right);
        let point: Vec<f64> = x.iter().zip(&step).map(|(x, p)| x + p).collect();
        if point == x || point.iter().any(|v| !v.is_finite()) {
            return;
        }
        let f = num::dot(&self.residuals, &self.residuals);
        let decrease = f - ctx.oracle.value(&point);
        let predicted: f64 = step.iter().zip(&right).fold(0.0, |s, (p, r)| s + p * (self.damping * p + r));
        let ratio = decrease / predicted;
        self.ratio = if ratio.is_finite() { ratio } else { f64::MIN };
        self.tried.copy_from_slice(&point);
        self.step = step;
        if self.ratio > 0.0 {
            self.damping *= (1.0 - num::powi(2.0 * self.ratio - 1.0, 3)).max(1.0 / gamma);
            self.growth = 0.0;
            x.copy_from_slice(&point);
        } else {
            self.refuse(nu);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("λ", "damping", StateKind::Number, from_ref(&self.damping)));
        show(item("ν", "growth of the damping at the next refusal", StateKind::Number, from_ref(&self.growth)));
        show(item("ρ", "gain ratio", StateKind::Number, from_ref(&self.ratio)));
        show(item("p", "step", StateKind::Displacement, &self.step));
        show(item("θ′", "trial point", StateKind::Trials, &self.tried));
    }

    fn kept(&mut self, _: &mut dyn FnMut(&mut [f64])) {}
}
