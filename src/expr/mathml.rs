//! The function as a formula: fractions, powers, roots and cases, made of the same parts as the formulas of the descriptions.
//!
//! Only names that are known get into it, and what is written of a parameter is escaped like any text.

use super::Expr;
use super::functions::{self, Binary, Function, Unary};
use super::parser::Part;
use crate::formula::{Node, Symbol, mathml};
use crate::param;

/// Fractions inside one another; what is deeper gets a slash.
const DEEPEST_FRACTION: usize = 4;

/// How strongly parts hold together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hold {
    Cases,
    Comparison,
    Sum,
    Product,
    Power,
    Whole,
}

/// A part of the formula on its way up.
struct Piece {
    items: Vec<Node>,
    hold: Hold,
    /// How many fractions are inside one another.
    fractions: usize,
}

impl Expr {
    /// The function as MathML, without a left side.
    #[must_use]
    pub fn mathml(&self) -> String {
        mathml(&self.formula())
    }

    /// The function as a formula.
    #[must_use]
    pub fn formula(&self) -> Node {
        let mut stack: Vec<Piece> = Vec::new();
        for part in &self.parts {
            let mut pop = || stack.pop().unwrap_or_else(|| Piece::whole(Node::Row(Vec::new())));
            let piece = match *part {
                Part::X => Piece::whole(symbol("x")),
                Part::Y => Piece::whole(symbol("y")),
                Part::Pi => Piece::whole(name("π")),
                Part::E => Piece::whole(name("e")),
                Part::Number(value) => number(value),
                Part::Param(index) => Piece::whole(symbol(self.params.get(index).map_or("", String::as_str))),
                Part::Unary(function) => unary(function, pop()),
                Part::Binary(function) => {
                    let (b, a) = (pop(), pop());
                    binary(function, a, b)
                }
                Part::If => {
                    let (c, b, a) = (pop(), pop(), pop());
                    choice(a, b, c)
                }
            };
            stack.push(piece);
        }
        stack.pop().map_or_else(|| Node::Row(Vec::new()), |piece| Node::row(piece.items))
    }
}

impl Piece {
    fn whole(node: Node) -> Self {
        Self { items: vec![node], hold: Hold::Whole, fractions: 0 }
    }

    fn node(self) -> Node {
        Node::row(self.items)
    }

    fn fenced(self, open: char, close: char) -> Self {
        let fractions = self.fractions;
        Self { fractions, ..Self::whole(Node::Fence { open, body: Box::new(self.node()), close }) }
    }

    /// In parentheses if it would fall apart.
    fn at_least(self, hold: Hold) -> Self {
        if self.hold < hold { self.fenced('(', ')') } else { self }
    }

    /// The same where it must not begin with a sign.
    fn unsigned(self, hold: Hold) -> Self {
        let signed = matches!(self.items.first(), Some(Node::Op { prefix: true, .. }));
        self.at_least(if signed { Hold::Whole } else { hold })
    }

    fn followed(mut self, after: Self) -> Self {
        self.items.extend(after.items);
        self.fractions = self.fractions.max(after.fractions);
        self
    }

    fn then(mut self, between: Node, after: Self, hold: Hold) -> Self {
        self.items.push(between);
        Self { hold, ..self.followed(after) }
    }
}

fn name(text: &str) -> Node {
    Node::Name(text.to_owned())
}

/// A variable or a parameter; digits and what is after `_` are its subscript.
fn symbol(text: &str) -> Node {
    let letters = text.find(|c: char| c == '_' || c.is_ascii_digit()).unwrap_or(text.len());
    let (letter, rest) = text.split_at(letters);
    let sub = rest.trim_start_matches('_').to_owned();
    let sub = (!sub.is_empty()).then(|| {
        let digits = sub.chars().all(|c| c.is_ascii_digit());
        Box::new(if digits { Node::Number(sub) } else { Node::Name(sub) })
    });
    Node::Symbol(Symbol {
        name: text.to_owned(),
        prefix: String::new(),
        letter: letter.to_owned(),
        accent: None,
        sub,
        primes: String::new(),
    })
}

fn number(value: f64) -> Piece {
    let text = param::number(value);
    let hold = if text.contains('e') { Hold::Product } else { Hold::Whole };
    Piece { hold, ..Piece::whole(Node::Number(text)) }
}

fn applied(function: Node, argument: Piece) -> Piece {
    let fractions = argument.fractions;
    let argument = Box::new(argument.fenced('(', ')').node());
    Piece { fractions, ..Piece::whole(Node::Apply(Box::new(function), argument)) }
}

fn unary(function: Unary, a: Piece) -> Piece {
    let fractions = a.fractions;
    let piece = match function {
        Unary::Neg => {
            let minus = Node::Op { sign: '−', prefix: true };
            let a = a.unsigned(Hold::Product);
            return Piece { items: vec![], hold: Hold::Product, fractions }.then(minus, a, Hold::Product);
        }
        Unary::Exp => {
            Piece { hold: Hold::Power, ..Piece::whole(Node::Sup(Box::new(name("e")), Box::new(a.node()))) }
        }
        Unary::Sqrt => Piece::whole(Node::Sqrt(Box::new(a.node()))),
        Unary::Cbrt => Piece::whole(Node::Root(Box::new(a.node()), Box::new(Node::Number("3".to_owned())))),
        Unary::Abs => a.fenced('|', '|'),
        Unary::Floor => a.fenced('⌊', '⌋'),
        Unary::Log10 => {
            let base = Box::new(Node::Number("10".to_owned()));
            applied(Node::Sub(Box::new(name("log")), base), a)
        }
        Unary::Asin => applied(name("arcsin"), a),
        Unary::Acos => applied(name("arccos"), a),
        Unary::Atan => applied(name("arctan"), a),
        other => applied(name(functions::name(Function::One(other))), a),
    };
    Piece { fractions, ..piece }
}

fn binary(function: Binary, a: Piece, b: Piece) -> Piece {
    let relation = |sign| (Node::infix(sign), Hold::Comparison);
    let (sign, hold) = match function {
        Binary::Add => {
            return a.at_least(Hold::Sum).then(Node::infix('+'), b.unsigned(Hold::Product), Hold::Sum);
        }
        Binary::Sub => {
            return a.at_least(Hold::Sum).then(Node::infix('−'), b.unsigned(Hold::Product), Hold::Sum);
        }
        Binary::Mul => return product(a.at_least(Hold::Product), b.unsigned(Hold::Product)),
        Binary::Div => return quotient(a, b),
        Binary::Pow => {
            let fractions = a.fractions.max(b.fractions);
            let power = Node::Sup(Box::new(a.at_least(Hold::Whole).node()), Box::new(b.node()));
            return Piece { items: vec![power], hold: Hold::Power, fractions };
        }
        Binary::Atan2 | Binary::Min | Binary::Max => {
            let name = name(functions::name(Function::Two(function)));
            return applied(name, a.then(Node::infix(','), b, Hold::Comparison));
        }
        Binary::Less => relation('<'),
        Binary::LessEqual => relation('≤'),
        Binary::Greater => relation('>'),
        Binary::GreaterEqual => relation('≥'),
        Binary::Equal => relation('='),
        Binary::NotEqual => relation('≠'),
    };
    a.at_least(Hold::Sum).then(sign, b.at_least(Hold::Sum), hold)
}

/// Side by side where both can be told apart.
fn product(a: Piece, b: Piece) -> Piece {
    let word = |node: Option<&Node>| matches!(node, Some(Node::Symbol(s)) if s.letter.chars().count() > 1);
    let dot = begins_with_number(b.items.first()) || word(a.items.last()) || word(b.items.first());
    a.then(if dot { Node::infix('·') } else { Node::Times }, b, Hold::Product)
}

fn begins_with_number(node: Option<&Node>) -> bool {
    match node {
        Some(Node::Number(_)) => true,
        Some(Node::Sup(base, _)) => begins_with_number(Some(base)),
        _ => false,
    }
}

/// A fraction. Of a product with fractions only the last factor goes above, as one writes them from left to right.
fn quotient(mut a: Piece, b: Piece) -> Piece {
    let fractions = 1 + a.fractions.max(b.fractions);
    if fractions > DEEPEST_FRACTION {
        return a.at_least(Hold::Product).then(Node::infix('/'), b.unsigned(Hold::Power), Hold::Product);
    }
    // The sign of what is above stands before the fraction.
    if matches!(a.items.first(), Some(Node::Op { prefix: true, .. })) && a.hold == Hold::Product {
        let minus = a.items.remove(0);
        let rest = quotient(a, b);
        return Piece { items: vec![minus], hold: Hold::Product, fractions }.followed(rest);
    }
    let many =
        a.items.iter().filter(|node| matches!(node, Node::Times | Node::Op { prefix: false, .. })).count();
    let has_fraction = a.items.iter().any(|node| matches!(node, Node::Frac(..)));
    if a.hold == Hold::Product
        && many > 0
        && has_fraction
        && let Some(last) = a.items.pop()
    {
        a.items.push(Node::Frac(Box::new(last), Box::new(b.node())));
        return Piece { fractions, ..a };
    }
    // A fraction is no base of a power without parentheses.
    Piece { items: vec![Node::Frac(Box::new(a.node()), Box::new(b.node()))], hold: Hold::Power, fractions }
}

/// Cases; those of the last one go on from these.
fn choice(condition: Piece, then: Piece, otherwise: Piece) -> Piece {
    let fractions = condition.fractions.max(then.fractions).max(otherwise.fractions);
    let condition = if condition.hold == Hold::Comparison {
        condition
    } else {
        condition.at_least(Hold::Sum).then(
            Node::infix('≠'),
            Piece::whole(Node::Number("0".to_owned())),
            Hold::Comparison,
        )
    };
    let when = Node::Row([vec![Node::Text("if\u{a0}".to_owned())], condition.items].concat());
    let mut lines = vec![[Node::row(then.items), when]];
    match (otherwise.hold, otherwise.items.as_slice()) {
        (Hold::Cases, [Node::Cases(more)]) => lines.extend(more.iter().cloned()),
        _ => lines.push([Node::row(otherwise.items), Node::Text("otherwise".to_owned())]),
    }
    Piece { items: vec![Node::Cases(lines)], hold: Hold::Cases, fractions }
}
