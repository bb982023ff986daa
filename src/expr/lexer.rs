//! The numbers, names and signs of a text.

use super::ExprError;
use super::functions::{Binary, Function};
use super::names::{self, Name};
use crate::math::decimal;

/// What stands at a place of the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Number(f64),
    X,
    Y,
    Pi,
    E,
    Param(String),
    Function(Function),
    Plus,
    Minus,
    Times,
    Slash,
    Caret,
    /// ² and the like.
    Raised(i32),
    Open,
    Close,
    Comma,
    Compare(Binary),
    Assign,
    End,
}

/// A number, name or sign, and where it stands, in characters.
#[derive(Clone, Debug)]
pub struct Token {
    pub kind: Kind,
    pub at: usize,
    pub len: usize,
}

const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

pub struct Lexer {
    pub chars: Vec<char>,
    at: usize,
    tokens: Vec<Token>,
}

/// Cuts a text into tokens; the last one is the end.
pub fn tokens(text: &str) -> Result<(Vec<char>, Vec<Token>), ExprError> {
    let mut lexer = Lexer { chars: text.chars().collect(), at: 0, tokens: Vec::new() };
    while let Some(c) = lexer.char(0) {
        lexer.next(c)?;
    }
    lexer.push(Kind::End, 0);
    Ok((lexer.chars, lexer.tokens))
}

impl Lexer {
    fn char(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn is(&self, ahead: usize, wanted: impl Fn(char) -> bool) -> bool {
        self.char(ahead).is_some_and(wanted)
    }

    /// How many characters from here on are wanted.
    fn run(&self, ahead: usize, wanted: impl Fn(char) -> bool) -> usize {
        self.chars.iter().skip(self.at + ahead).take_while(|c| wanted(**c)).count()
    }

    fn slice(&self, len: usize) -> String {
        self.chars.iter().skip(self.at).take(len).collect()
    }

    fn push(&mut self, kind: Kind, len: usize) {
        self.tokens.push(Token { kind, at: self.at, len });
        self.at += len;
    }

    fn error<T>(&self, len: usize, message: impl Into<String>) -> Result<T, ExprError> {
        Err(ExprError { at: self.at, len, message: message.into() })
    }

    fn next(&mut self, c: char) -> Result<(), ExprError> {
        if c.is_whitespace() {
            self.at += 1;
            return Ok(());
        }
        if c.is_ascii_digit() || c == '.' && self.is(1, |c| c.is_ascii_digit()) {
            return self.number();
        }
        if names::is_letter(c) {
            return self.name();
        }
        if RAISED.contains(c) || c == '⁻' {
            return self.raised();
        }
        self.sign(c)
    }

    fn number(&mut self) -> Result<(), ExprError> {
        let digit = |c: char| c.is_ascii_digit();
        let mut len = self.run(0, digit);
        if self.is(len, |c| c == '.') {
            len += 1 + self.run(len + 1, digit);
        }
        if self.is(len, |c| matches!(c, 'e' | 'E')) {
            let sign = usize::from(self.is(len + 1, |c| matches!(c, '-' | '−' | '+')));
            let digits = self.run(len + 1 + sign, digit);
            if digits > 0 {
                len += 1 + sign + digits;
            }
        }
        if self.is(len, |c| c == '.') {
            return self.error(len + 1, "Expected a number with one decimal point.");
        }
        match decimal::parse(&self.slice(len).replace('−', "-")) {
            Some(value) if value.is_finite() => self.push(Kind::Number(value), len),
            _ => return self.error(len, "This number is too large."),
        }
        Ok(())
    }

    fn raised(&mut self) -> Result<(), ExprError> {
        let minus = usize::from(self.is(0, |c| c == '⁻'));
        let len = minus + self.run(minus, |c| RAISED.contains(c));
        let mut power = 0_i32;
        for c in self.chars.iter().skip(self.at + minus).take(len - minus) {
            let digit = RAISED.chars().position(|r| r == *c).and_then(|d| i32::try_from(d).ok());
            power = power.saturating_mul(10).saturating_add(digit.unwrap_or(0));
        }
        if len == minus || power > 1_000_000 {
            return self.error(len, "Expected a raised number such as ².");
        }
        self.push(Kind::Raised(if minus > 0 { -power } else { power }), len);
        Ok(())
    }

    /// A letter and what belongs to its name.
    fn name(&mut self) -> Result<(), ExprError> {
        let mut len = if self.is(0, |c| c.is_ascii()) { self.run(0, |c| c.is_ascii_alphabetic()) } else { 1 };
        len += self.run(len, |c| c.is_ascii_digit());
        while self.is(len, |c| c == '_') && self.is(len + 1, |c| c.is_ascii_alphanumeric()) {
            len += 1 + self.run(len + 1, |c| c.is_ascii_alphanumeric());
        }
        let after = self.chars.iter().skip(self.at + len).find(|c| !c.is_whitespace());
        let word = self.slice(len);
        let units = names::read(&word, after == Some(&'(')).map_err(|message| ExprError {
            at: self.at,
            len,
            message,
        })?;
        for (unit, len) in units {
            let kind = match unit {
                Name::X => Kind::X,
                Name::Y => Kind::Y,
                Name::Pi => Kind::Pi,
                Name::E => Kind::E,
                Name::Param(name) => Kind::Param(name),
                Name::Function(function) => Kind::Function(function),
            };
            self.push(kind, len);
        }
        Ok(())
    }

    fn sign(&mut self, c: char) -> Result<(), ExprError> {
        let equal = self.is(1, |c| c == '=');
        let (kind, len) = match c {
            '+' => (Kind::Plus, 1),
            '-' | '−' | '–' => (Kind::Minus, 1),
            '*' if self.is(1, |c| c == '*') => (Kind::Caret, 2),
            '*' | '·' | '×' | '⋅' | '∙' | '∗' => (Kind::Times, 1),
            '/' | '÷' | '∕' => (Kind::Slash, 1),
            '^' => (Kind::Caret, 1),
            '(' => (Kind::Open, 1),
            ')' => (Kind::Close, 1),
            ',' | ';' => (Kind::Comma, 1),
            '<' if equal => (Kind::Compare(Binary::LessEqual), 2),
            '>' if equal => (Kind::Compare(Binary::GreaterEqual), 2),
            '=' if equal => (Kind::Compare(Binary::Equal), 2),
            '!' if equal => (Kind::Compare(Binary::NotEqual), 2),
            '<' => (Kind::Compare(Binary::Less), 1),
            '>' => (Kind::Compare(Binary::Greater), 1),
            '≤' => (Kind::Compare(Binary::LessEqual), 1),
            '≥' => (Kind::Compare(Binary::GreaterEqual), 1),
            '≠' => (Kind::Compare(Binary::NotEqual), 1),
            '=' => (Kind::Assign, 1),
            '|' => return self.error(1, "Write abs(…) instead of “|”."),
            '√' => return self.error(1, "Write sqrt(…) instead of “√”."),
            '[' | ']' | '{' | '}' => return self.error(1, "Use round parentheses, “(” and “)”."),
            '&' => return self.error(1, "Multiply two comparisons where both must hold: (x > 0)*(y > 0)."),
            '.' => return self.error(1, "Expected a digit beside “.”."),
            c if c.is_control() => return self.error(1, "This character means nothing here."),
            c => return self.error(1, format!("“{c}” means nothing here.")),
        };
        self.push(kind, len);
        Ok(())
    }
}
