//! From the words and signs of a line to its tree, in one pass and without turning back.

use super::Node;
use super::glyphs::Family;
use super::lex::{Kind, Token, tokens};

/// How deep things may be nested in one another. What is deeper stays on its line.
pub(super) const DEEPEST: usize = 20;
/// How many slashes or powers may follow one another.
const LONGEST_CHAIN: usize = 6;

/// Reads a line.
#[must_use]
pub fn parse(line: &str) -> Node {
    read(line, 0)
}

pub(super) fn read(text: &str, depth: usize) -> Node {
    let mut parser = Parser { text, tokens: tokens(text), at: 0, open: [0; Family::COUNT], inside: None };
    Node::row(parser.row(depth))
}

/// A subscript: several letters are a name and no product.
fn read_sub(text: &str, depth: usize) -> Node {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters > 2 && letters == text.chars().count() {
        Node::Name(text.to_owned())
    } else {
        read(text, depth)
    }
}

pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) at: usize,
    /// How many brackets of each family are open.
    pub(super) open: [usize; Family::COUNT],
    /// The family of the innermost one.
    pub(super) inside: Option<Family>,
}

impl Parser<'_> {
    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    pub(super) fn slice(&self, token: &Token) -> &str {
        &self.text[token.start..token.end]
    }

    /// Whether the sign closes the innermost bracket.
    pub(super) fn closes(&self, kind: &Kind) -> bool {
        match kind {
            Kind::Close(_, family) | Kind::Bar(_, family) => self.inside == Some(*family),
            _ => false,
        }
    }

    /// Whether something begins here that can be multiplied.
    pub(super) fn starts_factor(&self) -> bool {
        self.peek().is_some_and(|t| match &t.kind {
            Kind::Letter { .. }
            | Kind::Number
            | Kind::Ratio(..)
            | Kind::Function
            | Kind::Constant(_)
            | Kind::Big(_)
            | Kind::Open(..)
            | Kind::Root => true,
            bar @ Kind::Bar(..) => !self.closes(bar),
            _ => false,
        })
    }

    /// Everything up to the end or to the bracket that closes.
    pub(super) fn row(&mut self, depth: usize) -> Vec<Node> {
        let mut items = Vec::new();
        while let Some(token) = self.peek() {
            let bare = !matches!(items.last(), Some(Node::Op { .. }) | None);
            match token.kind {
                _ if self.closes(&token.kind) => break,
                // An outer bracket closes, the inner ones never did.
                Kind::Close(_, family) if self.open[family as usize] > 0 => break,
                Kind::Op(sign) | Kind::Close(sign, _) => {
                    let prefix = !bare && matches!(sign, '−' | '+' | '±' | '∓');
                    items.push(Node::Op { sign, prefix });
                    self.at += 1;
                }
                Kind::Slash | Kind::Caret | Kind::Under => {
                    let sign = self.slice(token).chars().next().unwrap_or('/');
                    items.push(Node::infix(sign));
                    self.at += 1;
                }
                Kind::Word | Kind::Other | Kind::Sup(_) | Kind::Sub(_) | Kind::Prime => {
                    let text = self.words(items.is_empty());
                    items.push(Node::Text(text));
                }
                _ => {
                    let operand = self.fraction(depth);
                    if multiplies(items.last()) {
                        items.push(Node::Times);
                    }
                    items.push(operand);
                }
            }
        }
        items
    }

    /// Words up to the next formula, or one thing that is neither.
    fn words(&mut self, first: bool) -> String {
        const SPACE: char = '\u{a0}';
        let mut text = String::new();
        let begin = self.at;
        while let Some(token) = self.peek() {
            let is_word = token.kind == Kind::Word;
            let starts = self.at == begin;
            if !starts && !is_word {
                break;
            }
            if token.space && !(first && starts) {
                text.push(if starts { SPACE } else { ' ' });
            }
            text.push_str(self.slice(token));
            self.at += 1;
            if !is_word {
                break;
            }
        }
        if self.peek().is_some_and(|t| t.space) {
            text.push(SPACE);
        }
        text
    }

    /// A factor, over another if a slash follows.
    pub(super) fn fraction(&mut self, depth: usize) -> Node {
        let mut node = self.factor(depth);
        for _ in 0..LONGEST_CHAIN {
            if self.peek().is_none_or(|t| t.kind != Kind::Slash) {
                break;
            }
            self.at += 1;
            if !self.starts_factor() {
                self.at -= 1;
                break;
            }
            let below = self.factor(depth);
            node = Node::Frac(Box::new(freed(node)), Box::new(freed(below)));
        }
        node
    }

    /// Something with its powers and subscripts.
    pub(super) fn factor(&mut self, depth: usize) -> Node {
        let mut node = self.primary(depth);
        for _ in 0..LONGEST_CHAIN {
            node = match self.peek().map(|t| t.kind.clone()) {
                Some(Kind::Sup(text)) => {
                    self.at += 1;
                    Node::Sup(Box::new(node), Box::new(read(&text, depth + 1)))
                }
                Some(Kind::Caret) => match self.exponent(depth) {
                    Some(exponent) => Node::Sup(Box::new(node), Box::new(exponent)),
                    None => break,
                },
                Some(Kind::Sub(_) | Kind::Under) => match self.subscript(depth) {
                    Some(sub) => Node::Sub(Box::new(node), Box::new(sub)),
                    None => break,
                },
                _ => break,
            };
        }
        node
    }

    /// What stands after `^`: one thing, with a sign if it has one.
    fn exponent(&mut self, depth: usize) -> Option<Node> {
        let begin = self.at;
        self.at += 1;
        let sign = self.peek().and_then(|t| match t.kind {
            Kind::Op(sign @ ('−' | '+')) => Some(sign),
            _ => None,
        });
        self.at += usize::from(sign.is_some());
        if depth >= DEEPEST || !self.starts_factor() {
            self.at = begin;
            return None;
        }
        let mut power = self.primary(depth + 1);
        if let Some(Kind::Sup(text)) = self.peek().map(|t| t.kind.clone()) {
            self.at += 1;
            power = Node::Sup(Box::new(power), Box::new(read(&text, depth + 1)));
        }
        Some(match sign {
            Some(sign) => Node::Row(vec![Node::Op { sign, prefix: true }, power]),
            None => freed(power),
        })
    }

    /// A subscript, if there is one here.
    pub(super) fn subscript(&mut self, depth: usize) -> Option<Node> {
        match self.peek().map(|t| t.kind.clone())? {
            Kind::Sub(text) => {
                self.at += 1;
                Some(read_sub(&text, depth + 1))
            }
            Kind::Under if depth < DEEPEST => {
                let Kind::Open(..) = self.tokens.get(self.at + 1)?.kind else { return None };
                self.at += 1;
                Some(freed(self.primary(depth + 1)))
            }
            _ => None,
        }
    }
}

/// Whether what follows this is multiplied by it.
fn multiplies(last: Option<&Node>) -> bool {
    !matches!(last, None | Some(Node::Op { .. } | Node::Text(_) | Node::Big(_) | Node::Times))
        && !matches!(last, Some(Node::Sub(base, _)) if matches!(**base, Node::Big(_)))
}

/// Without the parentheses that a fraction bar, a root or a raised line makes needless. Those of a pair stay,
/// and so do empty ones.
pub(super) fn freed(node: Node) -> Node {
    match node {
        Node::Fence { open: '(', body, close: ')' }
            if !body.items().is_empty()
                && !body.items().iter().any(|n| matches!(n, Node::Op { sign: ',' | ';', .. })) =>
        {
            *body
        }
        other => other,
    }
}
