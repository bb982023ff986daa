//! Networks in few bits: the result of every operation is rounded, with what overflow and underflow do.

mod common {
    pub mod nets;
}

use common::nets::{case, every_kind, layers};
use descent_lab::math::precision::{BF16, F16, F32, Format};
use descent_lab::net::{Activation, Examples, Loss, NetSpec, Norm, Task, Work};
use descent_lab::objective::Sample;

fn ask(format: Format, loss_scale: f64) -> Sample<'static> {
    Sample { format: Some(format), loss_scale, ..Sample::default() }
}

#[test]
fn every_number_that_comes_out_is_one_of_the_format_and_near_the_exact_one() {
    let mut work = Work::new();
    for case in every_kind() {
        let mut exact = vec![0.0; case.w.len()];
        let value = case.model.value_grad(&case.w, &case.data, &Sample::default(), &mut exact, &mut work);
        let largest = exact.iter().fold(1.0_f64, |m, g| m.max(g.abs()));
        for (format, most) in [(F32, 1e-5), (F16, 0.1), (BF16, 0.6)] {
            let mut grad = vec![0.0; case.w.len()];
            let rounded = case.model.value_grad(&case.w, &case.data, &ask(format, 1.0), &mut grad, &mut work);
            assert_eq!(rounded, case.model.value(&case.w, &case.data, &ask(format, 1.0), &mut work));
            assert!((rounded - value).abs() <= most * value.abs().max(1.0), "{} {format:?}", case.name);
            for (g, exact) in grad.iter().zip(&exact) {
                assert_eq!(*g, format.round(*g), "{} {format:?}", case.name);
                assert!((g - exact).abs() <= most * largest, "{} {format:?}: {g} is not {exact}", case.name);
            }
        }
    }
}

/// One example, two inputs, one tanh unit, in the arithmetic of the machine.
fn by_machine(w: [f32; 5], [x, y]: [f32; 2], target: f32, tanh: impl Fn(f32) -> f32) -> (f32, [f32; 5]) {
    let z = w[2] + w[0] * x + w[1] * y;
    let a = tanh(z);
    let e = w[4] + w[3] * a - target;
    let d = w[3] * e * (1.0 - a * a);
    (0.5 * (e * e), [d * x, d * y, d, e * a, e])
}

#[test]
#[expect(clippy::cast_possible_truncation, reason = "the rounding that is compared with")]
fn single_precision_is_the_arithmetic_of_the_machine_bit_for_bit() {
    let spec = NetSpec {
        hidden: layers(&[1], Activation::Tanh, Norm::None),
        loss: Loss::Squared,
        ..NetSpec::default()
    };
    for seed in 0..200 {
        let case = case(spec.clone(), Task::Regression, 1, seed);
        let mut grad = vec![0.0; 5];
        let value = case.model.value_grad(&case.w, &case.data, &ask(F32, 1.0), &mut grad, &mut Work::new());
        let w = [0, 1, 2, 3, 4].map(|i| case.w[i] as f32);
        let tanh = |z: f32| descent_lab::math::num::tanh(f64::from(z)) as f32;
        let (want, slopes) =
            by_machine(w, case.data.point(0).map(|v| v as f32), case.data.label(0) as f32, tanh);
        assert_eq!(value, f64::from(want), "{seed}");
        assert_eq!(grad, slopes.map(f64::from), "{seed}");
    }
}

#[test]
fn half_precision_overflows_beyond_65504_and_does_not_hide_it() {
    let spec = NetSpec { hidden: Vec::new(), loss: Loss::Squared, ..NetSpec::default() };
    let case = case(spec, Task::Regression, 5, 1);
    let w = [300.0, 0.0, 0.0];
    let data = Examples::new(&case.model.spec, &case.model.shape, &[[2.0, 0.0, 0.0]]);
    let (mut grad, mut work) = (vec![0.0; 3], Work::new());
    assert_eq!(case.model.value_grad(&w, &data, &ask(F16, 1.0), &mut grad, &mut work), f64::INFINITY);
    assert_eq!(grad, [1200.0, 0.0, 600.0], "600² is too large, the gradient is not");
    assert_eq!(case.model.value_grad(&w, &data, &ask(BF16, 1.0), &mut grad, &mut work), 180_224.0);
    case.model.value_grad(&w, &data, &ask(F16, 1024.0), &mut grad, &mut work);
    assert_eq!([grad[0], grad[2]], [f64::INFINITY; 2]);
    assert!(grad[1].is_nan(), "∞·0: {}", grad[1]);
}

#[test]
fn small_gradients_vanish_in_half_precision_unless_the_loss_is_scaled() {
    let spec = NetSpec { hidden: Vec::new(), loss: Loss::Squared, ..NetSpec::default() };
    let case = case(spec, Task::Regression, 5, 1);
    let data = Examples::new(&case.model.spec, &case.model.shape, &[[1e-4, 0.0, 0.0]]);
    let (mut grad, mut work) = (vec![0.0; 3], Work::new());
    // The error is about 1e-4, its product with the input 1e-8: below half of 2⁻²⁴.
    case.model.value_grad(&[1.0, 0.0, 0.0], &data, &ask(F16, 1.0), &mut grad, &mut work);
    assert_eq!(grad[0], 0.0);
    case.model.value_grad(&[1.0, 0.0, 0.0], &data, &ask(F16, 4096.0), &mut grad, &mut work);
    assert!((grad[0] / 4096.0 - 1e-8).abs() < 1e-11, "{}", grad[0] / 4096.0);
    case.model.value_grad(&[1.0, 0.0, 0.0], &data, &ask(F32, 1.0), &mut grad, &mut work);
    assert!((grad[0] - 1e-8).abs() < 1e-15, "{}", grad[0]);
}

#[test]
fn the_scale_of_the_loss_multiplies_the_exact_gradient_and_not_the_value() {
    let mut work = Work::new();
    for case in every_kind() {
        let (mut plain, mut scaled) = (vec![0.0; case.w.len()], vec![0.0; case.w.len()]);
        let value = case.model.value_grad(&case.w, &case.data, &Sample::default(), &mut plain, &mut work);
        let ask = Sample { loss_scale: 1024.0, ..Sample::default() };
        assert_eq!(case.model.value_grad(&case.w, &case.data, &ask, &mut scaled, &mut work), value);
        for (a, b) in scaled.iter().zip(&plain) {
            assert!((a / 1024.0 - b).abs() <= 1e-14 * b.abs().max(1e-3), "{}", case.name);
        }
    }
}
