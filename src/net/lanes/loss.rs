//! Losses of a pass, and the derivatives by the outputs.

use super::{Pass, Work, add, block, block_mut, blocks, fit};
use crate::math::plain;
use crate::net::loss::of_one;
use crate::net::model::Model;
use crate::net::spec::Loss;

/// The losses into the lanes of their sum, and the derivatives of the mean times the loss scale into `work.slopes`.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
pub fn judge(model: &Model, work: &mut Work, pass: &Pass<'_>, lanes: &mut [f64; 8]) {
    let (count, units) = (pass.count, model.shape.outputs());
    #[expect(clippy::cast_precision_loss, reason = "a count of examples")]
    let factor = pass.ask.loss_scale / pass.all as f64;
    let Some(last) = work.layers.last() else { return };
    let slopes = fit(&mut work.slopes, units * count);
    blocks!(count, at, L, {
        let o = block::<L>(&last.after, units, at);
        let t = block::<L>(&work.target, units, at);
        let d = block_mut::<L>(slopes, units, at);
        let value = match model.spec.loss {
            Loss::Squared => single::<L>(Loss::Squared, 0.0, o, t, d),
            Loss::Huber => single::<L>(Loss::Huber, model.spec.delta, o, t, d),
            Loss::Logistic => single::<L>(Loss::Logistic, 0.0, o, t, d),
            Loss::CrossEntropy => cross_entropy::<L>(o, t, d),
        };
        add::<L>(lanes, at, &value);
        for d in d.as_flattened_mut() {
            *d *= factor;
        }
    });
}

/// Losses that are sums over the outputs.
#[inline(always)]
fn single<const L: usize>(
    loss: Loss,
    delta: f64,
    outputs: &[[f64; L]],
    targets: &[[f64; L]],
    slopes: &mut [[f64; L]],
) -> [f64; L] {
    let mut value = [0.0; L];
    for ((o, t), d) in outputs.iter().zip(targets).zip(slopes) {
        for l in 0..L {
            let (v, slope) = of_one(loss, delta, o[l], t[l]);
            value[l] += v;
            d[l] = slope;
        }
    }
    value
}

#[inline(always)]
fn cross_entropy<const L: usize>(
    outputs: &[[f64; L]],
    targets: &[[f64; L]],
    slopes: &mut [[f64; L]],
) -> [f64; L] {
    let mut largest = outputs[0];
    for o in &outputs[1..] {
        for l in 0..L {
            largest[l] = if o[l] > largest[l] { o[l] } else { largest[l] };
        }
    }
    let (mut value, mut sum) = ([0.0; L], [0.0; L]);
    for ((o, t), d) in outputs.iter().zip(targets).zip(slopes.iter_mut()) {
        for l in 0..L {
            d[l] = plain::exp(o[l] - largest[l]);
            sum[l] += d[l];
            value[l] += t[l] * (largest[l] - o[l]);
        }
    }
    for (t, d) in targets.iter().zip(slopes) {
        for l in 0..L {
            d[l] = d[l] / sum[l] - t[l];
        }
    }
    for l in 0..L {
        value[l] += plain::ln(sum[l]);
    }
    value
}
