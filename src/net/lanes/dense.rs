//! Products with the weights of a layer. Two rows at a time: what both need is read once.

#![expect(clippy::assign_op_pattern, reason = "only one of the types could do that")]

use super::wide::{Eight, Four, Two, Wide};
use super::{block, block_mut};
use crate::net::number::Elementary;
use crate::net::shape::LayerShape;

/// As [`blocks`](super::blocks), with a type for the numbers of a block too, and the lane of the first of them.
macro_rules! wide_blocks {
    ($count:expr, $at:ident, $first:ident, $lanes:ident, $wide:ident, $body:block) => {{
        let count: usize = $count;
        let mut $at = 0;
        while count - $at >= 8 {
            const $lanes: usize = 8;
            type $wide = Eight;
            let $first = 0;
            $body;
            $at += 8;
        }
        if count - $at >= 4 {
            const $lanes: usize = 4;
            type $wide = Four;
            let $first = 0;
            $body;
            $at += 4;
        }
        if count - $at >= 2 {
            const $lanes: usize = 2;
            type $wide = Two;
            let $first = $at & 4;
            $body;
            $at += 2;
        }
        if count - $at >= 1 {
            const $lanes: usize = 1;
            type $wide = f64;
            let $first = $at & 6;
            $body;
        }
    }};
}

/// The sums of a layer: Wa + b.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
#[inline(never)]
pub fn sums(layer: &LayerShape, w: &[f64], input: &[f64], z: &mut [f64], count: usize) {
    let (weights, bias) = (&w[layer.weights.range()], &w[layer.bias.range()]);
    wide_blocks!(count, at, _first, L, W, {
        let x = block::<L>(input, layer.inputs, at);
        let (pairs, odd) = block_mut::<L>(z, layer.outputs, at).as_chunks_mut::<2>();
        let (biases, last) = bias.as_chunks::<2>();
        // Not by `chunks_exact`: its division takes longer than a small layer.
        let mut left = weights;
        for (z, bias) in pairs.iter_mut().zip(biases) {
            let (first, others) = left.split_at(layer.inputs);
            let (second, others) = others.split_at(layer.inputs);
            left = others;
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
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
#[inline(never)]
pub fn by_inputs(layer: &LayerShape, w: &[f64], slopes: &[f64], next: &mut [f64], count: usize) {
    let weights = &w[layer.weights.range()];
    wide_blocks!(count, at, _first, L, W, {
        let d = block::<L>(slopes, layer.outputs, at);
        let (pairs, odd) = block_mut::<L>(next, layer.inputs, at).as_chunks_mut::<2>();
        for (i, next) in pairs.iter_mut().enumerate() {
            let (mut a, mut b) = (W::of(0.0), W::of(0.0));
            let mut place = 2 * i;
            for d in d {
                let d = W::load(d);
                a = a + W::of(weights[place]) * d;
                b = b + W::of(weights[place + 1]) * d;
                place += layer.inputs;
            }
            a.store(&mut next[0]);
            b.store(&mut next[1]);
        }
        for next in odd {
            let mut a = W::of(0.0);
            let mut place = layer.inputs - 1;
            for d in d {
                a = a + W::of(weights[place]) * W::load(d);
                place += layer.inputs;
            }
            a.store(next);
        }
    });
}

/// Adds terms to the lanes of a sum from `first` on, of which `fresh` ones are still 0 and need not be read.
macro_rules! add_wide {
    ($sum:expr, $first:expr, $lanes:ident, $wide:ident, $fresh:expr, $term:expr) => {
        if let Some(sum) = $sum[$first..].first_chunk_mut::<$lanes>() {
            let so_far = if $fresh { $wide::of(0.0) } else { $wide::load(sum) };
            (so_far + $term).store(sum);
        }
    };
}

/// Adds the derivatives by the weights, d aᵀ, and by the biases to the lanes of the gradient; `fresh` ones are still 0.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
#[inline(never)]
pub fn by_weights(
    layer: &LayerShape,
    slopes: &[f64],
    input: &[f64],
    sums: &mut [[f64; 8]],
    count: usize,
    fresh: bool,
) {
    wide_blocks!(count, at, first, L, W, {
        let fresh = fresh && at == 0;
        let x = block::<L>(input, layer.inputs, at);
        let d = block::<L>(slopes, layer.outputs, at);
        let mut left = &mut sums[layer.weights.range()];
        for d in d {
            let d = W::load(d);
            let (row, others) = left.split_at_mut(layer.inputs);
            left = others;
            for (sum, x) in row.iter_mut().zip(x) {
                add_wide!(sum, first, L, W, fresh, d * W::load(x));
            }
        }
        for (sum, d) in sums[layer.bias.range()].iter_mut().zip(d) {
            add_wide!(sum, first, L, W, fresh, W::load(d));
        }
    });
}
