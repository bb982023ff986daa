//! The formulas of the descriptions, as trees: "θ ← θ − η m̂/(√v̂ + ε)" as people type it on one line becomes MathML,
//! in symbols or with numbers in their place.
//!
//! The notation: a symbol is one letter with its marks, primes and subscripts (β₁, m̂, k′, `x_(k+1)`, ∇f); things side
//! by side are multiplied; of a product only the factor beside the slash goes into the fraction, and its parentheses
//! go; √ takes one factor; a function without parentheses takes the product after it; f, g and ∇f with parentheses
//! directly after them are functions too. Words are words.
//!
//! Reading never fails: what is no formula becomes text, and what is nested too deep stays flat.

mod atom;
mod glyphs;
mod lex;
mod parse;
mod substitute;
mod walk;

pub use parse::parse;
pub use substitute::{Value, assigned_names, bare, numbers, worked};
pub use walk::{Build, mathml, walk};

/// A part of a formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Parts side by side.
    Row(Vec<Node>),
    /// A letter that stands for something.
    Symbol(Symbol),
    /// A number as it was typed.
    Number(String),
    /// What a symbol stands for, in its place.
    Value {
        /// The name of the symbol.
        symbol: String,
        /// The number, or the entries of the column.
        cells: Vec<String>,
        /// Whether there are more entries than are shown.
        more: bool,
    },
    /// An upright name: of a function, or ∞.
    Name(String),
    /// Words, or what could not be read.
    Text(String),
    /// An operator, a relation, a comma.
    Op {
        /// The character.
        sign: char,
        /// Whether it has nothing on its left, as in −x.
        prefix: bool,
    },
    /// Multiplication without a sign.
    Times,
    /// ∑ or ∏.
    Big(char),
    /// Something between brackets or bars.
    Fence {
        /// The left one.
        open: char,
        /// What is between.
        body: Box<Node>,
        /// The right one.
        close: char,
    },
    /// A fraction.
    Frac(Box<Node>, Box<Node>),
    /// A square root.
    Sqrt(Box<Node>),
    /// A root and its index.
    Root(Box<Node>, Box<Node>),
    /// Lines after a brace: what holds, and when.
    Cases(Vec<[Node; 2]>),
    /// A power.
    Sup(Box<Node>, Box<Node>),
    /// A subscript of something that is no symbol.
    Sub(Box<Node>, Box<Node>),
    /// A function and what it acts on.
    Apply(Box<Node>, Box<Node>),
}

/// A letter with all that belongs to its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Symbol {
    /// The whole name as it was typed, without spaces: "β₁", "m̂", "x_(k+1)".
    pub name: String,
    /// ∇, ∂ or Δ before the letter, or nothing.
    pub prefix: String,
    /// The letter.
    pub letter: String,
    /// What is above the letter.
    pub accent: Option<char>,
    /// The subscript.
    pub sub: Option<Box<Node>>,
    /// Primes and stars.
    pub primes: String,
}

/// The names of the symbols, each once, in order of appearance. Subscripts belong to names and are not looked into.
pub fn symbols(node: &Node) -> impl Iterator<Item = &str> {
    let mut found: Vec<&str> = Vec::new();
    visit(node, &mut |symbol| {
        if !found.contains(&symbol.name.as_str()) {
            found.push(&symbol.name);
        }
    });
    found.into_iter()
}

/// Shows every symbol, from left to right.
fn visit<'a>(node: &'a Node, show: &mut dyn FnMut(&'a Symbol)) {
    match node {
        Node::Symbol(symbol) => show(symbol),
        Node::Row(items) => items.iter().for_each(|item| visit(item, show)),
        Node::Fence { body: a, .. } | Node::Sqrt(a) | Node::Sub(a, _) => visit(a, show),
        Node::Frac(a, b) | Node::Root(a, b) | Node::Sup(a, b) | Node::Apply(a, b) => {
            visit(a, show);
            visit(b, show);
        }
        Node::Cases(lines) => lines.iter().flatten().for_each(|part| visit(part, show)),
        Node::Number(_)
        | Node::Value { .. }
        | Node::Name(_)
        | Node::Text(_)
        | Node::Op { .. }
        | Node::Times
        | Node::Big(_) => {}
    }
}

impl Node {
    /// An infix operator.
    pub(crate) const fn infix(sign: char) -> Self {
        Self::Op { sign, prefix: false }
    }

    /// Parts side by side; a single one stands for itself.
    pub(crate) fn row(mut items: Vec<Self>) -> Self {
        match items.pop() {
            Some(only) if items.is_empty() => only,
            last => {
                items.extend(last);
                Self::Row(items)
            }
        }
    }

    /// The parts side by side.
    fn items(&self) -> &[Self] {
        match self {
            Self::Row(items) => items,
            one => std::slice::from_ref(one),
        }
    }
}
