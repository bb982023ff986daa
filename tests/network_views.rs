//! What is shown of a network: losses and classes, outputs, pictures of units, how layers behave.

mod common {
    pub mod nets;
}

use common::nets::{Case, case, every_kind, layers, points};
use descent_lab::net::{Activation, Examples, Feature, Loss, NetSpec, Norm, Task, Work};
use descent_lab::objective::Sample;

#[test]
fn without_dropout_training_examples_have_the_loss_they_are_trained_on() {
    let mut work = Work::new();
    for case in every_kind() {
        let trained = case.model.value(&case.w, &case.data, &Sample::default(), &mut work);
        let seen = case.model.evaluate(&case.w, &case.data, &case.data, &mut work);
        assert_eq!(seen.loss.to_bits(), trained.to_bits(), "{}", case.name);
    }
}

#[test]
fn accuracy_and_confusion_count_the_classes_of_the_outputs() {
    for case in every_kind() {
        let (task, mut work) = (case.model.shape.task(), Work::new());
        let points = points(task, 333, 5);
        let data = Examples::new(&case.model.spec, &case.model.shape, &points);
        let seen = case.model.evaluate(&case.w, &case.data, &data, &mut work);
        let Task::Classes(classes) = task else {
            assert_eq!((seen.accuracy, seen.confusion.len()), (None, 0));
            continue;
        };
        let places: Vec<_> = points.iter().map(|[x, y, _]| [*x, *y]).collect();
        let outputs = case.model.outputs(&case.w, &case.data, &places, &mut work);
        let mut confusion = vec![0; classes * classes];
        for (e, o) in outputs.chunks(case.model.shape.outputs()).enumerate() {
            let taken = match o {
                [only] => usize::from(*only > 0.0),
                many => (0..classes).max_by(|a, b| many[*a].total_cmp(&many[*b])).expect("classes"),
            };
            confusion[data.classes()[e] as usize * classes + taken] += 1;
        }
        assert_eq!(seen.confusion, confusion, "{}", case.name);
        let right: u32 = (0..classes).map(|c| confusion[c * (classes + 1)]).sum();
        assert_eq!(seen.accuracy, Some(f64::from(right) / 333.0), "{}", case.name);
    }
}

fn with_norm(norm: Norm) -> Case {
    let spec = NetSpec {
        features: Feature::ALL.to_vec(),
        hidden: layers(&[6, 5], Activation::Swish, norm),
        ..NetSpec::default()
    };
    case(spec, Task::Classes(2), 90, 3)
}

#[test]
fn what_a_point_gives_does_not_depend_on_the_points_beside_it() {
    for norm in Norm::ALL {
        let (case, mut work) = (with_norm(*norm), Work::new());
        let places: Vec<_> = (0..70).map(|i| [f64::from(i) * 0.1 - 3.0, f64::from(i % 7) - 3.0]).collect();
        let all = case.model.outputs(&case.w, &case.data, &places, &mut work);
        for (i, place) in places.iter().enumerate() {
            let alone = case.model.outputs(&case.w, &case.data, &[*place], &mut work);
            assert_eq!(alone, all[i..=i], "{norm:?}, {place:?}");
        }
    }
}

#[test]
fn pictures_show_each_unit_at_the_middle_of_each_pixel_from_the_top() {
    for norm in Norm::ALL {
        let (case, mut work) = (with_norm(*norm), Work::new());
        let (side, view) = (12, 4.0);
        let grids = case.model.units_on_grid(&case.w, &case.data, view, side, &mut work);
        assert_eq!(grids.len(), 7 + 6 + 5 + 1);
        for (row, column) in [(0, 0), (3, 11), (11, 2)] {
            let at = |i: u32| -view + 2.0 * view * (f64::from(i) + 0.5) / 12.0;
            let place = [at(column), -at(row)];
            let pixel = (row * 12 + column) as usize;
            #[expect(clippy::cast_possible_truncation, reason = "pictures are narrow")]
            let check = |grid: &[f32], v: f64| assert_eq!(grid[pixel], v as f32, "{norm:?} {place:?}");
            for (f, feature) in Feature::ALL.iter().enumerate() {
                check(&grids[f], feature.at(place));
            }
            check(&grids[18], case.model.outputs(&case.w, &case.data, &[place], &mut work)[0]);
        }
        assert!(grids.iter().all(|g| g.len() == side * side && g.iter().any(|v| *v != g[0])));
    }
}

#[test]
fn dead_and_saturated_units_and_lost_numbers_are_counted() {
    let spec = NetSpec { hidden: layers(&[4], Activation::Relu, Norm::None), ..NetSpec::default() };
    let (mut relu, mut work) = (case(spec, Task::Classes(2), 50, 1), Work::new());
    let bias = relu.model.shape.layers()[0].bias.offset;
    relu.w[bias] = -1e3;
    let stats = relu.model.layer_stats(&relu.w, &relu.data, &mut work);
    assert_eq!((stats.len(), stats[0].dead, stats[1].dead, stats[0].saturated), (2, 0.25, 0.0, 0.0));
    assert!(stats[0].mean > 0.0 && stats[0].deviation > 0.0 && stats[0].finite);

    let spec = NetSpec { hidden: layers(&[4], Activation::Tanh, Norm::None), ..NetSpec::default() };
    let mut tanh = case(spec, Task::Classes(2), 50, 1);
    let before = tanh.model.layer_stats(&tanh.w, &tanh.data, &mut work)[0];
    tanh.w.iter_mut().for_each(|w| *w *= 1e4);
    let after = tanh.model.layer_stats(&tanh.w, &tanh.data, &mut work)[0];
    assert!(before.saturated < 0.9 && after.saturated > 0.99, "{before:?} {after:?}");
    let outputs = tanh.model.outputs(&tanh.w, &tanh.data, &[[1.0, 1.0]], &mut work);
    assert!(outputs[0].is_finite());

    tanh.w[0] = f64::NAN;
    let stats = tanh.model.layer_stats(&tanh.w, &tanh.data, &mut work);
    assert!(!stats[0].finite && !stats[1].finite);
}

#[test]
fn numbers_that_are_none_and_no_examples_are_answers_and_not_panics() {
    let mut work = Work::new();
    for mut case in every_kind() {
        let empty = Examples::new(&case.model.spec, &case.model.shape, &[]);
        let mut grad = vec![0.0; case.w.len()];
        let none = case.model.value_grad(&case.w, &empty, &Sample::default(), &mut grad, &mut work);
        assert!(none.is_nan(), "{}", case.name);
        assert_eq!(case.model.evaluate(&case.w, &empty, &empty, &mut work).accuracy, None);
        case.w.fill(f64::NAN);
        let lost = case.model.value_grad(&case.w, &case.data, &Sample::default(), &mut grad, &mut work);
        assert!(lost.is_nan() && grad.iter().any(|g| g.is_nan()), "{}", case.name);
    }
}

#[test]
fn a_single_output_is_the_first_class_below_zero_and_the_second_above() {
    let spec = NetSpec { hidden: Vec::new(), loss: Loss::Logistic, ..NetSpec::default() };
    let case = case(spec, Task::Classes(2), 4, 1);
    let data = Examples::new(
        &case.model.spec,
        &case.model.shape,
        &[[-1.0, 0.0, 0.0], [-2.0, 0.0, 1.0], [3.0, 0.0, 1.0], [4.0, 0.0, 1.0]],
    );
    let seen = case.model.evaluate(&[1.0, 0.0, 0.0], &data, &data, &mut Work::new());
    assert_eq!((seen.accuracy, seen.confusion), (Some(0.75), vec![1, 0, 1, 2]));
}
