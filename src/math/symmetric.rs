//! Eigenvalues and eigenvectors of small symmetric matrices, by Jacobi's rotations (1846): slow for large ones, accurate
//! for all, and the same bits everywhere.

/// A symmetric matrix taken apart: A = V diag(λ) Vᵀ.
#[derive(Clone, Debug)]
pub struct Eigen {
    /// The eigenvalues, in no order.
    pub values: Vec<f64>,
    /// V row after row: column k is the unit eigenvector of the k-th value.
    pub vectors: Vec<f64>,
}

/// Sweeps after which the rest off the diagonal is left; a dozen are enough for any size met here.
const MOST_SWEEPS: usize = 40;

/// Takes apart the n×n matrix `a`, given row after row. Only its upper triangle is read.
#[must_use]
pub fn eigen(a: &[f64], n: usize) -> Eigen {
    let mut a = a.to_vec();
    let mut vectors = vec![0.0; n * n];
    for i in 0..n {
        vectors[i * n + i] = 1.0;
    }
    for _ in 0..MOST_SWEEPS {
        let mut rotated = false;
        for p in 0..n {
            for q in p + 1..n {
                rotated |= rotate(&mut a, &mut vectors, n, p, q);
            }
        }
        if !rotated {
            break;
        }
    }
    Eigen { values: (0..n).map(|i| a[i * n + i]).collect(), vectors }
}

/// Turns the plane of coordinates p < q so that their entry becomes 0; false where it is as good as 0.
fn rotate(a: &mut [f64], vectors: &mut [f64], n: usize, p: usize, q: usize) -> bool {
    let (app, aqq, apq) = (a[p * n + p], a[q * n + q], a[p * n + q]);
    let small = apq.abs() <= 1e-18 * (app.abs() + aqq.abs());
    if small || !apq.is_finite() || !(aqq - app).is_finite() {
        return false;
    }
    let theta = (aqq - app) / (2.0 * apq);
    let root = (theta * theta + 1.0).sqrt();
    let t = if theta >= 0.0 { 1.0 / (theta + root) } else { -1.0 / (root - theta) };
    let c = 1.0 / (t * t + 1.0).sqrt();
    let s = t * c;
    a[p * n + p] = app - t * apq;
    a[q * n + q] = aqq + t * apq;
    a[p * n + q] = 0.0;
    for k in (0..n).filter(|k| *k != p && *k != q) {
        let (kp, kq) = (upper(n, k, p), upper(n, k, q));
        let (akp, akq) = (a[kp], a[kq]);
        a[kp] = c * akp - s * akq;
        a[kq] = s * akp + c * akq;
    }
    for row in vectors.chunks_exact_mut(n) {
        let (vp, vq) = (row[p], row[q]);
        row[p] = c * vp - s * vq;
        row[q] = s * vp + c * vq;
    }
    true
}

/// Where the entry of row i and column k stands in the upper triangle.
const fn upper(n: usize, i: usize, k: usize) -> usize {
    if i < k { i * n + k } else { k * n + i }
}

impl Eigen {
    /// V diag(f(λ)) Vᵀ, row after row.
    #[must_use]
    pub fn map(&self, f: impl Fn(f64) -> f64) -> Vec<f64> {
        let n = self.values.len();
        let mapped: Vec<f64> = self.values.iter().map(|v| f(*v)).collect();
        let mut out = vec![0.0; n * n];
        for i in 0..n {
            for j in i..n {
                let mut sum = 0.0;
                for (k, value) in mapped.iter().enumerate() {
                    sum += self.vectors[i * n + k] * value * self.vectors[j * n + k];
                }
                out[i * n + j] = sum;
                out[j * n + i] = sum;
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::{num, rng};

    #[test]
    fn the_parts_make_up_the_matrix() {
        for n in 1..9 {
            let mut a = vec![0.0; n * n];
            for i in 0..n {
                for j in 0..=i {
                    let draw = rng::normal(3, n as u64, (i * n + j) as u64);
                    (a[i * n + j], a[j * n + i]) = (draw, draw);
                }
            }
            let parts = eigen(&a, n);
            for (ours, given) in parts.map(|v| v).iter().zip(&a) {
                assert!((ours - given).abs() < 1e-14, "{n}: {ours} is not {given}");
            }
            for (k, value) in parts.map(|_| 1.0).iter().enumerate() {
                let unit = if k % (n + 1) == 0 { 1.0 } else { 0.0 };
                assert!((value - unit).abs() < 1e-14, "{n}: the eigenvectors are not orthogonal");
            }
        }
    }

    #[test]
    fn small_eigenvalues_are_found_beside_large_ones() {
        // A rotation by 30° of diag(1e8, 1e-4): the 2×2 formula loses the small one, and so it is asked for relatively.
        let (c, s) = (0.75_f64.sqrt(), 0.5);
        let (large, small) = (1e8, 1e-4);
        let a = [
            c * c * large + s * s * small,
            c * s * (large - small),
            c * s * (large - small),
            s * s * large + c * c * small,
        ];
        let parts = eigen(&a, 2);
        let ([big, _], [x, y]) = num::eigen2(a[0], a[1], a[3]);
        let at = usize::from(parts.values[0] < parts.values[1]);
        assert!((parts.values[at] / big - 1.0).abs() < 1e-14);
        let dot = x * parts.vectors[at] + y * parts.vectors[2 + at];
        assert!((dot.abs() - 1.0).abs() < 1e-14, "{dot}");
    }

    #[test]
    fn what_is_not_finite_ends_too() {
        let parts = eigen(&[f64::NAN, 1.0, 1.0, f64::INFINITY], 2);
        assert_eq!(parts.values.len(), 2);
    }
}
