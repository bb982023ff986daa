//! From the tokens to the parts in the order in which they are computed: first the numbers, then what acts on them.

use super::expected::usage;
use super::functions::{Binary, Function, Unary};
use super::lexer::{Kind, Token, tokens};
use super::{DEEPEST, ExprError, MOST_OPERATIONS, MOST_PARAMS};

/// A number, or what acts on the one, two or three results before it.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "each is what its name says")]
pub enum Part {
    X,
    Y,
    Pi,
    E,
    Number(f64),
    /// A parameter, by its place in the list.
    Param(usize),
    Unary(Unary),
    Binary(Binary),
    If,
}

/// Reads a text: its parts, and the names of the parameters.
pub fn parse(text: &str) -> Result<(Vec<Part>, Vec<String>), ExprError> {
    let (chars, tokens) = tokens(text)?;
    let at = left_side(&tokens)?;
    let mut parser = Parser {
        chars,
        tokens,
        at,
        begin: at,
        parts: Vec::new(),
        params: Vec::new(),
        operations: 0,
        depth: 0,
    };
    if parser.kind() == &Kind::End {
        return parser.error("Expected a function of x and y, such as x^2 + y^2.");
    }
    parser.comparison()?;
    if parser.kind() != &Kind::End {
        return parser.unexpected("an operator or the end");
    }
    Ok((parser.parts, parser.params))
}

/// Where the right side begins: after "f(x, y) =", "f =" or "z =".
fn left_side(tokens: &[Token]) -> Result<usize, ExprError> {
    let Some(sign) = tokens.iter().position(|t| t.kind == Kind::Assign) else { return Ok(0) };
    let is_name = |t: &Token| matches!(&t.kind, Kind::Param(n) if matches!(n.as_str(), "f" | "g" | "z"));
    let kinds = tokens.iter().take(sign).skip(1).map(|t| &t.kind);
    let arguments = [Kind::Open, Kind::X, Kind::Comma, Kind::Y, Kind::Close];
    if tokens.first().is_some_and(is_name) && (sign == 1 || kinds.eq(arguments.iter())) {
        return Ok(sign + 1);
    }
    let Token { at, len, .. } = tokens[sign];
    Err(ExprError {
        at,
        len,
        message: "Expected “==” to compare, or “f(x, y) =” at the beginning.".to_owned(),
    })
}

pub(super) struct Parser {
    pub(super) chars: Vec<char>,
    pub(super) tokens: Vec<Token>,
    pub(super) at: usize,
    /// The first token of the right side.
    pub(super) begin: usize,
    parts: Vec<Part>,
    params: Vec<String>,
    operations: usize,
    depth: usize,
}

type Read = Result<(), ExprError>;

impl Parser {
    pub(super) fn token(&self) -> &Token {
        // The end is never passed.
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    pub(super) fn kind(&self) -> &Kind {
        &self.token().kind
    }

    fn push(&mut self, part: Part) -> Read {
        if matches!(part, Part::Unary(_) | Part::Binary(_) | Part::If) {
            self.operations += 1;
            if self.operations > MOST_OPERATIONS {
                return self.error("Too many operations: at most 1,000.");
            }
        }
        self.parts.push(part);
        Ok(())
    }

    /// Goes deeper; whoever does comes back with `depth -= 1`.
    fn enter(&mut self) -> Read {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.error(format!("Nested too deeply: at most {DEEPEST} levels."));
        }
        Ok(())
    }

    fn comparison(&mut self) -> Read {
        self.sum()?;
        if let Kind::Compare(comparison) = *self.kind() {
            self.at += 1;
            self.sum()?;
            self.push(Part::Binary(comparison))?;
            if let Kind::Compare(_) = self.kind() {
                return self.error("Expected one comparison. For two at once write (0 < x)*(x < 1).");
            }
        }
        Ok(())
    }

    fn sum(&mut self) -> Read {
        self.product()?;
        loop {
            let sign = match self.kind() {
                Kind::Plus => Binary::Add,
                Kind::Minus => Binary::Sub,
                _ => return Ok(()),
            };
            self.at += 1;
            self.product()?;
            self.push(Part::Binary(sign))?;
        }
    }

    fn product(&mut self) -> Read {
        self.signed()?;
        loop {
            let sign = match self.kind() {
                Kind::Times => Binary::Mul,
                Kind::Slash => Binary::Div,
                // Side by side.
                Kind::X | Kind::Y | Kind::Pi | Kind::E | Kind::Param(_) | Kind::Function(_) | Kind::Open => {
                    self.power()?;
                    self.push(Part::Binary(Binary::Mul))?;
                    continue;
                }
                _ => return Ok(()),
            };
            self.at += 1;
            self.signed()?;
            self.push(Part::Binary(sign))?;
        }
    }

    fn signed(&mut self) -> Read {
        let mut minuses = 0;
        while let Kind::Minus | Kind::Plus = self.kind() {
            if self.kind() == &Kind::Minus {
                self.enter()?;
                minuses += 1;
            }
            self.at += 1;
        }
        self.power()?;
        for _ in 0..minuses {
            self.push(Part::Unary(Unary::Neg))?;
        }
        self.depth -= minuses;
        Ok(())
    }

    fn power(&mut self) -> Read {
        self.primary()?;
        match *self.kind() {
            Kind::Caret => {
                self.enter()?;
                self.at += 1;
                self.signed()?;
                self.push(Part::Binary(Binary::Pow))?;
                self.depth -= 1;
            }
            Kind::Raised(power) => {
                // As deep as the same with ^, so that it can be written so.
                self.enter()?;
                self.push(Part::Number(f64::from(power.abs())))?;
                if power < 0 {
                    self.enter()?;
                    self.push(Part::Unary(Unary::Neg))?;
                    self.depth -= 1;
                }
                self.push(Part::Binary(Binary::Pow))?;
                self.depth -= 1;
                self.at += 1;
                if let Kind::Caret | Kind::Raised(_) = self.kind() {
                    return self.error("Expected parentheses that tell which power comes first.");
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn primary(&mut self) -> Read {
        let part = match self.kind().clone() {
            Kind::Number(value) => Part::Number(value),
            Kind::X => Part::X,
            Kind::Y => Part::Y,
            Kind::Pi => Part::Pi,
            Kind::E => Part::E,
            Kind::Param(name) => Part::Param(self.param(name)?),
            Kind::Function(function) => return self.call(function),
            Kind::Open => {
                self.enter()?;
                let open = self.token().at;
                self.at += 1;
                self.comparison()?;
                self.close(open)?;
                self.depth -= 1;
                return Ok(());
            }
            _ => return self.missing(),
        };
        self.at += 1;
        self.push(part)
    }

    fn param(&mut self, name: String) -> Result<usize, ExprError> {
        if let Some(known) = self.params.iter().position(|p| *p == name) {
            return Ok(known);
        }
        if self.params.len() == MOST_PARAMS {
            return self.error(format!("At most {MOST_PARAMS} parameters; “{name}” would be one more."));
        }
        self.params.push(name);
        Ok(self.params.len() - 1)
    }

    /// A function and its arguments.
    fn call(&mut self, function: Function) -> Read {
        self.enter()?;
        let name = self.typed(self.token());
        self.at += 1;
        if self.kind() != &Kind::Open {
            return self.error(format!("Expected “(” after “{name}”, as in {}.", usage(function)));
        }
        let open = self.token().at;
        self.at += 1;
        for left in (0..function.arity()).rev() {
            self.comparison()?;
            match self.kind() {
                Kind::Comma if left > 0 => self.at += 1,
                Kind::Close | Kind::Comma if left > 0 || self.kind() == &Kind::Comma => {
                    let number = function.arity();
                    let arguments = if number == 1 { "argument" } else { "arguments" };
                    let expected = if left > 0 { "," } else { ")" };
                    return self.error(format!(
                        "Expected “{expected}”: “{name}” has {number} {arguments}, as in {}.",
                        usage(function)
                    ));
                }
                _ if left > 0 => return self.unexpected("an operator or “,”"),
                _ => self.close(open)?,
            }
        }
        self.depth -= 1;
        self.push(match function {
            Function::One(function) => Part::Unary(function),
            Function::Two(function) => Part::Binary(function),
            Function::If => Part::If,
        })
    }

    fn close(&mut self, open: usize) -> Read {
        if self.kind() != &Kind::Close {
            return self.unexpected(&format!("an operator or “)” for the “(” at character {}", open + 1));
        }
        self.at += 1;
        Ok(())
    }
}
