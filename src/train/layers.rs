//! What there is to see of the layers of a network: sentences and histograms.

use super::record::{LayerScores, Scores};
use crate::math::num;
use crate::net::Network;
use crate::param::{self, as_index, number};
use std::ops::Range;

/// From this factor on gradients are told to differ in size.
const DIFFERS: f64 = 3.0;
/// Where no layer has a gradient that is longer, steps lead nowhere.
const NOTHING: f64 = 1e-5;
/// Up to this factor it is written out.
const WRITTEN_OUT: f64 = 1e9;
/// How many bins histograms have.
pub const BINS: usize = 25;

/// A number as people write it: 4·10⁻⁷.
#[must_use]
pub fn readable(v: f64) -> String {
    let text = param::readable(v);
    let Some((digits, exponent)) = text.split_once('e') else {
        return text;
    };
    let raised = |c: char| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        _ => c.to_digit(10).and_then(|d| char::from_u32(0x2070 + d)).unwrap_or(c),
    };
    let power: String = exponent.chars().map(raised).collect();
    if digits == "1" { format!("10{power}") } else { format!("{digits}·10{power}") }
}

/// A whole number with commas between its thousands.
fn grouped(v: f64) -> String {
    let digits = number(v);
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A factor in words: "200,000 times".
fn times(factor: f64) -> String {
    let rounded = num::round_significant(factor, if factor < 100.0 { 2 } else { 1 });
    let rounded = if rounded < 100.0 { rounded.round() } else { rounded };
    if rounded < WRITTEN_OUT {
        format!("{} times", grouped(rounded))
    } else {
        format!("{} times", readable(rounded))
    }
}

/// What gradients do on their way back through the layers, in a sentence; none where there is one layer only.
#[must_use]
pub fn gradients(scores: &Scores) -> Option<String> {
    let [first, .., last] = scores.layers.as_slice() else {
        return None;
    };
    let (first, last) = (first.grad_norm, last.grad_norm);
    let two = |v: f64| readable(num::round_significant(v, 2));
    let sizes = format!("The first layer's gradient is {}, the last one's {}", two(first), two(last));
    let most = scores.layers.iter().fold(0.0, |most: f64, l| most.max(l.grad_norm));
    if most > 0.0 && most < NOTHING {
        return Some(format!("{sizes}: hardly anything moves."));
    }
    Some(match (first == 0.0, last == 0.0) {
        (true, true) => "No layer has a gradient: nothing moves.".to_owned(),
        (true, false) => format!("{sizes}: nothing comes through."),
        _ if last >= DIFFERS * first => format!("{sizes}: {} smaller.", times(last / first)),
        (false, true) => format!("{sizes}."),
        _ if first >= DIFFERS * last => format!("{sizes}: {} larger.", times(first / last)),
        _ => format!("{sizes}: about as large."),
    })
}

/// What else there is to know of the layers at a step: those with dead or saturated units; empty where there are none.
#[must_use]
pub fn units(scores: &Scores) -> String {
    let told = |of: fn(&LayerScores) -> f64, what: &str| {
        let hidden = scores.layers.split_last().map_or(&[][..], |(_, hidden)| hidden);
        let worst = hidden.iter().enumerate().max_by(|(i, a), (j, b)| of(a).total_cmp(&of(b)).then(j.cmp(i)));
        let (layer, share) = worst.map(|(i, l)| (i + 1, of(l))).filter(|(_, share)| *share > 0.0)?;
        let percent = num::round_significant(100.0 * share, 2);
        Some(format!("{} % {what} in layer {layer}.", readable(percent)))
    };
    let dead = told(|l| l.dead, "of the units give the same for every example");
    let flat = told(|l| l.saturated, "of what units give is at a flat end");
    dead.into_iter().chain(flat).collect::<Vec<_>>().join(" ")
}

/// The name of a layer.
#[must_use]
pub fn name(layer: usize, layers: usize) -> String {
    if layer + 1 == layers { "output".to_owned() } else { format!("layer {}", layer + 1) }
}

/// The places of a layer's weights, biases not among them.
#[must_use]
pub fn weights(network: &Network, layer: usize) -> Range<usize> {
    network.model.shape.layers().get(layer).map_or(0..0, |l| l.weights.range())
}

/// Equal bins for the weights of a layer, which hold all that it has along a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bins {
    /// The lower end of the first.
    pub low: f64,
    /// The upper end of the last.
    pub high: f64,
}

impl Bins {
    /// Bins for a part of all of these parameters, `dim` of them a time.
    #[must_use]
    pub fn of(path: &[f64], dim: usize, part: &Range<usize>) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for v in path.chunks_exact(dim.max(1)).filter_map(|all| all.get(part.clone())).flatten() {
            if v.is_finite() {
                (low, high) = (low.min(*v), high.max(*v));
            }
        }
        if low > high {
            (low, high) = (0.0, 0.0);
        }
        if high - low < 1e-12 * high.abs().max(1e-300) || low == high {
            let half = if low == 0.0 { 1.0 } else { 0.5 * low.abs() };
            (low, high) = (low - half, high + half);
        }
        Self { low, high }
    }

    /// How many values are in each; what is beyond an end counts there, and what is no number nowhere.
    #[must_use]
    pub fn count(&self, values: &[f64]) -> [u32; BINS] {
        let mut counts = [0; BINS];
        #[expect(clippy::cast_precision_loss, reason = "few bins")]
        let bins = BINS as f64;
        for v in values.iter().filter(|v| !v.is_nan()) {
            let place = num::clamp((v - self.low) / (self.high - self.low), 0.0, 1.0) * bins;
            counts[as_index(place.floor()).min(BINS - 1)] += 1;
        }
        counts
    }
}
