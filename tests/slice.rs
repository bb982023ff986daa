//! The loss along a line: its derivatives, the step, the trials and the model on it.

mod common {
    pub mod run_text;
    pub mod surface_text;
}

use common::run_text::run_spec;
use descent_lab::math::num;
use descent_lab::optim::StateKind;
use descent_lab::run::inspect::{Inspection, inspect};
use descent_lab::run::slice::{Along, Slice};
use descent_lab::run::{RunSpec, trace};
use descent_lab::scene::{SlicePicture, SvgPainter, Theme, run_style};

const LINES: [Along; 4] = [Along::Gradient, Along::Step, Along::Degrees(0.0), Along::Degrees(200.0)];

fn seen(surface: &str, run: &str, step: u32) -> (RunSpec, Inspection) {
    let spec = run_spec(surface, [-1.5, 2.0], 60, run, "").expect("readable");
    let seen = inspect(&spec, step).expect("a start");
    (spec, seen)
}

#[test]
fn the_slope_at_the_point_is_that_of_f_along_the_line() {
    for surface in ["rosenbrock", "himmelblau", "ackley", "peaks"] {
        let (spec, seen) = seen(surface, "momentum:lr=0.0002", 7);
        let objective = spec.problem.objective();
        let mut g = vec![0.0; 2];
        objective.value_grad(&seen.x, &mut g);
        for along in LINES {
            let slice = Slice::of(objective, &seen, along).expect("a line");
            assert!((num::norm(&slice.along) - 1.0).abs() < 1e-12);
            let want = num::dot(&g, &slice.along);
            assert!((slice.slope - want).abs() <= 1e-12 * num::norm(&g), "{surface} {along:?}");
            // And of what is drawn: by central differences, to the first and to the second order.
            let h = 1e-4;
            let [before, here, after] = [-h, 0.0, h].map(|t| slice.value_at(objective, t));
            assert_eq!(here.to_bits(), slice.value.to_bits());
            let size = 1.0 + num::norm(&g);
            assert!(((after - before) / (2.0 * h) - slice.slope).abs() < 1e-3 * size, "{surface} {along:?}");
            let curvature = slice.curvature.expect("surfaces have Hessians");
            let bend = (after - 2.0 * here + before) / (h * h);
            assert!((bend - curvature).abs() < 1e-3 * (size + curvature.abs()), "{surface} {along:?}");
        }
        let downhill = Slice::of(objective, &seen, Along::Gradient).expect("a line");
        assert!((downhill.slope + num::norm(&g)).abs() <= 1e-12 * num::norm(&g));
    }
}

#[test]
fn the_step_ends_where_the_trace_says() {
    for run in ["sgd:lr=0.0005", "adam:lr=0.05", "lbfgs", "sgd:lr=0.0005,noise=3"] {
        let (spec, seen) = seen("rosenbrock", run, 12);
        let objective = spec.problem.objective();
        let trace = trace(&spec);
        let next = trace.point(13).expect("a row");
        for along in LINES {
            let slice = Slice::of(objective, &seen, along).expect("a line");
            assert_eq!(slice.step.value.to_bits(), trace.loss[13].to_bits(), "{run}");
            // The foot and the distance from it make up the step.
            let foot = slice.point(slice.step.at);
            let aside: Vec<f64> = next.iter().zip(&foot).map(|(b, a)| b - a).collect();
            assert!((num::norm(&aside) - slice.step.off).abs() < 1e-9, "{run} {along:?}");
            assert!(num::dot(&aside, &slice.along).abs() < 1e-9, "{run} {along:?}");
        }
        let own = Slice::of(objective, &seen, Along::Step).expect("a line");
        assert!(own.step.off < 1e-12 && (own.step.at - own.length).abs() < 1e-12, "{run}");
    }
    // Plain descent goes down the gradient; with noise it leaves that line.
    let off = |run: &str| {
        let (spec, seen) = seen("rosenbrock", run, 12);
        Slice::of(spec.problem.objective(), &seen, Along::Gradient).expect("a line").step.off
    };
    assert!(off("sgd:lr=0.0005") < 1e-12);
    assert!(off("sgd:lr=0.0005,noise=3") > 1e-4);
}

#[test]
fn trials_are_those_of_the_line_search_with_its_values() {
    for run in ["bfgs", "lbfgs", "sgd:lr=0.0005"] {
        for step in [0, 3, 10] {
            let (spec, seen) = seen("rosenbrock", run, step);
            let objective = spec.problem.objective();
            let slice = Slice::of(objective, &seen, Along::Step).expect("a line");
            let tried = seen.after.iter().filter(|i| i.kind == StateKind::Trials);
            let tried: Vec<&[f64]> = tried.flat_map(|i| i.values.chunks_exact(2)).collect();
            assert_eq!(slice.trials.len(), tried.len(), "{run} at {step}");
            assert_eq!(tried.is_empty(), run.starts_with("sgd"), "{run}");
            for (mark, point) in slice.trials.iter().zip(tried) {
                assert_eq!(mark.value.to_bits(), objective.value(point).to_bits());
                // A line search tries points of its own line, and on it the curve has the value of the trial.
                assert!(mark.off < 1e-9 * (1.0 + mark.at.abs()), "{run} at {step}: {mark:?}");
                let on_line = slice.value_at(objective, mark.at);
                assert!((on_line - mark.value).abs() <= 1e-9 * (1.0 + mark.value.abs()), "{run} at {step}");
            }
            if let Some(last) = slice.trials.last() {
                assert!((last.at - slice.step.at).abs() < 1e-9, "{run}: the step goes to the last trial");
            }
        }
    }
}

#[test]
fn on_a_quadratic_the_model_is_the_function() {
    let (spec, seen) = seen("ravine(kappa=9)", "sgd:lr=0.01", 4);
    let objective = spec.problem.objective();
    for along in LINES {
        let slice = Slice::of(objective, &seen, along).expect("a line");
        for (at, value) in slice.sample(objective, (-3.0, 5.0), 33) {
            let model = slice.model_at(at).expect("a Hessian");
            assert!(
                (model - value).abs() < 1e-9 * (1.0 + value.abs()),
                "{along:?} at {at}: {model}, {value}"
            );
        }
        let lowest = slice.model_minimum().expect("a bowl");
        let value = slice.value_at(objective, lowest);
        assert!(slice.sample(objective, (-3.0, 5.0), 99).iter().all(|(_, v)| *v >= value - 1e-12));
    }
}

#[test]
fn the_range_holds_the_point_and_the_step_however_far_a_search_began() {
    for run in ["sgd:lr=0.0005", "lbfgs", "bfgs", "adam:lr=0.05", "sgd:lr=1e-12", "sgd:lr=0"] {
        for along in LINES {
            let (spec, seen) = seen("rosenbrock", run, 0);
            let Some(slice) = Slice::of(spec.problem.objective(), &seen, along) else {
                assert!(run.ends_with("=0") && along == Along::Step, "{run}");
                continue;
            };
            let (low, high) = slice.range(4.0);
            assert!(low < 0.0 && 0.0 < high, "{run} {along:?}: {low} to {high}");
            assert!(low < slice.step.at && slice.step.at < high, "{run} {along:?}");
            let width = high - low;
            assert!(width < 100.0 * (slice.step.at.abs() + 1.0), "{run} {along:?}: {width}");
        }
    }
}

#[test]
fn there_is_no_line_where_there_is_no_direction() {
    let spec = run_spec("ravine", [0.0, 0.0], 5, "sgd", "").expect("readable");
    let seen = inspect(&spec, 0).expect("a start");
    let of = |along| Slice::of(spec.problem.objective(), &seen, along);
    assert_eq!((of(Along::Gradient), of(Along::Step)), (None, None));
    assert!(of(Along::Degrees(30.0)).is_some());
    assert_eq!(of(Along::Degrees(f64::NAN)), None);
    assert_eq!(
        [Along::read("step"), Along::read("-12.5"), Along::read("x")],
        [Along::Step, Along::Degrees(-12.5), Along::Gradient]
    );
}

#[test]
fn its_picture_has_numbers_only_wherever_the_line_leads() {
    let runs = ["lbfgs", "sgd:lr=1", "adam:lr=0.05", "spsa", "newton", "sgd:lr=0.001,noise=1000"];
    for surface in ["rosenbrock", "logistic", "cliff", "l1", "recurrent_cliff", "easom"] {
        for (run, step) in runs.into_iter().flat_map(|run| [(run, 0), (run, 5)]) {
            let (spec, seen) = seen(surface, run, step);
            let objective = spec.problem.objective();
            for along in LINES {
                let Some(slice) = Slice::of(objective, &seen, along) else { continue };
                let (low, high) = slice.range(4.0);
                for zoom in [1.0, 1e-3, 1e6] {
                    let range = (
                        0.5 * (low + high) - 0.5 * (high - low) / zoom,
                        0.5 * (low + high) + 0.5 * (high - low) / zoom,
                    );
                    let mut svg = SvgPainter::new(400.0, 190.0, "");
                    let picture = SlicePicture {
                        slice: &slice,
                        objective,
                        range,
                        zoom,
                        style: run_style(0),
                        theme: Theme::Dark,
                    };
                    let frame = picture.paint(&mut svg, (400.0, 190.0));
                    let text = svg.finish();
                    assert!(
                        !text.contains("NaN") && !text.contains("inf"),
                        "{surface} {run} {step} {along:?}: {text}"
                    );
                    let back = frame.at_from_px(frame.px_from_at(0.25 * low + 0.75 * high));
                    assert!((back - (0.25 * low + 0.75 * high)).abs() < 1e-6 * (high - low));
                    // The point itself is in sight.
                    let place = frame.heights.place(slice.value);
                    assert!(
                        place.is_some_and(|p| (0.0..=1.0).contains(&p)),
                        "{surface} {run} {along:?}: {place:?}"
                    );
                }
            }
        }
    }
}
