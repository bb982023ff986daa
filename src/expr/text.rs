//! The function as it is written in links: no spaces, every sign of multiplication, only the parentheses that are needed.

use super::Expr;
use super::functions::{self, Binary, Function, Unary};
use super::hold::{Hold, Piece, infix};
use super::parser::Part;
use crate::param;

/// Two texts with the sign of an operation between them.
fn joined(function: Binary, a: Piece, b: Piece) -> Piece {
    let holds = match function {
        Binary::Add | Binary::Sub => (Hold::Sum, Hold::Sum, Hold::Product),
        Binary::Mul | Binary::Div => (Hold::Product, Hold::Product, Hold::Signed),
        Binary::Pow => (Hold::Power, Hold::Whole, Hold::Signed),
        _ => (Hold::Comparison, Hold::Sum, Hold::Sum),
    };
    infix(a, function.sign().unwrap_or(","), b, holds)
}

impl Expr {
    /// The function as a text that reads back as the same one.
    #[must_use]
    pub fn text(&self) -> String {
        let mut stack: Vec<Piece> = Vec::new();
        for part in &self.parts {
            let mut pop = || stack.pop().unwrap_or_else(|| Piece::whole(""));
            let piece = match *part {
                Part::X => Piece::whole("x"),
                Part::Y => Piece::whole("y"),
                Part::Pi => Piece::whole("pi"),
                Part::E => Piece::whole("e"),
                Part::Number(value) => Piece::whole(param::number(value)),
                Part::Param(index) => Piece::whole(self.params.get(index).map_or("", String::as_str)),
                Part::Unary(Unary::Neg) => {
                    Piece { text: format!("-{}", pop().at_least(Hold::Signed)), hold: Hold::Signed }
                }
                Part::Unary(function) => {
                    let name = functions::name(Function::One(function));
                    Piece::whole(format!("{name}({})", pop().text))
                }
                Part::Binary(function) => {
                    let (b, a) = (pop(), pop());
                    if function.sign().is_some() {
                        joined(function, a, b)
                    } else {
                        let name = functions::name(Function::Two(function));
                        Piece::whole(format!("{name}({},{})", a.text, b.text))
                    }
                }
                Part::If => {
                    let (c, b, a) = (pop(), pop(), pop());
                    Piece::whole(format!("if({},{},{})", a.text, b.text, c.text))
                }
            };
            stack.push(piece);
        }
        stack.pop().map_or_else(String::new, |piece| piece.text)
    }
}
