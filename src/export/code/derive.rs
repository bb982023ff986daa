//! Derivatives of graphs, exact; at kinks and where the tangent is vertical they are 0.

use super::graph::{Graph, Id, Node};
use crate::expr::{Binary, Unary};
use std::collections::BTreeMap;

/// The derivative of a node by x or y.
pub fn derivative(graph: &mut Graph, of: Id, by: Node) -> Id {
    let mut known: BTreeMap<Id, Id> = BTreeMap::new();
    // Nodes come after what they are made of, so none is asked for before it is there.
    let uses = graph.uses(&[of]);
    for id in (0..=of).filter(|id| uses[*id] > 0) {
        let d = one(graph, id, by, &known);
        known.insert(id, d);
    }
    known.get(&of).copied().unwrap_or_else(|| graph.number(0.0))
}

fn one(graph: &mut Graph, id: Id, by: Node, known: &BTreeMap<Id, Id>) -> Id {
    let node = graph.node(id);
    if graph.fixed(id).is_some() {
        return graph.number(0.0);
    }
    let zero = graph.number(0.0);
    let d = |id: Id| known.get(&id).copied().unwrap_or(zero);
    match node {
        Node::Unary(f, a) => {
            let inner = d(a);
            if graph.fixed(inner) == Some(0.0) {
                return zero;
            }
            if f == Unary::Neg {
                let minus = graph.number(-1.0);
                return graph.mul(minus, inner);
            }
            let outer = slope(graph, f, a, id);
            graph.mul(outer, inner)
        }
        Node::Binary(f, a, b) => {
            let (da, db) = (d(a), d(b));
            binary(graph, f, (a, da), (b, db), id)
        }
        Node::If(a, b, c) => {
            let (db, dc) = (d(b), d(c));
            graph.choose(a, db, dc)
        }
        other => graph.number(if other == by { 1.0 } else { 0.0 }),
    }
}

/// The derivative of a function of one number at `u`, where its value is `value`.
fn slope(graph: &mut Graph, f: Unary, u: Id, value: Id) -> Id {
    let [zero, one, two, three] = [0.0, 1.0, 2.0, 3.0].map(|v| graph.number(v));
    match f {
        Unary::Neg => graph.number(-1.0),
        Unary::Sin => graph.call(Unary::Cos, u),
        Unary::Cos => {
            let s = graph.call(Unary::Sin, u);
            let minus = graph.number(-1.0);
            graph.mul(minus, s)
        }
        Unary::Tan => {
            let square = graph.square(value);
            graph.add(one, square)
        }
        Unary::Asin | Unary::Acos => {
            let (below, above) = (graph.sub(one, u), graph.add(one, u));
            let rest = graph.mul(below, above);
            let root = graph.call(Unary::Sqrt, rest);
            let signed = graph.number(if f == Unary::Asin { 1.0 } else { -1.0 });
            let slope = graph.div(signed, root);
            graph.unless_zero(rest, slope)
        }
        Unary::Atan => {
            let square = graph.square(u);
            let below = graph.add(one, square);
            graph.div(one, below)
        }
        Unary::Sinh => graph.call(Unary::Cosh, u),
        Unary::Cosh => graph.call(Unary::Sinh, u),
        Unary::Tanh => {
            let cosh = graph.call(Unary::Cosh, u);
            let square = graph.square(cosh);
            graph.div(one, square)
        }
        Unary::Exp => value,
        Unary::Ln => graph.div(one, u),
        Unary::Log10 => {
            let ten = graph.number(10.0);
            let ln = graph.call(Unary::Ln, ten);
            let below = graph.mul(ln, u);
            graph.div(one, below)
        }
        Unary::Sqrt => {
            let half = graph.number(0.5);
            let slope = graph.div(half, value);
            graph.unless_zero(u, slope)
        }
        Unary::Cbrt => {
            let square = graph.square(value);
            let below = graph.mul(three, square);
            let slope = graph.div(one, below);
            graph.unless_zero(u, slope)
        }
        Unary::Abs => graph.call(Unary::Sign, u),
        Unary::Sign | Unary::Floor => zero,
        Unary::Sigmoid => {
            // Not s(1 − s), of which nothing is left where s is nearly 1.
            let minus = graph.number(-1.0);
            let other = graph.mul(minus, u);
            let other = graph.call(Unary::Sigmoid, other);
            graph.mul(value, other)
        }
        Unary::Relu => {
            let condition = graph.compare(Binary::Greater, u, zero);
            graph.choose(condition, one, zero)
        }
        Unary::Softplus => graph.call(Unary::Sigmoid, u),
        Unary::Gauss => {
            let minus = graph.mul(two, u);
            let product = graph.mul(minus, value);
            let sign = graph.number(-1.0);
            graph.mul(sign, product)
        }
    }
}

/// The derivative of `f(a, b)` from each of them with its derivative.
fn binary(graph: &mut Graph, f: Binary, (a, da): (Id, Id), (b, db): (Id, Id), value: Id) -> Id {
    match f {
        Binary::Add => graph.add(da, db),
        Binary::Sub => graph.sub(da, db),
        Binary::Mul => {
            let (first, second) = (graph.mul(da, b), graph.mul(a, db));
            graph.add(first, second)
        }
        Binary::Div if graph.fixed(db) == Some(0.0) => graph.div(da, b),
        Binary::Div => {
            let lost = graph.mul(value, db);
            let above = graph.sub(da, lost);
            graph.div(above, b)
        }
        Binary::Pow => power(graph, (a, da), (b, db), value),
        Binary::Atan2 => {
            let (aa, bb) = (graph.square(a), graph.square(b));
            let below = graph.add(aa, bb);
            let (first, second) = (graph.mul(b, da), graph.mul(a, db));
            let above = graph.sub(first, second);
            let slope = graph.div(above, below);
            graph.unless_zero(below, slope)
        }
        // The first where they are equal.
        Binary::Min => {
            let second = graph.compare(Binary::Less, b, a);
            graph.choose(second, db, da)
        }
        Binary::Max => {
            let second = graph.compare(Binary::Greater, b, a);
            graph.choose(second, db, da)
        }
        Binary::Less
        | Binary::LessEqual
        | Binary::Greater
        | Binary::GreaterEqual
        | Binary::Equal
        | Binary::NotEqual => graph.number(0.0),
    }
}

/// The derivative of aᵇ.
fn power(graph: &mut Graph, (a, da): (Id, Id), (b, db): (Id, Id), value: Id) -> Id {
    let [zero, one] = [0.0, 1.0].map(|v| graph.number(v));
    let lower = graph.sub(b, one);
    let mut by_base = graph.power(a, lower);
    by_base = graph.mul(b, by_base);
    // 0^p has a vertical tangent for p < 1; for a whole power there is nothing to take care of.
    if graph.fixed(b).is_none_or(|p| p < 1.0 && p > 0.0) {
        by_base = graph.unless_zero(a, by_base);
    }
    let first = graph.mul(by_base, da);
    if graph.fixed(db) == Some(0.0) {
        return first;
    }
    // How the power changes with its exponent is defined for positive numbers only.
    let ln = graph.call(Unary::Ln, a);
    let rise = graph.mul(value, ln);
    let positive = graph.compare(Binary::Greater, a, zero);
    let rise = graph.choose(positive, rise, zero);
    let second = graph.mul(rise, db);
    graph.add(first, second)
}
