//! The operations and functions of typed formulas.

use crate::math::{Elementary, Scalar};

/// Something that acts on one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is the function of its name")]
pub enum Unary {
    Neg,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Tanh,
    Exp,
    Ln,
    Log10,
    Sqrt,
    Cbrt,
    Abs,
    Sign,
    Floor,
    Sigmoid,
    Relu,
    Softplus,
    Gauss,
}

/// Something that acts on two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is the operation of its name")]
pub enum Binary {
    Add,
    Sub,
    Mul,
    Div,
    Pow,
    Atan2,
    Min,
    Max,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    NotEqual,
}

/// What a name before parentheses stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// Of one argument.
    One(Unary),
    /// Of two.
    Two(Binary),
    /// `if(condition, a, b)`.
    If,
}

/// A function that can be typed, for lists of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Help {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub function: Function,
    /// How it is called and what it gives.
    pub text: &'static str,
}

const fn one(name: &'static str, function: Unary, text: &'static str) -> Help {
    Help { name, function: Function::One(function), text }
}

const fn two(name: &'static str, function: Binary, text: &'static str) -> Help {
    Help { name, function: Function::Two(function), text }
}

/// All functions. Where two names stand for the same, the first is the one that is written.
pub static FUNCTIONS: &[Help] = &[
    one("sin", Unary::Sin, "sin(u)"),
    one("cos", Unary::Cos, "cos(u)"),
    one("tan", Unary::Tan, "tan(u)"),
    one("asin", Unary::Asin, "asin(u), the arcsine"),
    one("acos", Unary::Acos, "acos(u), the arccosine"),
    one("atan", Unary::Atan, "atan(u), the arctangent"),
    two("atan2", Binary::Atan2, "atan2(y, x), the angle of the point (x, y)"),
    one("sinh", Unary::Sinh, "sinh(u)"),
    one("cosh", Unary::Cosh, "cosh(u)"),
    one("tanh", Unary::Tanh, "tanh(u)"),
    one("exp", Unary::Exp, "exp(u), e to the power u"),
    one("ln", Unary::Ln, "ln(u), the natural logarithm"),
    one("log", Unary::Ln, "log(u), the natural logarithm too"),
    one("log10", Unary::Log10, "log10(u), the decimal logarithm"),
    one("sqrt", Unary::Sqrt, "sqrt(u), the square root"),
    one("cbrt", Unary::Cbrt, "cbrt(u), the cube root, of negative numbers too"),
    one("abs", Unary::Abs, "abs(u), the size of u"),
    one("sign", Unary::Sign, "sign(u): −1, 0 or 1"),
    two("min", Binary::Min, "min(u, v), the smaller one"),
    two("max", Binary::Max, "max(u, v), the larger one"),
    one("floor", Unary::Floor, "floor(u), the largest whole number not above u"),
    one("sigmoid", Unary::Sigmoid, "sigmoid(u), 1/(1 + e^(−u))"),
    one("relu", Unary::Relu, "relu(u), the larger of 0 and u"),
    one("softplus", Unary::Softplus, "softplus(u), ln(1 + e^u)"),
    one("gauss", Unary::Gauss, "gauss(u), e^(−u²)"),
    Help {
        name: "if",
        function: Function::If,
        text: "if(condition, u, v): u where the condition holds, else v",
    },
];

/// The function of this name.
pub fn find(name: &str) -> Option<Function> {
    FUNCTIONS.iter().find(|f| f.name == name).map(|f| f.function)
}

/// The name that is written for a function.
pub fn name(function: Function) -> &'static str {
    FUNCTIONS.iter().find(|f| f.function == function).map_or("", |f| f.name)
}

impl Function {
    /// How many arguments it takes.
    #[must_use]
    pub const fn arity(self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Two(_) => 2,
            Self::If => 3,
        }
    }
}

impl Unary {
    /// Its value.
    pub fn apply<T: Scalar>(self, u: T) -> T {
        match self {
            Self::Neg => -u,
            Self::Sin => u.sin(),
            Self::Cos => u.cos(),
            Self::Tan => u.tan(),
            Self::Asin => u.asin(),
            Self::Acos => u.acos(),
            Self::Atan => u.atan(),
            Self::Sinh => u.sinh(),
            Self::Cosh => u.cosh(),
            Self::Tanh => u.tanh(),
            Self::Exp => u.exp(),
            Self::Ln => u.ln(),
            Self::Log10 => u.log10(),
            Self::Sqrt => u.sqrt(),
            Self::Cbrt => u.cbrt(),
            Self::Abs => u.abs(),
            Self::Sign => u.sign(),
            Self::Floor => u.floor(),
            Self::Sigmoid => u.sigmoid(),
            Self::Relu => u.relu(),
            Self::Softplus => u.softplus(),
            Self::Gauss => u.gauss(),
        }
    }
}

impl Binary {
    /// Its value.
    pub fn apply<T: Scalar>(self, u: T, v: T) -> T {
        match self {
            Self::Add => u + v,
            Self::Sub => u - v,
            Self::Mul => u * v,
            Self::Div => u / v,
            Self::Pow => u.powf(v),
            Self::Atan2 => u.atan2(v),
            Self::Min => u.min(v),
            Self::Max => u.max(v),
            Self::Less => u.holds(v, f64::lt),
            Self::LessEqual => u.holds(v, f64::le),
            Self::Greater => u.holds(v, f64::gt),
            Self::GreaterEqual => u.holds(v, f64::ge),
            Self::Equal => u.holds(v, f64::eq),
            Self::NotEqual => u.holds(v, f64::ne),
        }
    }

    /// Whether it is 1 or 0.
    #[must_use]
    pub const fn is_comparison(self) -> bool {
        matches!(
            self,
            Self::Less | Self::LessEqual | Self::Greater | Self::GreaterEqual | Self::Equal | Self::NotEqual
        )
    }

    /// The sign between two numbers, as it is typed.
    pub(super) const fn sign(self) -> Option<&'static str> {
        Some(match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
            Self::Pow => "^",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Atan2 | Self::Min | Self::Max => return None,
        })
    }
}
