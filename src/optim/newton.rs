//! Newton's method: Hp = −g; θ ← θ + ηp.
//!
//! Pure, with η = 1: it jumps to where the quadratic model is stationary, be that a minimum, a saddle or a maximum.
//! Close to a nondegenerate stationary point the number of right digits doubles at every step; far from one a step may be
//! of any length. Source: Nocedal, Wright 2006, section 3.3.
//!
//! Where the Hessian is singular to working precision (a pivot below nε times its largest entry) there is no such p, or no
//! single one. Then p is the shortest least-squares solution: no move along directions without curvature. Where H is not
//! finite, or the problem has none to give, θ stays.

use super::{About, Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::math::jacobi::Eigen;
use crate::math::solve::solve;
use crate::param::{ParamSpec, Scale};

/// η of Newton's methods without a line search.
pub const FULL: ParamSpec = ParamSpec::new(
    "lr",
    "η",
    "learning rate",
    1.0,
    (0.0, 1e6),
    Scale::Log,
    "The share of the step that is taken: 1 is the step of the model, less is more careful.",
)
.slider(1e-3, 10.0);

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "newton",
    name: "Newton",
    group: Group::Curvature,
    params: &[FULL],
    needs: Needs::Hessian,
    about: Some(About {
        sentence: "Jumps to the stationary point of the quadratic that fits here; saddles and maxima attract it as minima do.",
        rule: &["p ← −H⁻¹ g", "θ ← θ + η p"],
        reference: Reference {
            authors: "Nocedal, Wright",
            year: 2006,
            title: "Numerical optimization, chapter 3",
            url: "https://doi.org/10.1007/978-0-387-40065-5",
        },
        conventions: "Libraries ship damped or confined forms only. Where H is singular, here nothing moves along the directions without curvature. Modifiers change g and not H.",
        cost: "1 gradient and 1 Hessian",
        memory: |_, _| 0,
        on_plane: None,
        stability: None,
    }),
    new: Some(|init: &Init<'_>| {
        let n = init.x.len();
        Box::new(Newton { step: init.zeros(), hessian: vec![0.0; n * n] })
    }),
};

#[derive(Clone)]
struct Newton {
    step: Vec<f64>,
    hessian: Vec<f64>,
}

/// −H⁻¹g; where H is singular, without a part along its flat directions; `None` where H is not finite.
fn newton_step(h: &[f64], g: &[f64]) -> Option<Vec<f64>> {
    let minus: Vec<f64> = g.iter().map(|g| -g).collect();
    if h.iter().any(|v| !v.is_finite()) {
        return None;
    }
    solve(h, &minus).or_else(|| {
        let spectrum = Eigen::of_finite(h, g.len())?;
        let nothing = spectrum.nothing();
        Some(spectrum.map_times(&minus, |v| if v.abs() > nothing { 1.0 / v } else { 0.0 }))
    })
}

impl Optimizer for Newton {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let known = ctx.oracle.hessian(x, &mut self.hessian);
        let lr = ctx.lr;
        let g = ctx.gradient(x);
        self.step.fill(0.0);
        if let Some(step) = known.then(|| newton_step(&self.hessian, g)).flatten() {
            self.step = step;
        }
        for (x, p) in x.iter_mut().zip(&self.step) {
            *x += lr * p;
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
        show(item("p", "Newton step", StateKind::Displacement, &self.step));
        show(item("H", "Hessian", StateKind::Matrix, &self.hessian));
    }

    fn kept(&mut self, _: &mut dyn FnMut(&mut [f64])) {}
}
