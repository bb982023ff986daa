//! Functions of x and y as graphs, in which what occurs twice is there once: so derivatives are worked out and written
//! without repeating themselves.
//!
//! At a kink the derivative is 0, as in [`crate::math::Scalar`].

use crate::expr::{Binary, Expr, Part, Unary};
use std::collections::BTreeMap;

/// The place of a node in its graph.
pub type Id = usize;

/// A number, or what is done to other nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    X,
    Y,
    Pi,
    E,
    /// The bits of a number.
    Number(u64),
    /// A parameter, by its place in the list.
    Param(usize),
    Unary(Unary, Id),
    Binary(Binary, Id, Id),
    If(Id, Id, Id),
}

impl Node {
    /// What it is made of.
    pub fn operands(self) -> [Option<Id>; 3] {
        match self {
            Self::Unary(_, a) => [Some(a), None, None],
            Self::Binary(_, a, b) => [Some(a), Some(b), None],
            Self::If(a, b, c) => [Some(a), Some(b), Some(c)],
            _ => [None; 3],
        }
    }
}

/// Nodes, each after those that it is made of.
pub struct Graph {
    nodes: Vec<Node>,
    /// The values of those that change with neither x nor y.
    fixed: Vec<Option<f64>>,
    found: BTreeMap<Node, Id>,
    params: Vec<f64>,
}

impl Graph {
    /// An empty graph for these values of the parameters.
    pub fn new(params: &[f64]) -> Self {
        Self { nodes: Vec::new(), fixed: Vec::new(), found: BTreeMap::new(), params: params.to_vec() }
    }

    pub fn node(&self, id: Id) -> Node {
        self.nodes[id]
    }

    /// The value of a node that changes with neither x nor y.
    pub fn fixed(&self, id: Id) -> Option<f64> {
        self.fixed[id]
    }

    fn push(&mut self, node: Node) -> Id {
        if let Some(id) = self.found.get(&node) {
            return *id;
        }
        let value = self.value(node);
        self.nodes.push(node);
        self.fixed.push(value);
        self.found.insert(node, self.nodes.len() - 1);
        self.nodes.len() - 1
    }

    fn value(&self, node: Node) -> Option<f64> {
        Some(match node {
            Node::X | Node::Y => return None,
            Node::Pi => std::f64::consts::PI,
            Node::E => std::f64::consts::E,
            Node::Number(bits) => f64::from_bits(bits),
            Node::Param(i) => self.params.get(i).copied().unwrap_or(f64::NAN),
            Node::Unary(f, a) => f.apply(self.fixed[a]?),
            Node::Binary(f, a, b) => f.apply(self.fixed[a]?, self.fixed[b]?),
            Node::If(a, b, c) => {
                let chosen = if self.fixed[a]? == 0.0 { c } else { b };
                self.fixed[chosen]?
            }
        })
    }

    pub fn number(&mut self, value: f64) -> Id {
        self.push(Node::Number(value.to_bits()))
    }

    /// The number, if the node is one that is written out.
    fn as_number(&self, id: Id) -> Option<f64> {
        match self.nodes[id] {
            Node::Number(bits) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }

    /// Reads a function as it was typed. Names of parameters stand for the places in `places`.
    pub fn read(&mut self, expr: &Expr, places: &[usize]) -> Id {
        let mut stack: Vec<Id> = Vec::new();
        for part in expr.parts() {
            // The parser leaves as many results as each part needs.
            let mut pop = || stack.pop().unwrap_or(0);
            let node = match *part {
                Part::X => Node::X,
                Part::Y => Node::Y,
                Part::Pi => Node::Pi,
                Part::E => Node::E,
                Part::Number(value) => Node::Number(value.to_bits()),
                Part::Param(i) => Node::Param(places.get(i).copied().unwrap_or(usize::MAX)),
                Part::Unary(f) => Node::Unary(f, pop()),
                Part::Binary(f) => {
                    let (b, a) = (pop(), pop());
                    Node::Binary(f, a, b)
                }
                Part::If => {
                    let (c, b, a) = (pop(), pop(), pop());
                    Node::If(a, b, c)
                }
            };
            let id = self.push(node);
            stack.push(id);
        }
        stack.pop().unwrap_or_else(|| self.number(0.0))
    }

    fn unary(&mut self, f: Unary, a: Id) -> Id {
        match (f, self.as_number(a), self.nodes[a]) {
            (Unary::Neg, Some(v), _) => self.number(-v),
            (Unary::Neg, _, Node::Unary(Unary::Neg, u)) => u,
            (Unary::Neg, _, Node::Binary(Binary::Sub, u, v)) => self.sub(v, u),
            (Unary::Neg, _, Node::Binary(Binary::Mul, u, v)) if self.as_number(u).is_some() => {
                let u = self.unary(Unary::Neg, u);
                self.mul(u, v)
            }
            _ => self.push(Node::Unary(f, a)),
        }
    }

    fn neg(&mut self, a: Id) -> Id {
        self.unary(Unary::Neg, a)
    }

    /// −a, where that is shorter: of −u, and of a negative number times u.
    fn without_sign(&mut self, a: Id) -> Option<Id> {
        match self.nodes[a] {
            Node::Unary(Unary::Neg, u) => Some(u),
            Node::Binary(Binary::Mul, u, _) if self.as_number(u).is_some_and(|v| v < 0.0) => {
                Some(self.neg(a))
            }
            _ => None,
        }
    }

    pub fn add(&mut self, a: Id, b: Id) -> Id {
        match (self.as_number(a), self.as_number(b)) {
            (Some(0.0), _) => return b,
            (_, Some(0.0)) => return a,
            (Some(u), Some(v)) => return self.number(u + v),
            _ => {}
        }
        if a == b {
            let two = self.number(2.0);
            return self.mul(two, a);
        }
        if let Some(b) = self.without_sign(b) {
            return self.sub(a, b);
        }
        match self.without_sign(a) {
            Some(a) => self.sub(b, a),
            None => self.push(Node::Binary(Binary::Add, a, b)),
        }
    }

    pub fn sub(&mut self, a: Id, b: Id) -> Id {
        match (self.as_number(a), self.as_number(b)) {
            (Some(0.0), _) => return self.neg(b),
            (_, Some(0.0)) => return a,
            (Some(u), Some(v)) => return self.number(u - v),
            _ => {}
        }
        if a == b {
            return self.number(0.0);
        }
        match self.without_sign(b) {
            Some(b) => self.add(a, b),
            None => self.push(Node::Binary(Binary::Sub, a, b)),
        }
    }

    pub fn mul(&mut self, a: Id, b: Id) -> Id {
        let numbers = (self.as_number(a), self.as_number(b));
        match numbers {
            (Some(v), _) | (_, Some(v)) if v == 0.0 => return self.number(0.0),
            (Some(u), Some(v)) => return self.number(u * v),
            (Some(1.0), _) => return b,
            (_, Some(1.0)) => return a,
            (Some(-1.0), _) => return self.neg(b),
            (_, Some(-1.0)) => return self.neg(a),
            _ => {}
        }
        if a == b {
            let two = self.number(2.0);
            return self.push(Node::Binary(Binary::Pow, a, two));
        }
        // What does not change stands in front, numbers first.
        let order = |graph: &Self, id: Id| match (graph.as_number(id), graph.fixed[id]) {
            (Some(_), _) => 0,
            (_, Some(_)) => 1,
            _ => 2,
        };
        if order(self, b) < order(self, a) {
            return self.mul(b, a);
        }
        match (self.nodes[a], self.nodes[b]) {
            (Node::Unary(Unary::Neg, u), _) => {
                let product = self.mul(u, b);
                self.neg(product)
            }
            (_, Node::Unary(Unary::Neg, u)) => {
                let product = self.mul(a, u);
                self.neg(product)
            }
            (_, Node::Binary(Binary::Mul, u, v)) if order(self, u) == 0 => {
                let (front, rest) =
                    if order(self, a) == 0 { (self.mul(a, u), v) } else { (u, self.mul(a, v)) };
                self.mul_in_front(front, rest)
            }
            (Node::Binary(Binary::Mul, u, v), _) if order(self, u) == 0 => {
                let rest = self.mul(v, b);
                self.mul_in_front(u, rest)
            }
            (Node::Number(_), Node::Binary(Binary::Div, u, v)) if self.as_number(u).is_some() => {
                let front = self.mul(a, u);
                self.div(front, v)
            }
            _ => self.push(Node::Binary(Binary::Mul, a, b)),
        }
    }

    fn mul_in_front(&mut self, number: Id, rest: Id) -> Id {
        match self.as_number(number) {
            Some(1.0) => rest,
            Some(-1.0) => self.neg(rest),
            _ if self.as_number(rest).is_some() => self.mul(number, rest),
            _ => self.push(Node::Binary(Binary::Mul, number, rest)),
        }
    }

    pub fn div(&mut self, a: Id, b: Id) -> Id {
        match (self.as_number(a), self.as_number(b)) {
            (Some(0.0), _) | (_, Some(1.0)) => return a,
            _ => {}
        }
        match self.nodes[a] {
            Node::Unary(Unary::Neg, u) => {
                let ratio = self.div(u, b);
                self.neg(ratio)
            }
            _ => self.push(Node::Binary(Binary::Div, a, b)),
        }
    }

    pub fn power(&mut self, a: Id, exponent: Id) -> Id {
        match self.as_number(exponent) {
            Some(0.0) => self.number(1.0),
            Some(1.0) => a,
            _ => self.push(Node::Binary(Binary::Pow, a, exponent)),
        }
    }

    pub fn square(&mut self, a: Id) -> Id {
        let two = self.number(2.0);
        self.power(a, two)
    }

    pub fn call(&mut self, f: Unary, a: Id) -> Id {
        self.push(Node::Unary(f, a))
    }

    pub fn compare(&mut self, f: Binary, a: Id, b: Id) -> Id {
        self.push(Node::Binary(f, a, b))
    }

    /// `then` where the condition is not 0.
    pub fn choose(&mut self, condition: Id, then: Id, otherwise: Id) -> Id {
        match self.fixed[condition] {
            _ if then == otherwise => then,
            Some(c) => {
                if c == 0.0 {
                    otherwise
                } else {
                    then
                }
            }
            None => self.push(Node::If(condition, then, otherwise)),
        }
    }

    /// `then` where u is not 0, else 0: the derivative at a kink or where the tangent is vertical.
    pub fn unless_zero(&mut self, u: Id, then: Id) -> Id {
        let zero = self.number(0.0);
        let condition = self.compare(Binary::NotEqual, u, zero);
        self.choose(condition, then, zero)
    }

    /// Which of these and of what they are made of there are, and how often each is used.
    pub fn uses(&self, roots: &[Id]) -> Vec<usize> {
        let mut uses = vec![0; self.nodes.len()];
        for root in roots {
            uses[*root] += 1;
        }
        for id in (0..self.nodes.len()).rev() {
            if uses[id] > 0 {
                for operand in self.nodes[id].operands().into_iter().flatten() {
                    uses[operand] += 1;
                }
            }
        }
        uses
    }
}
