//! Formulas with this step's numbers in place of the symbols.

use super::glyphs::{is_mark, without_accent};
use super::walk::typeset;
use super::{Node, Symbol, parse, visit};
use crate::param::readable;

/// What a symbol stands for at a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A column of numbers.
    Vector(Vec<f64>),
}

type Values<'a> = &'a dyn Fn(&str) -> Option<Value>;

/// The line with numbers in place of symbols: left of ← (or of = after a single symbol) what the symbol becomes, right
/// of it what it was. What has no value stays.
#[must_use]
pub fn numbers(node: &Node, before: Values<'_>, after: Values<'_>) -> Node {
    Rule::new(&[node], before, after).line(node)
}

/// The lines of a rule, each in symbols and with numbers. A symbol that an earlier line assigns has its new value in
/// later ones, and so has m̂ after a line for m. Between two assignments of one symbol its value is not known.
#[must_use]
pub fn worked(rule: &[&str], before: Values<'_>, after: Values<'_>) -> Vec<(Node, Node)> {
    let lines: Vec<Node> = rule.iter().map(|line| parse(line)).collect();
    let mut state = Rule::new(&lines.iter().collect::<Vec<_>>(), before, after);
    let numbers: Vec<Node> = lines.iter().map(|line| state.line(line)).collect();
    lines.into_iter().zip(numbers).collect()
}

/// The names that the lines of a rule assign, each once.
#[must_use]
pub fn assigned_names(rule: &[&str]) -> Vec<String> {
    let lines: Vec<Node> = rule.iter().map(|line| parse(line)).collect();
    let none = |_: &str| None;
    let state = Rule::new(&lines.iter().collect::<Vec<_>>(), &none, &none);
    state.targets.into_iter().map(|target| target.name).collect()
}

/// A symbol that is assigned: how often in the whole rule, and how often so far.
struct Target {
    name: String,
    times: usize,
    done: usize,
}

struct Rule<'a> {
    before: Values<'a>,
    after: Values<'a>,
    targets: Vec<Target>,
}

impl<'a> Rule<'a> {
    fn new(lines: &[&Node], before: Values<'a>, after: Values<'a>) -> Self {
        let mut targets: Vec<Target> = Vec::new();
        for line in lines {
            for (left, _) in clauses(line.items()) {
                assigned(left, &mut |name| match targets.iter_mut().find(|t| t.name == name) {
                    Some(target) => target.times += 1,
                    None => targets.push(Target { name: name.to_owned(), times: 1, done: 0 }),
                });
            }
        }
        Self { before, after, targets }
    }

    fn line(&mut self, node: &Node) -> Node {
        let mut out = Vec::new();
        for (left, right) in clauses(node.items()) {
            let new = |symbol: &Symbol| {
                let target = self.target(&symbol.name)?;
                if target.done + 1 == target.times { (self.after)(&symbol.name) } else { None }
            };
            row(left, &mut out, &new);
            row(right, &mut out, &|symbol| self.old(symbol));
            assigned(left, &mut |name| {
                if let Some(target) = self.targets.iter_mut().find(|t| t.name == name) {
                    target.done += 1;
                }
            });
        }
        Node::row(out)
    }

    fn target(&self, name: &str) -> Option<&Target> {
        self.targets.iter().find(|t| t.name == name)
    }

    /// The value on a right side.
    fn old(&self, symbol: &Symbol) -> Option<Value> {
        let name = &symbol.name;
        let target = self.target(name).or_else(|| self.target(&symbol.accent.map(|_| bare(name))?));
        match target {
            Some(target) if target.done == target.times => (self.after)(name),
            Some(target) if target.done > 0 => None,
            _ => (self.before)(name),
        }
    }
}

/// The name without what is above the letter.
#[must_use]
pub fn bare(name: &str) -> String {
    let letters = name.chars().filter(|c| !is_mark(*c));
    letters.map(|c| without_accent(c).map_or(c, |(letter, _)| letter)).collect()
}

/// The parts between commas: what is assigned, with the arrow, and the rest.
fn clauses(items: &[Node]) -> Vec<(&[Node], &[Node])> {
    let comma = |node: &Node| matches!(node, Node::Op { sign: ',' | ';', .. });
    let is = |wanted: char| move |node: &Node| matches!(node, Node::Op { sign, .. } if *sign == wanted);
    let split = |clause| {
        let items: &[Node] = clause;
        let defines = |at: &usize| *at == 1 && matches!(items[0], Node::Symbol(_) | Node::Fence { .. });
        let arrow = items.iter().position(is('←')).or_else(|| items.iter().position(is('=')).filter(defines));
        items.split_at(arrow.map_or(0, |at| at + 1))
    };
    items.split_inclusive(comma).map(split).collect()
}

/// Shows the names on a left side, each once.
fn assigned(left: &[Node], show: &mut dyn FnMut(&str)) {
    let mut seen: Vec<&str> = Vec::new();
    for node in left {
        visit(node, &mut |symbol| {
            if !seen.contains(&symbol.name.as_str()) {
                seen.push(&symbol.name);
            }
        });
    }
    seen.into_iter().for_each(show);
}

type Lookup<'a> = &'a dyn Fn(&Symbol) -> Option<Value>;

/// Puts numbers into parts side by side, with parentheses and dots where a reader needs them.
fn row(items: &[Node], out: &mut Vec<Node>, lookup: Lookup<'_>) {
    for item in items {
        let mut new = replaced(item, lookup);
        if is_negative(&new) && !may_be_negative_after(out.last()) {
            new = parenthesized(new);
        }
        if let Some(times @ Node::Times) = out.last_mut()
            && starts_with_number(&new)
        {
            *times = Node::infix('·');
        }
        out.push(new);
    }
}

fn replaced(node: &Node, lookup: Lookup<'_>) -> Node {
    let inner = |node: &Node| Box::new(replaced(node, lookup));
    match node {
        Node::Symbol(symbol) => {
            lookup(symbol).and_then(|v| shown(&symbol.name, &v)).unwrap_or_else(|| node.clone())
        }
        Node::Row(items) => {
            let mut out = Vec::new();
            row(items, &mut out, lookup);
            Node::Row(out)
        }
        Node::Fence { open, body, close } => Node::Fence { open: *open, body: inner(body), close: *close },
        Node::Frac(above, below) => Node::Frac(inner(above), inner(below)),
        Node::Sqrt(body) => Node::Sqrt(inner(body)),
        Node::Root(body, index) => Node::Root(inner(body), inner(index)),
        Node::Cases(lines) => {
            Node::Cases(lines.iter().map(|line| line.each_ref().map(|part| replaced(part, lookup))).collect())
        }
        Node::Sup(base, power) => {
            let base = replaced(base, lookup);
            let base = if is_plain(&base) { base } else { parenthesized(base) };
            Node::Sup(Box::new(base), inner(power))
        }
        Node::Sub(base, sub) => Node::Sub(inner(base), sub.clone()),
        Node::Apply(name, argument) => {
            // The gradient at a point is one value, not a value and a point.
            if let Node::Symbol(symbol) = &**name
                && let Some(value) = lookup(symbol).and_then(|v| shown(&symbol.name, &v))
            {
                return value;
            }
            let mut new = replaced(argument, lookup);
            let first = match &mut new {
                Node::Row(items) => items.first_mut(),
                one => Some(one),
            };
            if let Some(first) = first.filter(|n| is_negative(n)) {
                *first = parenthesized(first.clone());
            }
            Node::Apply(name.clone(), Box::new(new))
        }
        _ => node.clone(),
    }
}

/// A value in a symbol's place; nothing for an empty column.
fn shown(symbol: &str, value: &Value) -> Option<Node> {
    /// How many entries of a longer column are shown.
    const FIRST: usize = 2;
    let all = match value {
        Value::Number(number) => std::slice::from_ref(number),
        Value::Vector(entries) => entries,
    };
    let cells: Vec<_> = all.iter().take(FIRST).map(|v| printed(*v)).collect();
    (!cells.is_empty()).then(|| Node::Value { symbol: symbol.to_owned(), cells, more: all.len() > FIRST })
}

fn printed(v: f64) -> String {
    if v.is_nan() {
        "–".to_owned()
    } else if v.is_infinite() {
        if v > 0.0 { "∞" } else { "−∞" }.to_owned()
    } else {
        typeset(&readable(v))
    }
}

/// The text of a value that is a single number.
fn single(node: &Node) -> Option<&str> {
    match node {
        Node::Value { cells, more: false, .. } if cells.len() == 1 => Some(&cells[0]),
        _ => None,
    }
}

fn is_negative(node: &Node) -> bool {
    single(node).is_some_and(|text| text.starts_with('−'))
}

/// Whether a power can stand at it as it is.
fn is_plain(node: &Node) -> bool {
    single(node).is_none_or(|text| text.chars().all(|c| c.is_ascii_digit() || c == '.'))
}

/// Whether a minus sign may follow without a doubt.
fn may_be_negative_after(last: Option<&Node>) -> bool {
    match last {
        None | Some(Node::Text(_)) => true,
        Some(Node::Op { sign, .. }) => "←→=≤≥<>≠≈≡∝≔↦⇒∈∉∼,;:".contains(*sign),
        _ => false,
    }
}

fn parenthesized(node: Node) -> Node {
    Node::Fence { open: '(', body: Box::new(node), close: ')' }
}

/// Whether a number before it would run into it.
fn starts_with_number(node: &Node) -> bool {
    match node {
        Node::Value { .. } | Node::Number(_) | Node::Frac(..) => true,
        Node::Sup(base, _) | Node::Sub(base, _) => starts_with_number(base),
        Node::Fence { body, .. } => matches!(**body, Node::Value { .. }),
        _ => false,
    }
}
