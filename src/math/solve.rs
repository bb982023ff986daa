//! Small dense systems, for methods that look at the curvature: n is 2 on a surface and at most some dozens elsewhere.
//!
//! Matrices are slices, row after row. What cannot be done in double precision is `None` and never a panic.

use super::num;

/// A matrix times a vector.
#[must_use]
pub fn times(a: &[f64], x: &[f64]) -> Vec<f64> {
    a.chunks(x.len().max(1)).map(|row| num::dot(row, x)).collect()
}

/// The matrix with `shift` added to its diagonal.
#[must_use]
pub fn shifted(a: &[f64], n: usize, shift: f64) -> Vec<f64> {
    let mut sum = a.to_vec();
    for entry in sum.iter_mut().step_by(n + 1) {
        *entry += shift;
    }
    sum
}

/// L of A = L Lᵀ, zeros above the diagonal; `None` where the symmetric matrix is not positive definite (or not finite).
#[must_use]
pub fn cholesky(a: &[f64], n: usize) -> Option<Vec<f64>> {
    let mut l = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..=i {
            let (upper, lower) = (&l[j * n..j * n + j], &l[i * n..i * n + j]);
            let rest = a[i * n + j] - num::dot(lower, upper);
            if i != j {
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

/// x of L Lᵀ x = b.
#[must_use]
pub fn cholesky_solve(l: &[f64], b: &[f64]) -> Vec<f64> {
    let n = b.len();
    let mut x = b.to_vec();
    for i in 0..n {
        x[i] = (x[i] - num::dot(&l[i * n..i * n + i], &x[..i])) / l[i * n + i];
    }
    for i in (0..n).rev() {
        for j in i + 1..n {
            x[i] -= l[j * n + i] * x[j];
        }
        x[i] /= l[i * n + i];
    }
    x
}

/// x of Ax = b by elimination with row exchanges; `None` where A is singular to working precision or not finite.
#[must_use]
pub fn solve(a: &[f64], b: &[f64]) -> Option<Vec<f64>> {
    let n = b.len();
    let (mut a, mut x) = (a.to_vec(), b.to_vec());
    let least = smallest_pivot(a.iter().fold(0.0, |m: f64, v| m.max(v.abs())), n);
    for k in 0..n {
        let mut row = k;
        for i in k + 1..n {
            if a[i * n + k].abs() > a[row * n + k].abs() {
                row = i;
            }
        }
        let pivot = a[row * n + k];
        if !(pivot.abs() > least && pivot.is_finite()) {
            return None;
        }
        for j in 0..n {
            a.swap(k * n + j, row * n + j);
        }
        x.swap(k, row);
        for i in k + 1..n {
            let factor = a[i * n + k] / pivot;
            for j in k..n {
                a[i * n + j] -= factor * a[k * n + j];
            }
            x[i] -= factor * x[k];
        }
    }
    for k in (0..n).rev() {
        x[k] = (x[k] - num::dot(&a[k * n + k + 1..(k + 1) * n], &x[k + 1..])) / a[k * n + k];
    }
    x.iter().all(|v| v.is_finite()).then_some(x)
}

/// What counts as 0 beside entries of this size.
#[must_use]
pub fn smallest_pivot(size: f64, n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX)) * f64::EPSILON * size
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::rng;

    /// A symmetric matrix of random entries, and a vector.
    fn random(n: usize, seed: u64) -> (Vec<f64>, Vec<f64>) {
        let at = |i: usize, j: usize| rng::normal(seed, i.min(j) as u64, i.max(j) as u64);
        let a = (0..n * n).map(|k| at(k / n, k % n)).collect();
        (a, (0..n).map(|i| rng::normal(seed, 99, i as u64)).collect())
    }

    fn far(a: &[f64], b: &[f64]) -> f64 {
        a.iter().zip(b).fold(0.0, |m, (x, y)| f64::max(m, (x - y).abs()))
    }

    #[test]
    fn solutions_solve_their_equation() {
        for n in [1, 2, 3, 7, 20, 64] {
            let (a, b) = random(n, 5);
            let x = solve(&a, &b).expect("regular");
            assert!(far(&times(&a, &x), &b) < 1e-10, "{n}");
            // AᵀA is positive definite.
            let square: Vec<f64> = (0..n).flat_map(|i| times(&a, &a[i * n..(i + 1) * n])).collect();
            let l = cholesky(&square, n).expect("positive definite");
            let x = cholesky_solve(&l, &b);
            assert!(far(&times(&square, &x), &b) < 1e-7, "{n}");
            assert!(far(&x, &solve(&square, &b).expect("regular")) < 1e-6 * num::norm(&x), "{n}");
        }
    }

    #[test]
    fn what_cannot_be_solved_is_none() {
        for a in [[1.0, 2.0, 2.0, 4.0], [0.0; 4], [f64::NAN, 0.0, 0.0, 1.0], [f64::INFINITY, 0.0, 0.0, 1.0]] {
            assert_eq!(solve(&a, &[1.0, 1.0]), None, "{a:?}");
            assert_eq!(cholesky(&a, 2), None, "{a:?}");
        }
        assert_eq!(cholesky(&[1.0, 0.0, 0.0, -1.0], 2), None);
    }
}
