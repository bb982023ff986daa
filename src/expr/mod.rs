//! Functions of x and y as people type them: `f(x, y) = (1 − x)² + b(y − x²)²` becomes a program that gives the value, the
//! exact gradient and the exact Hessian, and the same again as MathML.
//!
//! The notation. `+ − * /` and `^` (or `**`, or ² and ³), the last from the right and before a sign: −x² is −(x²), 2^−x works.
//! What stands side by side is multiplied, as strong as `*`: 2x, 3sin(x), (x + 1)(y − 2), x y, and 1/2x is ½ x. A number
//! never follows what it multiplies: x2 and (x + 1)2 are errors. pi and e are constants; `log` and `ln` are the natural
//! logarithm, `gauss(u)` is e^(−u²). A comparison is 1 or 0, and `if(condition, a, b)` is a where the condition is not 0.
//!
//! All other names are parameters, at most eight, in order of appearance. Two letters are a product (`xy`, `ab`), so are
//! three with an x or a y among them (`axy`, `pix`); what is longer, or has a digit or `_`, is one name (`amp`, `a1`, `w_max`).
//! Parameters before a parenthesis are multiplied with it, when they are single letters: a(x + 1).
//!
//! `f(x, y) =`, `f =` or `z =` in front is accepted and means nothing.

mod evaluation;
mod expected;
mod functions;
pub mod hold;
mod lexer;
mod mathml;
mod names;
mod parser;
mod program;
mod text;

pub use functions::{Binary, FUNCTIONS, Function, Help, Unary};

pub use parser::Part;

use program::Program;

/// The most characters of a text.
pub const LONGEST: usize = 1_000;
/// How deep parentheses, functions, powers and signs may be nested in one another.
pub const DEEPEST: usize = 64;
/// The most operations.
pub const MOST_OPERATIONS: usize = 1_000;
/// The most parameters.
pub const MOST_PARAMS: usize = 8;
/// The most characters of a name.
pub const LONGEST_NAME: usize = 24;

/// A function of x, y and its parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    params: Vec<String>,
    parts: Vec<Part>,
    program: Program,
}

/// Why a text is no function, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExprError {
    /// The place, counted in characters.
    pub at: usize,
    /// How many characters it spans; 0 at the end of the text.
    pub len: usize,
    /// What was expected there.
    pub message: String,
}

impl std::fmt::Display for ExprError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ExprError {}

impl Expr {
    /// Reads a function.
    ///
    /// # Errors
    /// Where the text is no function, and what was expected there.
    pub fn parse(text: &str) -> Result<Self, ExprError> {
        if text.char_indices().nth(LONGEST).is_some() {
            let len = text.chars().count() - LONGEST;
            return Err(ExprError { at: LONGEST, len, message: "At most 1,000 characters.".to_owned() });
        }
        let (parts, params) = parser::parse(text)?;
        let program = Program::compile(&parts);
        let expr = Self { params, parts, program };
        // Signs that may be left out take room in links.
        if expr.text().chars().count() > LONGEST {
            let message = "At most 1,000 characters, with all signs of multiplication.".to_owned();
            return Err(ExprError { at: 0, len: text.chars().count(), message });
        }
        Ok(expr)
    }

    /// 0 everywhere.
    #[must_use]
    pub fn zero() -> Self {
        let parts = vec![Part::Number(0.0)];
        Self { params: Vec::new(), program: Program::compile(&parts), parts }
    }

    /// About how long a gradient takes, in nanoseconds.
    #[must_use]
    pub fn work(&self) -> u64 {
        let each = self.program.ops.iter().map(|op| op.work());
        each.fold(0, u64::saturating_add)
    }

    /// What it is made of, in the order of computation.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The names of its parameters, in order of appearance.
    #[must_use]
    pub fn params(&self) -> &[String] {
        &self.params
    }
}
