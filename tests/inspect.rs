//! Looking into a run: the state at a step, and the step that leaves it.

mod common {
    pub mod family;
    pub mod run_text;
    pub mod surface_text;
}

use common::family::tried;
use common::run_text::run_spec;
use descent_lab::optim;
use descent_lab::run::inspect::inspect;
use descent_lab::run::trace;

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
