//! Rprop, the variant iRprop− of Igel and Hüsken: a step size s for each coordinate, moved against the sign of the gradient.
//! Where the gradient keeps its sign, s ← η₊s; where it has turned, s ← η₋s, the coordinate stays for once and the turn is
//! forgotten (g ← 0), so that the next step leaves s alone.
//!
//! As in PyTorch, s is clipped to [`s_min`, `s_max`] at every step, the first too. PyTorch reads η once, as the first step size;
//! here a schedule or a slider that changes η changes every step size in proportion, which is the same while η stays.

use super::averages::item;
use super::common::lr;
use super::{Group, Init, Needs, Optimizer, OptimizerSpec, Reference, StateItem, StateKind, StepCtx};
use crate::later::{here, lines, words};
use crate::math::scalar::sign;
use crate::param::{ParamSpec, Scale};

pub static SPEC: OptimizerSpec = OptimizerSpec {
    key: "rprop",
    name: "Rprop",
    group: Group::Adaptive,
    sentence: words("Looks only at signs: a step grows while its gradient keeps its sign and shrinks when it turns."),
    rule: lines(&[
        "s ← clip(η₊ s, s_min, s_max) where g g′ > 0",
        "s ← clip(η₋ s, s_min, s_max), g ← 0 where g g′ < 0",
        "θ ← θ − s sign(g)",
        "g′ ← g",
    ]),
    params: &[
        lr(0.01),
        ParamSpec::new(
            "eta_minus",
            "η₋",
            "shrinking",
            0.5,
            (0.0, 1.0),
            Scale::Linear,
            "What a step size is multiplied by where the gradient has turned; 0.5 is usual.",
        )
        .slider(0.1, 0.9),
        ParamSpec::new(
            "eta_plus",
            "η₊",
            "growth",
            1.2,
            (1.0, 10.0),
            Scale::Linear,
            "What a step size is multiplied by where the gradient keeps its sign; 1.2 is usual.",
        )
        .slider(1.0, 2.0),
        limit("step_min", "s_min", "smallest step", 1e-6, "No step is smaller than this.").slider(1e-8, 1.0),
        limit("step_max", "s_max", "largest step", 50.0, "No step is larger than this.").slider(1e-3, 100.0),
    ],
    reference: here(Reference {
        authors: "Riedmiller, Braun; Igel, Hüsken",
        year: 2003,
        title: "Empirical evaluation of the improved Rprop learning algorithms",
        url: "https://doi.org/10.1016/S0925-2312(01)00700-7",
    }),
    conventions: words("PyTorch's variant, iRprop−: where the gradient turned, no move. Rprop+ takes the last step back instead."),
    cost: words("1 gradient"),
    memory: |n, _| 2 * n,
    on_plane: None,
    needs: Needs::Nothing,
    stability: None,
    new: here(|init: &Init<'_>| {
        Box::new(Rprop {
            ratio: vec![1.0; init.x.len()],
            last: init.zeros(),
            sizes: vec![init.params[0]; init.x.len()],
        })
    }),
};

const fn limit(
    key: &'static str,
    symbol: &'static str,
    name: &'static str,
    default: f64,
    help: &'static str,
) -> ParamSpec {
    ParamSpec::new(key, symbol, name, default, (0.0, 1e6), Scale::Log, help)
}

#[derive(Clone)]
struct Rprop {
    /// s/η.
    ratio: Vec<f64>,
    /// The last gradient, 0 where it had turned.
    last: Vec<f64>,
    sizes: Vec<f64>,
}

impl Optimizer for Rprop {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let (lr, shrink, grow) = (ctx.lr, ctx.params[1], ctx.params[2]);
        let (smallest, largest) = (ctx.params[3], ctx.params[4]);
        let g = ctx.gradient(x);
        for (i, g) in g.iter().enumerate() {
            let turn = sign(*g) * sign(self.last[i]);
            let factor = if turn > 0.0 {
                grow
            } else if turn < 0.0 {
                shrink
            } else {
                1.0
            };
            let g = if turn < 0.0 { 0.0 } else { *g };
            self.last[i] = g;
            // Without a rate nothing moves, and the sizes wait for one.
            if lr > 0.0 {
                let size = (lr * self.ratio[i] * factor).max(smallest).min(largest);
                self.ratio[i] = size / lr;
                self.sizes[i] = size;
                x[i] -= size * sign(g);
            }
        }
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(item("s", "step size", StateKind::Rates, &self.sizes));
        show(item("g′", "last gradient, 0 where it turned", StateKind::Direction, &self.last));
    }

    fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        visit(&mut self.ratio);
        visit(&mut self.last);
    }
}
