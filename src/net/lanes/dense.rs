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
#[inline(always)]
pub fn by_inputs(layer: &LayerShape, w: &[f64], slopes: &[f64], next: &mut [f64], count: usize) {
    let weights = &w[layer.weights.range()];
    wide_blocks!(count, at, L, W, {
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

/// Where the derivatives by the parameters go.
pub struct Slopes<'a> {
    /// The lanes of sums that further passes are added to.
    pub lanes: &'a mut [[f64; 8]],
    /// The sums themselves.
    pub grad: &'a mut [f64],
    /// Whether this pass is the first.
    pub first: bool,
    /// Whether it is the last.
    pub last: bool,
}

impl Slopes<'_> {
    /// Adds the numbers of a pass to those of parameter `i`.
    #[inline(always)]
    fn take(&mut self, i: usize, count: usize, of: &impl Terms) {
        let mut sum = if self.first { Eight::of(0.0) } else { Eight::load(&self.lanes[i]) };
        for block in 0..count / 8 {
            sum = sum + of.eight(block);
        }
        if count & 4 != 0 {
            sum.add_four(of.four());
        }
        if count & 2 != 0 {
            sum.add_two(count & 4, of.two(count & 4));
        }
        if count & 1 != 0 {
            sum.add_one(count & 6, of.one(count & 6));
        }
        if self.last {
            self.grad[i] = sum.total();
        } else {
            sum.store(&mut self.lanes[i]);
        }
    }
}

/// Numbers of a pass that are added up: of a block of eight, and of what is left, where smaller blocks are `before`.
trait Terms {
    fn eight(&self, block: usize) -> Eight;
    fn four(&self) -> Four;
    fn two(&self, before: usize) -> Two;
    fn one(&self, before: usize) -> f64;
}

/// One unit of a matrix.
struct Unit<'a> {
    full: &'a [[f64; 8]],
    rest: &'a [f64],
    units: usize,
    index: usize,
}

impl<'a> Unit<'a> {
    #[inline(always)]
    fn all(matrix: &'a [f64], units: usize, count: usize) -> Self {
        let (full, rest) = matrix[..units * count].split_at(count / 8 * 8 * units);
        Self { full: full.as_chunks().0, rest, units, index: 0 }
    }

    #[inline(always)]
    fn left<const L: usize>(&self, before: usize) -> &[f64; L] {
        &self.rest[before * self.units..].as_chunks().0[self.index]
    }
}

impl Terms for Unit<'_> {
    #[inline(always)]
    fn eight(&self, block: usize) -> Eight {
        Eight::load(&self.full[block * self.units + self.index])
    }
    #[inline(always)]
    fn four(&self) -> Four {
        Four::load(self.left(0))
    }
    #[inline(always)]
    fn two(&self, before: usize) -> Two {
        Two::load(self.left(before))
    }
    #[inline(always)]
    fn one(&self, before: usize) -> f64 {
        f64::load(self.left(before))
    }
}

/// The products of two units.
impl Terms for (&Unit<'_>, &Unit<'_>) {
    #[inline(always)]
    fn eight(&self, block: usize) -> Eight {
        self.0.eight(block) * self.1.eight(block)
    }
    #[inline(always)]
    fn four(&self) -> Four {
        self.0.four() * self.1.four()
    }
    #[inline(always)]
    fn two(&self, before: usize) -> Two {
        self.0.two(before) * self.1.two(before)
    }
    #[inline(always)]
    fn one(&self, before: usize) -> f64 {
        self.0.one(before) * self.1.one(before)
    }
}

/// Adds the derivatives by the weights, d aᵀ, and by the biases.
#[inline(always)]
pub fn by_weights(layer: &LayerShape, slopes: &[f64], input: &[f64], count: usize, to: &mut Slopes<'_>) {
    let mut d = Unit::all(slopes, layer.outputs, count);
    let mut x = Unit::all(input, layer.inputs, count);
    let mut at = layer.weights.offset;
    for o in 0..layer.outputs {
        d.index = o;
        for i in 0..layer.inputs {
            x.index = i;
            to.take(at, count, &(&d, &x));
            at += 1;
        }
        to.take(layer.bias.offset + o, count, &d);
    }
}
