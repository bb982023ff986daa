//! One declaration of a parameter feeds its slider, its place in links, the command line, exports and the tables of
//! the documentation.

use crate::later::words;
use crate::math::{decimal, digits, num};
use std::fmt;

/// How a parameter moves along its slider and how it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Evenly.
    Linear,
    /// By decades; a range that starts at 0 has 0 at the left end and decades after it.
    Log,
    /// By decades of 1 − value: for β, where 0.9, 0.99 and 0.999 are equal steps.
    Complement,
    /// Whole numbers, evenly.
    Integer,
    /// Off (0) or on (1).
    Switch,
    /// One of these words; the value is its index.
    Choice(&'static [&'static str]),
}

/// A parameter: a number with a key, a symbol, a range and a default.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParamSpec {
    /// The word in links and on the command line.
    pub key: &'static str,
    /// The letter of the formula.
    pub symbol: &'static str,
    /// The words on the page.
    pub name: &'static str,
    /// One plain sentence: what it is and its usual range. Not in the first load.
    pub help: &'static str,
    /// The value when nothing is said.
    pub default: f64,
    /// The smallest value accepted.
    pub min: f64,
    /// The largest value accepted.
    pub max: f64,
    /// The part of the range that the slider spans.
    pub slider: (f64, f64),
    /// How it moves along the slider.
    pub scale: Scale,
}

/// Where 0 ends and the decades begin on a logarithmic slider that includes 0.
const ZERO_STOP: f64 = 0.02;

impl ParamSpec {
    /// A parameter with the given scale; the slider spans the whole range.
    #[must_use]
    pub const fn new(
        key: &'static str,
        symbol: &'static str,
        name: &'static str,
        default: f64,
        (min, max): (f64, f64),
        scale: Scale,
        help: &'static str,
    ) -> Self {
        let help = words(help);
        Self { key, symbol, name, help, default, min, max, slider: (min, max), scale }
    }

    /// The same with a slider that spans only a part of the range.
    #[must_use]
    pub const fn slider(mut self, lo: f64, hi: f64) -> Self {
        self.slider = (lo, hi);
        self
    }

    /// The same with another default.
    #[must_use]
    pub const fn with_default(mut self, default: f64) -> Self {
        self.default = default;
        self
    }

    /// A switch.
    #[must_use]
    pub const fn switch(key: &'static str, name: &'static str, on: bool, help: &'static str) -> Self {
        let default = if on { 1.0 } else { 0.0 };
        Self::new(key, "", name, default, (0.0, 1.0), Scale::Switch, help)
    }

    /// A choice of words; the first is the default.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
    pub const fn choice(
        key: &'static str,
        name: &'static str,
        words: &'static [&'static str],
        help: &'static str,
    ) -> Self {
        Self::new(key, "", name, 0.0, (0.0, (words.len() - 1) as f64), Scale::Choice(words), help)
    }

    /// The value if it may be used.
    ///
    /// # Errors
    /// A value that is not finite, outside the range, or not whole where it must be.
    pub fn check(&self, value: f64) -> Result<f64, ParamError> {
        let whole = !matches!(self.scale, Scale::Linear | Scale::Log | Scale::Complement);
        if value.is_finite() && value >= self.min && value <= self.max && (!whole || value.fract() == 0.0) {
            // −0 would print as "-0" and change nothing else.
            Ok(value + 0.0)
        } else {
            Err(self.error(number(value)))
        }
    }

    /// Reads a value as a person or a link writes it.
    ///
    /// # Errors
    /// What is not a number (or not one of the words), or may not be used.
    pub fn parse(&self, text: &str) -> Result<f64, ParamError> {
        let text = text.trim();
        let error = || self.error(shorten(text));
        match self.scale {
            Scale::Choice(words) => words
                .iter()
                .position(|w| *w == text)
                .and_then(|i| u32::try_from(i).ok())
                .map(f64::from)
                .ok_or_else(error),
            Scale::Switch => match text {
                "1" | "on" | "true" => Ok(1.0),
                "0" | "off" | "false" => Ok(0.0),
                _ => Err(error()),
            },
            _ => {
                let value = decimal::parse(text).ok_or_else(error)?;
                self.check(value).map_err(|_| error())
            }
        }
    }

    fn error(&self, given: String) -> ParamError {
        ParamError { key: self.key, scale: self.scale, range: (self.min, self.max), given }
    }

    /// Writes a value as links and people do.
    #[must_use]
    pub fn format(&self, value: f64) -> String {
        match self.scale {
            Scale::Choice(words) => words.get(as_index(value)).copied().unwrap_or("?").to_owned(),
            Scale::Switch => if value == 0.0 { "off" } else { "on" }.to_owned(),
            _ => number(value),
        }
    }

    /// Where on the slider this value stands, from 0 to 1.
    #[must_use]
    pub fn position(&self, value: f64) -> f64 {
        let (lo, hi) = self.slider;
        let p = match self.scale {
            Scale::Log if lo <= 0.0 => {
                if value <= 0.0 {
                    0.0
                } else {
                    let first = log_start(hi);
                    let decades = num::log10(hi / first);
                    ZERO_STOP + (1.0 - ZERO_STOP) * num::log10(value / first) / decades
                }
            }
            Scale::Log => num::log10(value / lo) / num::log10(hi / lo),
            Scale::Complement => {
                let (from, to) = (1.0 - lo, complement_end(hi));
                num::log10(from / (1.0 - value).max(to)) / num::log10(from / to)
            }
            _ => (value - lo) / (hi - lo),
        };
        if p.is_finite() { num::clamp(p, 0.0, 1.0) } else { 0.0 }
    }

    /// The value at a place on the slider (0 to 1), rounded to a number that is short to write.
    #[must_use]
    pub fn at(&self, position: f64) -> f64 {
        let p = num::clamp(position, 0.0, 1.0);
        let (lo, hi) = self.slider;
        let value = match self.scale {
            Scale::Log if lo <= 0.0 => {
                if p < ZERO_STOP {
                    return self.min.max(0.0);
                }
                let first = log_start(hi);
                let q = (p - ZERO_STOP) / (1.0 - ZERO_STOP);
                num::round_significant(first * num::pow_to_show(hi / first, q), 3)
            }
            Scale::Log => num::round_significant(lo * num::pow_to_show(hi / lo, p), 3),
            Scale::Complement => {
                let (from, to) = (1.0 - lo, complement_end(hi));
                let rest = num::round_significant(from * num::pow_to_show(to / from, p), 3);
                // Rounded again: 1 − 0.057 is not the double that is written 0.943.
                num::round_significant(1.0 - rest, 8)
            }
            Scale::Linear => {
                // A power of ten about a thousandth of the span: −2 … 2 moves by thousandths and not by 10⁻¹⁷.
                #[expect(clippy::cast_possible_truncation, reason = "a decimal exponent is below 400")]
                let decade = (num::log10(hi - lo) - 3.0 + 1e-9).floor() as i32;
                let value = lo + p * (hi - lo);
                // Of the two, the quotient by a whole number is the shorter decimal.
                if decade < 0 {
                    let per = num::powi(10.0, -decade);
                    (value * per).round() / per
                } else {
                    let unit = num::powi(10.0, decade);
                    (value / unit).round() * unit
                }
            }
            Scale::Integer | Scale::Switch | Scale::Choice(_) => (lo + p * (hi - lo)).round(),
        };
        num::clamp(value, self.min, self.max)
    }
}

/// The smallest value above 0 on a logarithmic slider that includes 0.
fn log_start(hi: f64) -> f64 {
    hi * 1e-6
}

/// The smallest 1 − β that the slider reaches.
fn complement_end(hi: f64) -> f64 {
    (1.0 - hi).max(1e-5)
}

/// The value of a switch, choice or whole number as an index.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be whole and small")]
pub fn as_index(value: f64) -> usize {
    value.max(0.0) as usize
}

/// The value of a seed: a whole number below 2⁵³.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be whole and below 2⁵³"
)]
pub fn as_seed(value: f64) -> u64 {
    value.max(0.0) as u64
}

/// A number in its shortest form that reads back to the same bits: plain digits near 1, an exponent elsewhere.
#[must_use]
pub fn number(value: f64) -> String {
    digits::shortest(value)
}

/// A number for people: three or four digits, an exponent for what is very small or large.
#[must_use]
pub fn readable(v: f64) -> String {
    if v == 0.0 {
        return "0".to_owned();
    }
    if !v.is_finite() {
        return "not finite".to_owned();
    }
    let size = v.abs();
    if (1e-3..1e5).contains(&size) {
        return number(num::round_significant(v, 4));
    }
    digits::rounded(v, 3)
}

/// What was given, short enough to repeat in a message.
#[must_use]
pub fn shorten(text: &str) -> String {
    const MOST: usize = 24;
    if text.is_empty() {
        return "nothing".to_owned();
    }
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(MOST).collect();
    short.push('…');
    short
}

/// A value that a parameter does not take.
#[derive(Clone, Debug, PartialEq)]
pub struct ParamError {
    /// The parameter.
    pub key: &'static str,
    /// What kind of value it takes.
    pub scale: Scale,
    /// The smallest and the largest value it takes.
    pub range: (f64, f64),
    /// What was given.
    pub given: String,
}

impl fmt::Display for ParamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given = &self.given;
        let (min, max) = (number(self.range.0), number(self.range.1));
        write!(f, "{}: {given} is not ", self.key)?;
        match self.scale {
            Scale::Choice(words) => write!(f, "one of {}", words.join(", ")),
            Scale::Switch => write!(f, "on or off"),
            Scale::Integer => write!(f, "a whole number from {min} to {max}"),
            _ => write!(f, "a number from {min} to {max}"),
        }
    }
}

impl std::error::Error for ParamError {}

/// The index of the parameter with this key.
#[must_use]
pub fn find(specs: &[ParamSpec], key: &str) -> Option<usize> {
    specs.iter().position(|p| p.key == key)
}

/// The default values, in order.
#[must_use]
pub fn defaults(specs: &[ParamSpec]) -> Vec<f64> {
    specs.iter().map(|p| p.default).collect()
}
