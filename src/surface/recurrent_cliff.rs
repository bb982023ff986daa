//! One recurrent unit over 50 steps (Pascanu, Mikolov and Bengio 2013, <https://arxiv.org/abs/1211.5063>): s ← w σ(s) + b from s = 0, and the loss (σ(s) − 0.7)² in x = w, y = b.

use super::{Group, Levels, SurfaceSpec, View, formula};
use crate::math::Scalar;

pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "recurrent_cliff",
    name: "Recurrent cliff",
    group: Group::Cliff,
    sentence: "One recurrent unit over 50 steps: along a line the loss jumps, and gradients there explode as in long recurrences.",
    text: "(σ(s₅₀) − 0.7)², s ← x σ(s) + y from s = 0",
    params: &[],
    view: View { x: (0.0, 8.0), y: (-6.0, 2.0) },
    start: [5.6, -1.4],
    levels: Levels::Linear,
    minima: Some(|_| Vec::new()),
    unbounded: false,
    residuals: None,
    formula: Some(formula!(f)),
};

fn f<T: Scalar>(x: T, y: T, _: &[f64]) -> T {
    let mut s = T::constant(0.0);
    for _ in 0..50 {
        s = x * s.sigmoid() + y;
    }
    (s.sigmoid() - 0.7).square()
}
