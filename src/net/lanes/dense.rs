//! Products with the weights of a layer. Two rows at a time: what both need is read once.

#![expect(clippy::assign_op_pattern, reason = "only one of the types could do that")]

use super::wide::{Eight, Four, Two, Wide};
use super::{block, block_mut};
use crate::net::number::Elementary;
use crate::net::shape::LayerShape;

/// As [`blocks`](super::blocks), with a type for the numbers of a block too.
macro_rules! wide_blocks {
    ($count:expr, $at:ident, $lanes:ident, $wide:ident, $body:block) => {{
        let count: usize = $count;
        let mut $at = 0;
        while count - $at >= 8 {
            const $lanes: usize = 8;
            type $wide = Eight;
            $body;
            $at += 8;
        }
        if count - $at >= 4 {
            const $lanes: usize = 4;
            type $wide = Four;
            $body;
            $at += 4;
        }
        if count - $at >= 2 {
            const $lanes: usize = 2;
            type $wide = Two;
            $body;
            $at += 2;
        }
        if count - $at >= 1 {
            const $lanes: usize = 1;
            type $wide = f64;
            $body;
        }
    }};
}

/// The sums of a layer: Wa + b.
#[inline(always)]
pub fn sums(layer: &LayerShape, w: &[f64], input: &[f64], z: &mut [f64], count: usize) {
    let (weights, bias) = (&w[layer.weights.range()], &w[layer.bias.range()]);
    wide_blocks!(count, at, L, W, {
        let x = block::<L>(input, layer.inputs, at);
        let z = block_mut::<L>(z, layer.outputs, at);
        let rows = weights.chunks_exact(2 * layer.inputs);
        let left = rows.remainder();
        let (biases, last) = bias.as_chunks::<2>();
        let (pairs, odd) = z.as_chunks_mut::<2>();
        for ((z, rows), bias) in pairs.iter_mut().zip(rows).zip(biases) {
            let (first, second) = rows.split_at(layer.inputs);
            let (mut a, mut b) = (W::of(bias[0]), W::of(bias[1]));
            for ((v, w), x) in first.iter().zip(second).zip(x) {
                let x = W::load(x);
                a = a + W::of(*v) * x;
                b = b + W::of(*w) * x;
            }
            a.store(&mut z[0]);
            b.store(&mut z[1]);
        }
        for (z, bias) in odd.iter_mut().zip(last) {
            let mut a = W::of(*bias);
            for (w, x) in left.iter().zip(x) {
                a = a + W::of(*w) * W::load(x);
            }
            a.store(z);
        }
    });
}

/// The derivatives by what comes in: Wᵀd.
#[inline(always)]
pub fn by_inputs(layer: &LayerShape, w: &[f64], slopes: &[f64], next: &mut [f64], count: usize) {
    let weights = &w[layer.weights.range()];
    wide_blocks!(count, at, L, W, {
        let d = block::<L>(slopes, layer.outputs, at);
        let next = block_mut::<L>(next, layer.inputs, at);
        let (pairs, odd) = next.as_chunks_mut::<2>();
        let left = 2 * pairs.len();
        for (i, next) in pairs.iter_mut().enumerate() {
            let (mut a, mut b) = (W::of(0.0), W::of(0.0));
            for (row, d) in weights.chunks_exact(layer.inputs).zip(d) {
                let d = W::load(d);
                let [v, w] = row.as_chunks::<2>().0[i];
                a = a + W::of(v) * d;
                b = b + W::of(w) * d;
            }
            a.store(&mut next[0]);
            b.store(&mut next[1]);
        }
        for next in odd {
            let mut a = W::of(0.0);
            for (row, d) in weights.chunks_exact(layer.inputs).zip(d) {
                a = a + W::of(row[left]) * W::load(d);
            }
            a.store(next);
        }
    });
}

/// Adds the derivatives by the weights, d aᵀ, and by the biases to the lanes of the gradient; `fresh` ones are still 0, and need
/// not be read.
#[inline(always)]
pub fn by_weights(
    layer: &LayerShape,
    slopes: &[f64],
    input: &[f64],
    sums: &mut [[f64; 8]],
    count: usize,
    fresh: bool,
) {
    wide_blocks!(count, at, L, W, {
        let x = block::<L>(input, layer.inputs, at);
        let d = block::<L>(slopes, layer.outputs, at);
        let weights = sums[layer.weights.range()].chunks_exact_mut(layer.inputs);
        for (sums, d) in weights.zip(d) {
            let d = W::load(d);
            for (sum, x) in sums.iter_mut().zip(x) {
                if let Some(sum) = sum[at % 8..].first_chunk_mut::<L>() {
                    let so_far = if fresh && at == 0 { W::of(0.0) } else { W::load(sum) };
                    (so_far + d * W::load(x)).store(sum);
                }
            }
        }
        for (sum, d) in sums[layer.bias.range()].iter_mut().zip(d) {
            if let Some(sum) = sum[at % 8..].first_chunk_mut::<L>() {
                let so_far = if fresh && at == 0 { W::of(0.0) } else { W::load(sum) };
                (so_far + W::load(d)).store(sum);
            }
        }
    });
}
