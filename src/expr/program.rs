//! The compiled form: a list of instructions, each with its own result, which the later ones refer to.
//!
//! What has a constant value is computed here, and what occurs twice is computed once.

use super::functions::{Binary, Unary};
use super::parser::Part;
use crate::math::elementary::{Elementary, MOST_FACTORS};
use std::collections::BTreeMap;

/// The place of an instruction, and of its result.
pub type Place = u16;

/// Computes one result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Op {
    X,
    Y,
    /// The bits of a number: equal ones are the same.
    Number(u64),
    Param(Place),
    Unary(Unary, Place),
    Binary(Binary, Place, Place),
    /// A whole power.
    Powi(Place, i32),
    If(Place, Place, Place),
    /// Any power: the base, the exponent and the logarithm of the base, which often changes with one variable only.
    Pow(Place, Place, Place),
}

impl Op {
    /// About how long its gradient takes, in nanoseconds.
    pub fn work(self) -> u64 {
        match self {
            Self::X | Self::Y | Self::Number(_) | Self::Param(_) => 1,
            Self::Unary(
                Unary::Neg | Unary::Abs | Unary::Sign | Unary::Floor | Unary::Relu | Unary::Sqrt,
                _,
            )
            | Self::Binary(..)
            | Self::If(..)
            | Self::Powi(..) => 5,
            Self::Unary(..) => 40,
            Self::Pow(..) => 80,
        }
    }

    /// The results that it needs.
    pub fn operands(self) -> [Option<Place>; 3] {
        match self {
            Self::X | Self::Y | Self::Number(_) | Self::Param(_) => [None; 3],
            Self::Unary(_, a) | Self::Powi(a, _) => [Some(a), None, None],
            Self::Binary(_, a, b) => [Some(a), Some(b), None],
            Self::If(a, b, c) | Self::Pow(a, b, c) => [Some(a), Some(b), Some(c)],
        }
    }

    fn moved(self, to: impl Fn(Place) -> Place) -> Self {
        match self {
            Self::Unary(f, a) => Self::Unary(f, to(a)),
            Self::Powi(a, n) => Self::Powi(to(a), n),
            Self::Binary(f, a, b) => Self::Binary(f, to(a), to(b)),
            Self::If(a, b, c) => Self::If(to(a), to(b), to(c)),
            Self::Pow(a, b, c) => Self::Pow(to(a), to(b), to(c)),
            leaf => leaf,
        }
    }
}

/// Instructions; the result of the last is the value.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    pub ops: Vec<Op>,
}

#[derive(Default)]
struct Compiler {
    ops: Vec<Op>,
    places: BTreeMap<Op, Place>,
}

impl Compiler {
    fn number(&self, place: Place) -> Option<f64> {
        match self.ops[usize::from(place)] {
            Op::Number(bits) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }

    fn constant(&mut self, value: f64) -> Place {
        self.place(Op::Number(value.to_bits()))
    }

    fn place(&mut self, op: Op) -> Place {
        let next = Place::try_from(self.ops.len()).unwrap_or(Place::MAX);
        let ops = &mut self.ops;
        *self.places.entry(op).or_insert_with(|| {
            ops.push(op);
            next
        })
    }

    fn unary(&mut self, function: Unary, a: Place) -> Place {
        match self.number(a) {
            Some(a) => self.constant(function.apply(a)),
            None => self.place(Op::Unary(function, a)),
        }
    }

    fn binary(&mut self, function: Binary, a: Place, b: Place) -> Place {
        match (function, self.number(a), self.number(b)) {
            (_, Some(a), Some(b)) => self.constant(function.apply(a, b)),
            (Binary::Pow, _, Some(n)) if n.fract() == 0.0 && n.abs() <= MOST_FACTORS =>
            {
                #[expect(clippy::cast_possible_truncation, reason = "whole and small")]
                self.place(Op::Powi(a, n as i32))
            }
            (Binary::Pow, ..) => {
                let ln = self.unary(Unary::Ln, a);
                self.place(Op::Pow(a, b, ln))
            }
            _ => self.place(Op::Binary(function, a, b)),
        }
    }

    fn choice(&mut self, condition: Place, then: Place, otherwise: Place) -> Place {
        match (self.number(condition), self.number(then), self.number(otherwise)) {
            (Some(c), Some(a), Some(b)) => self.constant(f64::if_else(c, a, b)),
            (Some(0.0), _, _) => otherwise,
            (Some(c), _, _) if !c.is_nan() => then,
            _ => self.place(Op::If(condition, then, otherwise)),
        }
    }
}

impl Program {
    /// Compiles parts in the order of their computation.
    pub fn compile(parts: &[Part]) -> Self {
        let mut to = Compiler::default();
        let mut stack: Vec<Place> = Vec::new();
        for part in parts {
            // The parser leaves as many results as each part needs.
            let mut pop = || stack.pop().unwrap_or(0);
            let place = match *part {
                Part::X => to.place(Op::X),
                Part::Y => to.place(Op::Y),
                Part::Pi => to.constant(std::f64::consts::PI),
                Part::E => to.constant(std::f64::consts::E),
                Part::Number(value) => to.constant(value),
                Part::Param(index) => to.place(Op::Param(Place::try_from(index).unwrap_or(Place::MAX))),
                Part::Unary(function) => {
                    let a = pop();
                    to.unary(function, a)
                }
                Part::Binary(function) => {
                    let (b, a) = (pop(), pop());
                    to.binary(function, a, b)
                }
                Part::If => {
                    let (c, b, a) = (pop(), pop(), pop());
                    to.choice(a, b, c)
                }
            };
            stack.push(place);
        }
        Self { ops: needed(&to.ops, stack.pop().unwrap_or(0)) }
    }
}

/// The instructions without which the result is not found; it comes last.
fn needed(ops: &[Op], result: Place) -> Vec<Op> {
    let mut used = vec![false; ops.len()];
    if let Some(last) = used.get_mut(usize::from(result)) {
        *last = true;
    }
    for (i, op) in ops.iter().enumerate().rev() {
        if used[i] {
            for operand in op.operands().into_iter().flatten() {
                used[usize::from(operand)] = true;
            }
        }
    }
    let mut places = vec![0; ops.len()];
    let mut kept: Vec<Op> = Vec::new();
    for (i, op) in ops.iter().enumerate().filter(|(i, _)| used[*i]) {
        places[i] = Place::try_from(kept.len()).unwrap_or(Place::MAX);
        kept.push(op.moved(|operand| places[usize::from(operand)]));
    }
    kept
}
