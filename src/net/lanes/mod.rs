//! A network in 64 bits with the examples across lanes: the loops over eight examples are vector instructions, in WebAssembly
//! too, where only the functions here are compiled with them. The sums run as in [`reference`](super::reference), so that
//! the bits are the same.

// As in the whole module: functions that are not inlined would be compiled without vector instructions.
#![expect(clippy::inline_always, reason = "loops over lanes are vectorised only around what is inlined")]

mod dense;
mod elementwise;
mod gradient;
mod loss;
mod norm;
mod pair;
mod wide;

use super::dropout;
use super::examples::Examples;
use super::model::Model;
use super::norm::Moments;
use super::spec::Norm;
use super::work::{Work, fit};
use crate::objective::Sample;
use wide::{Eight, Wide};

/// So many examples go through all layers before the next: what they compute stays near the processor.
pub const PANEL: usize = 64;

/// Runs the body for each block of examples: `at` is the first one's number, and the constant `L` how many there are.
macro_rules! blocks {
    ($count:expr, $at:ident, $lanes:ident, $body:block) => {{
        let count: usize = $count;
        let mut $at = 0;
        while count - $at >= 8 {
            const $lanes: usize = 8;
            $body;
            $at += 8;
        }
        if count - $at >= 4 {
            const $lanes: usize = 4;
            $body;
            $at += 4;
        }
        if count - $at >= 2 {
            const $lanes: usize = 2;
            $body;
            $at += 2;
        }
        if count - $at >= 1 {
            const $lanes: usize = 1;
            $body;
        }
    }};
}
use blocks;

/// A block of a matrix: `L` numbers for each of `units` units, of the examples from `at` on.
#[inline(always)]
fn block<const L: usize>(matrix: &[f64], units: usize, at: usize) -> &[[f64; L]] {
    matrix[at * units..(at + L) * units].as_chunks().0
}

/// The same to write to.
#[inline(always)]
fn block_mut<const L: usize>(matrix: &mut [f64], units: usize, at: usize) -> &mut [[f64; L]] {
    matrix[at * units..(at + L) * units].as_chunks_mut().0
}

/// Adds the numbers of a block to the lanes of a sum, that of example e to lane e mod 8.
#[inline(always)]
fn add<const L: usize>(lanes: &mut [f64; 8], at: usize, terms: &[f64; L]) {
    if let Some(lanes) = lanes[at % 8..].first_chunk_mut::<L>() {
        for (lane, term) in lanes.iter_mut().zip(terms) {
            *lane += term;
        }
    }
}

/// The sum of the lanes.
#[inline(always)]
fn total([a, b, c, d, e, f, g, h]: [f64; 8]) -> f64 {
    ((a + c) + (e + g)) + ((b + d) + (f + h))
}

/// Which examples go forward, and how.
#[derive(Clone, Copy)]
pub struct Pass<'a> {
    /// The sample, of which these are a part.
    pub ask: &'a Sample<'a>,
    /// How many examples the sample has.
    pub all: usize,
    /// The number of the first within it.
    pub first: usize,
    /// How many there are.
    pub count: usize,
    /// What normalises each layer, in evaluation; none in training.
    pub fixed: Option<&'a [Vec<Moments>]>,
}

impl Pass<'_> {
    /// Where an example stands in the data.
    #[inline(always)]
    fn row(&self, e: usize) -> usize {
        let e = self.first + e;
        self.ask.rows.map_or(e, |rows| rows[e] as usize)
    }

    /// Whether it is the first of its sample and reaches every lane.
    fn fills(&self) -> bool {
        self.first == 0 && self.count >= 8
    }

    fn drops(&self) -> bool {
        self.ask.dropout > 0.0 && self.fixed.is_none()
    }
}

/// Fills a matrix from a function of unit and example.
#[inline(always)]
pub fn gather(matrix: &mut Vec<f64>, units: usize, count: usize, of: impl Fn(usize, usize) -> f64) {
    let matrix = fit(matrix, units * count);
    blocks!(count, at, L, {
        for (unit, lanes) in block_mut::<L>(matrix, units, at).iter_mut().enumerate() {
            for (l, lane) in lanes.iter_mut().enumerate() {
                *lane = of(unit, at + l);
            }
        }
    });
}

/// Fills a matrix from columns of the data: the rows of the pass.
#[inline(always)]
fn pick<'a>(matrix: &mut Vec<f64>, units: usize, pass: &Pass<'_>, column: impl Fn(usize) -> &'a [f64]) {
    let Some(rows) = pass.ask.rows else {
        return gather(matrix, units, pass.count, |unit, e| column(unit)[pass.first + e]);
    };
    let rows = &rows[pass.first..pass.first + pass.count];
    let matrix = fit(matrix, units * pass.count);
    blocks!(pass.count, at, L, {
        let Some(rows) = rows[at..].first_chunk::<L>() else { return };
        for (unit, lanes) in block_mut::<L>(matrix, units, at).iter_mut().enumerate() {
            let column = column(unit);
            for (lane, row) in lanes.iter_mut().zip(rows) {
                *lane = column[*row as usize];
            }
        }
    });
}

/// Hands every number of a matrix to a function of unit, example and number.
pub fn scatter(matrix: &[f64], units: usize, count: usize, mut to: impl FnMut(usize, usize, f64)) {
    blocks!(count, at, L, {
        for (unit, lanes) in block::<L>(matrix, units, at).iter().enumerate() {
            for (l, lane) in lanes.iter().enumerate() {
                to(unit, at + l, *lane);
            }
        }
    });
}

/// Puts the units of a matrix into pictures, a picture a unit, at the places of the pass.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
#[expect(clippy::cast_possible_truncation, reason = "for pictures")]
pub fn narrow_columns(matrix: &[f64], pass: &Pass<'_>, pictures: &mut [Vec<f32>]) {
    let units = pictures.len();
    blocks!(pass.count, at, L, {
        for (lanes, picture) in block::<L>(matrix, units, at).iter().zip(pictures.iter_mut()) {
            for (pixel, lane) in picture[pass.first + at..].iter_mut().zip(lanes) {
                *pixel = *lane as f32;
            }
        }
    });
}

/// The examples of a pass from their features, in `work.input`, to the outputs, in the last layer's `after`.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
pub fn forward(model: &Model, w: &[f64], work: &mut Work, pass: &Pass<'_>) {
    let layers = model.shape.layers();
    work.layers.resize_with(layers.len(), Default::default);
    for (k, layer) in layers.iter().enumerate() {
        let (earlier, own) = work.layers.split_at_mut(k);
        let own = &mut own[0];
        let input = match earlier.last() {
            None => &work.input,
            Some(l) if pass.drops() => &l.dropped,
            Some(l) => &l.after,
        };
        let size = layer.outputs * pass.count;
        let before = fit(&mut own.before, size);
        dense::sums(layer, w, input, before, pass.count);
        match (layer.norm, pass.fixed) {
            (Norm::None, _) => {}
            (Norm::Layer, _) => norm::by_example(layer, w, own, pass.count),
            (Norm::Batch, None) => {
                norm::measure(layer, own, pass.count);
                norm::by_unit(layer, w, own, pass.count);
            }
            (Norm::Batch, Some(fixed)) => {
                own.moments.clone_from(&fixed[k]);
                norm::by_unit(layer, w, own, pass.count);
            }
        }
        elementwise::activate(layer.activation, &own.before[..size], fit(&mut own.after, size));
        if pass.drops() && k + 1 < layers.len() {
            gather(&mut own.keep, layer.outputs, pass.count, |unit, e| {
                dropout::factor(pass.ask, k, pass.row(e), unit)
            });
            elementwise::product(&own.after[..size], &own.keep[..size], fit(&mut own.dropped, size));
        }
    }
}

/// From the derivatives by the outputs, in `work.slopes`, to the gradient, if it is that of the whole pass, or else to its lanes,
/// which are added to.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
fn backward(model: &Model, w: &[f64], work: &mut Work, pass: &Pass<'_>, whole: Option<&mut [f64]>) {
    let mut whole = whole;
    let layers = model.shape.layers();
    for (k, layer) in layers.iter().enumerate().rev() {
        let (earlier, own) = work.layers.split_at_mut(k);
        let own = &own[0];
        let size = layer.outputs * pass.count;
        let slopes = &mut work.slopes[..size];
        let drops = pass.drops();
        if drops && k + 1 < layers.len() {
            elementwise::scale(slopes, &own.keep[..size]);
        }
        elementwise::slopes(layer.activation, &own.before[..size], &own.after[..size], slopes);
        match layer.norm {
            Norm::None => {}
            Norm::Batch => norm::back_by_unit(layer, w, own, slopes, &mut work.sums, pass.count),
            Norm::Layer => norm::back_by_example(layer, w, own, slopes, &mut work.sums, pass.count),
        }
        let input = match earlier.last() {
            None => &work.input,
            Some(l) if drops => &l.dropped,
            Some(l) => &l.after,
        };
        if let Some(grad) = &mut whole {
            gradient::gradient(layer, slopes, input, grad, pass.count);
        } else {
            dense::by_weights(layer, slopes, input, &mut work.sums, pass.count, pass.fills());
        }
        if k > 0 {
            let next = fit(&mut work.next, layer.inputs * pass.count);
            dense::by_inputs(layer, w, slopes, next, pass.count);
            std::mem::swap(&mut work.slopes, &mut work.next);
        }
    }
}

/// Features and targets of a pass, forward, and the losses into the lanes of their sum.
fn judge(model: &Model, w: &[f64], data: &Examples, work: &mut Work, pass: &Pass<'_>, lanes: &mut [f64; 8]) {
    let features = model.spec.features.len();
    let outputs = model.shape.outputs();
    pick(&mut work.input, features, pass, |f| data.input(f));
    pick(&mut work.target, outputs, pass, |o| data.target(o));
    forward(model, w, work, pass);
    loss::judge(model, work, pass, lanes);
}

/// How many examples of a sample there are, and how many of them go through the network at a time.
fn cut(model: &Model, data: &Examples, ask: &Sample<'_>, fixed: bool) -> (usize, usize) {
    let all = ask.rows.map_or(data.len(), <[u32]>::len);
    // With batch normalisation each example needs all the others.
    (all, if model.shape.has_batch_norm() && !fixed { all.max(1) } else { PANEL })
}

/// The mean loss of a sample; `each` sees the work after each of its parts, before the next. With fixed moments it is an
/// evaluation.
pub fn value(
    model: &Model,
    w: &[f64],
    data: &Examples,
    ask: &Sample<'_>,
    fixed: Option<&[Vec<Moments>]>,
    work: &mut Work,
    mut each: impl FnMut(&mut Work, &Pass<'_>),
) -> f64 {
    let (all, most) = cut(model, data, ask, fixed.is_some());
    let mut lanes = [0.0; 8];
    for first in (0..all).step_by(most) {
        let pass = Pass { ask, all, first, count: most.min(all - first), fixed };
        judge(model, w, data, work, &pass, &mut lanes);
        each(work, &pass);
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of examples")]
    let count = all as f64;
    total(lanes) / count
}

/// The mean loss of a sample, with its gradient times the loss scale.
pub fn value_grad(
    model: &Model,
    w: &[f64],
    data: &Examples,
    ask: &Sample<'_>,
    grad: &mut [f64],
    work: &mut Work,
) -> f64 {
    let count = ask.rows.map_or(data.len(), <[u32]>::len);
    if (1..=PANEL).contains(&count) && !model.shape.has_norm() {
        return value(model, w, data, ask, None, work, |work, pass| {
            backward(model, w, work, pass, Some(&mut *grad));
        });
    }
    // γ and β are added to as well, and the lanes that a few examples do not reach.
    if model.shape.has_norm() || count < 8 {
        work.sums.clear();
    }
    work.sums.resize(w.len(), [0.0; 8]);
    let value = value(model, w, data, ask, None, work, |work, pass| {
        backward(model, w, work, pass, None);
    });
    totals(&work.sums, grad);
    value
}

/// The sums of the lanes.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
fn totals(sums: &[[f64; 8]], grad: &mut [f64]) {
    for (grad, lanes) in grad.iter_mut().zip(sums) {
        *grad = Eight::load(lanes).total();
    }
}

/// What normalises each layer in evaluation: the moments of all these examples, layer by layer.
pub fn moments(model: &Model, w: &[f64], train: &Examples, work: &mut Work) -> Vec<Vec<Moments>> {
    if !model.shape.has_batch_norm() {
        return vec![Vec::new(); model.shape.layers().len()];
    }
    value(model, w, train, &Sample::default(), None, work, |_, _| {});
    work.layers.iter().map(|l| l.moments.clone()).collect()
}
