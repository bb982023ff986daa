//! Problems whose parameters are one square matrix W: what methods for matrices are for. A file each.
//!
//! To add one: a file beside this one with a `SPEC`, and its name in the list below, under `later`.

mod objective;
pub mod view;

pub use objective::MatrixObjective;

use crate::later::registry;
use crate::param::{ParamSpec, Scale};

registry! {
    /// Every problem, in the order of the menu.
    MatrixSpec {
        core: ;
        later: matrix_lsq, associative_memory;
    }
}

/// What the parameters of a problem determine, worked out once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables {
    /// Rows and columns of W.
    pub side: usize,
    /// The matrix on the left of W, row after row.
    pub left: Vec<f64>,
    /// The matrix that goes with it: on the right of W, or the target.
    pub right: Vec<f64>,
    /// A weight for each item, where there are items.
    pub weights: Vec<f64>,
    /// A number that the problem needs besides.
    pub number: f64,
}

/// Residuals and their Jacobian, row after row.
pub type Residuals = fn(&Tables, &[f64], &mut Vec<f64>, &mut Vec<f64>);

/// The loss of each item.
pub type Items = fn(&Tables, &[f64]) -> Vec<f64>;

/// What is computed of a problem.
#[derive(Clone, Copy)]
pub struct Functions {
    /// What they determine.
    pub tables: fn(&[f64]) -> Tables,
    /// f(W).
    pub value: fn(&Tables, &[f64]) -> f64,
    /// f(W), with its gradient.
    pub value_grad: fn(&Tables, &[f64], &mut [f64]) -> f64,
    /// The second derivatives, row after row.
    pub hessian: fn(&Tables, &[f64], &mut [f64]),
    /// Where f = Σ rᵢ² is a sum of squares: its residuals r.
    pub residuals: Option<Residuals>,
    /// Where runs start.
    pub start: fn(&Tables) -> Vec<f64>,
    /// The smallest value, where it is known and taken.
    pub minimum: fn(&Tables) -> Option<f64>,
    /// A W with the smallest value, where there is one.
    pub solution: fn(&Tables) -> Option<Vec<f64>>,
    /// The loss of each item, where f is an average over items.
    pub items: Option<Items>,
}

/// A problem: its function and all that is known of it.
pub struct MatrixSpec {
    /// The word in links and on the command line.
    pub key: &'static str,
    /// The name on the page.
    pub name: &'static str,
    /// One sentence: what to look for.
    pub sentence: &'static str,
    /// f(W) as people write it.
    pub text: &'static str,
    /// Its parameters.
    pub params: &'static [ParamSpec],
    /// Where one looks for minima: every entry from −this to this.
    pub region: f64,
    /// Its functions; none where this program does not carry them (see [`crate::later`]).
    pub functions: Option<Functions>,
}

/// The side of W.
const fn side(default: f64) -> ParamSpec {
    ParamSpec::new(
        "k",
        "k",
        "side",
        default,
        (2.0, 8.0),
        Scale::Integer,
        "Rows and columns of W, which has k² parameters.",
    )
}

/// A whole number as a float.
#[expect(clippy::cast_precision_loss, reason = "the side of a small matrix")]
const fn float(n: usize) -> f64 {
    n as f64
}

/// The matrix with these entries.
fn matrix(side: usize, entry: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    (0..side * side).map(|at| entry(at / side, at % side)).collect()
}
