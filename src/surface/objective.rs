//! A surface with its parameters, as something to minimise.

use super::{Custom, SurfaceSpec, custom};
use crate::math::{Dual, HyperDual};
use crate::objective::{Block, Objective};
use crate::param;
use std::sync::Arc;

/// A surface and the values of its parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct SurfaceObjective {
    /// Which surface.
    pub spec: &'static SurfaceSpec,
    /// The values of its parameters, in order.
    pub params: Vec<f64>,
    /// The function typed by the user that stands in the place of its formula.
    pub custom: Option<Arc<Custom>>,
}

impl SurfaceObjective {
    /// The surface with its default parameters.
    #[must_use]
    pub fn new(spec: &'static SurfaceSpec) -> Self {
        Self { spec, params: param::defaults(spec.params), custom: None }
    }

    /// A typed function, with 1 for its parameters.
    #[must_use]
    pub fn typed(function: Custom) -> Self {
        Self { custom: Some(Arc::new(function)), ..Self::new(&custom::SPEC) }
    }

    /// Whether this program carries the formula (see [`crate::later`]).
    #[must_use]
    pub fn is_here(&self) -> bool {
        if self.custom.is_some() { Custom::is_here() } else { self.spec.formula.is_some() }
    }

    /// f(x, y) on a grid, row after row: the same bits as one by one, and faster for typed functions.
    pub fn grid(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        if let Some(custom) = &self.custom {
            custom.grid(xs, ys, &self.params, out);
            return;
        }
        for (row, y) in out.chunks_mut(xs.len().max(1)).zip(ys) {
            for (out, x) in row.iter_mut().zip(xs) {
                *out = self.at(*x, *y);
            }
        }
    }

    /// f(x, y); not a number where the program does not carry the formula, as below.
    #[must_use]
    pub fn at(&self, x: f64, y: f64) -> f64 {
        if let Some(custom) = &self.custom {
            return custom.at(x, y, &self.params);
        }
        self.spec.formula.map_or(f64::NAN, |f| (f.value)(x, y, &self.params))
    }

    /// f and ∇f at (x, y).
    #[must_use]
    pub fn gradient_at(&self, x: f64, y: f64) -> Dual {
        let (x, y) = (Dual::variable(x, 0), Dual::variable(y, 1));
        if let Some(custom) = &self.custom {
            return custom.at(x, y, &self.params);
        }
        self.spec.formula.map_or(Dual::NAN, |f| (f.dual)(x, y, &self.params))
    }

    /// f, ∇f and ∇²f at (x, y).
    #[must_use]
    pub fn hessian_at(&self, x: f64, y: f64) -> HyperDual {
        let (x, y) = (HyperDual::variable(x, 0), HyperDual::variable(y, 1));
        if let Some(custom) = &self.custom {
            return custom.at(x, y, &self.params);
        }
        let hyper = self.spec.formula.and_then(|f| f.hyper);
        hyper.map_or(HyperDual::NAN, |f| f(x, y, &self.params))
    }

    /// The global minima.
    #[must_use]
    pub fn minima(&self) -> Vec<[f64; 2]> {
        self.spec.minima.map_or_else(Vec::new, |minima| minima(&self.params))
    }
}

impl Objective for SurfaceObjective {
    fn dim(&self) -> usize {
        2
    }

    fn layout(&self) -> &[Block] {
        const PLANE: &[Block] = &[Block::vector(2)];
        PLANE
    }

    fn value(&self, x: &[f64]) -> f64 {
        self.at(x[0], x[1])
    }

    fn value_grad(&self, x: &[f64], grad: &mut [f64]) -> f64 {
        let f = self.gradient_at(x[0], x[1]);
        grad.copy_from_slice(&f.d);
        f.v
    }

    fn hessian(&self, x: &[f64], h: &mut [f64]) -> bool {
        let [xx, xy, yy] = self.hessian_at(x[0], x[1]).h;
        h.copy_from_slice(&[xx, xy, xy, yy]);
        if self.custom.is_some() {
            Custom::is_here()
        } else {
            self.spec.formula.is_some_and(|f| f.hyper.is_some())
        }
    }

    fn work(&self) -> u64 {
        self.custom.as_ref().map_or(0, |c| c.work())
    }

    fn known_minimum(&self) -> Option<f64> {
        self.minima().first().map(|m| self.at(m[0], m[1]))
    }

    fn is_unbounded(&self) -> bool {
        self.spec.unbounded
    }

    fn region(&self) -> Vec<(f64, f64)> {
        vec![self.spec.view.x, self.spec.view.y]
    }

    fn residuals(&self, x: &[f64], residuals: &mut Vec<f64>, jacobian: &mut Vec<f64>) -> bool {
        let Some(formula) = self.spec.residuals else {
            return false;
        };
        residuals.clear();
        jacobian.clear();
        for r in formula(Dual::variable(x[0], 0), Dual::variable(x[1], 1), &self.params) {
            residuals.push(r.v);
            jacobian.extend_from_slice(&r.d);
        }
        true
    }
}
