//! Matrices against what defines their parts.

use super::*;
use crate::math::linear::{gram_of_columns, gram_of_rows, product};
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
    let parts = symmetric_eigen(&a, 2);
    let ([big, _], [x, y]) = num::eigen2(a[0], a[1], a[3]);
    assert!((parts.values[0] / big - 1.0).abs() < 1e-14);
    let dot = x * parts.vectors[0] + y * parts.vectors[2];
    assert!((dot.abs() - 1.0).abs() < 1e-14, "{dot}");
}

#[test]
fn functions_of_a_matrix_give_it_back() {
    for (a, n) in symmetric() {
        let eigen = Eigen::of_finite(&a, n).expect("finite");
        assert_near(&eigen.map(|v| v), &a, 1e-13, "A");
        assert_near(&eigen.map(|_| 1.0), &identity(n), 1e-14, "1");
        let b = random(9, (n, 1));
        assert_near(&eigen.map_times(&b, |v| v), &product(&a, &b, (n, n), 1), 1e-13, "A b");
        assert_near(&eigen.map_times(&b, |_| 1.0), &b, 1e-14, "b");
    }
    let wide = Eigen::of_finite(&[1e300, 1e-300, 1e-300, -1e-300], 2).expect("finite").values;
    assert!((wide[0] / 1e300 - 1.0).abs() < 1e-15 && (wide[1] / -1e-300 - 1.0).abs() < 1e-15);
    assert_eq!(Eigen::of_finite(&[0.0; 4], 2).expect("finite").nothing(), 0.0);
    assert_eq!(Eigen::of_finite(&[f64::NAN, 0.0, 0.0, 1.0], 2), None);
    assert_eq!(Eigen::of_finite(&[1.0, f64::NAN, f64::NAN, 1.0], 2), None);
}
