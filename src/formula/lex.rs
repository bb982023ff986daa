//! The words and signs of a line.

use super::glyphs::{
    Family, fraction, is_function, is_latin, is_letter, is_mark, is_operator, is_short_word, subscript,
    superscript,
};

/// What stands at a place of the line.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A letter with its marks, and ∇, ∂ or Δ before it.
    Letter {
        prefix: String,
        letter: String,
    },
    Number,
    Ratio(&'static str, &'static str),
    /// The name of a function.
    Function,
    /// A word of prose.
    Word,
    /// ∞ and the like.
    Constant(char),
    /// Raised and lowered text, in ordinary characters.
    Sup(String),
    Sub(String),
    Prime,
    Op(char),
    Big(char),
    Open(char, Family),
    Close(char, Family),
    Bar(char, Family),
    Root,
    Slash,
    Caret,
    Under,
    Other,
}

/// A word or sign, where it stands in the line, and whether a space comes before it.
#[derive(Clone, Debug)]
pub struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
    pub space: bool,
}

struct Lexer<'a> {
    text: &'a str,
    chars: Vec<(usize, char)>,
    at: usize,
    space: bool,
    /// Whether an odd number of single bars came so far: in |x||y| the two in the middle are no norm.
    in_bars: bool,
    tokens: Vec<Token>,
}

/// Cuts a line into words and signs.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer {
        text,
        chars: text.char_indices().collect(),
        at: 0,
        space: false,
        in_bars: false,
        tokens: Vec::new(),
    };
    while let Some(c) = lexer.peek(0) {
        if c.is_whitespace() {
            lexer.space = true;
            lexer.at += 1;
        } else {
            lexer.token(c);
        }
    }
    settle_prose(text, &mut lexer.tokens);
    lexer.tokens
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).map(|(_, c)| *c)
    }

    fn is(&self, ahead: usize, test: impl Fn(char) -> bool) -> bool {
        self.peek(ahead).is_some_and(test)
    }

    /// How many characters from `ahead` on pass the test.
    fn run(&self, ahead: usize, test: impl Fn(char) -> bool) -> usize {
        let rest = self.chars.get(self.at + ahead..).unwrap_or(&[]);
        rest.iter().take_while(|(_, c)| test(*c)).count()
    }

    fn offset(&self, ahead: usize) -> usize {
        self.chars.get(self.at + ahead).map_or(self.text.len(), |(offset, _)| *offset)
    }

    fn slice(&self, from: usize, to: usize) -> &str {
        &self.text[self.offset(from)..self.offset(to)]
    }

    /// Takes the next `length` characters.
    fn push(&mut self, kind: Kind, length: usize) {
        self.tokens.push(Token { kind, start: self.offset(0), end: self.offset(length), space: self.space });
        self.at += length;
        self.space = false;
    }

    /// What stands directly before, with no space between.
    fn touching(&self) -> Option<&Kind> {
        self.tokens.last().filter(|_| !self.space).map(|t| &t.kind)
    }

    fn touches_symbol(&self) -> bool {
        matches!(self.touching(), Some(Kind::Letter { .. } | Kind::Sub(_) | Kind::Prime))
    }

    fn token(&mut self, c: char) {
        if c.is_ascii_digit() {
            self.number();
        } else if let Some((n, d)) = fraction(c) {
            self.push(Kind::Ratio(n, d), 1);
        } else if superscript(c).is_some() {
            let length = self.run(0, |c| superscript(c).is_some());
            let text = self.slice(0, length).chars().filter_map(superscript).collect();
            self.push(Kind::Sup(text), length);
        } else if subscript(c).is_some() {
            let length = self.run(0, |c| subscript(c).is_some());
            let text = self.slice(0, length).chars().filter_map(subscript).collect();
            self.push(Kind::Sub(text), length);
        } else if matches!(c, '∇' | '∂' | 'Δ') {
            self.prefixed(c);
        } else if matches!(c, 'Σ' | 'Π') && self.starts_sum() {
            self.push(Kind::Big(if c == 'Σ' { '∑' } else { '∏' }), 1);
        } else if is_latin(c) {
            self.latin();
        } else if is_letter(c) {
            self.letter(0);
        } else {
            self.sign(c);
        }
    }

    fn number(&mut self) {
        let digit = |c: char| c.is_ascii_digit();
        let mut length = self.run(0, digit);
        if self.is(length, |c| c == '.') && self.is(length + 1, digit) {
            length += 1 + self.run(length + 1, digit);
        }
        if self.is(length, |c| c == 'e') {
            let minus = usize::from(self.is(length + 1, |c| c == '-'));
            let digits = self.run(length + 1 + minus, digit);
            if digits > 0 {
                length += 1 + minus + digits;
            }
        }
        self.push(Kind::Number, length);
    }

    /// Takes a symbol whose prefix is `before` characters long.
    fn letter(&mut self, before: usize) {
        let length = before + 1 + self.run(before + 1, is_mark);
        let prefix = self.slice(0, before).to_owned();
        let letter = self.slice(before, length).to_owned();
        self.push(Kind::Letter { prefix, letter }, length);
    }

    fn prefixed(&mut self, c: char) {
        let square = usize::from(c != 'Δ' && self.is(1, |c| c == '²'));
        if self.is(1 + square, is_letter) {
            self.letter(1 + square);
        } else {
            self.letter(0);
        }
    }

    /// Whether Σ or Π sums up what follows, rather than being a matrix.
    fn starts_sum(&self) -> bool {
        let next = self.chars[self.at + 1..].iter().map(|(_, c)| *c).find(|c| !c.is_whitespace());
        next.is_some_and(|c| {
            is_letter(c) || c.is_ascii_digit() || subscript(c).is_some() || "([‖|√½_∇∂".contains(c)
        })
    }

    /// Letters of Latin script: a function, a word, or a product of symbols.
    fn latin(&mut self) {
        let mut length = self.run(0, is_latin);
        let script = |c| is_mark(c) || superscript(c).is_some() || subscript(c).is_some() || c == '′';
        let marked = self.is(length, is_mark);
        let product = self.is(length, script) || self.touching() == Some(&Kind::Number);
        let word = self.slice(0, length);
        if length > 1 && is_function(word) && !marked {
            self.push(Kind::Function, length);
        } else if length == 2 && is_short_word(word) && !product {
            self.push(Kind::Word, length);
        } else if length > 2 && self.is(length, |c| matches!(c, '(' | '_')) {
            self.push(Kind::Function, length);
        } else if length > 2 && !product {
            while self.is(length, |c| matches!(c, '-' | '\'' | '’')) && self.is(length + 1, is_latin) {
                length += 1 + self.run(length + 1, is_latin);
            }
            self.push(Kind::Word, length);
        } else {
            for _ in 0..length {
                self.letter(0);
            }
        }
    }

    fn sign(&mut self, c: char) {
        let pair = |second: char| self.is(1, |c| c == second);
        let (kind, length) = match c {
            '<' if pair('=') => (Kind::Op('≤'), 2),
            '>' if pair('=') => (Kind::Op('≥'), 2),
            '!' if pair('=') => (Kind::Op('≠'), 2),
            '-' if pair('>') => (Kind::Op('→'), 2),
            '|' if pair('|') && !self.in_bars => (Kind::Bar('‖', Family::Norm), 2),
            '*' if self.touches_symbol()
                && !self.is(1, |c| is_letter(c) || c.is_ascii_digit() || c == '(') =>
            {
                (Kind::Prime, 1)
            }
            '′' | '″' | '‴' | '\'' if self.touches_symbol() => (Kind::Prime, 1),
            '∞' if self.touches_symbol() => (Kind::Sub("∞".to_owned()), 1),
            '-' => (Kind::Op('−'), 1),
            '*' => (Kind::Op('·'), 1),
            '~' => (Kind::Op('∼'), 1),
            '∞' | '∅' | '⊤' => (Kind::Constant(c), 1),
            '∑' | '∏' | '∫' => (Kind::Big(c), 1),
            '(' | '[' | '{' => (Kind::Open(c, Family::Round), 1),
            ')' | ']' | '}' => (Kind::Close(c, Family::Round), 1),
            '⌊' | '⌈' => (Kind::Open(c, Family::Whole), 1),
            '⌋' | '⌉' => (Kind::Close(c, Family::Whole), 1),
            '⟨' => (Kind::Open(c, Family::Angle), 1),
            '⟩' => (Kind::Close(c, Family::Angle), 1),
            '|' => (Kind::Bar(c, Family::Bar), 1),
            '‖' => (Kind::Bar(c, Family::Norm), 1),
            '√' => (Kind::Root, 1),
            '/' => (Kind::Slash, 1),
            '^' => (Kind::Caret, 1),
            '_' => self.under(),
            _ if is_operator(c) => (Kind::Op(c), 1),
            _ => (Kind::Other, 1 + self.run(1, is_mark)),
        };
        self.in_bars ^= matches!(kind, Kind::Bar(_, Family::Bar));
        self.push(kind, length);
    }

    /// A subscript after `_`: all letters and digits that follow, or what is in parentheses.
    fn under(&self) -> (Kind, usize) {
        match self.run(1, |c| is_letter(c) || c.is_ascii_digit() || c == '∞') {
            0 => (Kind::Under, 1),
            length => (Kind::Sub(self.slice(1, 1 + length).to_owned()), 1 + length),
        }
    }
}

/// Tells words from formulas where only the neighbours can say: "into a cycle", "the mean of all".
fn settle_prose(text: &str, tokens: &mut [Token]) {
    for i in 0..tokens.len() {
        let is_word = |j: usize| tokens.get(j).is_some_and(|t| t.kind == Kind::Word);
        let (before, after) = (i > 0 && is_word(i - 1), is_word(i + 1));
        let prose = match &tokens[i].kind {
            Kind::Letter { .. } => before && after && &text[tokens[i].start..tokens[i].end] == "a",
            Kind::Function => {
                let acts = tokens.get(i + 1).is_some_and(|t| {
                    !t.space && matches!(t.kind, Kind::Open(..) | Kind::Sub(_) | Kind::Sup(_) | Kind::Under)
                });
                !acts && (before || after)
            }
            _ => false,
        };
        if prose {
            tokens[i].kind = Kind::Word;
        }
    }
}
