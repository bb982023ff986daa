//! A linear associative memory: W is to turn the embedding eᵢ of each item into logits that pick the item's answer uᵢ. Item i
//! comes up with probability pᵢ ∝ 1/iᵃ, as words do (Zipf). After Wang et al. 2025, <https://arxiv.org/abs/2509.26030>.
//!
//! The embeddings are orthonormal, so the items do not disturb each other and the gradient is Σ pᵢ (…) eᵢᵀ: its singular values fall
//! like pᵢ. Gradient descent learns item i at a rate of pᵢ, so the frequent ones first; Muon makes all singular values of its step
//! alike, and learns all at nearly the same rate. Words have a = 1 and a tail of many thousands; so few items need a larger a
//! to be as unequal. Answers are smoothed: with certain answers the minimum lies at infinity, any step however large helps, and
//! no two methods could be compared. f is the cross-entropy above its smallest possible value.

use super::{Functions, MatrixSpec, Tables, float, matrix, side};
use crate::math::linear::{product, transpose};
use crate::math::num;
use crate::param::{ParamSpec, Scale, as_index};

pub static SPEC: MatrixSpec = MatrixSpec {
    key: "associative_memory",
    name: "Associative memory",
    sentence: "Facts of unequal frequency in one matrix: gradient descent learns the frequent ones first, Muon all at nearly the same rate.",
    text: "Σᵢ pᵢ KL(qᵢ, softmax(Uᵀ W eᵢ)), pᵢ ∝ 1/iᵃ",
    params: &[
        side(8.0),
        ParamSpec::new(
            "a",
            "a",
            "Zipf exponent",
            2.0,
            (0.0, 4.0),
            Scale::Linear,
            "How much rarer later items are: item i comes up in proportion to 1/i to this power. Words have 1, with a far longer tail.",
        ),
        ParamSpec::new(
            "smoothing",
            "s",
            "label smoothing",
            0.1,
            (0.0, 0.9),
            Scale::Linear,
            "How much of the answer is spread evenly over all items; with 0 the minimum lies at infinity.",
        ),
    ],
    region: 4.0,
    functions: Some(Functions {
        tables,
        value: |t, w| num::dot(&t.weights, &losses(t, w)),
        value_grad,
        hessian,
        residuals: None,
        start: |t| vec![0.0; t.side * t.side],
        minimum: |t| (t.number > 0.0).then_some(0.0),
        solution,
        items: Some(losses),
    }),
};

/// Embeddings eᵢ as the columns of the cosine transform, answers uᵢ as those of Hartley's; both orthonormal.
fn tables(p: &[f64]) -> Tables {
    let k = as_index(p[0]);
    let turn = std::f64::consts::PI / float(k);
    let cosine = |i: usize, j: usize| {
        let size = if j == 0 { 1.0 } else { 2.0 };
        (size / float(k)).sqrt() * num::cos(turn * (float(i) + 0.5) * float(j))
    };
    let hartley = |i: usize, j: usize| {
        // Taken modulo k, so that large angles lose no digits.
        let angle = 2.0 * turn * float(i * j % k);
        (num::cos(angle) + num::sin(angle)) / float(k).sqrt()
    };
    let share: Vec<f64> = (1..=k).map(|i| num::pow(float(i), -p[1])).collect();
    let mut all = 0.0;
    for s in &share {
        all += s;
    }
    Tables {
        side: k,
        left: matrix(k, hartley),
        right: matrix(k, cosine),
        weights: share.iter().map(|s| s / all).collect(),
        number: p[2],
    }
}

/// Uᵀ W E: the logits of item i in column i.
fn logits(t: &Tables, w: &[f64]) -> Vec<f64> {
    let shape = (t.side, t.side);
    let into = product(&transpose(&t.left, shape), w, shape, t.side);
    product(&into, &t.right, shape, t.side)
}

/// How likely answer `j` of item `i` is to be.
fn target(t: &Tables, i: usize, j: usize) -> f64 {
    let spread = t.number / float(t.side);
    if i == j { 1.0 - t.number + spread } else { spread }
}

/// U L Eᵀ, where column i of L has the logarithms of the answers of item i, less their mean: softmax does not see it, and
/// gradients, whose columns in these coordinates sum to 0, never change it from the 0 of the start.
fn solution(t: &Tables) -> Option<Vec<f64>> {
    let k = t.side;
    let [of_own, of_other] = [target(t, 0, 0), if k > 1 { target(t, 0, 1) } else { 1.0 }].map(num::ln);
    let mean = (of_own + float(k - 1) * of_other) / float(k);
    let logits = matrix(k, |i, j| if i == j { of_own - mean } else { of_other - mean });
    let back = product(&t.left, &logits, (k, k), k);
    (t.number > 0.0).then(|| product(&back, &transpose(&t.right, (k, k)), (k, k), k))
}

/// The logarithms of the softmax of a column.
fn log_softmax(logits: &[f64], side: usize, column: usize) -> Vec<f64> {
    let column: Vec<f64> = (0..side).map(|j| logits[j * side + column]).collect();
    let largest = column.iter().fold(f64::NEG_INFINITY, |m, z| m.max(*z));
    let mut sum = 0.0;
    for z in &column {
        sum += num::exp(z - largest);
    }
    let log = num::ln(sum);
    column.iter().map(|z| z - largest - log).collect()
}

fn loss(t: &Tables, item: usize, logs: &[f64]) -> f64 {
    let mut loss = 0.0;
    for (j, log) in logs.iter().enumerate() {
        let q = target(t, item, j);
        if q > 0.0 {
            loss += q * (num::ln(q) - log);
        }
    }
    loss
}

/// The loss of each item.
fn losses(t: &Tables, w: &[f64]) -> Vec<f64> {
    let logits = logits(t, w);
    (0..t.side).map(|i| loss(t, i, &log_softmax(&logits, t.side, i))).collect()
}

/// U·R·Eᵀ, where column i of R is pᵢ(softmax − q).
fn value_grad(t: &Tables, w: &[f64], grad: &mut [f64]) -> f64 {
    let (k, logits) = (t.side, logits(t, w));
    let mut rest = vec![0.0; k * k];
    let mut sum = 0.0;
    for (i, p) in t.weights.iter().enumerate() {
        let logs = log_softmax(&logits, k, i);
        sum += p * loss(t, i, &logs);
        for (j, log) in logs.iter().enumerate() {
            rest[j * k + i] = p * (num::exp(*log) - target(t, i, j));
        }
    }
    let back = product(&t.left, &rest, (k, k), k);
    grad.copy_from_slice(&product(&back, &transpose(&t.right, (k, k)), (k, k), k));
    sum
}

/// Σ pᵢ U(diag s − s sᵀ)Uᵀ ⊗ eᵢeᵢᵀ, with s the softmax of item i.
fn hessian(t: &Tables, w: &[f64], h: &mut [f64]) {
    let (k, logits) = (t.side, logits(t, w));
    h.fill(0.0);
    for (i, p) in t.weights.iter().enumerate() {
        let s: Vec<f64> = log_softmax(&logits, k, i).iter().map(|log| num::exp(*log)).collect();
        let spread = matrix(k, |a, b| if a == b { s[a] - s[a] * s[b] } else { -s[a] * s[b] });
        let outer = product(&product(&t.left, &spread, (k, k), k), &transpose(&t.left, (k, k)), (k, k), k);
        // Symmetric to the last bit.
        let outer = matrix(k, |a, b| 0.5 * (outer[a * k + b] + outer[b * k + a]));
        for (at, h) in h.iter_mut().enumerate() {
            let (row, col) = (at / (k * k), at % (k * k));
            let inner = t.right[row % k * k + i] * t.right[col % k * k + i];
            *h += p * outer[row / k * k + col / k] * inner;
        }
    }
}
