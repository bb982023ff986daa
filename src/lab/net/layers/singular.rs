//! Singular values of a layer's weights, or of its steps, at the weights that are kept along a run. They are found a few at a
//! time.

use crate::math::jacobi;
use crate::objective::Block;
use crate::scene::matrix::{Axis, Curves};
use crate::train::Record;

/// At most at so many steps.
const MOST: usize = 161;

/// Those that are known.
#[derive(Default)]
pub struct Singular {
    key: Option<(f64, Block, bool)>,
    steps: Vec<usize>,
    values: Vec<f64>,
    each: usize,
}

impl Singular {
    /// Makes sure it is about this: a run, a layer's weights, and whether of the steps. Tells whether it was about something
    /// else.
    pub fn adopt(&mut self, run: f64, block: Block, of_steps: bool) -> bool {
        let key = Some((run, block, of_steps));
        if self.key == key {
            return false;
        }
        *self = Self { key, each: block.rows.min(block.cols), ..Self::default() };
        true
    }

    /// Finds the next ones; tells whether there was one to find.
    pub fn find(&mut self, record: &Record) -> bool {
        let Some((_, block, of_steps)) = self.key else {
            return false;
        };
        let stride = record.stride.max(1) as usize;
        let rows = record.steps as usize / stride + 1;
        let row = self.steps.len() * rows.div_ceil(MOST).max(1);
        let at = |row: usize| record.weights.get(row * record.dim..)?.get(block.range());
        let matrix = match (at(row), at(row + 1)) {
            (Some(w), _) if !of_steps => w.to_vec(),
            (Some(from), Some(to)) => to.iter().zip(from).map(|(b, a)| b - a).collect(),
            _ => return false,
        };
        self.values.extend(jacobi::singular_values(&matrix, block.shape()));
        self.steps.push(row * stride);
        true
    }

    /// How many steps are looked at so far.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// How many singular values there are.
    pub const fn each(&self) -> usize {
        self.each
    }

    /// Those at a step, or at the last before it.
    pub fn at(&self, step: u32) -> &[f64] {
        let row = self.steps.partition_point(|s| *s <= step as usize).saturating_sub(1);
        self.values.get(row * self.each..(row + 1) * self.each).unwrap_or_default()
    }

    /// As curves with their axis.
    pub fn curves(&self) -> (Curves, Axis) {
        let of_steps = self.key.is_some_and(|(_, _, of_steps)| of_steps);
        let axis = if of_steps { Axis::log(self.values.iter()) } else { Axis::linear(self.values.iter()) };
        (Curves::new(self.steps.clone(), self.values.clone(), self.each), axis)
    }
}
