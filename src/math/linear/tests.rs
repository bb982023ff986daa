//! Products by hand, and what the iteration does.

use super::*;
use crate::math::jacobi::singular_values;
use crate::math::{num, rng};

fn random(seed: u64, (rows, cols): Shape) -> Vec<f64> {
    (0..(rows * cols) as u64).map(|i| rng::normal(seed, 0, i)).collect()
}

fn assert_near(a: &[f64], b: &[f64], within: f64, what: &str) {
    assert_eq!(a.len(), b.len(), "{what}");
    for (x, y) in a.iter().zip(b) {
        assert!((x - y).abs() <= within, "{what}: {a:?} is not {b:?}");
    }
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
