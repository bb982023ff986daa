//! How a surface is looked at: colours, levels, views, what is drawn over it. No run depends on it.
//!
//! A few words with values, kept as they stand in links. To add one: a line in [`WORDS`].

mod overlay;

pub use overlay::Overlay;

use crate::grammar::plain;
use crate::later::{here, said};
use crate::math::decimal;
use crate::param::{number, shorten};
use std::fmt::Write;

/// Which values a word may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Values {
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Numbers with commas between them, each with its name and bounds: of the first so many are needed.
    Numbers(usize, &'static [(&'static str, f64, f64)]),
    /// A whole number within these bounds.
    Whole(f64, f64),
    /// One of these words, or a number within these bounds.
    WordOrNumber(&'static [&'static str], (f64, f64)),
}

/// A word of links about looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Word {
    /// The word itself.
    pub key: &'static str,
    /// Its values. Without them any short text is kept, until the program that knows them reads it again.
    pub values: Option<Values>,
    /// Whether a change of it is taken back by undo. Where one stands to look is not.
    pub undone: bool,
}

const fn word(key: &'static str, values: Values) -> Word {
    Word { key, values: here(values), undone: true }
}

/// On, where off is the default.
const ON: Values = Values::OneOf(&["1"]);
const SCALE: Values = Values::OneOf(&["linear", "log"]);

/// All words.
pub static WORDS: [Word; 9] = [
    word("map", Values::OneOf(&["viridis", "cividis", "grey"])),
    word("levels", SCALE),
    word("labels", ON),
    word("space", Values::OneOf(&["3d", "split"])),
    word("height", SCALE),
    // Degrees, zoom, and the middle of the picture away from that of the box.
    Word {
        undone: false,
        ..word(
            "camera",
            Values::Numbers(
                3,
                &[
                    ("azimuth", -360.0, 360.0),
                    ("elevation", -90.0, 90.0),
                    ("zoom", 0.05, 50.0),
                    ("right", -10.0, 10.0),
                    ("up", -10.0, 10.0),
                ],
            ),
        )
    },
    word("slice", Values::WordOrNumber(&["gradient", "step"], (-360.0, 360.0))),
    // How many times closer than what fits by itself.
    Word { undone: false, ..word("slice_zoom", Values::Numbers(1, &[("zoom", 1e-3, 1e6)])) },
    word("fan", Values::Whole(2.0, 64.0)),
];

/// The place of a word in the list.
#[must_use]
pub fn find(key: &str) -> Option<usize> {
    WORDS.iter().position(|w| w.key == key)
}

impl Values {
    /// The value as links write it, if it is one.
    ///
    /// # Errors
    /// What is allowed.
    pub fn read(self, text: &str) -> Result<String, String> {
        let known = |all: &[&str]| all.contains(&text);
        let within =
            |text: &str, (low, high): (f64, f64)| decimal::parse(text).filter(|v| *v >= low && *v <= high);
        let value = match self {
            Self::OneOf(all) => known(all).then(|| text.to_owned()),
            Self::WordOrNumber(all, _) if known(all) => Some(text.to_owned()),
            Self::WordOrNumber(_, bounds) => within(text, bounds).map(number),
            Self::Whole(low, high) => within(text, (low, high)).filter(|v| v.floor() == *v).map(number),
            Self::Numbers(needed, bounds) => {
                let values: Vec<f64> = text
                    .split(',')
                    .zip(bounds)
                    .map_while(|(v, (_, low, high))| within(v, (*low, *high)))
                    .collect();
                let whole = values.len() >= needed && values.len() == text.split(',').count();
                whole.then(|| values.iter().map(|v| number(*v)).collect::<Vec<_>>().join(","))
            }
        };
        value.ok_or_else(|| said(|| format!("{} is not {}", shorten(text), self.allowed())))
    }

    /// What is allowed, for a message.
    fn allowed(self) -> String {
        let mut text = String::new();
        match self {
            Self::OneOf(&[only]) => return format!("{only}, the only value"),
            Self::Whole(low, high) => {
                return format!("a whole number from {} to {}", number(low), number(high));
            }
            Self::OneOf(all) | Self::WordOrNumber(all, _) => {
                text.push_str("one of ");
                text.push_str(&all.join(", "));
            }
            Self::Numbers(..) => {}
        }
        let bounds = match self {
            Self::OneOf(_) | Self::Whole(..) => &[][..],
            Self::WordOrNumber(_, (low, high)) => &[("or", low, high)][..],
            Self::Numbers(_, bounds) => bounds,
        };
        for (name, low, high) in bounds {
            let between = match (text.is_empty(), *name) {
                (true, _) => "",
                (false, "or") => " ",
                (false, _) => ", ",
            };
            let _ = write!(text, "{between}{name} {} to {}", number(*low), number(*high));
        }
        text
    }
}

/// The values of all words; empty is the default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look([String; WORDS.len()]);

impl Look {
    /// The value of a word; empty where it is at its default.
    #[must_use]
    pub fn get(&self, key: &str) -> &str {
        find(key).map_or("", |i| &self.0[i])
    }

    /// Whether a word has this value.
    #[must_use]
    pub fn is(&self, key: &str, value: &str) -> bool {
        self.get(key) == value
    }

    /// The numbers of a word; none where it is at its default.
    #[must_use]
    pub fn numbers(&self, key: &str) -> Vec<f64> {
        self.get(key).split(',').filter_map(decimal::parse).collect()
    }

    /// Sets the word with this index; an empty value is the default.
    ///
    /// # Errors
    /// Which values it may have; then it keeps the one that it has.
    pub fn set(&mut self, index: usize, value: &str) -> Result<(), String> {
        let (Some(word), Some(place)) = (WORDS.get(index), self.0.get_mut(index)) else {
            return Ok(());
        };
        *place = match word.values {
            Some(values) if !value.is_empty() => values.read(value)?,
            _ => plain(value).ok_or_else(String::new)?,
        };
        Ok(())
    }

    /// The words that are not at their defaults, with their values.
    pub fn written(&self) -> impl Iterator<Item = (&'static str, &str)> {
        WORDS.iter().zip(&self.0).filter(|(_, v)| !v.is_empty()).map(|(w, v)| (w.key, v.as_str()))
    }

    /// Takes over from another what undo does not take back.
    pub fn keep_place(&mut self, other: &Self) {
        for ((word, to), from) in WORDS.iter().zip(&mut self.0).zip(&other.0) {
            if !word.undone {
                to.clone_from(from);
            }
        }
    }
}
