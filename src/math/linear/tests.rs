//! Matrices against what defines their parts.

use super::*;
use crate::math::rng;

fn random(seed: u64, (rows, cols): Shape) -> Vec<f64> {
    (0..(rows * cols) as u64).map(|i| rng::normal(seed, 0, i)).collect()
}

fn assert_near(a: &[f64], b: &[f64], within: f64, what: &str) {
    assert_eq!(a.len(), b.len(), "{what}");
    for (x, y) in a.iter().zip(b) {
        assert!((x - y).abs() <= within, "{what}: {a:?} is not {b:?}");
    }
}

/// Symmetric matrices of several sizes, one with equal eigenvalues, one of rank 1, one with both signs.
fn symmetric() -> Vec<(Vec<f64>, usize)> {
    let mut all: Vec<_> = (1..9).map(|n| (gram_of_rows(&random(n as u64, (n, n)), (n, n)), n)).collect();
    all.push((identity(5), 5));
    all.push((gram_of_rows(&[1.0, -2.0, 3.0, 0.5], (4, 1)), 4));
    all.push((vec![1.0, 2.0, 2.0, -1.0], 2));
    all.push((vec![0.0; 9], 3));
    all
}

#[test]
fn products_are_those_of_the_definition() {
    let (a, b) = ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [1.0, 0.0, -1.0, 2.0, 0.5, 3.0]);
    assert_eq!(product(&a, &b, (2, 3), 2), [0.5, 13.0, 2.0, 28.0]);
    assert_eq!(transpose(&a, (2, 3)), [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
    assert_eq!(gram_of_rows(&a, (2, 3)), [14.0, 32.0, 32.0, 77.0]);
    assert_eq!(gram_of_columns(&a, (2, 3))[..3], [17.0, 22.0, 27.0]);
}

#[test]
fn eigenvectors_are_orthonormal_and_give_the_matrix_back() {
    for (a, n) in symmetric() {
        let Eigen { values, vectors } = symmetric_eigen(&a, n);
        let size = values.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
        assert!(values.is_sorted_by(|x, y| x >= y), "{values:?}");
        assert_near(&gram_of_columns(&vectors, (n, n)), &identity(n), 1e-14, "orthonormal");
        let mut scaled = vectors.clone();
        for (i, v) in scaled.iter_mut().enumerate() {
            *v *= values[i % n];
        }
        let back = product(&scaled, &transpose(&vectors, (n, n)), (n, n), n);
        assert_near(&back, &a, 1e-14 * (1.0 + size), "VΛVᵀ");
        for j in 0..n {
            let column: Vec<f64> = (0..n).map(|k| vectors[k * n + j]).collect();
            let largest = column.iter().fold(0.0_f64, |m, v| if v.abs() > m.abs() { *v } else { m });
            assert!(largest > 0.0, "{column:?}");
        }
    }
}

#[test]
fn eigenvalues_agree_with_those_worked_out_by_hand() {
    // The second differences of three points: 2 + √2, 2, 2 − √2.
    let a = [2.0, -1.0, 0.0, -1.0, 2.0, -1.0, 0.0, -1.0, 2.0];
    let root = 2.0_f64.sqrt();
    assert_near(&symmetric_eigen(&a, 3).values, &[2.0 + root, 2.0, 2.0 - root], 1e-15, "values");
    // Far apart, and still exact: [[1e20, 1], [1, 2]].
    let values = symmetric_eigen(&[1e20, 1.0, 1.0, 2.0], 2).values;
    assert_eq!(values, [1e20, 2.0]);
}

#[test]
fn what_is_not_finite_ends_and_stays_so() {
    let eigen = symmetric_eigen(&[f64::NAN, 1.0, 1.0, f64::INFINITY], 2);
    assert!(eigen.values.iter().any(|v| !v.is_finite()));
    assert_eq!(inverse_power(&[f64::INFINITY], 1, -0.5, 1.0), [0.0]);
    assert_eq!(singular_values(&[f64::NAN, 1.0, 1.0, 1.0], (2, 2)).len(), 2);
}

#[test]
fn the_inverse_power_multiplies_back_to_the_unit_matrix() {
    for n in 1..7 {
        let a = gram_of_rows(&random(40 + n as u64, (n, n + 2)), (n, n + 2));
        for (exponent, times) in [(-1.0, 1), (-0.5, 2), (-0.25, 4)] {
            let root = inverse_power(&a, n, exponent, 0.1);
            let mut back: Vec<f64> = a.iter().zip(identity(n)).map(|(v, one)| v + 0.1 * one).collect();
            for _ in 0..times {
                back = product(&back, &root, (n, n), n);
            }
            assert_near(&back, &identity(n), 1e-11, "A^p·A");
        }
    }
    // Rank 1 and no ε: along the vector 1/length, across it nothing.
    let root = inverse_power(&gram_of_rows(&[3.0, 4.0], (2, 1)), 2, -0.5, 0.0);
    assert_near(&product(&root, &[3.0, 4.0], (2, 2), 1), &[0.6, 0.8], 1e-15, "along");
    assert_near(&product(&root, &[-4.0, 3.0], (2, 2), 1), &[0.0, 0.0], 1e-15, "across");
    assert_eq!(inverse_power(&[0.0; 4], 2, -0.5, 0.0), [0.0; 4]);
}

#[test]
fn singular_values_are_the_roots_of_the_eigenvalues_of_the_gram_matrix() {
    for shape in [(3, 3), (5, 2), (2, 5), (8, 8), (1, 4)] {
        let a = random(7, shape);
        let values = singular_values(&a, shape);
        let n = shape.0.min(shape.1);
        let gram = if shape.0 >= shape.1 { gram_of_columns(&a, shape) } else { gram_of_rows(&a, shape) };
        let roots: Vec<f64> = symmetric_eigen(&gram, n).values.iter().map(|v| v.max(0.0).sqrt()).collect();
        assert_near(&values, &roots, 1e-13 * (1.0 + values[0]), "singular values");
    }
    assert_near(&singular_values(&[0.0, -2.0, 3.0, 0.0], (2, 2)), &[3.0, 2.0], 1e-15, "a swap");
}

#[test]
fn the_iteration_keeps_the_vectors_and_brings_the_values_near_1() {
    for shape in [(4, 4), (6, 3), (3, 6), (2, 1)] {
        let mut x = random(11, shape);
        let size = num::norm(&x);
        for v in &mut x {
            *v /= size;
        }
        let before = singular_values(&x, shape);
        let gram = gram_of_columns(&x, shape);
        newton_schulz(&mut x, shape, 5);
        let after = singular_values(&x, shape);
        // A function of the Gram matrix commutes with it.
        let new = gram_of_columns(&x, shape);
        let n = shape.1;
        let (there, back) = (product(&gram, &new, (n, n), n), product(&new, &gram, (n, n), n));
        assert_near(&there, &back, 1e-14, "commute");
        let p = |s: f64| s * (NEWTON_SCHULZ[0] + s * s * (NEWTON_SCHULZ[1] + s * s * NEWTON_SCHULZ[2]));
        let mut want: Vec<f64> = before.iter().map(|s| p(p(p(p(p(*s)))))).collect();
        want.sort_by(|a, b| b.total_cmp(a));
        assert_near(&after, &want, 1e-12, "p applied to each");
        assert!(after.iter().all(|s| (0.65..1.25).contains(s)), "{after:?} from {before:?}");
    }
}

#[test]
fn cholesky_multiplies_back_and_refuses_what_is_not_positive() {
    for n in 1..6 {
        let a = gram_of_rows(&random(70 + n as u64, (n, n + 1)), (n, n + 1));
        let l = cholesky(&a, n).expect("positive definite");
        assert_near(&gram_of_rows(&l, (n, n)), &a, 1e-13, "LLᵀ");
        assert!((0..n).all(|i| (i + 1..n).all(|j| l[i * n + j] == 0.0)));
    }
    assert_eq!(cholesky(&[1.0, 2.0, 2.0, 1.0], 2), None);
    assert_eq!(cholesky(&[f64::NAN], 1), None);
}
