//! A surface with its parameters, as something to minimise.

use super::{Custom, SurfaceSpec, Transform, View, custom};
use crate::later::here;
use crate::math::{Dual, HyperDual, Scalar, num};
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
    /// How it is scaled, turned, moved and tilted, if it is.
    pub transform: Option<Transform>,
}

impl SurfaceObjective {
    /// The surface with its default parameters.
    #[must_use]
    pub fn new(spec: &'static SurfaceSpec) -> Self {
        Self { spec, params: param::defaults(spec.params), custom: None, transform: None }
    }

    /// A typed function, with 1 for its parameters.
    #[must_use]
    pub fn typed(function: Custom) -> Self {
        Self { custom: Some(Arc::new(function)), ..Self::new(&custom::SPEC) }
    }

    /// Whether this program carries the formula (see [`crate::later`]).
    #[must_use]
    pub fn is_here(&self) -> bool {
        (self.transform.is_none() || Transform::is_here())
            && if self.custom.is_some() { Custom::is_here() } else { self.spec.formula.is_some() }
    }

    /// f(x, y) on a grid, row after row: the same bits as one by one, and faster for typed functions.
    pub fn grid(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        match (&self.custom, &self.transform) {
            (Some(custom), None) => custom.grid(xs, ys, &self.params, out),
            (Some(custom), Some(transform)) => {
                transform.grid(xs, ys, out, |us, vs, row| custom.points(us, vs, &self.params, row));
            }
            _ => {
                for (row, y) in out.chunks_mut(xs.len().max(1)).zip(ys) {
                    for (out, x) in row.iter_mut().zip(xs) {
                        *out = self.at(*x, *y);
                    }
                }
            }
        }
    }

    /// The surface at a point, from what its formula is there.
    fn changed<T: Scalar>(&self, x: T, y: T, f: impl Fn(T, T) -> T) -> T {
        match &self.transform {
            None => f(x, y),
            Some(transform) => transform.at(x, y, f),
        }
    }

    /// f(x, y); not a number where the program does not carry the formula, as below.
    #[must_use]
    pub fn at(&self, x: f64, y: f64) -> f64 {
        self.changed(x, y, |x, y| self.unchanged_at(x, y))
    }

    /// The same without its change.
    fn unchanged_at(&self, x: f64, y: f64) -> f64 {
        if let Some(custom) = &self.custom {
            return custom.at(x, y, &self.params);
        }
        self.spec.formula.map_or(f64::NAN, |f| (f.value)(x, y, &self.params))
    }

    /// f and ∇f at (x, y).
    #[must_use]
    pub fn gradient_at(&self, x: f64, y: f64) -> Dual {
        self.changed(Dual::variable(x, 0), Dual::variable(y, 1), |x, y| {
            if let Some(custom) = &self.custom {
                return custom.at(x, y, &self.params);
            }
            self.spec.formula.map_or(Dual::NAN, |f| (f.dual)(x, y, &self.params))
        })
    }

    /// f, ∇f and ∇²f at (x, y).
    #[must_use]
    pub fn hessian_at(&self, x: f64, y: f64) -> HyperDual {
        self.changed(HyperDual::variable(x, 0), HyperDual::variable(y, 1), |x, y| {
            if let Some(custom) = &self.custom {
                return custom.at(x, y, &self.params);
            }
            let hyper = self.spec.formula.and_then(|f| f.hyper);
            hyper.map_or(HyperDual::NAN, |f| f(x, y, &self.params))
        })
    }

    /// The global minima; none are known where a slope is added.
    #[must_use]
    pub fn minima(&self) -> Vec<[f64; 2]> {
        let minima = self.spec.minima.map_or_else(Vec::new, |minima| minima(&self.params));
        match &self.transform {
            None => minima,
            Some(transform) => transform.minima(minima),
        }
    }

    fn is_tilted(&self) -> bool {
        self.transform.is_some_and(|transform| transform.is_tilted())
    }

    /// Whether it falls along a ray, ever further and ever as fast at least, as far as numbers tell. A way down that bends
    /// is not found.
    fn falls_along_a_ray(&self) -> bool {
        (0..64_u8).any(|i| {
            let angle = f64::from(i) * (std::f64::consts::TAU / 64.0);
            let (c, s) = (num::cos(angle), num::sin(angle));
            let at = [1e4, 1e6, 1e8, 1e10].map(|r| self.at(r * c, r * s));
            let [first, second, third] = [at[0] - at[1], at[1] - at[2], at[2] - at[3]];
            // Each stretch is a hundred times as long as the one before.
            first > 0.0 && second >= 50.0 * first && third >= 50.0 * second
        })
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
        if here(()).is_none() {
            return false;
        }
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
        if self.is_tilted() {
            return None;
        }
        // Without the change: what it makes of a minimum is one but for rounding, and the value is the same.
        let minima = self.spec.minima?(&self.params);
        minima.first().map(|m| self.unchanged_at(m[0], m[1]))
    }

    fn is_unbounded(&self) -> bool {
        let may_fall = Transform::is_here() && (self.custom.is_some() || self.is_tilted());
        self.spec.unbounded || (may_fall && self.falls_along_a_ray())
    }

    fn region(&self) -> Vec<(f64, f64)> {
        let view = self.spec.view;
        let View { x, y } = self.transform.map_or(view, |transform| transform.around(view));
        vec![x, y]
    }

    fn residuals(&self, x: &[f64], residuals: &mut Vec<f64>, jacobian: &mut Vec<f64>) -> bool {
        let Some(formula) = self.spec.residuals.and_then(here) else {
            return false;
        };
        let (mut u, mut v) = (Dual::variable(x[0], 0), Dual::variable(x[1], 1));
        match &self.transform {
            // A slope is no square.
            Some(transform) if transform.is_tilted() => return false,
            Some(transform) => (u, v) = transform.inward(u, v),
            None => {}
        }
        residuals.clear();
        jacobian.clear();
        for r in formula(u, v, &self.params) {
            residuals.push(r.v);
            jacobian.extend_from_slice(&r.d);
        }
        true
    }
}
