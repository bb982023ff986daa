//! Linear least squares in a matrix: the quadratic on which the reference paths of matrix methods were recorded
//! (`tests/fixtures/README.md`).

use super::{Functions, MatrixSpec, Tables, float, matrix, side};
use crate::math::linear::product;
use crate::math::num;
use crate::math::solve::solve;
use crate::param::as_index;

pub static SPEC: MatrixSpec = MatrixSpec {
    key: "matrix_lsq",
    name: "Matrix least squares",
    sentence: "A quadratic in a matrix: W is to turn A into B. Plain steps must be small for the largest singular value of A.",
    text: "½‖A W − B‖²",
    params: &[side(4.0)],
    region: 2.0,
    functions: Some(Functions {
        tables: |p| {
            let k = as_index(p[0]);
            Tables {
                side: k,
                left: matrix(k, |i, j| num::cos(float(i * j + 1)) + if i == j { 2.0 } else { 0.0 }),
                right: matrix(k, |i, j| num::sin(float(i + 3 * j + 1))),
                weights: Vec::new(),
                number: 0.0,
            }
        },
        value: |t, w| 0.5 * square(&error(t, w)),
        value_grad,
        hessian,
        residuals: Some(residuals),
        start: |t| matrix(t.side, |i, j| num::sin(float(i + 2 * j)) / 2.0),
        // A can be inverted for every k that is allowed.
        minimum: |_| Some(0.0),
        solution,
        items: None,
    }),
};

/// A W − B.
fn error(t: &Tables, w: &[f64]) -> Vec<f64> {
    let mut error = product(&t.left, w, (t.side, t.side), t.side);
    for (e, b) in error.iter_mut().zip(&t.right) {
        *e -= b;
    }
    error
}

/// A⁻¹B, column by column.
fn solution(t: &Tables) -> Option<Vec<f64>> {
    let k = t.side;
    let mut w = vec![0.0; k * k];
    for j in 0..k {
        let column: Vec<f64> = (0..k).map(|i| t.right[i * k + j]).collect();
        for (i, v) in solve(&t.left, &column)?.into_iter().enumerate() {
            w[i * k + j] = v;
        }
    }
    Some(w)
}

fn square(v: &[f64]) -> f64 {
    num::dot(v, v)
}

/// Aᵀ(A W − B).
fn value_grad(t: &Tables, w: &[f64], grad: &mut [f64]) -> f64 {
    let (k, error) = (t.side, error(t, w));
    for i in 0..k {
        for j in 0..k {
            let mut sum = 0.0;
            for l in 0..k {
                sum += t.left[l * k + i] * error[l * k + j];
            }
            grad[i * k + j] = sum;
        }
    }
    0.5 * square(&error)
}

/// Aᵀ·A in each column of W, and nothing between columns.
fn hessian(t: &Tables, _: &[f64], h: &mut [f64]) {
    let k = t.side;
    h.fill(0.0);
    for i in 0..k {
        for j in 0..k {
            let mut sum = 0.0;
            for l in 0..k {
                sum += t.left[l * k + i] * t.left[l * k + j];
            }
            for column in 0..k {
                h[(i * k + column) * k * k + j * k + column] = sum;
            }
        }
    }
}

/// (A W − B)/√2, entry by entry.
fn residuals(t: &Tables, w: &[f64], residuals: &mut Vec<f64>, jacobian: &mut Vec<f64>) {
    let (k, half) = (t.side, 0.5_f64.sqrt());
    residuals.extend(error(t, w).iter().map(|e| e * half));
    jacobian.resize(k * k * k * k, 0.0);
    for i in 0..k {
        for j in 0..k {
            for l in 0..k {
                jacobian[(i * k + j) * k * k + l * k + j] = t.left[i * k + l] * half;
            }
        }
    }
}
