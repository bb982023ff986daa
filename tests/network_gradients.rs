//! Gradients of networks against differences of values, and Hessian-vector products against differences of gradients.

mod common {
    pub mod nets;
}

use common::nets::{Case, case, every_kind, layers};
use descent_lab::math::rng;
use descent_lab::net::{Activation, Loss, NetSpec, Norm, Task, Work};
use descent_lab::objective::Sample;

/// The value at a point moved along one parameter.
fn moved(case: &Case, ask: &Sample<'_>, i: usize, by: f64) -> f64 {
    let mut w = case.w.clone();
    w[i] += by;
    case.model.value(&w, &case.data, ask, &mut Work::new())
}

/// Compares each derivative with central differences of two steps, extrapolated.
fn check(case: &Case, ask: &Sample<'_>) {
    let mut grad = vec![f64::NAN; case.w.len()];
    let value = case.model.value_grad(&case.w, &case.data, ask, &mut grad, &mut Work::new());
    assert_eq!(value, case.model.value(&case.w, &case.data, ask, &mut Work::new()), "{}", case.name);
    let largest = grad.iter().fold(0.0_f64, |m, g| m.max(g.abs()));
    assert!(largest > 1e-3 && value.is_finite(), "{}: {value}, {largest}", case.name);
    for (i, g) in grad.iter().enumerate() {
        let slope = |h: f64| (moved(case, ask, i, h) - moved(case, ask, i, -h)) / (2.0 * h);
        let h = 2e-4;
        let want = (4.0 * slope(0.5 * h) - slope(h)) / 3.0;
        // A kink between the points of the differences spoils them: closer ones then decide.
        let near = slope(1e-7);
        let close =
            (g - want).abs() <= 1e-8 * largest.max(1.0) || (g - near).abs() <= 1e-6 * largest.max(1.0);
        assert!(close, "{}: {}: {g} is not {want}", case.name, case.model.shape.name(i));
    }
}

#[test]
fn gradients_are_the_slopes_of_values_for_every_layer_activation_loss_and_normalisation() {
    let cases = every_kind();
    assert!(cases.len() > 50);
    for case in &cases {
        check(case, &Sample::default());
    }
}

#[test]
fn gradients_of_batches_and_with_dropout_are_the_slopes_of_their_values() {
    for (k, case) in every_kind().iter().enumerate() {
        let rows = [3, 8, 1, 1, 5];
        check(
            case,
            &Sample { rows: Some(&rows), dropout: 0.3, draw: k as u64, seed: 4, ..Sample::default() },
        );
    }
}

#[test]
fn huber_is_quadratic_near_and_linear_far() {
    for delta in [0.05, 3.0] {
        let spec = NetSpec {
            loss: Loss::Huber,
            delta,
            hidden: layers(&[4], Activation::Tanh, Norm::None),
            ..NetSpec::default()
        };
        check(&case(spec, Task::Regression, 20, 1), &Sample::default());
    }
}

#[test]
fn hessian_vector_products_are_differences_of_gradients() {
    for case in every_kind() {
        let v: Vec<f64> = (0..case.w.len() as u64).map(|i| rng::normal(9, 0, i)).collect();
        let mut product = vec![f64::NAN; v.len()];
        let mut work = Work::new();
        case.model.hessian_vector(&case.w, &case.data, &v, &mut product, &mut work);
        let mut at = |h: f64| {
            let w: Vec<f64> = case.w.iter().zip(&v).map(|(w, v)| w + h * v).collect();
            let mut grad = vec![0.0; w.len()];
            case.model.value_grad(&w, &case.data, &Sample::default(), &mut grad, &mut work);
            grad
        };
        let mut slopes = |h: f64| -> Vec<f64> {
            at(h).iter().zip(at(-h)).map(|(up, down)| (up - down) / (2.0 * h)).collect()
        };
        let (coarse, fine, near) = (slopes(1e-4), slopes(5e-5), slopes(1e-7));
        let largest = product.iter().fold(1.0_f64, |m, p| m.max(p.abs()));
        for (i, p) in product.iter().enumerate() {
            let want = (4.0 * fine[i] - coarse[i]) / 3.0;
            let close = (p - want).abs() <= 1e-7 * largest || (p - near[i]).abs() <= 1e-5 * largest;
            assert!(close, "{}: {}: {p} is not {want}", case.name, case.model.shape.name(i));
        }
    }
}
