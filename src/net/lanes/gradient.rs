//! Derivatives by the weights and the biases, of a sample that is all here: each sum stays in registers until it is whole.

use super::wide::{Eight, Four, Two, Wide};
use crate::net::number::Elementary;
use crate::net::shape::LayerShape;

/// A matrix of units and examples as its blocks: those of eight one after the other, then those of fewer if there are any. How many
/// examples are left over after the eights is a constant, so that the small loops need not ask.
struct Blocks<'a, const LEFT: usize> {
    eights: &'a [[f64; 8]],
    fours: &'a [[f64; 4]],
    twos: &'a [[f64; 2]],
    ones: &'a [[f64; 1]],
}

impl<'a, const LEFT: usize> Blocks<'a, LEFT> {
    const FOURS: bool = LEFT & 4 != 0;
    const TWOS: bool = LEFT & 2 != 0;
    const ONES: bool = LEFT & 1 != 0;

    #[inline(always)]
    fn of(matrix: &'a [f64], units: usize, count: usize) -> Self {
        let (eights, left) = matrix[..count * units].split_at((count & !7) * units);
        let (fours, left) = left.split_at((LEFT & 4) * units);
        let (twos, ones) = left.split_at((LEFT & 2) * units);
        Self {
            eights: eights.as_chunks().0,
            fours: fours.as_chunks().0,
            twos: twos.as_chunks().0,
            ones: ones.as_chunks().0,
        }
    }
}

/// What is summed over the examples: for two sums the terms of a block, of slopes d and inputs x.
trait Terms {
    fn of<W: Wide>(&self, d: &[W::Array], x: &[W::Array]) -> [W; 2];
}

/// For the weights from two inputs beside each other to a unit.
struct Weights {
    unit: usize,
    input: usize,
}

impl Terms for Weights {
    #[inline(always)]
    fn of<W: Wide>(&self, d: &[W::Array], x: &[W::Array]) -> [W; 2] {
        let d = W::load(&d[self.unit]);
        let x = &x[self.input..self.input + 2];
        [d * W::load(&x[0]), d * W::load(&x[1])]
    }
}

/// For the weight from the last of an odd number of inputs to a unit, and for its bias.
struct WeightAndBias {
    unit: usize,
    input: usize,
}

impl Terms for WeightAndBias {
    #[inline(always)]
    fn of<W: Wide>(&self, d: &[W::Array], x: &[W::Array]) -> [W; 2] {
        let d = W::load(&d[self.unit]);
        [d * W::load(&x[self.input]), d]
    }
}

/// For the biases of two units.
struct Biases(usize, usize);

impl Terms for Biases {
    #[inline(always)]
    fn of<W: Wide>(&self, d: &[W::Array], _: &[W::Array]) -> [W; 2] {
        [W::load(&d[self.0]), W::load(&d[self.1])]
    }
}

/// Two sums over the examples.
#[inline(always)]
fn sums<const LEFT: usize>(
    layer: &LayerShape,
    d: &Blocks<'_, LEFT>,
    x: &Blocks<'_, LEFT>,
    terms: &impl Terms,
) -> [f64; 2] {
    let (mut d_left, mut x_left) = (d.eights, x.eights);
    // The lanes begin with their first terms. From 0 they could not become −0: that is made up for at the end.
    let [mut a, mut b] = if d_left.is_empty() { [Eight::of(0.0); 2] } else { terms.of(d_left, x_left) };
    while d_left.len() > layer.outputs {
        (d_left, x_left) = (&d_left[layer.outputs..], &x_left[layer.inputs..]);
        let [p, q] = terms.of::<Eight>(d_left, x_left);
        (a, b) = (a + p, b + q);
    }
    if Blocks::<LEFT>::FOURS {
        let [p, q] = terms.of::<Four>(d.fours, x.fours);
        (a, b) = (a.and_four(p), b.and_four(q));
    }
    if Blocks::<LEFT>::TWOS {
        let [p, q] = terms.of::<Two>(d.twos, x.twos);
        (a, b) = (a.and_two(Blocks::<LEFT>::FOURS, p), b.and_two(Blocks::<LEFT>::FOURS, q));
    }
    if Blocks::<LEFT>::ONES {
        let [p, q] = terms.of::<f64>(d.ones, x.ones);
        a = a.and_one(Blocks::<LEFT>::FOURS, Blocks::<LEFT>::TWOS, p);
        b = b.and_one(Blocks::<LEFT>::FOURS, Blocks::<LEFT>::TWOS, q);
    }
    a.totals_from_zero(b)
}

#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
#[inline(never)]
fn with_left<const LEFT: usize>(
    layer: &LayerShape,
    slopes: &[f64],
    input: &[f64],
    grad: &mut [f64],
    count: usize,
) {
    let d = Blocks::<LEFT>::of(slopes, layer.outputs, count);
    let x = Blocks::<LEFT>::of(input, layer.inputs, count);
    let (weights, biases) =
        grad[layer.weights.offset..layer.bias.range().end].split_at_mut(layer.weights.len());
    let mut left = weights;
    for (unit, bias) in biases.iter_mut().enumerate() {
        let (row, others) = left.split_at_mut(layer.inputs);
        left = others;
        let (pairs, odd) = row.as_chunks_mut::<2>();
        for (i, pair) in pairs.iter_mut().enumerate() {
            *pair = sums(layer, &d, &x, &Weights { unit, input: 2 * i });
        }
        if let [odd] = odd {
            [*odd, *bias] = sums(layer, &d, &x, &WeightAndBias { unit, input: layer.inputs - 1 });
        }
    }
    if layer.inputs.is_multiple_of(2) {
        let (pairs, odd) = biases.as_chunks_mut::<2>();
        for (i, pair) in pairs.iter_mut().enumerate() {
            *pair = sums(layer, &d, &x, &Biases(2 * i, 2 * i + 1));
        }
        if let [odd] = odd {
            let last = layer.outputs - 1;
            [*odd, _] = sums(layer, &d, &x, &Biases(last, last));
        }
    }
}

/// Writes the derivatives by the weights and the biases of a layer.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
pub fn gradient(layer: &LayerShape, slopes: &[f64], input: &[f64], grad: &mut [f64], count: usize) {
    macro_rules! by_left {
        ($($left:literal)*) => {
            match count % 8 {
                $($left => with_left::<$left>(layer, slopes, input, grad, count),)*
                _ => {}
            }
        };
    }
    by_left!(0 1 2 3 4 5 6 7);
}
