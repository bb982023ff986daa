//! What is said of a text that is no function: what was expected, and where.

use super::ExprError;
use super::functions::{self, Function};
use super::lexer::{Kind, Token};
use super::parser::Parser;

impl Parser {
    pub(super) fn typed(&self, token: &Token) -> String {
        self.chars.iter().skip(token.at).take(token.len).collect()
    }

    pub(super) fn error<T>(&self, message: impl Into<String>) -> Result<T, ExprError> {
        let Token { at, len, .. } = *self.token();
        Err(ExprError { at, len, message: message.into() })
    }

    /// Something must begin here that has a value.
    pub(super) fn missing<T>(&self) -> Result<T, ExprError> {
        let before = (self.at > self.begin).then(|| self.typed(&self.tokens[self.at - 1]));
        self.error(match before {
            Some(before) => format!("Expected a number, a name or “(” after “{before}”."),
            None => "Expected a number, a name or “(” at the beginning.".to_owned(),
        })
    }

    /// Something ended here, and what follows does not go on from it.
    pub(super) fn unexpected<T>(&self, expected: &str) -> Result<T, ExprError> {
        self.error(match self.kind() {
            Kind::Number(_) => {
                format!("Expected an operator before “{}”, such as “*” or “^”.", self.typed(self.token()))
            }
            Kind::Close => "There is no “(” for this “)”.".to_owned(),
            Kind::Comma => format!("Expected {expected}; numbers have a decimal point."),
            Kind::End => format!("Expected {expected} at the end."),
            _ => format!("Expected {expected} before “{}”.", self.typed(self.token())),
        })
    }
}

/// How a function is called.
pub fn usage(function: Function) -> String {
    let name = functions::name(function);
    match function {
        Function::One(_) => format!("{name}(x)"),
        Function::Two(_) => format!("{name}(x, y)"),
        Function::If => "if(x < 0, a, b)".to_owned(),
    }
}
