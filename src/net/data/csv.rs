//! Points from a list that someone pastes or opens: x, y and label, a point a line.
//!
//! Values stand between commas, semicolons, tabs or spaces, whichever the first line has; with semicolons or tabs a comma may
//! be the decimal point. Empty lines and lines that begin with `#` are passed over. A first line without any number is a
//! header. If it names columns x and y, these are taken, with the first other column as the label; else the first three.
//!
//! Labels that are whole numbers, of at most five kinds, are classes, unless the caller or the header (`class`, `value`)
//! says otherwise; they are numbered anew from 0, in their order. All else are numbers to be met.

use super::points::{self, MOST_CLASSES};
use crate::math::{decimal, num};
use crate::net::{MOST_POINTS, PLANE};
use crate::param::{number, shorten};

/// The largest file that is looked at, in bytes.
pub const LARGEST_FILE: usize = 2_000_000;
/// How many errors are told before reading stops.
pub const MOST_ERRORS: usize = 5;
/// Columns that leave the square are brought to this on either side, as generators do.
const TARGET: f64 = 5.0;
/// No number that people or programs write is longer.
const LONGEST_NUMBER: usize = 64;

/// What the labels are to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Labels {
    /// Classes.
    Classes,
    /// Numbers.
    Numbers,
}

/// How a list is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What the labels are; none tells it from them.
    pub labels: Option<Labels>,
    /// Whether x and y are stretched over the square even where they fit as they are.
    pub stretch: bool,
}

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The points, on the steps that links can write.
    pub points: Vec<[f64; 3]>,
    /// Whether the labels are numbers, and not classes.
    pub regression: bool,
    /// What was done to them, in sentences.
    pub notes: Vec<String>,
}

/// Reads a list.
///
/// # Errors
/// What is wrong, by line: the first [`MOST_ERRORS`].
pub fn read(text: &str, options: Options) -> Result<Table, Vec<String>> {
    if text.len() > LARGEST_FILE {
        let (given, most) = (text.len() / 1_000_000, LARGEST_FILE / 1_000_000);
        return Err(vec![format!("{given} MB are too much: {MOST_POINTS} points need less than {most} MB")]);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !is_passed_over(line)).peekable();
    let Some((_, first)) = lines.peek() else {
        return Err(vec!["there are no lines with x, y, label".to_owned()]);
    };
    let form = Form::of(first);
    if form.header {
        lines.next();
    }
    let mut rows = Vec::new();
    let mut errors = Vec::new();
    for (number, line) in lines {
        if rows.len() == MOST_POINTS {
            errors.push(format!("line {number}: there are more than {MOST_POINTS} points"));
            break;
        }
        match form.row(line) {
            Ok(row) => rows.push((number, row)),
            Err(message) => errors.push(format!("line {number}: {message}")),
        }
        if errors.len() == MOST_ERRORS {
            break;
        }
    }
    if errors.is_empty() && rows.len() < 2 {
        errors.push(format!("{} is too few: at least two points are needed", plural(rows.len())));
    }
    if errors.is_empty() { table(&rows, options, form.labels) } else { Err(errors) }
}

fn plural(points: usize) -> String {
    if points == 1 { "one point".to_owned() } else { format!("{points} points") }
}

fn is_passed_over(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

/// How lines are built.
struct Form {
    /// What stands between values; none is any number of spaces.
    separator: Option<char>,
    /// Whether the first line is a header.
    header: bool,
    /// Where x, y and the label stand.
    columns: [usize; 3],
    /// How many values a line has at least.
    width: usize,
    /// Whether there may be more than three values.
    more: bool,
    /// What the header calls the labels.
    labels: Option<Labels>,
}

impl Form {
    fn of(first: &str) -> Self {
        let separator = [';', '\t', ','].into_iter().find(|s| first.contains(*s));
        let mut form =
            Self { separator, header: false, columns: [0, 1, 2], width: 3, more: false, labels: None };
        let fields = form.fields(first);
        form.header = fields.iter().all(|f| form.number(f).is_none());
        if form.header {
            let names: Vec<String> = fields.iter().take(100).map(|f| f.to_lowercase()).collect();
            form.name_columns(&names);
        }
        form
    }

    fn name_columns(&mut self, names: &[String]) {
        let find = |name: &str| names.iter().position(|n| n == name);
        if let (Some(x), Some(y)) = (find("x"), find("y"))
            && let Some(label) = (0..names.len()).find(|k| *k != x && *k != y)
        {
            self.columns = [x, y, label];
            self.width = x.max(y).max(label) + 1;
            self.more = true;
        }
        self.labels = match names.get(self.columns[2]).map_or("", String::as_str) {
            "class" => Some(Labels::Classes),
            "value" => Some(Labels::Numbers),
            _ => None,
        };
    }

    fn fields<'a>(&self, line: &'a str) -> Vec<&'a str> {
        // A line of nothing but separators need not be cut to its end.
        const MOST: usize = 101;
        let tidy = |f: &'a str| f.trim().trim_matches('"').trim();
        match self.separator {
            Some(separator) => line.split(separator).take(MOST).map(tidy).collect(),
            None => line.split_whitespace().take(MOST).map(tidy).collect(),
        }
    }

    fn number(&self, field: &str) -> Option<f64> {
        if field.len() > LONGEST_NUMBER {
            return None;
        }
        if self.separator.is_some_and(|s| s != ',') && !field.contains('.') {
            return decimal::parse(&field.replacen(',', ".", 1));
        }
        decimal::parse(field)
    }

    fn row(&self, line: &str) -> Result<[f64; 3], String> {
        let mut fields = self.fields(line);
        // A separator at the end of the line is no value more.
        while fields.len() > self.width && fields.last().is_some_and(|f| f.is_empty()) {
            fields.pop();
        }
        if fields.len() < self.width || (fields.len() > self.width && !self.more) {
            let given = match fields.len() {
                1 => "one value".to_owned(),
                many if many > 100 => "more than 100 values".to_owned(),
                many => format!("{many} values"),
            };
            let wanted = if self.more { "fewer than the header" } else { "three are needed: x, y, label" };
            return Err(format!("{given}, {wanted}"));
        }
        let mut row = [0.0; 3];
        for (slot, column) in row.iter_mut().zip(self.columns) {
            let field = fields.get(column).copied().unwrap_or("");
            let value = self.number(field).ok_or_else(|| match field {
                "" => "a value is missing".to_owned(),
                _ => format!("“{}” is no number", shorten(field)),
            })?;
            if !value.is_finite() {
                return Err(format!("“{}” is too large", shorten(field)));
            }
            *slot = value;
        }
        Ok(row)
    }
}

/// Puts the rows where data can be.
fn table(rows: &[(usize, [f64; 3])], options: Options, header: Option<Labels>) -> Result<Table, Vec<String>> {
    let mut points: Vec<[f64; 3]> = rows.iter().map(|(_, row)| *row).collect();
    let classes = kinds(&points);
    let regression = match options.labels.or(header) {
        Some(Labels::Numbers) => true,
        Some(Labels::Classes) => false,
        None => classes.is_none(),
    };
    let mut notes = Vec::new();
    if !regression {
        let Some(classes) = classes else {
            return Err(no_classes(rows));
        };
        relabel(&mut points, &classes, &mut notes);
    }
    for (column, name) in ["x", "y", "the number"].iter().enumerate() {
        let is_label = column == 2;
        let outside = points.iter().any(|p| p[column].abs() > PLANE);
        if if is_label { regression && outside } else { outside || options.stretch } {
            let target = if is_label { 1.0 } else { TARGET };
            notes.extend(rescale(&mut points, column, name, target));
        }
    }
    Ok(Table { points: points::snap(&points, regression), regression, notes })
}

/// The labels in order if they can be classes: whole numbers of at most so many kinds.
fn kinds(points: &[[f64; 3]]) -> Option<Vec<f64>> {
    let mut kinds = Vec::new();
    for [_, _, label] in points {
        if label.fract() != 0.0 {
            return None;
        }
        if !kinds.contains(label) {
            kinds.push(*label);
        }
        if kinds.len() > MOST_CLASSES {
            return None;
        }
    }
    kinds.sort_by(f64::total_cmp);
    Some(kinds)
}

fn no_classes(rows: &[(usize, [f64; 3])]) -> Vec<String> {
    match rows.iter().find(|(_, row)| row[2].fract() != 0.0) {
        Some((line, row)) => {
            vec![format!("line {line}: {} is no class, which is a whole number", number(row[2]))]
        }
        None => vec![format!("there are more than {MOST_CLASSES} classes: read the labels as numbers")],
    }
}

fn relabel(points: &mut [[f64; 3]], kinds: &[f64], notes: &mut Vec<String>) {
    for p in points {
        let class = kinds.iter().position(|k| *k == p[2]).unwrap_or(0);
        p[2] = super::real(class);
    }
    let moved = kinds.iter().enumerate().any(|(class, kind)| super::real(class) != *kind);
    if moved {
        let kinds: Vec<String> = kinds.iter().map(|k| number(*k)).collect();
        let last = kinds.len() - 1;
        notes.push(match kinds.as_slice() {
            [one] => format!("The class {one} was numbered 0."),
            _ => format!("The classes {} were numbered from 0 to {last}.", kinds.join(", ")),
        });
    }
}

/// A bound in words, with more digits than anyone needs to take the scaling back.
fn short(v: f64) -> String {
    number(num::round_significant(v, 6))
}

/// Moves and stretches a column to ±`target`, and says so.
fn rescale(points: &mut [[f64; 3]], column: usize, name: &str, target: f64) -> Option<String> {
    let low = points.iter().map(|p| p[column]).fold(f64::INFINITY, f64::min);
    let high = points.iter().map(|p| p[column]).fold(f64::NEG_INFINITY, f64::max);
    if low == high {
        for p in points {
            p[column] = 0.0;
        }
        return (low != 0.0).then(|| format!("In all points {name} is {}, which became 0.", short(low)));
    }
    if (low, high) == (-target, target) {
        return None;
    }
    for p in points {
        // Halves, since the width of the range may be beyond the largest number.
        let share = (0.5 * p[column] - 0.5 * low) / (0.5 * high - 0.5 * low);
        p[column] = target * (2.0 * share - 1.0);
    }
    let (low, high) = (short(low), short(high));
    Some(format!("The range of {name} from {low} to {high} was brought to −{target} … {target}."))
}
