//! Trust region with the dogleg: the quadratic model is trusted within a radius Δ, which follows how well it predicted
//! (Nocedal, Wright 2006, algorithm 4.1 and section 4.1; Powell 1970).
//!
//! The path leads from θ to the Cauchy point −(gᵀg/gᵀHg)g, the model's minimum along the steepest descent, and on to
//! Newton's point; the step ends where the path leaves the circle. With ρ the decrease of f over the predicted one: Δ/4 if
//! ρ < ¼, 2Δ (at most Δmax) if ρ > ¾ and the step ends on the circle; the step is made if ρ > a. As in `SciPy`, which stops
//! where H is not positive definite. Here the path then ends at the Cauchy point, or on the circle where the model falls
//! along −g for ever; a Hessian that is not finite or not given counts as 0.
//!
//! A step is one trial: where it is refused θ stays and only Δ changes. A change of f that rounding hides says nothing of
//! the model: where both decreases are below 10ε|f| they count as equal (Conn, Gould, Toint 2000, section 17.4.2).

use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::num;
use crate::math::solve::{cholesky, cholesky_solve, times};
use crate::param::{ParamSpec, Scale};
use std::slice::from_ref;

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "trust_region",
    name: "Trust region (dogleg)",
    group: Group::Curvature,
    params: &[
        ParamSpec::new(
            "delta0",
            "Δ₀",
            "first radius",
            1.0,
            (1e-6, 1e6),
            Scale::Log,
            "The radius of trust at the start. Read at the start of the run.",
        )
        .slider(0.01, 100.0),
        ParamSpec::new(
            "delta_max",
            "Δₘ",
            "largest radius",
            1000.0,
            (1e-6, 1e6),
            Scale::Log,
            "The radius never grows beyond this.",
        )
        .slider(0.01, 1000.0),
        ParamSpec::new(
            "accept",
            "a",
            "acceptance",
            0.15,
            (0.0, 0.25),
            Scale::Linear,
            "A step is made if f falls by more than this share of what the model predicted.",
        ),
    ],
    needs: Needs::Hessian,
    about: Some(About {
        sentence: "Trusts its quadratic model inside a circle, which grows while the model is right and shrinks when it is wrong.",
        rule: &[
            "p ← the end of the dogleg path with ‖p‖ ≤ Δ",
            "ρ ← (f(θ) − f(θ + p))/(−gᵀ p − ½ pᵀ H p)",
            "Δ ← Δ/4 if ρ < ¼, min(2 Δ, Δₘ) if ρ > ¾ and ‖p‖ = Δ",
            "θ ← θ + p if ρ > a",
        ],
        reference: Reference {
            authors: "Powell",
            year: 1970,
            title: "A new algorithm for unconstrained optimization (the dogleg)",
            url: "https://doi.org/10.1016/B978-0-12-597050-1.50006-3",
        },
        conventions: "SciPy's dogleg stops where the Hessian is not positive definite; here the step then follows the gradient to the model's minimum or to the circle. Modifiers change g, not H and not the values. It has no learning rate, so a schedule does nothing.",
        cost: "1 gradient, 1 Hessian and 1 value",
        memory: |_, _| 0,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        let n = init.x.len();
        Box::new(TrustRegion {
            radius: init.params[0].min(init.params[1]),
            ratio: 0.0,
            step: init.zeros(),
            tried: init.x.to_vec(),
            cauchy: init.x.to_vec(),
            newton: init.x.to_vec(),
            hessian: vec![0.0; n * n],
        })
    }),
};

#[derive(Clone)]
struct TrustRegion {
    radius: f64,
    ratio: f64,
    step: Vec<f64>,
    /// The points that are seen: the trial, and the corners of the path.
    tried: Vec<f64>,
    cauchy: Vec<f64>,
    newton: Vec<f64>,
    hessian: Vec<f64>,
}

/// A step, and whether it ends on the circle.
type Dogleg = (Vec<f64>, bool);

/// The corners of the path: the Cauchy step where the model has a minimum along −g, and Newton's step where H is
/// positive definite.
fn corners(h: &[f64], g: &[f64]) -> (Option<Vec<f64>>, Option<Vec<f64>>) {
    let bend = num::dot(g, &times(h, g));
    let share = num::dot(g, g) / bend;
    let cauchy: Option<Vec<f64>> =
        (bend > 0.0 && share.is_finite()).then(|| g.iter().map(|g| -share * g).collect());
    let minus: Vec<f64> = g.iter().map(|g| -g).collect();
    let newton = cholesky(h, g.len()).map(|l| cholesky_solve(&l, &minus));
    (cauchy, newton.filter(|p| p.iter().all(|v| v.is_finite())))
}

/// The step to where the path leaves the circle.
fn dogleg(cauchy: Option<&Vec<f64>>, newton: Option<&Vec<f64>>, g: &[f64], radius: f64) -> Dogleg {
    if let Some(p) = newton
        && num::norm(p) < radius
    {
        return (p.clone(), false);
    }
    let downhill = |length: f64| g.iter().map(|g| -g * length).collect::<Vec<f64>>();
    let Some(u) = cauchy else {
        return (downhill(radius / num::norm(g)), true);
    };
    let length = num::norm(u);
    if length >= radius {
        return (u.iter().map(|u| u * (radius / length)).collect(), true);
    }
    let Some(p) = newton else {
        return (u.clone(), false);
    };
    // ‖u + τ(p − u)‖ = Δ, the root above 0, without cancellation.
    let leg: Vec<f64> = p.iter().zip(u).map(|(p, u)| p - u).collect();
    let (a, b, c) = (num::dot(&leg, &leg), 2.0 * num::dot(u, &leg), num::dot(u, u) - radius * radius);
    let root = (b * b - 4.0 * a * c).max(0.0).sqrt();
    let tau = if b > 0.0 { -2.0 * c / (b + root) } else { (root - b) / (2.0 * a) };
    (u.iter().zip(&leg).map(|(u, l)| u + tau * l).collect(), true)
}

impl TrustRegion {
    /// The decrease of f over the predicted one, both of them below rounding counting as equal.
    fn judge(&mut self, decrease: f64, predicted: f64, f: f64) {
        let hidden = 10.0 * f64::EPSILON * f.abs();
        self.ratio = if decrease.abs() <= hidden && predicted <= hidden {
            1.0
        } else if decrease.is_finite() {
            decrease / predicted
        } else {
            // Nothing there to go to: the worst there is, in a number that can be shown.
            f64::MIN
        };
    }

    fn adapt(&mut self, on_circle: bool, largest: f64) {
        if self.ratio < 0.25 {
            self.radius *= 0.25;
        } else if self.ratio > 0.75 && on_circle {
            self.radius = (2.0 * self.radius).min(largest);
        }
    }
}

impl Optimizer for TrustRegion {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let known = ctx.oracle.hessian(x, &mut self.hessian);
        let f = ctx.oracle.gradient(x, ctx.grad);
        let (largest, accept) = (ctx.params[1], ctx.params[2]);
        if !known || self.hessian.iter().any(|v| !v.is_finite()) {
            self.hessian.fill(0.0);
        }
        self.radius = self.radius.min(largest);
        let g = &*ctx.grad;
        self.step.fill(0.0);
        self.tried.copy_from_slice(x);
        if !g.iter().any(|g| *g != 0.0) {
            return;
        }
        let (cauchy, newton) = corners(&self.hessian, g);
        let (step, on_circle) = dogleg(cauchy.as_ref(), newton.as_ref(), g, self.radius);
        for (point, corner) in [(&mut self.cauchy, &cauchy), (&mut self.newton, &newton)] {
            let corner = corner.as_ref().unwrap_or(&step);
            *point = x.iter().zip(corner).map(|(x, p)| x + p).collect();
        }
        let point: Vec<f64> = x.iter().zip(&step).map(|(x, p)| x + p).collect();
        let predicted = -num::dot(g, &step) - 0.5 * num::dot(&step, &times(&self.hessian, &step));
        // Nothing to learn where rounding leaves no step or no decrease to compare with.
        if !(predicted > 0.0 && predicted.is_finite()) || point == x || point.iter().any(|v| !v.is_finite()) {
            return;
        }
        self.judge(f - ctx.oracle.value(&point), predicted, f);
        self.adapt(on_circle, largest);
        self.tried.copy_from_slice(&point);
        self.step = step;
        if self.ratio > accept {
            x.copy_from_slice(&point);
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("Δ", "radius of trust", StateKind::Radius, from_ref(&self.radius)));
        show(item("ρ", "decrease over the predicted one", StateKind::Number, from_ref(&self.ratio)));
        show(item("p", "step", StateKind::Displacement, &self.step));
        show(item("θ′", "trial point", StateKind::Trials, &self.tried));
        show(item("θ_C", "Cauchy point", StateKind::Point, &self.cauchy));
        show(item("θ_N", "Newton point", StateKind::Point, &self.newton));
        show(item("H", "Hessian", StateKind::Matrix, &self.hessian));
    }

    fn kept(&mut self, _: &mut dyn FnMut(&mut [f64])) {}
}
