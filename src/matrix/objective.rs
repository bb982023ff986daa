//! A problem with its parameters, as something to minimise.

use super::{Functions, MatrixSpec, Tables};
use crate::later::here;
use crate::objective::{Block, Objective};
use crate::param;

/// A problem and the values of its parameters.
#[derive(Clone, Debug)]
pub struct MatrixObjective {
    /// Which problem.
    pub spec: &'static MatrixSpec,
    params: Vec<f64>,
    tables: Tables,
    layout: [Block; 1],
}

impl PartialEq for MatrixObjective {
    fn eq(&self, other: &Self) -> bool {
        self.spec == other.spec && self.params == other.params
    }
}

impl MatrixObjective {
    /// The problem with its default parameters.
    #[must_use]
    pub fn new(spec: &'static MatrixSpec) -> Self {
        Self::with(spec, param::defaults(spec.params))
    }

    /// The problem with these values of its parameters, in order.
    #[must_use]
    pub fn with(spec: &'static MatrixSpec, params: Vec<f64>) -> Self {
        let side = params.first().map_or(1, |k| param::as_index(*k));
        let tables = spec.functions.map_or_else(Tables::default, |f| (f.tables)(&params));
        let layout = [Block { offset: 0, rows: side, cols: side }];
        Self { spec, params, tables, layout }
    }

    /// What is computed of it; none in the first load, which carries no such problem.
    fn functions(&self) -> Option<&'static Functions> {
        self.spec.functions.as_ref().and_then(here)
    }

    /// Whether this program can compute it.
    #[must_use]
    pub fn is_here(&self) -> bool {
        self.functions().is_some()
    }

    /// The values of its parameters, in order.
    #[must_use]
    pub fn params(&self) -> &[f64] {
        &self.params
    }

    /// Sets the parameter with this index; unchanged where there is none.
    pub fn set_param(&mut self, index: usize, value: f64) {
        let mut params = self.params.clone();
        if let Some(p) = params.get_mut(index) {
            *p = value;
            *self = Self::with(self.spec, params);
        }
    }

    /// Rows and columns of W.
    #[must_use]
    pub fn side(&self) -> usize {
        self.layout[0].rows
    }

    /// Where runs start, row after row.
    #[must_use]
    pub fn start(&self) -> Vec<f64> {
        self.functions().map_or_else(Vec::new, |f| (f.start)(&self.tables))
    }

    /// A W with the smallest value; none where there is none, or it is not known.
    #[must_use]
    pub fn solution(&self) -> Option<Vec<f64>> {
        self.functions().and_then(|f| (f.solution)(&self.tables))
    }

    /// The loss of each item at this W, the most frequent first; none where there are no items.
    #[must_use]
    pub fn item_losses(&self, w: &[f64]) -> Option<Vec<f64>> {
        self.functions()?.items.map(|items| items(&self.tables, w))
    }
}

impl Objective for MatrixObjective {
    fn dim(&self) -> usize {
        self.layout[0].len()
    }

    fn layout(&self) -> &[Block] {
        &self.layout
    }

    fn value(&self, x: &[f64]) -> f64 {
        self.functions().map_or(f64::NAN, |f| (f.value)(&self.tables, x))
    }

    fn value_grad(&self, x: &[f64], grad: &mut [f64]) -> f64 {
        self.functions().map_or(f64::NAN, |f| (f.value_grad)(&self.tables, x, grad))
    }

    fn hessian(&self, x: &[f64], h: &mut [f64]) -> bool {
        if let Some(f) = self.functions() {
            (f.hessian)(&self.tables, x, h);
        }
        self.functions().is_some()
    }

    fn known_minimum(&self) -> Option<f64> {
        self.functions().and_then(|f| (f.minimum)(&self.tables))
    }

    fn region(&self) -> Vec<(f64, f64)> {
        let Some(_) = self.functions() else { return Vec::new() };
        vec![(-self.spec.region, self.spec.region); self.dim()]
    }

    fn residuals(&self, x: &[f64], residuals: &mut Vec<f64>, jacobian: &mut Vec<f64>) -> bool {
        let Some(formula) = self.functions().and_then(|f| f.residuals) else {
            return false;
        };
        residuals.clear();
        jacobian.clear();
        formula(&self.tables, x, residuals, jacobian);
        true
    }
}
