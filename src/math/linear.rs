//! Small dense matrices, row after row in a slice: products, and Muon's iteration. Sums run in a written order.

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

#[cfg(test)]
mod tests;
