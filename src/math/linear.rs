//! Small dense matrices, row after row in a slice: products, eigenvalues, roots, singular values.
//!
//! Every sum runs in a written order and every iteration has a bound, so that the same matrix gives the same bits
//! everywhere. For the sizes met here (up to a few dozen) Jacobi's methods are as fast as any and the most accurate.

use super::num;

/// Rows and columns of a matrix.
pub type Shape = (usize, usize);

/// A·B, where A has `rows` × `inner` numbers and B `inner` × `cols`.
#[must_use]
pub fn product(a: &[f64], b: &[f64], (rows, inner): Shape, cols: usize) -> Vec<f64> {
    let mut out = vec![0.0; rows * cols];
    for i in 0..rows {
        for j in 0..cols {
            let mut sum = 0.0;
            for k in 0..inner {
                sum += a[i * inner + k] * b[k * cols + j];
            }
            out[i * cols + j] = sum;
        }
    }
    out
}

/// Aᵀ, where A has this shape.
#[must_use]
pub fn transpose(a: &[f64], (rows, cols): Shape) -> Vec<f64> {
    let mut out = vec![0.0; rows * cols];
    for i in 0..rows {
        for j in 0..cols {
            out[j * rows + i] = a[i * cols + j];
        }
    }
    out
}

/// A·Aᵀ: the products of the rows with each other.
#[must_use]
pub fn gram_of_rows(a: &[f64], shape: Shape) -> Vec<f64> {
    product(a, &transpose(a, shape), shape, shape.0)
}

/// Aᵀ·A: the products of the columns with each other.
#[must_use]
pub fn gram_of_columns(a: &[f64], shape: Shape) -> Vec<f64> {
    product(&transpose(a, shape), a, (shape.1, shape.0), shape.1)
}

/// The unit matrix.
#[must_use]
pub fn identity(n: usize) -> Vec<f64> {
    let mut out = vec![0.0; n * n];
    for i in 0..n {
        out[i * n + i] = 1.0;
    }
    out
}

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

/// Below this part of the largest eigenvalue there is only rounding.
const ROUNDING: f64 = 1e-15;

/// (A + ε·1) to a negative power, for a symmetric A without negative eigenvalues: −½ gives the inverse square root. Where
/// an eigenvalue and ε are 0 the result is 0 along its eigenvector, and it is 0 altogether where A is not finite.
#[must_use]
pub fn inverse_power(a: &[f64], n: usize, exponent: f64, eps: f64) -> Vec<f64> {
    let mut out = vec![0.0; n * n];
    if a.iter().any(|v| !v.is_finite()) {
        return out;
    }
    let Eigen { values, vectors } = symmetric_eigen(a, n);
    let least = ROUNDING * values.first().map_or(0.0, |v| v.abs());
    let powers: Vec<f64> = values
        .iter()
        .map(|v| if *v > least { v + eps } else { eps })
        .map(|v| if v > 0.0 { num::pow(v, exponent) } else { 0.0 })
        .collect();
    for i in 0..n {
        for j in 0..n {
            let mut sum = 0.0;
            for (k, power) in powers.iter().enumerate() {
                sum += vectors[i * n + k] * power * vectors[j * n + k];
            }
            out[i * n + j] = sum;
        }
    }
    out
}

/// The coefficients a, b, c of Muon's iteration: the steepest at 0 of those that stay near 1.
pub const NEWTON_SCHULZ: [f64; 3] = [3.4445, -4.7750, 2.0315];

/// Brings the singular values of X, which must lie between 0 and 1, towards 1 and leaves its singular vectors: X ← aX +
/// b(XXᵀ)X + c(XXᵀ)²X, so many times. With these coefficients they end between about 0.7 and 1.2, unless they were
/// very small.
pub fn newton_schulz(x: &mut [f64], shape: Shape, steps: usize) {
    let [a, b, c] = NEWTON_SCHULZ;
    let (rows, cols) = shape;
    for _ in 0..steps {
        // (XXᵀ)X = X(XᵀX): the smaller of the two is cheaper.
        let wide = rows <= cols;
        let n = rows.min(cols);
        let gram = if wide { gram_of_rows(x, shape) } else { gram_of_columns(x, shape) };
        let mut polynomial = product(&gram, &gram, (n, n), n);
        for (p, g) in polynomial.iter_mut().zip(&gram) {
            *p = b * g + c * *p;
        }
        let more = if wide {
            product(&polynomial, x, (rows, rows), cols)
        } else {
            product(x, &polynomial, shape, cols)
        };
        for (x, more) in x.iter_mut().zip(more) {
            *x = a * *x + more;
        }
    }
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

/// The lower triangle L with A = L·Lᵀ; none where the symmetric A, of which the lower part is read, is not positive definite.
#[must_use]
pub fn cholesky(a: &[f64], n: usize) -> Option<Vec<f64>> {
    let mut l = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..=i {
            let mut rest = a[i * n + j];
            for k in 0..j {
                rest -= l[i * n + k] * l[j * n + k];
            }
            if i > j {
                l[i * n + j] = rest / l[j * n + j];
            } else if rest > 0.0 && rest.is_finite() {
                l[i * n + i] = rest.sqrt();
            } else {
                return None;
            }
        }
    }
    Some(l)
}

#[cfg(test)]
mod tests;
