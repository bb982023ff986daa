//! Graphs as Python expressions, in the words of NumPy, PyTorch or JAX.

use super::Flavour;
use super::calls::{called, plain};
use super::graph::{Graph, Id, Node};
use crate::expr::hold::{Hold, Piece, infix};
use crate::expr::{Binary, Unary};
use crate::param;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// A number as Python writes it.
pub fn number(value: f64) -> String {
    if value.is_nan() {
        return "math.nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "math.inf" } else { "-math.inf" }.to_owned();
    }
    param::number(value)
}

/// The same as a float, also where it is whole.
pub fn float(value: f64) -> String {
    let text = number(value);
    if text.bytes().all(|b| b.is_ascii_digit() || b == b'-') { text + ".0" } else { text }
}

/// Writes nodes of a graph.
pub struct Printer<'a> {
    pub graph: &'a Graph,
    pub flavour: Flavour,
    /// What the parameters are called.
    pub names: &'a [String],
    /// The functions that the script must bring with it.
    pub helpers: BTreeSet<&'static str>,
    /// Nodes that have a name.
    named: BTreeMap<Id, String>,
}

impl<'a> Printer<'a> {
    pub fn new(graph: &'a Graph, flavour: Flavour, names: &'a [String]) -> Self {
        Self { graph, flavour, names, helpers: BTreeSet::new(), named: BTreeMap::new() }
    }

    /// A node as one expression.
    pub fn expression(&mut self, id: Id) -> String {
        self.piece(id).text
    }

    /// Nodes as expressions, after lines that name what they share.
    pub fn block(&mut self, roots: &[Id]) -> (Vec<String>, Vec<String>) {
        let uses = self.graph.uses(roots);
        let mut lines = Vec::new();
        let last = roots.iter().copied().max().unwrap_or(0);
        for id in (0..=last).filter(|id| uses.get(*id).is_some_and(|n| *n > 1)) {
            if self.is_worth_a_name(id) {
                let text = self.expression(id);
                let name = self.fresh();
                lines.push(format!("{name} = {text}"));
                self.named.insert(id, name);
            }
        }
        (lines, roots.iter().map(|id| self.expression(*id)).collect())
    }

    /// A name that nothing has yet.
    fn fresh(&self) -> String {
        let mut i = self.named.len() + 1;
        loop {
            let name = format!("u{i}");
            if !self.names.contains(&name) && !self.named.values().any(|n| *n == name) {
                return name;
            }
            i += 1;
        }
    }

    fn is_leaf(&self, id: Id) -> bool {
        self.named.contains_key(&id) || self.graph.node(id).operands().iter().all(Option::is_none)
    }

    /// Whether a node is longer than its name is useful: functions, and operations on operations.
    fn is_worth_a_name(&self, id: Id) -> bool {
        match self.graph.node(id) {
            Node::Unary(Unary::Neg, a) => !self.is_leaf(a),
            Node::Unary(..) | Node::If(..) => true,
            node => {
                let mut operands = node.operands().into_iter().flatten();
                let is_leaf = operands.all(|o| self.is_leaf(o));
                let is_comparison = matches!(node, Node::Binary(f, ..) if f.is_comparison());
                !is_leaf && !is_comparison && !self.is_leaf(id)
            }
        }
    }

    fn piece(&mut self, id: Id) -> Piece {
        if let Some(name) = self.named.get(&id) {
            return Piece::whole(name.clone());
        }
        // Python's own numbers stop with an error where a float would be infinite.
        let huge = |v: f64| !v.is_finite() || v.abs() > 1e15;
        if let Some(value) = self.graph.fixed(id).filter(|v| huge(*v)) {
            return signed(number(value));
        }
        match self.graph.node(id) {
            Node::X => Piece::whole("x"),
            Node::Y => Piece::whole("y"),
            Node::Pi => Piece::whole("math.pi"),
            Node::E => Piece::whole("math.e"),
            Node::Number(bits) => signed(number(f64::from_bits(bits))),
            Node::Param(i) => Piece::whole(self.names.get(i).map_or("math.nan", String::as_str)),
            Node::Unary(f, a) => self.unary(f, a, id),
            Node::Binary(f, a, b) => self.binary(f, a, b),
            Node::If(a, b, c) => self.choice(a, b, c),
        }
    }

    fn unary(&mut self, f: Unary, a: Id, id: Id) -> Piece {
        if f == Unary::Neg {
            let text = format!("-{}", self.piece(a).at_least(Hold::Signed));
            return Piece { text, hold: Hold::Signed };
        }
        if let Some(value) = self.graph.fixed(id) {
            // NumPy's functions would do; those of the others take no plain numbers.
            return if let Some(name) = plain(f) {
                Piece::whole(format!("{name}({})", self.piece(a).text))
            } else {
                signed(number(value))
            };
        }
        let inside = self.piece(a);
        if f == Unary::Gauss {
            let exp = self.function(Unary::Exp);
            return Piece::whole(format!("{exp}(-({})**2)", inside.text));
        }
        let name = self.function(f);
        Piece::whole(format!("{name}({})", inside.text))
    }

    /// The name of a function; notes it if the script must bring it.
    fn function(&mut self, f: Unary) -> String {
        let (name, own) = called(f, self.flavour);
        if own {
            self.helpers.insert(name);
            return name.to_owned();
        }
        let module = match self.flavour {
            Flavour::Numpy => "np",
            Flavour::Pytorch => "torch",
            Flavour::Optax => "jnp",
        };
        if name.contains('.') { name.to_owned() } else { format!("{module}.{name}") }
    }

    fn binary(&mut self, f: Binary, a: Id, b: Id) -> Piece {
        let (left, right) = (self.piece(a), self.piece(b));
        match f {
            Binary::Add => infix(left, " + ", right, (Hold::Sum, Hold::Sum, Hold::Sum)),
            Binary::Sub => infix(left, " - ", right, (Hold::Sum, Hold::Sum, Hold::Product)),
            Binary::Mul => {
                // a (b c) as a b c; a (b / c) keeps its parentheses.
                let is_product =
                    matches!(self.graph.node(b), Node::Binary(Binary::Mul, ..)) && !right.text.contains('/');
                let least = if is_product { Hold::Product } else { Hold::Signed };
                infix(left, " * ", right, (Hold::Product, Hold::Product, least))
            }
            Binary::Div => infix(left, " / ", right, (Hold::Product, Hold::Product, Hold::Signed)),
            Binary::Pow => infix(left, "**", right, (Hold::Power, Hold::Whole, Hold::Signed)),
            Binary::Atan2 => self.atan2(left, right),
            Binary::Min | Binary::Max => self.extreme(f, &left, &right),
            _ => {
                // A comparison counts as 1 or 0.
                let condition = infix(left, sign(f), right, (Hold::Comparison, Hold::Sum, Hold::Sum));
                Piece { text: format!("1.0 * ({})", condition.text), hold: Hold::Product }
            }
        }
    }

    fn atan2(&self, y: Piece, x: Piece) -> Piece {
        let (y, x) = (y.text, x.text);
        Piece::whole(match self.flavour {
            Flavour::Numpy => format!("np.arctan2({y}, {x})"),
            Flavour::Pytorch => format!("torch.atan2(0 * x + {y}, 0 * x + {x})"),
            Flavour::Optax => format!("jnp.arctan2({y}, {x})"),
        })
    }

    /// The first where both are equal, and its derivative.
    fn extreme(&self, f: Binary, a: &Piece, b: &Piece) -> Piece {
        let (word, sign) = if f == Binary::Min { ("min", "<") } else { ("max", ">") };
        match self.flavour {
            Flavour::Optax => {
                let (left, right) = (b.clone().at_least(Hold::Sum), a.clone().at_least(Hold::Sum));
                Piece::whole(format!("jnp.where({left} {sign} {right}, {}, {})", b.text, a.text))
            }
            _ => Piece::whole(format!("{word}({}, {})", a.text, b.text)),
        }
    }

    fn condition(&mut self, id: Id) -> String {
        match self.graph.node(id) {
            Node::Binary(f, a, b) if f.is_comparison() && !self.named.contains_key(&id) => {
                let (left, right) = (self.piece(a), self.piece(b));
                infix(left, sign(f), right, (Hold::Comparison, Hold::Sum, Hold::Sum)).text
            }
            _ => format!("{} != 0", self.piece(id).at_least(Hold::Sum)),
        }
    }

    fn choice(&mut self, condition: Id, then: Id, otherwise: Id) -> Piece {
        let condition = self.condition(condition);
        let (then, otherwise) = (self.piece(then), self.piece(otherwise));
        if self.flavour == Flavour::Optax {
            // Not jnp.where, which differentiates both branches wherever they are.
            let [then, otherwise] = [then, otherwise].map(|p| p.at_least(Hold::Product));
            let branches = format!("lambda: 0.0 * x + {then}, lambda: 0.0 * x + {otherwise}");
            return Piece::whole(format!("jax.lax.cond({condition}, {branches})"));
        }
        let [then, otherwise] = [then, otherwise].map(|p| p.at_least(Hold::Comparison));
        Piece { text: format!("{then} if {condition} else {otherwise}"), hold: Hold::Choice }
    }
}

/// A number, which may have a sign.
fn signed(text: String) -> Piece {
    let hold = if text.starts_with('-') { Hold::Signed } else { Hold::Whole };
    Piece { text, hold }
}

const fn sign(f: Binary) -> &'static str {
    match f {
        Binary::Less => " < ",
        Binary::LessEqual => " <= ",
        Binary::Greater => " > ",
        Binary::GreaterEqual => " >= ",
        Binary::NotEqual => " != ",
        _ => " == ",
    }
}

/// Lines that return an expression: in one where it fits, else a line for each of its terms.
pub fn returned(expression: &str) -> String {
    const WIDTH: usize = 110;
    let mut text = String::new();
    if expression.len() <= WIDTH {
        let _ = writeln!(text, "    return {expression}");
        return text;
    }
    text.push_str("    return (\n");
    for line in terms(expression) {
        let _ = writeln!(text, "        {line}");
    }
    text.push_str("    )\n");
    text
}

/// Cut before the signs that stand in no parentheses.
fn terms(expression: &str) -> Vec<&str> {
    let mut depth = 0;
    let mut cuts = vec![0];
    for (i, c) in expression.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '+' | '-'
                if depth == 0
                    && i > 0
                    && expression[..i].ends_with(' ')
                    && expression[i + 1..].starts_with(' ') =>
            {
                cuts.push(i);
            }
            _ => {}
        }
    }
    cuts.push(expression.len());
    cuts.windows(2).map(|w| expression[w[0]..w[1]].trim_end()).collect()
}
