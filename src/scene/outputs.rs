//! Colours of fields, classes and weights, for light and dark surroundings and for any colour vision: blue is low, orange is
//! high, and the middle is the ground.

use super::{Marker, Rgba, Theme};
use crate::math::num;
use crate::net::{Loss, Model};

/// Colours from −1 to 1, in steps of a third.
const LIGHT: [u32; 7] = [0x0a_3f_86, 0x2e_7e_c4, 0x9d_c8_e9, 0xf6_f7_f8, 0xf8_c4_8d, 0xdf_7c_1d, 0x9a_41_00];
const DARK: [u32; 7] = [0xa9_d6_ff, 0x45_96_e0, 0x22_4f_7d, 0x1a_21_29, 0x7b_45_14, 0xda_84_22, 0xff_cf_8c];
/// The classes: blue, orange, green, purple, yellow.
const CLASSES: [[u32; 2]; 5] = [
    [0x0b_5c_ad, 0x5a_a9_f2],
    [0xc7_61_08, 0xf5_9a_38],
    [0x00_7d_58, 0x2f_c9_9c],
    [0xa8_47_85, 0xe3_9a_c4],
    [0x7a_72_00, 0xee_e2_4a],
];
/// How much of its colour a class gives the plane, at the most: its points are to be seen on it.
pub const STRONGEST: f64 = 0.62;

/// How points of a class are marked.
#[must_use]
pub fn marker(class: usize) -> Marker {
    [Marker::Circle, Marker::Triangle, Marker::Square, Marker::Diamond, Marker::Plus][class % 5]
}

/// What is on a unit's scale, for its legend: where a value stands between −1 and 1. The scale has no ends, so that units
/// of all activations share it.
#[must_use]
pub fn squash(v: f64) -> f64 {
    if v.is_infinite() { v.signum() } else { v / (1.0 + v * v).sqrt() }
}

/// The colours of a theme.
#[derive(Clone, Debug)]
pub struct Palette {
    theme: Theme,
    diverging: Box<[[u8; 4]; 257]>,
    classes: [[u8; 3]; 5],
}

fn channels(rgb: u32) -> [u8; 3] {
    let [_, r, g, b] = rgb.to_be_bytes();
    [r, g, b]
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, which is meant")]
fn byte(v: f64) -> u8 {
    (v + 0.5) as u8
}

fn mix(a: [u8; 3], b: [u8; 3], share: f64) -> [u8; 3] {
    let mut mixed = [0; 3];
    for (mixed, (a, b)) in mixed.iter_mut().zip(a.into_iter().zip(b)) {
        *mixed = byte(f64::from(a) + share * (f64::from(b) - f64::from(a)));
    }
    mixed
}

impl Palette {
    /// The colours of this theme.
    #[must_use]
    pub fn new(theme: Theme) -> Self {
        let (anchors, place) = if theme == Theme::Dark { (DARK, 1) } else { (LIGHT, 0) };
        let mut diverging = Box::new([[255; 4]; 257]);
        for (i, entry) in (0_u16..).zip(diverging.iter_mut()) {
            let at = f64::from(i) / 256.0 * 6.0;
            let below = [0, 1, 2, 3, 4, 5].into_iter().rfind(|b| f64::from(*b) <= at).unwrap_or(0);
            let [low, high] = [below, below + 1].map(|k: u8| channels(anchors[usize::from(k)]));
            let [r, g, b] = mix(low, high, at - f64::from(below));
            *entry = [r, g, b, 255];
        }
        Self { theme, diverging, classes: CLASSES.map(|c| channels(c[place])) }
    }

    /// The theme.
    #[must_use]
    pub fn theme(&self) -> Theme {
        self.theme
    }

    /// The colour at t, from −1 to 1; the neutral one for what is not a number.
    #[must_use]
    #[inline]
    pub fn at(&self, t: f64) -> [u8; 4] {
        if t.is_nan() {
            return self.theme.neutral().0;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates, which is meant"
        )]
        let index = (t * 128.0 + 128.5) as usize;
        self.diverging[index.min(256)]
    }

    /// The colour of a class.
    #[must_use]
    pub fn class(&self, class: usize) -> Rgba {
        let [r, g, b] = self.classes[class % 5];
        Rgba([r, g, b, 255])
    }

    /// The colour of weights of this sign.
    #[must_use]
    pub fn weight(&self, positive: bool) -> Rgba {
        Rgba(self.at(if positive { 0.62 } else { -0.62 }))
    }

    /// The colour of the plane where these are the shares of the classes.
    fn shares(&self, shares: &[f64], discrete: bool) -> [u8; 4] {
        let [r, g, b, _] = self.at(0.0);
        let best = shares.iter().copied().fold(0.0, f64::max);
        let sum: f64 = shares.iter().map(|p| sharp(p / best)).sum();
        let second = shares.iter().copied().filter(|p| *p < best).fold(0.0, f64::max);
        let mut mean = [0.0; 3];
        for (class, p) in shares.iter().enumerate() {
            let weight = if discrete { f64::from(u8::from(*p == best)) } else { sharp(p / best) / sum };
            for (mean, c) in mean.iter_mut().zip(self.classes[class % 5]) {
                *mean += weight * f64::from(c);
            }
        }
        let sure = if discrete { 0.8 } else { 0.25 + 0.75 * (best - second) };
        let [r, g, b] = mix([r, g, b], mean.map(byte), STRONGEST * sure);
        [r, g, b, 255]
    }
}

/// The other classes fade quickly where one leads, so that edges are soft but narrow.
fn sharp(p: f64) -> f64 {
    let p = p * p;
    p * p
}

/// How outputs become colours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    classes: usize,
    loss: Loss,
    /// What stands at the end of the scale of regression.
    pub largest: f64,
}

impl Reading {
    /// How this network's outputs are read; `largest` is the target furthest from 0.
    #[must_use]
    pub fn new(model: &Model, largest: f64) -> Self {
        Self { classes: model.shape.classes(), loss: model.spec.loss, largest }
    }

    /// Whether it gives a number and not a class.
    #[must_use]
    pub fn is_number(&self) -> bool {
        self.classes == 0
    }

    /// How sure it is of each class; empty for regression.
    #[must_use]
    pub fn shares(&self, outputs: &[f64]) -> Vec<f64> {
        match (self.classes, outputs) {
            (0, _) => Vec::new(),
            (_, [only]) => {
                let second = if self.loss == Loss::Logistic {
                    num::sigmoid(*only)
                } else {
                    num::clamp(0.5 + 0.5 * only, 0.0, 1.0)
                };
                vec![1.0 - second, second]
            }
            _ if self.loss == Loss::CrossEntropy => {
                let top = outputs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let all: Vec<f64> = outputs.iter().map(|o| num::exp(o - top)).collect();
                let sum: f64 = all.iter().sum();
                all.into_iter().map(|e| e / sum).collect()
            }
            _ => {
                let all: Vec<f64> = outputs.iter().map(|o| num::clamp(*o, 1e-3, 1.0)).collect();
                let sum: f64 = all.iter().sum();
                all.into_iter().map(|e| e / sum).collect()
            }
        }
    }

    /// The class that is taken; none for regression.
    #[must_use]
    pub fn class(&self, outputs: &[f64]) -> Option<usize> {
        match (self.classes, outputs) {
            (0, _) => None,
            (_, [only]) => Some(usize::from(*only > 0.0)),
            _ => {
                let first = |best: usize, i: usize| if outputs[i] > outputs[best] { i } else { best };
                Some((0..outputs.len()).fold(0, first))
            }
        }
    }

    /// Where a number of regression stands between −1 and 1.
    #[must_use]
    pub fn place(&self, v: f64) -> f64 {
        num::clamp(v / self.largest, -1.0, 1.0)
    }

    /// The colour of the plane where the network says this.
    #[must_use]
    pub fn color(&self, outputs: &[f64], palette: &Palette, discrete: bool) -> [u8; 4] {
        if outputs.iter().any(|o| o.is_nan()) {
            return palette.theme.neutral().0;
        }
        match self.classes {
            0 => {
                let t = self.place(outputs[0]);
                palette.at(if discrete { (t * 4.0).round() / 4.0 } else { t })
            }
            2 => {
                let shares = self.shares(outputs);
                let t = shares[1] - shares[0];
                palette.at(STRONGEST * if discrete { 0.8 * if t > 0.0 { 1.0 } else { -1.0 } } else { t })
            }
            _ => palette.shares(&self.shares(outputs), discrete),
        }
    }
}
