//! What an optimizer minimises, and what it may ask while it does so.

use crate::math::precision::Format;

/// A block of the parameter vector that belongs together: a weight matrix, or a vector (`cols` = 1).
///
/// Matrix and layer-wise methods look at the blocks; all others see one long vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it begins in the parameter vector.
    pub offset: usize,
    /// Rows of the matrix, or the length of the vector.
    pub rows: usize,
    /// Columns of the matrix, stored row after row; 1 for a vector.
    pub cols: usize,
}

impl Block {
    /// A vector of this length at the start of the parameters.
    #[must_use]
    pub const fn vector(len: usize) -> Self {
        Self { offset: 0, rows: len, cols: 1 }
    }

    /// How many parameters it holds.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows * self.cols
    }

    /// Its places in the parameter vector.
    #[must_use]
    pub const fn range(&self) -> std::ops::Range<usize> {
        self.offset..self.offset + self.len()
    }

    /// Rows and columns.
    #[must_use]
    pub const fn shape(&self) -> (usize, usize) {
        (self.rows, self.cols)
    }

    /// Whether it holds none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What of a function that is a mean over examples is asked for, and how it is computed. The default is all of it, exactly.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// Which examples, in this order; none is all of them.
    pub rows: Option<&'a [u32]>,
    /// The share of hidden units that is dropped.
    pub dropout: f64,
    /// Which draw of such randomness it is, from 0.
    pub draw: u64,
    /// The seed of that randomness.
    pub seed: u64,
    /// The format that the result of every operation is rounded to; none is 64 bits.
    pub format: Option<Format>,
    /// What the loss is multiplied by before it is differentiated; the gradient is that of the multiplied loss.
    pub loss_scale: f64,
}

impl Default for Sample<'_> {
    fn default() -> Self {
        Self { rows: None, dropout: 0.0, draw: 0, seed: 0, format: None, loss_scale: 1.0 }
    }
}

/// A function to minimise, with exact derivatives.
pub trait Objective {
    /// The number of parameters.
    fn dim(&self) -> usize;
    /// How the parameters fall into matrices and vectors.
    fn layout(&self) -> &[Block];
    /// f(x).
    fn value(&self, x: &[f64]) -> f64;
    /// f(x), with ∇f(x) written to `grad`.
    fn value_grad(&self, x: &[f64], grad: &mut [f64]) -> f64;
    /// How many examples f is a mean over; 0 where it is not written as one, and then there are no samples of it.
    fn examples(&self) -> usize {
        0
    }
    /// The class of each example, for dealing them out unevenly; empty where there are none.
    fn classes(&self) -> &[u32] {
        &[]
    }
    /// The value of a sample.
    fn sample_value(&self, x: &[f64], _sample: &Sample<'_>) -> f64 {
        self.value(x)
    }
    /// The value of a sample, with its gradient (times the loss scale) written to `grad`.
    fn sample_grad(&self, x: &[f64], _sample: &Sample<'_>, grad: &mut [f64]) -> f64 {
        self.value_grad(x, grad)
    }
    /// About how many nanoseconds a gradient takes beyond what its length tells: functions typed by the user may be long.
    fn work(&self) -> u64 {
        0
    }
    /// Whether there are second derivatives to ask for.
    fn has_hessian(&self) -> bool {
        true
    }
    /// ∇²f(x), row after row; `false` where the problem has none to give.
    fn hessian(&self, x: &[f64], h: &mut [f64]) -> bool;
    /// The smallest value of f, where it is known.
    fn known_minimum(&self) -> Option<f64>;
    /// Whether f falls without end.
    fn is_unbounded(&self) -> bool {
        false
    }
    /// Where one looks for minima: the range of each coordinate. Methods that sample take their scale from it.
    fn region(&self) -> Vec<(f64, f64)>;
    /// For a sum of squares f = Σ rᵢ²: the residuals r and their Jacobian, row after row (a row for each residual).
    /// `false` where f is not written as one.
    fn residuals(&self, _x: &[f64], _residuals: &mut Vec<f64>, _jacobian: &mut Vec<f64>) -> bool {
        false
    }
}

/// What a method has asked for so far. A value that comes with its gradient counts as one gradient.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Values alone.
    pub values: u32,
    /// Gradients.
    pub gradients: u32,
    /// Hessians.
    pub hessians: u32,
}

impl Counts {
    /// Values and gradients together: what charts call evaluations. Hessians are told apart.
    #[must_use]
    pub const fn evaluations(&self) -> u32 {
        self.values + self.gradients
    }
}

/// How a method asks about the function during a step: every question is counted, and gradients come as the run's
/// modifiers (noise, clipping, L2 …) leave them.
pub trait Oracle {
    /// f(x).
    fn value(&mut self, x: &[f64]) -> f64;
    /// f(x), with the modified gradient written to `grad`.
    fn gradient(&mut self, x: &[f64], grad: &mut [f64]) -> f64;
    /// ∇²f(x), row after row; `false` where there is none.
    fn hessian(&mut self, x: &[f64], h: &mut [f64]) -> bool;
    /// The smallest value of f, where it is known.
    fn known_minimum(&self) -> Option<f64>;
    /// The residuals r of f = Σ rᵢ² and their Jacobian, row after row; `false` where f is no sum of squares. Counts as a
    /// gradient. Modifiers of the gradient do not act on it.
    fn residuals(&mut self, x: &[f64], residuals: &mut Vec<f64>, jacobian: &mut Vec<f64>) -> bool;
    /// Says which worker asks from now on, from 0, and the parameters that all had when they were averaged last.
    fn set_worker(&mut self, _worker: u32, _anchor: &[f64]) {}
    /// Says how much a step works besides its questions, in units of about a nanosecond: for methods to which that matters,
    /// such as those that decompose matrices. A run that works too much is stopped.
    fn spend(&mut self, _units: u64) {}
}
