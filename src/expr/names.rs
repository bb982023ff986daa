//! What words mean: variables, constants, functions, parameters and products of these.

use super::LONGEST_NAME;
use super::functions::{self, FUNCTIONS, Function};

/// What a word or a part of one stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Name {
    X,
    Y,
    Pi,
    E,
    Function(Function),
    Param(String),
}

/// Names for functions in other places, and what to write here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("arcsin", "asin"),
    ("arccos", "acos"),
    ("arctan", "atan"),
    ("arctan2", "atan2"),
    ("tg", "tan"),
    ("lg", "log10"),
    ("log2", "log(…)/log(2)"),
    ("sgn", "sign"),
    ("signum", "sign"),
    ("root", "sqrt"),
    ("square", "(…)^2"),
    ("pow", "u^v"),
    ("logistic", "sigmoid"),
    ("gaussian", "gauss"),
    ("ceil", "-floor(-…)"),
    ("step", "if(… > 0, 1, 0)"),
    ("heaviside", "if(… > 0, 1, 0)"),
    ("sec", "1/cos"),
    ("csc", "1/sin"),
    ("cot", "1/tan"),
    ("norm", "sqrt(x^2 + y^2)"),
    ("hypot", "sqrt(x^2 + y^2)"),
];

/// Whether a name may begin with this: Latin letters, and Greek ones as parameters.
pub const fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'α'..='ω' | 'Α'..='Ω')
}

/// Reads a word: its parts and how many characters each has, or what to write instead.
pub fn read(word: &str, before_parenthesis: bool) -> Result<Vec<(Name, usize)>, String> {
    let len = word.chars().count();
    if let Some(name) = known(word) {
        return Ok(vec![(name, len)]);
    }
    if (matches!(word, "X" | "Y") || product(word).is_some())
        && let Some(capital) = word.chars().find(|c| matches!(c, 'X' | 'Y'))
    {
        return Err(format!("Expected a small “{}”.", capital.to_ascii_lowercase()));
    }
    if let Some(units) = before_function(word, before_parenthesis) {
        return Ok(units);
    }
    if !before_parenthesis && let Some(message) = without_parenthesis(word) {
        return Err(message);
    }
    if let Some((factor, digits)) = factor_and_digits(word) {
        return Err(format!("Expected “{factor}^{digits}” or “{factor}*{digits}”."));
    }
    if let Some(units) = product(word).filter(|_| !before_parenthesis || word.contains(['x', 'y'])) {
        return Ok(units);
    }
    if before_parenthesis && len > 1 {
        return Err(match nearest(word) {
            Some(near) => format!("There is no function “{word}”; did you mean “{near}”?"),
            None => format!("There is no function “{word}”. For a product write “{word}*(”."),
        });
    }
    if len > LONGEST_NAME {
        return Err(format!("Expected a name of at most {LONGEST_NAME} characters."));
    }
    Ok(vec![(Name::Param(word.to_owned()), len)])
}

fn known(word: &str) -> Option<Name> {
    Some(match word {
        "x" => Name::X,
        "y" => Name::Y,
        "e" => Name::E,
        "pi" | "Pi" | "PI" | "π" => Name::Pi,
        _ => Name::Function(functions::find(word)?),
    })
}

/// x or y before a function: xsin(y).
fn before_function(word: &str, before_parenthesis: bool) -> Option<Vec<(Name, usize)>> {
    let rest = word.trim_start_matches(['x', 'y']);
    let function = functions::find(rest).filter(|_| before_parenthesis)?;
    let variable = |c| (if c == 'x' { Name::X } else { Name::Y }, 1);
    let mut units: Vec<_> = word[..word.len() - rest.len()].chars().map(variable).collect();
    units.push((Name::Function(function), rest.len()));
    Some(units)
}

/// What to write for sinx.
fn without_parenthesis(word: &str) -> Option<String> {
    let name = word.trim_end_matches(['x', 'y']);
    let argument = &word[name.len()..];
    let is_function = !argument.is_empty() && functions::find(name).is_some();
    is_function.then(|| format!("Expected parentheses: {name}({argument})."))
}

/// x2 is neither a name nor clear.
fn factor_and_digits(word: &str) -> Option<(&str, &str)> {
    let factor = word.trim_end_matches(|c: char| c == '_' || c.is_ascii_digit());
    let digits = word[factor.len()..].trim_start_matches('_');
    let unclear = match product(factor) {
        Some(units) => matches!(units.last(), Some((Name::X | Name::Y, _))),
        None => matches!(known(factor), Some(Name::X | Name::Y | Name::E | Name::Pi)),
    };
    (unclear && factor.len() < word.len() && !digits.contains('_')).then_some((factor, digits))
}

/// Two letters, or three with an x or y among them; pi counts as one.
fn product(word: &str) -> Option<Vec<(Name, usize)>> {
    let mut units = Vec::new();
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        if !c.is_ascii_alphabetic() || units.len() == 3 {
            return None;
        }
        let len = if rest.starts_with("pi") { 2 } else { 1 };
        let (unit, after) = rest.split_at(len);
        units.push((known(unit).unwrap_or_else(|| Name::Param(unit.to_owned())), len));
        rest = after;
    }
    let moves = units.iter().any(|(name, _)| matches!(name, Name::X | Name::Y));
    (units.len() == 2 || units.len() == 3 && moves).then_some(units)
}

/// The function whose name is nearly this one.
fn nearest(word: &str) -> Option<&'static str> {
    let small = word.to_ascii_lowercase();
    if let Some((_, here)) = ELSEWHERE.iter().find(|(there, _)| *there == small) {
        return Some(here);
    }
    let far = if small.len() < 5 { 1 } else { 2 };
    let near = FUNCTIONS.iter().map(|f| (distance(&small, f.name), f.name)).filter(|(d, _)| *d <= far);
    // Of equally near ones the first in the list.
    near.min_by_key(|(d, _)| *d).map(|(_, name)| name)
}

/// How many letters must be put in, left out, changed or swapped with their neighbours.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > 2 {
        return usize::MAX;
    }
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let above = &rows[i - 1];
            let changed = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}
