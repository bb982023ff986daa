//! What Jacobi's rotations (1846) find: eigenvalues and eigenvectors of symmetric matrices, functions of these, and the
//! singular values of any matrix. Matrices are slices, row after row.
//!
//! Every sum runs in a written order and every iteration has a bound, so that the same matrix gives the same bits
//! everywhere. For the sizes met here (up to a few dozen) rotations are as fast as anything and the most accurate.

use super::linear::{Shape, identity, transpose};
use super::num;
use super::solve::smallest_pivot;

/// Eigenvalues and eigenvectors of a symmetric matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Eigen {
    /// The eigenvalues, the largest first.
    pub values: Vec<f64>,
    /// The unit eigenvectors as columns, in the same order. Of the two signs each has the one that makes its largest
    /// component (the first of these, where several are as large) positive.
    pub vectors: Vec<f64>,
}

/// How often all pairs are gone through at most; six to ten times are enough for doubles.
const SWEEPS: usize = 40;

/// The cosine and the sine of the rotation that makes the off-diagonal entry of [[p, q], [q, r]] vanish.
fn rotation(p: f64, q: f64, r: f64) -> (f64, f64) {
    let tau = (r - p) / (2.0 * q);
    // The smaller of the two angles.
    let t =
        if tau >= 0.0 { 1.0 / (tau + num::norm(&[1.0, tau])) } else { -1.0 / (num::norm(&[1.0, tau]) - tau) };
    let c = 1.0 / num::norm(&[1.0, t]);
    (c, t * c)
}

/// Turns two columns (i, j) of a matrix with this shape.
fn turn_columns(a: &mut [f64], (rows, cols): Shape, (i, j): (usize, usize), (c, s): (f64, f64)) {
    for k in 0..rows {
        let (x, y) = (a[k * cols + i], a[k * cols + j]);
        a[k * cols + i] = c * x - s * y;
        a[k * cols + j] = s * x + c * y;
    }
}

/// The eigenvalues of a symmetric n × n matrix, of which the part above the diagonal is read, by Jacobi's method: rotations
/// in the order of the rows. Numbers that are not finite come out as such.
#[must_use]
pub fn symmetric_eigen(matrix: &[f64], n: usize) -> Eigen {
    let mut a = matrix.to_vec();
    for i in 0..n {
        for j in 0..i {
            a[i * n + j] = a[j * n + i];
        }
    }
    let mut vectors = identity(n);
    for _ in 0..SWEEPS {
        let mut turned = false;
        for i in 0..n {
            for j in i + 1..n {
                let (p, q, r) = (a[i * n + i], a[i * n + j], a[j * n + j]);
                // What is below the last bit of both diagonal entries changes nothing.
                if q.abs() <= f64::EPSILON * 0.5 * (p.abs().min(r.abs())) || q == 0.0 || !q.is_finite() {
                    continue;
                }
                turned = true;
                let turn = rotation(p, q, r);
                turn_columns(&mut a, (n, n), (i, j), turn);
                turn_rows(&mut a, n, (i, j), turn);
                (a[i * n + j], a[j * n + i]) = (0.0, 0.0);
                turn_columns(&mut vectors, (n, n), (i, j), turn);
            }
        }
        if !turned {
            break;
        }
    }
    in_order(&a, &vectors, n)
}

fn turn_rows(a: &mut [f64], n: usize, (i, j): (usize, usize), (c, s): (f64, f64)) {
    for k in 0..n {
        let (x, y) = (a[i * n + k], a[j * n + k]);
        a[i * n + k] = c * x - s * y;
        a[j * n + k] = s * x + c * y;
    }
}

/// The diagonal and the columns, sorted and with their signs.
fn in_order(a: &[f64], columns: &[f64], n: usize) -> Eigen {
    let mut order: Vec<usize> = Vec::with_capacity(n);
    for i in 0..n {
        let place = order.partition_point(|j| a[j * n + j].total_cmp(&a[i * n + i]).is_ge());
        order.insert(place, i);
    }
    let mut vectors = vec![0.0; n * n];
    for (j, from) in order.iter().enumerate() {
        let mut largest = 0.0_f64;
        for k in 0..n {
            let v = columns[k * n + from];
            largest = if v.abs() > largest.abs() { v } else { largest };
        }
        let sign = if largest < 0.0 { -1.0 } else { 1.0 };
        for k in 0..n {
            vectors[k * n + j] = sign * columns[k * n + from];
        }
    }
    Eigen { values: order.iter().map(|i| a[i * n + i]).collect(), vectors }
}

impl Eigen {
    /// Those of a symmetric n × n matrix; none where it is not finite, or its size is beyond what rotations can bear.
    #[must_use]
    pub fn of_finite(matrix: &[f64], n: usize) -> Option<Self> {
        if matrix.iter().any(|v| !v.is_finite()) {
            return None;
        }
        let found = symmetric_eigen(matrix, n);
        found.values.iter().chain(&found.vectors).all(|v| v.is_finite()).then_some(found)
    }

    /// f(A), row after row: f acts on each eigenvalue.
    #[must_use]
    pub fn map(&self, f: impl Fn(f64) -> f64) -> Vec<f64> {
        let n = self.values.len();
        let mapped: Vec<f64> = self.values.iter().map(|v| f(*v)).collect();
        let mut out = vec![0.0; n * n];
        for i in 0..n {
            for j in 0..n {
                let mut sum = 0.0;
                for (k, value) in mapped.iter().enumerate() {
                    sum += self.vectors[i * n + k] * value * self.vectors[j * n + k];
                }
                out[i * n + j] = sum;
            }
        }
        out
    }

    /// f(A) b.
    #[must_use]
    pub fn map_times(&self, b: &[f64], f: impl Fn(f64) -> f64) -> Vec<f64> {
        let n = b.len();
        let mut sum = vec![0.0; n];
        for (k, value) in self.values.iter().enumerate() {
            let vector: Vec<f64> = (0..n).map(|i| self.vectors[i * n + k]).collect();
            let along = f(*value) * num::dot(&vector, b);
            for (sum, v) in sum.iter_mut().zip(vector) {
                *sum += along * v;
            }
        }
        sum
    }

    /// The size below which an eigenvalue is 0 but for rounding.
    #[must_use]
    pub fn nothing(&self) -> f64 {
        smallest_pivot(self.values.iter().fold(0.0, |m: f64, v| m.max(v.abs())), self.values.len())
    }
}

/// Below this part of the largest eigenvalue there is only rounding.
const ROUNDING: f64 = 1e-15;

/// (A + ε·1) to a negative power, for a symmetric A without negative eigenvalues: −½ gives the inverse square root. Where
/// an eigenvalue and ε are 0 the result is 0 along its eigenvector, and it is 0 altogether where A is not finite.
#[must_use]
pub fn inverse_power(a: &[f64], n: usize, exponent: f64, eps: f64) -> Vec<f64> {
    if a.iter().any(|v| !v.is_finite()) {
        return vec![0.0; n * n];
    }
    let eigen = symmetric_eigen(a, n);
    let least = ROUNDING * eigen.values.first().map_or(0.0, |v| v.abs());
    eigen.map(|v| {
        let above = if v > least { v + eps } else { eps };
        if above > 0.0 { num::pow(above, exponent) } else { 0.0 }
    })
}

/// The singular values of a matrix, the largest first, by Jacobi's method on the columns of the narrower side.
#[must_use]
pub fn singular_values(matrix: &[f64], (rows, cols): Shape) -> Vec<f64> {
    let tall = rows >= cols;
    let (mut a, rows, cols) =
        if tall { (matrix.to_vec(), rows, cols) } else { (transpose(matrix, (rows, cols)), cols, rows) };
    let column = |a: &[f64], j: usize| -> Vec<f64> { (0..rows).map(|k| a[k * cols + j]).collect() };
    for _ in 0..SWEEPS {
        let mut turned = false;
        for i in 0..cols {
            for j in i + 1..cols {
                let (x, y) = (column(&a, i), column(&a, j));
                let (p, q, r) = (num::dot(&x, &x), num::dot(&x, &y), num::dot(&y, &y));
                if q.abs() <= f64::EPSILON * (p * r).sqrt() || q == 0.0 || !q.is_finite() {
                    continue;
                }
                turned = true;
                turn_columns(&mut a, (rows, cols), (i, j), rotation(p, q, r));
            }
        }
        if !turned {
            break;
        }
    }
    let mut values: Vec<f64> = Vec::with_capacity(cols);
    for j in 0..cols {
        let value = num::norm(&column(&a, j));
        values.insert(values.partition_point(|v| v.total_cmp(&value).is_ge()), value);
    }
    values
}

#[cfg(test)]
mod tests;
