//! Looking into a run: the state at a step, and the step that leaves it.

mod common {
    pub mod family;
    pub mod run_text;
    pub mod surface_text;
}

use common::family::tried;
use common::run_text::run_spec;
use descent_lab::math::num;
use descent_lab::optim::{self, Group, StateKind};
use descent_lab::run::inspect::inspect;
use descent_lab::run::status::explain;
use descent_lab::run::{Status, trace};

const STEPS: u32 = 60;

#[test]
fn what_is_seen_at_a_step_is_what_the_trace_has_there() {
    for optimizer in optim::ALL {
        let run = format!("{}:{}", optimizer.key, tried(optimizer));
        let spec = run_spec("rosenbrock", [-1.5, 2.0], STEPS, &run, "").expect("readable");
        let trace = trace(&spec);
        for step in [0, 1, 30, STEPS - 1, STEPS] {
            let seen = inspect(&spec, step).expect("a start");
            let row = seen.step as usize;
            assert_eq!(row, (step as usize).min(trace.last()), "{}", optimizer.key);
            assert_eq!(Some(&seen.x[..]), trace.point(row), "{}", optimizer.key);
            assert_eq!(seen.lr.to_bits(), trace.lr[row].to_bits(), "{}", optimizer.key);
            assert_eq!(seen.asked.evaluations(), trace.evaluations[row], "{}", optimizer.key);
            if row < trace.last() {
                assert_eq!(Some(&seen.next[..]), trace.point(row + 1), "{}", optimizer.key);
                assert_eq!(seen.cost.evaluations(), trace.evaluations[row + 1] - trace.evaluations[row]);
            }
            // The state after a step is the state before the next.
            let then = inspect(&spec, step + 1).expect("a start");
            if then.step == seen.step + 1 {
                assert_eq!(then.before, seen.after, "{} at {step}", optimizer.key);
            }
        }
    }
}

#[test]
fn a_step_of_adam_shows_its_numbers() {
    // f = ½(x² + 4y²) from (2, 1): g = (2, 4), m = 0.1 g, v = 0.001 g².
    let spec = run_spec("ravine(kappa=4)", [2.0, 1.0], 5, "adam:lr=0.1", "").expect("readable");
    let seen = inspect(&spec, 0).expect("a start");
    assert_eq!((seen.step, &seen.gradient[..]), (0, &[2.0, 4.0][..]));
    let value = |symbol: &str| seen.after.iter().find(|i| i.symbol == symbol).expect("shown").values.clone();
    for (symbol, want) in [("m", [0.2, 0.4]), ("v", [0.004, 0.016])] {
        for (a, b) in value(symbol).iter().zip(want) {
            assert!((a - b).abs() < 1e-15, "{symbol}: {a} is not {b}");
        }
    }
    assert_eq!((seen.kept, seen.cost.gradients), (4, 1));
}

#[test]
fn a_run_that_diverges_can_be_looked_at_up_to_its_last_finite_step() {
    let spec = run_spec("rosenbrock", [-1.5, 2.0], 50, "sgd:lr=1", "").expect("readable");
    let trace = trace(&spec);
    assert!(trace.len() < 51);
    for step in [0, 1, 49, 50] {
        let seen = inspect(&spec, step).expect("a start");
        assert_eq!(seen.step as usize, (step as usize).min(trace.last()));
    }
}

/// Directions that are changes of the gradient, and so point as the gradient falls.
const CHANGES: &[(&str, &str)] = &[("adan", "v"), ("adan", "v̂")];

#[test]
fn arrows_point_the_way_the_step_goes() {
    // On a round bowl, far from its middle, where every step goes inward.
    for optimizer in optim::ALL.iter().filter(|o| o.group != Group::GradientFree) {
        let run = format!("{}:{}", optimizer.key, tried(optimizer));
        let spec = run_spec("ravine(kappa=1)", [3.0, 2.0], 20, &run, "").expect("readable");
        let seen = inspect(&spec, 3).expect("a start");
        let step: Vec<f64> = seen.next.iter().zip(&seen.x).map(|(b, a)| b - a).collect();
        for item in seen.after.iter().filter(|i| !CHANGES.contains(&(optimizer.key, i.symbol))) {
            let along = num::dot(&item.values, &step);
            match item.kind {
                StateKind::Direction | StateKind::Impulse => {
                    assert!(along <= 0.0, "{} {}: {:?}", optimizer.key, item.symbol, item.values);
                }
                StateKind::Displacement => {
                    assert!(along >= 0.0, "{} {}: {:?}", optimizer.key, item.symbol, item.values);
                }
                _ => {}
            }
        }
    }
}

#[test]
fn a_run_that_works_too_much_is_stopped_and_says_so() {
    let run = "lbfgs:workers=16/1000,accumulate=32,sam=0.05,noise=0.1";
    let spec = run_spec("rosenbrock", [-1.5, 2.0], 20_000, run, "").expect("readable");
    let trace = trace(&spec);
    let Status::Stopped { step } = trace.status else { panic!("{:?}", trace.status) };
    assert_eq!(trace.len(), step as usize + 1);
    assert!(step < 10_000, "{step}");
    let sentence = explain(&spec, &trace);
    assert!(sentence.starts_with(&format!("Stopped at step {step}")), "{sentence}");
    // Looking beyond its end looks at its end.
    assert_eq!(inspect(&spec, 20_000).expect("a start").step, step);
    // Ordinary runs of the greatest length are not touched.
    let spec = run_spec("rosenbrock", [-1.5, 2.0], 20_000, "adam:lr=0.001", "").expect("readable");
    assert_eq!(descent_lab::run::trace(&spec).len(), 20_001);
}
