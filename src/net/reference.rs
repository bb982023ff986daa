//! A network computed as plainly as can be, in any [`Number`], example by example. What is fast (`lanes`) has the same bits.
//!
//! Sums over inputs and units run in index order, from the bias or from 0. Sums over examples run in eight lanes, example e
//! in lane e mod 8, which are then added as ((0+2)+(4+6))+((1+3)+(5+7)).

use super::dropout;
use super::examples::Examples;
use super::loss;
use super::model::Model;
use super::norm::{self, Moments};
use super::number::Number;
use super::shape::LayerShape;
use super::spec::Norm;
use crate::objective::{Block, Sample};

/// A number for each unit and example: a column for each unit.
pub type Columns<T> = Vec<Vec<T>>;

/// What a layer has computed, as the way back needs it.
pub struct Kept<T> {
    /// What came in.
    input: Columns<T>,
    /// The sums at mean 0 and variance 1; empty without a normalisation.
    hat: Columns<T>,
    /// 1/√(variance + ε), of each unit or of each example.
    inverse: Vec<T>,
    /// What the activation was applied to.
    before: Columns<T>,
    /// What came out of it.
    pub after: Columns<T>,
    /// What dropout multiplied that by; empty without.
    keep: Columns<T>,
}

/// The sum over examples.
pub fn sum_of_examples<T: Number>(terms: &mut dyn Iterator<Item = T>) -> T {
    let mut lanes = [T::of(0.0); 8];
    for (e, term) in terms.enumerate() {
        lanes[e % 8] = lanes[e % 8] + term;
    }
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + c) + (e + g)) + ((b + d) + (f + h))
}

/// The sum over units or inputs.
fn sum_of_units<T: Number>(terms: &mut dyn Iterator<Item = T>) -> T {
    terms.fold(T::of(0.0), |sum, term| sum + term)
}

fn rows(data: &Examples, ask: &Sample<'_>) -> Vec<usize> {
    ask.rows.map_or_else(|| (0..data.len()).collect(), |rows| rows.iter().map(|r| *r as usize).collect())
}

/// What a hidden layer multiplies and adds after a normalisation.
fn vector<'a, T>(w: &'a [T], block: Option<&Block>) -> &'a [T] {
    block.map_or(&[], |b| &w[b.range()])
}

/// The sums of a layer, normalised where it has that.
fn sums<T: Number>(
    layer: &LayerShape,
    w: &[T],
    input: &Columns<T>,
    count: usize,
    fixed: Option<&[Moments]>,
) -> (Columns<T>, Columns<T>, Vec<T>) {
    let mut z: Columns<T> = Vec::new();
    for o in 0..layer.outputs {
        let weights = &w[layer.weights.offset + o * layer.inputs..][..layer.inputs];
        let bias = w[layer.bias.offset + o];
        z.push(
            (0..count).map(|e| weights.iter().zip(input).fold(bias, |sum, (w, x)| sum + *w * x[e])).collect(),
        );
    }
    let (mut hat, mut inverse) = (Vec::new(), Vec::new());
    match layer.norm {
        Norm::None => return (z, hat, inverse),
        Norm::Batch => {
            for (unit, z) in z.iter().enumerate() {
                let (mean, inv) = match fixed {
                    Some(m) => (T::of(m[unit].mean), T::of(m[unit].inverse)),
                    None => norm::moments(z, sum_of_examples),
                };
                hat.push(z.iter().map(|z| (*z - mean) * inv).collect());
                inverse.push(inv);
            }
        }
        Norm::Layer => {
            hat.clone_from(&z);
            for e in 0..count {
                let units: Vec<T> = z.iter().map(|z| z[e]).collect();
                let (mean, inv) = norm::moments(&units, sum_of_units);
                for (hat, z) in hat.iter_mut().zip(&units) {
                    hat[e] = (*z - mean) * inv;
                }
                inverse.push(inv);
            }
        }
    }
    let (gamma, beta) = (vector(w, layer.gamma.as_ref()), vector(w, layer.beta.as_ref()));
    for ((z, hat), (gamma, beta)) in z.iter_mut().zip(&hat).zip(gamma.iter().zip(beta)) {
        for (z, hat) in z.iter_mut().zip(hat) {
            *z = *gamma * *hat + *beta;
        }
    }
    (z, hat, inverse)
}

/// All layers. With fixed moments (a list for each layer) it is an evaluation, else training.
pub fn forward<T: Number>(
    model: &Model,
    w: &[T],
    data: &Examples,
    ask: &Sample<'_>,
    fixed: Option<&[Vec<Moments>]>,
) -> Vec<Kept<T>> {
    let rows = rows(data, ask);
    let features = model.spec.features.len();
    let mut input: Columns<T> =
        (0..features).map(|f| rows.iter().map(|r| T::of(data.input(f)[*r])).collect()).collect();
    let mut layers = Vec::new();
    let last = model.shape.layers().len() - 1;
    for (k, layer) in model.shape.layers().iter().enumerate() {
        let (before, hat, inverse) = sums(layer, w, &input, rows.len(), fixed.map(|f| &f[k][..]));
        let after: Columns<T> =
            before.iter().map(|z| z.iter().map(|z| layer.activation.at(*z)).collect()).collect();
        let mut keep: Columns<T> = Vec::new();
        let mut next = after.clone();
        if k != last && ask.dropout > 0.0 && fixed.is_none() {
            for unit in 0..layer.outputs {
                keep.push(rows.iter().map(|r| T::of(dropout::factor(ask, k, *r, unit))).collect());
            }
            for (next, keep) in next.iter_mut().flatten().zip(keep.iter().flatten()) {
                *next = *next * *keep;
            }
        }
        layers.push(Kept { input, hat, inverse, before, after, keep });
        input = next;
    }
    layers
}

/// The mean loss and its derivatives by the outputs, times the loss scale.
#[must_use]
pub fn judge<T: Number>(
    model: &Model,
    outputs: &Columns<T>,
    data: &Examples,
    ask: &Sample<'_>,
) -> (T, Columns<T>) {
    let rows = rows(data, ask);
    #[expect(clippy::cast_precision_loss, reason = "a count of examples")]
    let count = rows.len() as f64;
    let factor = T::of(ask.loss_scale / count);
    let mut slopes = outputs.clone();
    let mut values = Vec::new();
    for (e, row) in rows.iter().enumerate() {
        let o: Vec<T> = outputs.iter().map(|o| o[e]).collect();
        let t: Vec<T> = (0..o.len()).map(|i| T::of(data.target(i)[*row])).collect();
        let mut slope = o.clone();
        values.push(loss::of_all(model.spec.loss, model.spec.delta, &o, &t, &mut slope));
        for (slopes, slope) in slopes.iter_mut().zip(slope) {
            slopes[e] = slope * factor;
        }
    }
    (sum_of_examples(&mut values.into_iter()).over(count), slopes)
}

/// Back through the activation and the normalisation: from the derivatives by what a layer gives to those by its sums. Those
/// by γ and β go to `grad`.
fn back_to_sums<T: Number>(layer: &LayerShape, kept: &Kept<T>, w: &[T], d: &mut Columns<T>, grad: &mut [T]) {
    for (d, keep) in d.iter_mut().flatten().zip(kept.keep.iter().flatten()) {
        *d = *d * *keep;
    }
    let sums = kept.before.iter().flatten().zip(kept.after.iter().flatten());
    for (d, (z, a)) in d.iter_mut().flatten().zip(sums) {
        *d = *d * layer.activation.slope(*z, *a);
    }
    let (Some(gammas), Some(betas)) = (&layer.gamma, &layer.beta) else {
        return;
    };
    let count = kept.inverse.len();
    for (unit, (d, hat)) in d.iter_mut().zip(&kept.hat).enumerate() {
        let sum = sum_of_examples(&mut d.iter().copied());
        let along = sum_of_examples(&mut d.iter().zip(hat).map(|(d, hat)| *d * *hat));
        grad[gammas.offset + unit] = along;
        grad[betas.offset + unit] = sum;
        if layer.norm == Norm::Batch {
            #[expect(clippy::cast_precision_loss, reason = "a count of examples")]
            let n = d.len() as f64;
            let (mean, along) = (sum.over(n), along.over(n));
            let factor = w[gammas.offset + unit] * kept.inverse[unit];
            for (d, hat) in d.iter_mut().zip(hat) {
                *d = factor * ((*d - mean) - *hat * along);
            }
        }
    }
    if layer.norm == Norm::Layer {
        #[expect(clippy::cast_precision_loss, reason = "a count of units")]
        let n = layer.outputs as f64;
        let gamma = &w[gammas.range()];
        for e in 0..count {
            let scaled: Vec<T> = d.iter().zip(gamma).map(|(d, gamma)| *gamma * d[e]).collect();
            let mean = sum_of_units(&mut scaled.iter().copied()).over(n);
            let along = sum_of_units(&mut scaled.iter().zip(&kept.hat).map(|(g, hat)| *g * hat[e])).over(n);
            for ((d, g), hat) in d.iter_mut().zip(&scaled).zip(&kept.hat) {
                d[e] = kept.inverse[e] * ((*g - mean) - hat[e] * along);
            }
        }
    }
}

/// The gradient, from what [`forward`] has kept and the derivatives by the outputs.
pub fn backward<T: Number>(model: &Model, w: &[T], kept: &[Kept<T>], mut d: Columns<T>, grad: &mut [T]) {
    for (k, (layer, kept)) in model.shape.layers().iter().zip(kept).enumerate().rev() {
        back_to_sums(layer, kept, w, &mut d, grad);
        for (o, d) in d.iter().enumerate() {
            for (i, x) in kept.input.iter().enumerate() {
                let terms = &mut d.iter().zip(x).map(|(d, x)| *d * *x);
                grad[layer.weights.offset + o * layer.inputs + i] = sum_of_examples(terms);
            }
            grad[layer.bias.offset + o] = sum_of_examples(&mut d.iter().copied());
        }
        if k > 0 {
            let count = d[0].len();
            let weight = |o: usize, i: usize| w[layer.weights.offset + o * layer.inputs + i];
            let by_input = |i: usize, e: usize| {
                sum_of_units(&mut d.iter().enumerate().map(|(o, d)| weight(o, i) * d[e]))
            };
            d = (0..layer.inputs).map(|i| (0..count).map(|e| by_input(i, e)).collect()).collect();
        }
    }
}

/// The mean loss of a sample.
#[must_use]
pub fn value<T: Number>(model: &Model, w: &[T], data: &Examples, ask: &Sample<'_>) -> T {
    let kept = forward(model, w, data, ask, None);
    let outputs = kept.last().map_or_else(Vec::new, |k| k.after.clone());
    judge(model, &outputs, data, ask).0
}

/// The mean loss of a sample, with its gradient times the loss scale.
pub fn value_grad<T: Number>(model: &Model, w: &[T], data: &Examples, ask: &Sample<'_>, grad: &mut [T]) -> T {
    let kept = forward(model, w, data, ask, None);
    let outputs = kept.last().map_or_else(Vec::new, |k| k.after.clone());
    let (value, slopes) = judge(model, &outputs, data, ask);
    backward(model, w, &kept, slopes, grad);
    value
}

/// What normalises each layer in evaluation: the moments of all these examples, layer by layer.
#[must_use]
pub fn moments(model: &Model, w: &[f64], train: &Examples) -> Vec<Vec<Moments>> {
    let kept = forward(model, w, train, &Sample::default(), None);
    let layers = model.shape.layers().iter().zip(kept);
    layers
        .map(|(layer, kept)| match layer.norm {
            Norm::Batch => {
                let z = sums(
                    &LayerShape { norm: Norm::None, ..layer.clone() },
                    w,
                    &kept.input,
                    train.len(),
                    None,
                )
                .0;
                let all = z.iter().map(|z| norm::moments(z, sum_of_examples));
                all.map(|(mean, inverse)| Moments { mean, inverse }).collect()
            }
            _ => Vec::new(),
        })
        .collect()
}
