//! The method's state in 8 bits (Dettmers, Lewis, Shleifer, Zettlemoyer 2022, <https://arxiv.org/abs/2110.02861>): after
//! every step each vector that the method keeps is cut into blocks, each block is divided by its largest size, and every
//! number is replaced by the nearest of 256 (ties go to the smaller).
//!
//! dynamic: 0, 1, and ±10^(i − 6) times the middles of 2ⁱ equal parts of [0.1, 1], for i from 0 to 6. Numbers down to about a
//! millionth of the largest are told apart, at 3 significant digits near it and fewer below. linear: −127 … 127 over 127; what
//! is below 1/254 of the largest becomes 0, and a method that divides by its root takes steps that are far too long.
//! All vectors use the signed code, where the authors' code has one without signs for averages of squares. The largest size
//! of a block stays in 64 bits, and so do single numbers that are no vectors. A vector that is not finite is left alone.
//! What a method keeps includes where it began, if it measures from there (`DoG`, Prodigy), and the values of a population.

use super::{After, Modifier, ModifierSpec};
use crate::optim::Reference;
use crate::param::{ParamSpec, Scale, as_index};

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "state8",
    name: "State in 8 bits",
    sentence: "Keeps what the method remembers in 8 bits a number, as large models do to save memory.",
    rule: "m ← M · code(m/M), M = max|m| of the block",
    reference: Some(Reference {
        authors: "Dettmers, Lewis, Shleifer, Zettlemoyer",
        year: 2022,
        title: "8-bit optimizers via block-wise quantization",
        url: "https://arxiv.org/abs/2110.02861",
    }),
    params: &[
        ParamSpec::choice(
            "state8",
            "code",
            &["dynamic", "linear"],
            "dynamic spaces its numbers by size, linear evenly: then what is small becomes 0.",
        ),
        ParamSpec::new(
            "state8_block",
            "B",
            "size of a block",
            256.0,
            (1.0, 4096.0),
            Scale::Integer,
            "How many numbers share one largest size, which is kept exactly.",
        ),
    ],
    new: Some(|| Box::new(State8 { codes: codes() })),
};

#[derive(Clone)]
struct State8 {
    /// The numbers of the dynamic code, rising.
    codes: Vec<f64>,
}

/// The numbers of the dynamic code, rising.
fn codes() -> Vec<f64> {
    let mut positive = Vec::with_capacity(127);
    let mut parts = 1.0;
    for decade in [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0] {
        let mut part = 0.0;
        while part < parts {
            positive.push(decade * (0.1 + 0.9 * (part + 0.5) / parts));
            part += 1.0;
        }
        parts *= 2.0;
    }
    let mut codes: Vec<f64> = positive.iter().rev().map(|v| -v).collect();
    codes.push(0.0);
    codes.extend(positive);
    codes.push(1.0);
    codes
}

/// The number of a rising list that is nearest, the smaller of two.
fn nearest(codes: &[f64], v: f64) -> f64 {
    let above = codes.partition_point(|c| *c < v).min(codes.len() - 1);
    let below = above.saturating_sub(1);
    if codes[above] - v < v - codes[below] { codes[above] } else { codes[below] }
}

impl Modifier for State8 {
    fn after(&mut self, step: &mut After<'_>) {
        let (linear, size) = (as_index(step.values[0]) == 1, as_index(step.values[1]).max(1));
        (step.kept)(&mut |vector| {
            if vector.iter().any(|v| !v.is_finite()) {
                return;
            }
            for block in vector.chunks_mut(size) {
                let largest = block.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
                if largest == 0.0 {
                    continue;
                }
                for v in block {
                    let share = *v / largest;
                    let code =
                        if linear { (share * 127.0).round_ties_even() / 127.0 } else { nearest(&self.codes, share) };
                    *v = largest * code;
                }
            }
        });
    }
}
