//! A function typed by the user in the place of a surface.
//!
//! Its description is always the same; what differs from one to the next (the text, the names of the parameters) goes with
//! the objective. So sliders, links and undo treat its parameters as those of any surface, by their place in the list. It is
//! no entry of the registry, since without a text there is nothing to show.
//!
//! The first program of the page (see [`crate::later`]) keeps the text and cannot compute anything of it.

use super::{Group, Levels, SurfaceSpec, View};
#[cfg(feature = "lab")]
use crate::expr::Expr;
use crate::later::words;
use crate::math::Scalar;
use crate::param::{ParamSpec, Scale};

/// The most parameters.
pub const MOST_PARAMS: usize = 8;
/// The function when nothing is said.
pub const DEFAULT: &str = "x^2+y^2";

const fn param(key: &'static str, symbol: &'static str) -> ParamSpec {
    let help = "What this letter of your function stands for.";
    ParamSpec::new(key, symbol, "parameter", 1.0, (-1e9, 1e9), Scale::Linear, help).slider(-5.0, 5.0)
}

/// The place of a typed function among surfaces.
pub static SPEC: SurfaceSpec = SurfaceSpec {
    key: "custom",
    name: "Your function",
    group: Group::Multimodal,
    sentence: words("A function of x and y that you type."),
    text: "f(x, y)",
    params: &[
        param("p1", "p₁"),
        param("p2", "p₂"),
        param("p3", "p₃"),
        param("p4", "p₄"),
        param("p5", "p₅"),
        param("p6", "p₆"),
        param("p7", "p₇"),
        param("p8", "p₈"),
    ],
    view: View::square(2.0),
    start: [-1.5, 1.2],
    levels: Levels::Linear,
    minima: None,
    unbounded: false,
    residuals: None,
    formula: None,
};

/// A typed function, or a text of a link that is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Custom {
    text: String,
    names: Vec<String>,
    /// What stands in the parentheses of the link beside a text that is no function.
    inside: Option<String>,
    #[cfg(feature = "lab")]
    expr: Expr,
}

#[cfg(feature = "lab")]
impl Custom {
    /// Reads a function. The names of a link are not needed.
    ///
    /// # Errors
    /// What was expected, and at which character.
    pub fn read(text: &str, _names: Vec<String>) -> Result<Self, String> {
        let expr = Expr::parse(text).map_err(|e| format!("character {}: {}", e.at + 1, e.message))?;
        Ok(Self::new(expr))
    }

    /// A function that was read.
    #[must_use]
    pub fn new(expr: Expr) -> Self {
        Self { text: expr.text(), names: expr.params().to_vec(), inside: None, expr }
    }

    /// Keeps a text that is no function as a link has it, with what the link says of its parameters, until it is mended.
    /// [`DEFAULT`] is computed in its place.
    #[must_use]
    pub fn unread(text: &str, inside: &str) -> Self {
        let expr = Expr::parse(DEFAULT).unwrap_or_else(|_| Expr::zero());
        Self { text: text.to_owned(), names: Vec::new(), inside: Some(inside.to_owned()), expr }
    }

    /// The function itself.
    #[must_use]
    pub fn expr(&self) -> &Expr {
        &self.expr
    }

    /// The value at (x, y), with its derivatives if T carries them.
    #[must_use]
    pub fn at<T: Scalar>(&self, x: T, y: T, params: &[f64]) -> T {
        self.expr.eval(x, y, params, &mut Vec::new())
    }

    /// About how long a gradient takes, in nanoseconds.
    #[must_use]
    pub fn work(&self) -> u64 {
        self.expr.work()
    }

    /// The values of a grid, row after row.
    pub fn grid(&self, xs: &[f64], ys: &[f64], params: &[f64], out: &mut [f64]) {
        self.expr.eval_field(xs, ys, params, out);
    }

    /// The values at points, from their coordinates.
    pub fn points(&self, xs: &[f64], ys: &[f64], params: &[f64], out: &mut [f64]) {
        self.expr.eval_points(xs, ys, params, out);
    }
}

#[cfg(not(feature = "lab"))]
impl Custom {
    /// Keeps a function with the names that the link has for its parameters.
    ///
    /// # Errors
    /// Where there are too many. Whether it is a function is known to the second program.
    pub fn read(text: &str, names: Vec<String>) -> Result<Self, String> {
        if names.len() > MOST_PARAMS {
            return Err("more than 8 parameters".to_owned());
        }
        Ok(Self { text: text.to_owned(), names, inside: None })
    }

    /// Keeps a text as a link has it, with what the link says of its parameters.
    #[must_use]
    pub fn unread(text: &str, inside: &str) -> Self {
        Self { text: text.to_owned(), names: Vec::new(), inside: Some(inside.to_owned()) }
    }

    /// Not a number: this program cannot compute it.
    #[must_use]
    pub fn at<T: Scalar>(&self, _: T, _: T, _: &[f64]) -> T {
        T::constant(f64::NAN)
    }

    /// None.
    #[must_use]
    pub const fn work(&self) -> u64 {
        0
    }

    /// No numbers.
    pub fn grid(&self, _: &[f64], _: &[f64], _: &[f64], out: &mut [f64]) {
        out.fill(f64::NAN);
    }

    /// No numbers.
    pub fn points(&self, _: &[f64], _: &[f64], _: &[f64], out: &mut [f64]) {
        out.fill(f64::NAN);
    }
}

impl Custom {
    /// Whether this program can compute it.
    #[must_use]
    pub const fn is_here() -> bool {
        cfg!(feature = "lab")
    }

    /// The function as links have it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the link says of the parameters of a text that is no function, word for word.
    #[must_use]
    pub fn inside(&self) -> Option<&str> {
        self.inside.as_deref()
    }

    /// The names of its parameters; the first ones of the surface's parameters are their values.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }
}
