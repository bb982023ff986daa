//! The things that formulas are made of: symbols, brackets, functions.

use super::glyphs::{Family, accent, without_accent};
use super::lex::{Kind, Token};
use super::parse::{DEEPEST, Parser, freed, read};
use super::{Node, Symbol};

impl Parser<'_> {
    pub(super) fn primary(&mut self, depth: usize) -> Node {
        let Some(token) = self.peek().cloned() else { return Node::Row(Vec::new()) };
        self.at += 1;
        match token.kind {
            Kind::Letter { prefix, letter } => {
                let acts = letter == "f" || (letter == "g" && prefix.is_empty()) || prefix.starts_with('∇');
                let symbol = self.symbol(token.start, prefix, &letter, depth);
                let called = self.peek().is_some_and(|t| !t.space && matches!(t.kind, Kind::Open(..)));
                if acts && called && depth < DEEPEST {
                    return Node::Apply(Box::new(symbol), Box::new(self.primary(depth + 1)));
                }
                symbol
            }
            Kind::Number => Node::Number(self.text[token.start..token.end].to_owned()),
            Kind::Ratio(n, d) => {
                Node::Frac(Box::new(Node::Number(n.to_owned())), Box::new(Node::Number(d.to_owned())))
            }
            Kind::Constant(c) => Node::Name(if c == '⊤' { 'T' } else { c }.to_string()),
            Kind::Function => {
                let name = self.text[token.start..token.end].to_owned();
                self.application(name, depth)
            }
            Kind::Big(sign) => Node::Big(sign),
            Kind::Open(sign, family) | Kind::Bar(sign, family) if depth < DEEPEST => {
                self.fence(sign, family, depth)
            }
            Kind::Root if depth < DEEPEST && self.starts_factor() => {
                Node::Sqrt(Box::new(freed(self.factor(depth + 1))))
            }
            _ => Node::Text(self.text[token.start..token.end].to_owned()),
        }
    }

    /// A letter and what belongs to its name.
    fn symbol(&mut self, start: usize, prefix: String, typed: &str, depth: usize) -> Node {
        let mut chars = typed.chars();
        let first = chars.next().unwrap_or(' ');
        let (letter, accent) = match (without_accent(first), chars.next(), chars.next()) {
            (Some((letter, accent)), None, None) => (letter.to_string(), Some(accent)),
            (None, Some(mark), None) if accent(mark).is_some() => (first.to_string(), accent(mark)),
            _ => (typed.to_owned(), None),
        };
        let (mut sub, mut primes) = (None, String::new());
        while let Some(token) = self.peek() {
            if token.space {
                break;
            } else if token.kind == Kind::Prime {
                let sign = &self.text[token.start..token.end];
                primes.push_str(if sign == "'" { "′" } else { sign });
                self.at += 1;
            } else if sub.is_some() {
                break;
            } else {
                sub = self.subscript(depth).map(Box::new);
                if sub.is_none() {
                    break;
                }
            }
        }
        let end = self.tokens.get(self.at - 1).map_or(start, |t| t.end);
        let name = self.text[start..end].chars().filter(|c| !c.is_whitespace()).collect();
        Node::Symbol(Symbol { name, prefix, letter, accent, sub, primes })
    }

    /// What stands between a bracket and the one that closes it. Without such a one it was only a sign.
    fn fence(&mut self, open: char, family: Family, depth: usize) -> Node {
        let outside = self.inside.replace(family);
        self.open[family as usize] += 1;
        let mut items = self.row(depth + 1);
        let close = self.peek().filter(|t| self.closes(&t.kind)).and_then(|t| self.slice(t).chars().next());
        self.inside = outside;
        self.open[family as usize] -= 1;
        if let Some(close) = close {
            self.at += 1;
            let close = if family == Family::Norm { '‖' } else { close };
            Node::Fence { open, body: Box::new(Node::row(items)), close }
        } else {
            items.insert(0, Node::infix(open));
            Node::Row(items)
        }
    }

    /// A function and what it acts on: parentheses, or the product that follows.
    fn application(&mut self, name: String, depth: usize) -> Node {
        let mut name = Node::Name(name);
        while let Some(token) = self.peek() {
            let kind = token.kind.clone();
            name = match (kind, &name) {
                (Kind::Sup(text), Node::Name(_) | Node::Sub(..)) => {
                    self.at += 1;
                    Node::Sup(Box::new(name), Box::new(read(&text, depth + 1)))
                }
                (_, Node::Name(_)) => match self.subscript(depth) {
                    Some(sub) => Node::Sub(Box::new(name), Box::new(sub)),
                    None => break,
                },
                _ => break,
            };
        }
        if depth >= DEEPEST || !self.starts_factor() {
            return name;
        }
        if let Some(Token { kind: Kind::Open(..), .. }) = self.peek() {
            return Node::Apply(Box::new(name), Box::new(self.primary(depth + 1)));
        }
        let mut product = vec![self.fraction(depth + 1)];
        while self.starts_factor() && self.peek().is_some_and(|t| t.kind != Kind::Function) {
            let factor = self.fraction(depth + 1);
            product.extend([Node::Times, factor]);
        }
        Node::Apply(Box::new(name), Box::new(Node::row(product)))
    }
}
