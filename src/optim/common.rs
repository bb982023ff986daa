//! What several optimizers share: the parameters they have in common, and the running products of bias corrections.

use super::{StateItem, StateKind};
use crate::param::{ParamSpec, Scale};

/// The learning rate; every method that has one has it first.
pub const fn lr(default: f64) -> ParamSpec {
    ParamSpec::new(
        "lr",
        "η",
        "learning rate",
        default,
        (0.0, 1e6),
        Scale::Log,
        "The size of a step. Too small crawls, too large diverges; usually the first thing to tune.",
    )
    .slider(1e-5, 10.0)
}

/// Heavy-ball momentum.
pub const MOMENTUM: ParamSpec = ParamSpec::new(
    "momentum",
    "μ",
    "momentum",
    0.9,
    (0.0, 1.0),
    Scale::Complement,
    "How much of the last step is kept. 0 forgets, 0.9 is usual, 0.99 coasts far.",
)
.slider(0.0, 0.9999);

/// The decay rate of the average of the gradients.
pub const BETA1: ParamSpec = ParamSpec::new(
    "beta1",
    "β₁",
    "first moment",
    0.9,
    (0.0, 1.0),
    Scale::Complement,
    "How slowly the average of the gradients forgets: it remembers about 1/(1 − β₁) steps.",
)
.slider(0.0, 0.9999);

/// The decay rate of the average of the squared gradients.
pub const BETA2: ParamSpec = ParamSpec::new(
    "beta2",
    "β₂",
    "second moment",
    0.999,
    (0.0, 1.0),
    Scale::Complement,
    "How slowly the average of the squared gradients forgets: it remembers about 1/(1 − β₂) steps.",
)
.slider(0.0, 0.9999);

/// The work of decomposing an n × n matrix, for [`crate::objective::Oracle::spend`].
pub const fn cube(n: usize) -> u64 {
    let n = n as u64;
    30 * n * n * n
}

/// The small number that keeps a denominator away from 0.
pub const fn eps(default: f64) -> ParamSpec {
    ParamSpec::new(
        "eps",
        "ε",
        "epsilon",
        default,
        (0.0, 1e6),
        Scale::Log,
        "Keeps the denominator away from 0; where it is large against the gradients the method turns into plain momentum.",
    )
    .slider(1e-12, 1.0)
}

/// Decoupled weight decay.
pub const fn weight_decay(default: f64) -> ParamSpec {
    ParamSpec::new(
        "weight_decay",
        "λ",
        "weight decay",
        default,
        (0.0, 1e3),
        Scale::Log,
        "Shrinks the parameters by ηλ at every step, apart from the gradient. Typically 0.01 to 0.1.",
    )
    .slider(0.0, 1.0)
}

/// What momentum shows of itself: its velocity, where the rate is inside, or its buffer of gradients.
pub fn momentum_state<'a>(with_rate: bool, buffer: &'a [f64], velocity: &'a [f64]) -> StateItem<'a> {
    if with_rate {
        StateItem { symbol: "v", name: "velocity", kind: StateKind::Displacement, values: velocity }
    } else {
        StateItem { symbol: "b", name: "momentum buffer", kind: StateKind::Direction, values: buffer }
    }
}

/// Π β over the steps taken: equals βᵗ while β stays the same, and stays right when β is changed during a run.
#[derive(Clone, Copy, Debug)]
pub struct Product(f64);

impl Product {
    /// The empty product.
    pub const ONE: Self = Self(1.0);

    /// The product so far.
    pub const fn now(self) -> f64 {
        self.0
    }

    /// Takes one more factor and returns the product. What is too small to matter becomes 0: arithmetic on
    /// denormal numbers is slow.
    pub fn take(&mut self, beta: f64) -> f64 {
        self.0 *= beta;
        if self.0 < 1e-300 {
            self.0 = 0.0;
        }
        self.0
    }

    /// 1 − Π β with one more factor: what an average that started at 0 must be divided by. It is 0 only while every
    /// β was 1, where the average is still 0 and is left alone.
    pub fn correction(&mut self, beta: f64) -> f64 {
        let rest = 1.0 - self.take(beta);
        if rest > 0.0 { rest } else { 1.0 }
    }
}

/// Shows m̂ and v̂, for methods that keep the averages as they are and correct them in passing.
pub fn corrected(averages: [&[f64]; 2], corrections: [f64; 2], show: &mut dyn FnMut(StateItem<'_>)) {
    // Only the second program shows states.
    if !cfg!(feature = "lab") {
        return;
    }
    let [m, v] = [0, 1].map(|i| averages[i].iter().map(|v| v / corrections[i]).collect::<Vec<_>>());
    let item = |symbol, name, kind, values| StateItem { symbol, name, kind, values };
    show(item("m̂", "average m, corrected", StateKind::Direction, &m));
    show(item("v̂", "average v, corrected", StateKind::Spread, &v));
}
