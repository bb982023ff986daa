//! Saddle-free Newton: p = −|H|⁻¹g; θ ← θ + ηp, where |H| has the eigenvectors of H and the absolute values of its
//! eigenvalues (Dauphin et al. 2014, <https://arxiv.org/abs/1406.2572>).
//!
//! Along directions that curve downwards Newton's step points uphill; here it points downhill, with the same length. The
//! paper damps |H| by an amount found by trial; here δ is a setting that is added to the absolute eigenvalues. With δ = 0
//! nothing moves along directions whose curvature is 0 to working precision. Where H is not finite, or not given, θ stays.

use super::newton::FULL;
use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::jacobi::Eigen;
use crate::param::{ParamSpec, Scale};
use std::slice::from_ref;

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "saddle_free_newton",
    name: "Saddle-free Newton",
    group: Group::Curvature,
    params: &[
        FULL,
        ParamSpec::new(
            "damping",
            "δ",
            "damping",
            1e-3,
            (0.0, 1e6),
            Scale::Log,
            "Added to every absolute curvature, so that flat directions do not make the step endless.",
        )
        .slider(0.0, 100.0),
    ],
    needs: Needs::Hessian,
    about: Some(About {
        sentence: "Newton with the absolute values of the curvatures: saddles repel it.",
        rule: &["p ← −(|H| + δ I)⁻¹ g", "θ ← θ + η p"],
        reference: Reference {
            authors: "Dauphin et al.",
            year: 2014,
            title: "Identifying and attacking the saddle point problem in high-dimensional non-convex optimization",
            url: "https://arxiv.org/abs/1406.2572",
        },
        conventions: "The paper works in a Krylov subspace and tries several dampings at each step; here all eigenvalues are used and δ is set. Modifiers change g and not H.",
        cost: "1 gradient and 1 Hessian",
        memory: |_, _| 0,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        let n = init.x.len();
        Box::new(SaddleFree { step: init.zeros(), hessian: vec![0.0; n * n], extremes: [0.0; 2] })
    }),
};

#[derive(Clone)]
struct SaddleFree {
    step: Vec<f64>,
    hessian: Vec<f64>,
    /// The largest and the smallest curvature.
    extremes: [f64; 2],
}

impl Optimizer for SaddleFree {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let known = ctx.oracle.hessian(x, &mut self.hessian);
        let (lr, damping) = (ctx.lr, ctx.params[1]);
        let g = ctx.gradient(x);
        self.step.fill(0.0);
        if let Some(spectrum) = known.then(|| Eigen::of_finite(&self.hessian, x.len())).flatten() {
            let nothing = spectrum.nothing();
            self.step = spectrum.map_times(g, |v| {
                let size = if v.abs() > nothing { v.abs() } else { 0.0 } + damping;
                if size > 0.0 { -1.0 / size } else { 0.0 }
            });
            self.extremes = spectrum
                .values
                .iter()
                .fold([f64::MIN, f64::MAX], |[hi, lo], v| [hi.max(*v), lo.min(*v)]);
        }
        for (x, p) in x.iter_mut().zip(&self.step) {
            *x += lr * p;
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        let [largest, smallest] = &self.extremes;
        show(item("p", "step", StateKind::Displacement, &self.step));
        show(item("λ₁", "largest curvature", StateKind::Number, from_ref(largest)));
        show(item("λₙ", "smallest curvature", StateKind::Number, from_ref(smallest)));
        show(item("H", "Hessian", StateKind::Matrix, &self.hessian));
    }

    fn kept(&mut self, _: &mut dyn FnMut(&mut [f64])) {}
}
