//! Points in a word of a link, and as a file.
//!
//! The word is `c` (classes) or `r` (numbers), then a group of letters a point, each letter a digit to the base 64 in the
//! order of base64url, the higher first: two for x, two for y, and one for the class or three for the number. Coordinates
//! are one of 4095 steps from −6 to 6, numbers one of 262143; [`snap`] puts points on these steps, and what is on them is
//! written and read without loss.

use super::real;
use crate::math::num;
use crate::net::{DataSpec, MOST_POINTS, PLANE};
use crate::param::{as_index, number, shorten};
use std::fmt::Write;

/// The most classes.
pub const MOST_CLASSES: usize = 5;
/// The longest word of points that a link to pass on should hold. Links themselves read any number of points up to the most.
pub const LINK_LIMIT: usize = 6_000;

/// The digits.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// How many classes there are: the highest label counts, and there are at least two.
#[must_use]
pub fn classes(points: &[[f64; 3]]) -> usize {
    let highest = points.iter().map(|p| as_index(p[2])).max().unwrap_or(0);
    (highest + 1).clamp(2, MOST_CLASSES)
}

/// Whether these can be data.
///
/// # Errors
/// Which point is wrong, and what is allowed.
pub fn check(points: &[[f64; 3]], regression: bool) -> Result<(), String> {
    match points.len() {
        0 => {
            return Err(
                "there are no points yet: draw some, or paste or open a list of x, y, label".to_owned()
            );
        }
        1 => return Err("one point is too few: one part of the data trains, the other tests".to_owned()),
        many if many > MOST_POINTS => return Err(format!("{many} points are more than {MOST_POINTS}")),
        _ => {}
    }
    let inside = |v: f64| v.abs() <= PLANE;
    for (i, [x, y, label]) in (1..).zip(points) {
        if !(inside(*x) && inside(*y)) {
            return Err(format!("point {i} is outside of the square from −{PLANE} to {PLANE}"));
        }
        if regression && !inside(*label) {
            return Err(format!("point {i}: its number is not from −{PLANE} to {PLANE}"));
        }
        if !regression && !(0..MOST_CLASSES).any(|class| real(class) == *label) {
            let last = MOST_CLASSES - 1;
            return Err(format!("point {i}: {} is no class from 0 to {last}", number(*label)));
        }
    }
    Ok(())
}

/// What a number from −6 to 6 is in digits.
struct Steps {
    digits: usize,
    /// The steps on either side of 0.
    half: f64,
}

const COORDINATE: Steps = Steps { digits: 2, half: 2047.0 };
const NUMBER: Steps = Steps { digits: 3, half: 131_071.0 };

impl Steps {
    fn step(&self, v: f64) -> f64 {
        if v.is_finite() { (num::clamp(v, -PLANE, PLANE) / PLANE * self.half).round() } else { 0.0 }
    }

    fn value(&self, step: f64) -> f64 {
        // Adding 0 makes −0 to 0.
        step * PLANE / self.half + 0.0
    }

    fn snap(&self, v: f64) -> f64 {
        self.value(self.step(v))
    }

    fn write(&self, v: f64, out: &mut String) {
        write_digits(as_index(self.step(v) + self.half), self.digits, out);
    }

    fn read(&self, digits: &[usize]) -> Option<f64> {
        let step = real(digits.iter().fold(0, |n, d| 64 * n + d)) - self.half;
        (step <= self.half).then(|| self.value(step))
    }
}

fn write_digits(value: usize, digits: usize, out: &mut String) {
    for k in (0..digits).rev() {
        out.push(char::from(LETTERS[(value >> (6 * k)) & 63]));
    }
}

/// The points on the steps that links can write. What is not finite becomes 0, what is outside goes to the edge.
#[must_use]
pub fn snap(points: &[[f64; 3]], regression: bool) -> Vec<[f64; 3]> {
    let label = |v: f64| {
        if regression { NUMBER.snap(v) } else { num::clamp(v.round(), 0.0, real(MOST_CLASSES - 1)) + 0.0 }
    };
    let finite = |v: f64| if v.is_finite() { v } else { 0.0 };
    points.iter().map(|[x, y, v]| [COORDINATE.snap(*x), COORDINATE.snap(*y), label(finite(*v))]).collect()
}

/// Writes the word, without what [`snap`] takes away.
#[must_use]
pub fn encode(points: &[[f64; 3]], regression: bool) -> String {
    let mut out = String::with_capacity(length(points.len(), regression));
    out.push(if regression { 'r' } else { 'c' });
    for [x, y, label] in snap(points, regression) {
        COORDINATE.write(x, &mut out);
        COORDINATE.write(y, &mut out);
        if regression {
            NUMBER.write(label, &mut out);
        } else {
            write_digits(as_index(label), 1, &mut out);
        }
    }
    out
}

const fn group(regression: bool) -> usize {
    2 * COORDINATE.digits + if regression { NUMBER.digits } else { 1 }
}

const fn length(points: usize, regression: bool) -> usize {
    1 + points * group(regression)
}

/// Whether a link can hold them and still be passed on; otherwise they go into a file ([`csv`]).
#[must_use]
pub fn fit_link(points: usize, regression: bool) -> bool {
    length(points, regression) <= LINK_LIMIT
}

/// The most points that a link can hold and still be passed on.
#[must_use]
pub const fn most_in_link(regression: bool) -> usize {
    (LINK_LIMIT - 1) / group(regression)
}

/// Reads the word: the points, and whether their labels are numbers.
///
/// # Errors
/// What is no such word, with the place.
pub fn decode(word: &str) -> Result<(Vec<[f64; 3]>, bool), String> {
    let (regression, letters) = match word.as_bytes() {
        [b'c', letters @ ..] => (false, letters),
        [b'r', letters @ ..] => (true, letters),
        _ => {
            let given = shorten(word);
            return Err(format!("{given} does not begin with c, for classes, or r, for numbers"));
        }
    };
    let group = group(regression);
    if !letters.len().is_multiple_of(group) {
        return Err(format!(
            "{} letters are no multiple of {group}, so the points are not whole",
            letters.len()
        ));
    }
    let many = letters.len() / group;
    if many > MOST_POINTS {
        return Err(format!("{many} points are more than {MOST_POINTS}"));
    }
    let mut points = Vec::with_capacity(many);
    let mut digits = [0; 7];
    for (i, letters) in (1..).zip(letters.chunks_exact(group)) {
        for (digit, letter) in digits.iter_mut().zip(letters) {
            let place = LETTERS.iter().position(|l| l == letter);
            *digit =
                place.ok_or_else(|| format!("point {i} has something that is no letter, digit, - or _"))?;
        }
        points.push(point(&digits, regression).ok_or_else(|| format!("point {i} is out of range"))?);
    }
    Ok((points, regression))
}

fn point(digits: &[usize; 7], regression: bool) -> Option<[f64; 3]> {
    let label = if regression {
        NUMBER.read(&digits[4..])?
    } else {
        Some(digits[4]).filter(|class| *class < MOST_CLASSES).map(real)?
    };
    Some([COORDINATE.read(&digits[..2])?, COORDINATE.read(&digits[2..4])?, label])
}

/// The points as a file to save, which reads back to the same ([`super::csv::read`]).
#[must_use]
pub fn csv(points: &[[f64; 3]], regression: bool) -> String {
    let mut out = if regression { "x,y,value\n" } else { "x,y,class\n" }.to_owned();
    for [x, y, label] in points {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{},{},{}", number(*x), number(*y), number(*label));
    }
    out
}

/// Points given by a user as settings of data.
#[must_use]
pub fn own(points: &[[f64; 3]], regression: bool) -> DataSpec {
    DataSpec { source: "own".to_owned(), points: snap(points, regression), regression, ..DataSpec::default() }
}
