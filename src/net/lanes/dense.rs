//! Products with the weights of a layer.

use super::{add, block, block_mut, blocks};
use crate::net::shape::LayerShape;

/// The sums of a layer: Wa + b.
#[inline(always)]
pub fn sums(layer: &LayerShape, w: &[f64], input: &[f64], z: &mut [f64], count: usize) {
    let (weights, bias) = (&w[layer.weights.range()], &w[layer.bias.range()]);
    blocks!(count, at, L, {
        let x = block::<L>(input, layer.inputs, at);
        let z = block_mut::<L>(z, layer.outputs, at);
        for ((z, weights), bias) in z.iter_mut().zip(weights.chunks_exact(layer.inputs)).zip(bias) {
            let mut sum = [*bias; L];
            for (weight, x) in weights.iter().zip(x) {
                for l in 0..L {
                    sum[l] += weight * x[l];
                }
            }
            *z = sum;
        }
    });
}

/// The derivatives by what comes in: Wᵀd.
#[inline(always)]
pub fn by_inputs(layer: &LayerShape, w: &[f64], slopes: &[f64], next: &mut [f64], count: usize) {
    let weights = &w[layer.weights.range()];
    blocks!(count, at, L, {
        let d = block::<L>(slopes, layer.outputs, at);
        for (i, next) in block_mut::<L>(next, layer.inputs, at).iter_mut().enumerate() {
            let mut sum = [0.0; L];
            for (weight, d) in weights[i..].iter().step_by(layer.inputs).zip(d) {
                for l in 0..L {
                    sum[l] += weight * d[l];
                }
            }
            *next = sum;
        }
    });
}

/// Adds the derivatives by the weights, d aᵀ, and by the biases to the lanes of the gradient.
#[inline(always)]
pub fn by_weights(layer: &LayerShape, slopes: &[f64], input: &[f64], sums: &mut [[f64; 8]], count: usize) {
    blocks!(count, at, L, {
        let x = block::<L>(input, layer.inputs, at);
        let d = block::<L>(slopes, layer.outputs, at);
        let weights = sums[layer.weights.range()].chunks_exact_mut(layer.inputs);
        for (sums, d) in weights.zip(d) {
            for (sum, x) in sums.iter_mut().zip(x) {
                let mut term = *d;
                for l in 0..L {
                    term[l] *= x[l];
                }
                add::<L>(sum, at, &term);
            }
        }
        for (sum, d) in sums[layer.bias.range()].iter_mut().zip(d) {
            add::<L>(sum, at, d);
        }
    });
}
