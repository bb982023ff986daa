//! Texts of formulas put together from parts, with the parentheses that they need and no others.

/// How strongly a text holds together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hold {
    /// One or another, as a condition says.
    Choice,
    /// Less, equal, greater.
    Comparison,
    /// Terms.
    Sum,
    /// Factors.
    Product,
    /// A sign before it.
    Signed,
    /// A base and an exponent.
    Power,
    /// A name, a number, a call.
    Whole,
}

/// A text, and how strongly it holds together.
#[derive(Clone)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// How strongly it holds together.
    pub hold: Hold,
}

impl Piece {
    /// A text that nothing pulls apart.
    pub fn whole(text: impl Into<String>) -> Self {
        Self { text: text.into(), hold: Hold::Whole }
    }

    /// The text, in parentheses if it would fall apart.
    #[must_use]
    pub fn at_least(self, hold: Hold) -> String {
        if self.hold < hold { format!("({})", self.text) } else { self.text }
    }
}

/// Two texts with a sign between them: how strongly that holds together, and how strongly each of them has to.
#[must_use]
pub fn infix(a: Piece, sign: &str, b: Piece, (hold, left, right): (Hold, Hold, Hold)) -> Piece {
    Piece { text: format!("{}{sign}{}", a.at_least(left), b.at_least(right)), hold }
}
