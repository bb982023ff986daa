//! The loss on a grid over a part of a plane: coarse first, then finer, each value once.

use super::cast;
use super::plane::Plane;
use super::settings::LossOf;
use crate::net::{Network, Work};
use crate::objective::Sample;
use crate::surface::View;

/// Spacings on the longer side of the coarsest grid.
const COARSE: usize = 8;
/// How often they are halved at most: to 128.
const FINEST: u32 = 4;
/// It is not made finer where that would take more work than this, in units of about a nanosecond.
const MOST_WORK: u64 = 8_000_000_000;
/// But always so often.
const LEAST: u32 = 2;

/// The loss at some weights: over all training examples, or over all test examples.
#[must_use]
pub fn loss(network: &Network, w: &[f64], of: LossOf, work: &mut Work) -> f64 {
    match of {
        LossOf::Train => network.model.value(w, &network.train, &Sample::default(), work),
        LossOf::Test => network.model.evaluate(w, &network.train, &network.test, work).loss,
    }
}

/// About how much work it is, in units of about a nanosecond.
#[must_use]
pub fn cost(network: &Network) -> u64 {
    let dim = network.model.shape.dim() as u64;
    (dim * (network.train.len() + network.test.len()) as u64).max(1)
}

/// The values, and which are still to come.
#[derive(Debug)]
pub struct Grid {
    /// The part of the plane, in its coordinates.
    pub view: View,
    /// Columns of the grid that is being worked out.
    pub columns: usize,
    /// Its rows, the first at the top.
    pub rows: usize,
    /// Row after row; not numbers where nothing is known yet, or where the loss is not finite.
    values: Vec<f64>,
    /// The last grid that is complete: columns, rows, values.
    complete: Option<(usize, usize, Vec<f64>)>,
    level: u32,
    finest: u32,
    /// The next value to be worked out.
    at: usize,
    of: LossOf,
    cost: u64,
    work: Work,
    weights: Vec<f64>,
}

impl Grid {
    /// The grid of a part of a plane, as long as a picture of this width and height has it.
    #[must_use]
    pub fn new(network: &Network, view: View, of: LossOf, (width, height): (f64, f64)) -> Self {
        let longer = width.max(height);
        let along = |side: f64| {
            let share = if longer > 0.0 { side / longer } else { 1.0 };
            cast::index((cast::float(COARSE) * share).round()).max(2) + 1
        };
        let cost = cost(network);
        let (columns, rows) = (along(width), along(height));
        let values_at = |level: u32| ((columns - 1) << level) as u64 * ((rows - 1) << level) as u64;
        let finest = (LEAST..=FINEST).rev().find(|l| values_at(*l) * cost <= MOST_WORK).unwrap_or(LEAST);
        Self {
            view,
            columns,
            rows,
            values: vec![f64::NAN; columns * rows],
            complete: None,
            level: 0,
            finest,
            at: 0,
            of,
            cost,
            work: Work::new(),
            weights: vec![0.0; network.model.shape.dim()],
        }
    }

    /// Whether every value of the finest grid is there.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.level == self.finest && self.at == self.values.len()
    }

    /// The last grid that is complete: its columns, its rows, and its values row after row from the top.
    #[must_use]
    pub fn complete(&self) -> Option<(usize, usize, &[f64])> {
        self.complete.as_ref().map(|(columns, rows, values)| (*columns, *rows, &values[..]))
    }

    /// How many grids have been completed.
    #[must_use]
    pub const fn completed(&self) -> u32 {
        self.level + self.complete.is_some() as u32
    }

    /// How many values of all are there, and how many there will be.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let by = self.finest - self.level;
        let all = (((self.columns - 1) << by) + 1) * (((self.rows - 1) << by) + 1);
        let coarser = if self.level == 0 { 0 } else { (self.columns / 2 + 1) * (self.rows / 2 + 1) };
        let share = self.at as u64 * (self.values.len() - coarser) as u64 / self.values.len() as u64;
        (coarser + usize::try_from(share).unwrap_or(0), all)
    }

    /// The point of the plane where a value stands.
    #[must_use]
    pub fn place(&self, column: usize, row: usize) -> [f64; 2] {
        let View { x, y } = self.view;
        let share = |i: usize, n: usize| cast::float(i) / cast::float(n - 1);
        [x.0 + (x.1 - x.0) * share(column, self.columns), y.1 - (y.1 - y.0) * share(row, self.rows)]
    }

    /// Works out more values, for about so many nanoseconds and at least one; tells whether there is more to do.
    pub fn advance(&mut self, network: &Network, plane: &Plane, work: u64) -> bool {
        let mut left = (work / self.cost).max(1);
        while left > 0 && !self.is_done() {
            if self.at == self.values.len() {
                self.refine();
            }
            plane.put(self.place(self.at % self.columns, self.at / self.columns), &mut self.weights);
            let value = loss(network, &self.weights, self.of, &mut self.work);
            self.values[self.at] = if value.is_finite() { value } else { f64::NAN };
            left -= 1;
            self.at += 1;
            self.skip();
            if self.at == self.values.len() {
                self.complete = Some((self.columns, self.rows, self.values.clone()));
            }
        }
        !self.is_done()
    }

    /// Halves the spacing.
    fn refine(&mut self) {
        let (columns, rows) = (2 * self.columns - 1, 2 * self.rows - 1);
        let mut values = vec![f64::NAN; columns * rows];
        for row in 0..self.rows {
            for column in 0..self.columns {
                values[2 * row * columns + 2 * column] = self.values[row * self.columns + column];
            }
        }
        (self.columns, self.rows, self.values, self.at) = (columns, rows, values, 0);
        self.level += 1;
        self.skip();
    }

    /// Goes on to the next value that the coarser grid did not have.
    fn skip(&mut self) {
        let is_known =
            |at: usize| (at % self.columns).is_multiple_of(2) && (at / self.columns).is_multiple_of(2);
        while self.level > 0 && self.at < self.values.len() && is_known(self.at) {
            self.at += 1;
        }
    }
}
