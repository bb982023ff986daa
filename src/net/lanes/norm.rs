//! Normalisation of the sums of a layer, forward and back.

use super::dense::Slopes;
use super::{add, block, block_mut, blocks, total};
use crate::net::norm::{Moments, inverse};
use crate::net::shape::LayerShape;
use crate::net::work::{LayerWork, fit};
use crate::objective::Block;

/// γ or β of a layer that has them.
#[inline(always)]
fn vector<'a>(w: &'a [f64], block: Option<&Block>) -> &'a [f64] {
    block.map_or(&[], |b| &w[b.range()])
}

/// A count of examples or units.
#[inline(always)]
#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn number(count: usize) -> f64 {
    count as f64
}

/// The moments of each unit's sums over the examples.
#[inline(always)]
pub fn measure(layer: &LayerShape, own: &mut LayerWork, count: usize) {
    let z = &own.before;
    own.moments.clear();
    for unit in 0..layer.outputs {
        let mut lanes = [0.0; 8];
        blocks!(count, at, L, { add::<L>(&mut lanes, at, &block::<L>(z, layer.outputs, at)[unit]) });
        let mean = total(lanes) / number(count);
        let mut lanes = [0.0; 8];
        blocks!(count, at, L, {
            let mut square = block::<L>(z, layer.outputs, at)[unit];
            for s in &mut square {
                *s = (*s - mean) * (*s - mean);
            }
            add::<L>(&mut lanes, at, &square);
        });
        own.moments.push(Moments { mean, inverse: inverse(total(lanes) / number(count)) });
    }
}

/// Normalises with each unit's moments; then γ and β.
#[inline(always)]
pub fn by_unit(layer: &LayerShape, w: &[f64], own: &mut LayerWork, count: usize) {
    let (gamma, beta) = (vector(w, layer.gamma.as_ref()), vector(w, layer.beta.as_ref()));
    let hat = fit(&mut own.hat, layer.outputs * count);
    blocks!(count, at, L, {
        let z = block_mut::<L>(&mut own.before, layer.outputs, at).iter_mut();
        let hat = block_mut::<L>(hat, layer.outputs, at);
        let numbers = own.moments.iter().zip(gamma).zip(beta);
        for ((z, hat), ((moments, gamma), beta)) in z.zip(hat).zip(numbers) {
            for l in 0..L {
                hat[l] = (z[l] - moments.mean) * moments.inverse;
                z[l] = gamma * hat[l] + beta;
            }
        }
    });
}

/// Normalises each example over its units; then γ and β.
#[inline(always)]
pub fn by_example(layer: &LayerShape, w: &[f64], own: &mut LayerWork, count: usize) {
    let (gamma, beta) = (vector(w, layer.gamma.as_ref()), vector(w, layer.beta.as_ref()));
    let hat = fit(&mut own.hat, layer.outputs * count);
    let inverses = fit(&mut own.inverse, count);
    blocks!(count, at, L, {
        let z = block_mut::<L>(&mut own.before, layer.outputs, at);
        let hat = block_mut::<L>(hat, layer.outputs, at);
        let (mut mean, mut variance, mut inv) = ([0.0; L], [0.0; L], [0.0; L]);
        for z in z.iter() {
            for l in 0..L {
                mean[l] += z[l];
            }
        }
        for mean in &mut mean {
            *mean /= number(layer.outputs);
        }
        for z in z.iter() {
            for l in 0..L {
                variance[l] += (z[l] - mean[l]) * (z[l] - mean[l]);
            }
        }
        for l in 0..L {
            inv[l] = inverse(variance[l] / number(layer.outputs));
        }
        for ((z, hat), (gamma, beta)) in z.iter_mut().zip(hat).zip(gamma.iter().zip(beta)) {
            for l in 0..L {
                hat[l] = (z[l] - mean[l]) * inv[l];
                z[l] = gamma * hat[l] + beta;
            }
        }
        block_mut::<L>(inverses, 1, at)[0] = inv;
    });
}

/// Adds the derivatives by γ and β to the lanes of the gradient.
#[inline(always)]
fn by_gamma_and_beta(layer: &LayerShape, hat: &[f64], slopes: &[f64], sums: &mut [[f64; 8]], count: usize) {
    let (Some(gamma), Some(beta)) = (&layer.gamma, &layer.beta) else { return };
    blocks!(count, at, L, {
        let hat = block::<L>(hat, layer.outputs, at);
        let d = block::<L>(slopes, layer.outputs, at);
        for (unit, (d, hat)) in d.iter().zip(hat).enumerate() {
            let mut along = *d;
            for l in 0..L {
                along[l] *= hat[l];
            }
            add::<L>(&mut sums[gamma.offset + unit], at, &along);
            add::<L>(&mut sums[beta.offset + unit], at, d);
        }
    });
}

/// The derivatives by γ and β, when all examples are in their lanes.
#[inline(always)]
pub fn finish(layer: &LayerShape, to: &mut Slopes<'_>) {
    for block in [&layer.gamma, &layer.beta].into_iter().flatten() {
        for i in block.range() {
            to.grad[i] = total(to.lanes[i]);
        }
    }
}

/// Back through a normalisation over all the examples.
#[inline(always)]
pub fn back_by_unit(
    layer: &LayerShape,
    w: &[f64],
    own: &LayerWork,
    slopes: &mut [f64],
    sums: &mut [[f64; 8]],
    count: usize,
) {
    by_gamma_and_beta(layer, &own.hat, slopes, sums, count);
    let (Some(gammas), Some(betas)) = (&layer.gamma, &layer.beta) else { return };
    for unit in 0..layer.outputs {
        let mean = total(sums[betas.offset + unit]) / number(count);
        let along = total(sums[gammas.offset + unit]) / number(count);
        let factor = w[gammas.offset + unit] * own.moments[unit].inverse;
        blocks!(count, at, L, {
            let hat = &block::<L>(&own.hat, layer.outputs, at)[unit];
            let d = &mut block_mut::<L>(slopes, layer.outputs, at)[unit];
            for l in 0..L {
                d[l] = factor * ((d[l] - mean) - hat[l] * along);
            }
        });
    }
}

/// Back through a normalisation over the units.
#[inline(always)]
pub fn back_by_example(
    layer: &LayerShape,
    w: &[f64],
    own: &LayerWork,
    slopes: &mut [f64],
    sums: &mut [[f64; 8]],
    count: usize,
) {
    by_gamma_and_beta(layer, &own.hat, slopes, sums, count);
    let gamma = vector(w, layer.gamma.as_ref());
    blocks!(count, at, L, {
        let hat = block::<L>(&own.hat, layer.outputs, at);
        let d = block_mut::<L>(slopes, layer.outputs, at);
        let inv = block::<L>(&own.inverse, 1, at)[0];
        let (mut mean, mut along) = ([0.0; L], [0.0; L]);
        for ((d, hat), gamma) in d.iter_mut().zip(hat).zip(gamma) {
            for l in 0..L {
                d[l] *= gamma;
                mean[l] += d[l];
                along[l] += d[l] * hat[l];
            }
        }
        for l in 0..L {
            mean[l] /= number(layer.outputs);
            along[l] /= number(layer.outputs);
        }
        for (d, hat) in d.iter_mut().zip(hat) {
            for l in 0..L {
                d[l] = inv[l] * ((d[l] - mean[l]) - hat[l] * along[l]);
            }
        }
    });
}
