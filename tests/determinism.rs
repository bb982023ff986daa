//! A run is a function of its settings: the same again, whoever looks, however long it goes on.

mod common {
    pub mod family;
    pub mod run_text;
    pub mod surface_text;
}

use common::family::gradient_free::{DRAWS, READS_HORIZON};
use common::family::with_lr;
use common::run_text::run_spec;
use descent_lab::optim::{self, Group, Needs};
use descent_lab::run::{RunSpec, Runner, Trace, trace};

const STEPS: u32 = 120;

/// Methods beside those that ask for values alone that draw at every step, and what: their seed matters without noise too.
const SAMPLING: &[(&str, &str)] = &[("adahessian", "random signs, to look at the diagonal of the Hessian")];

/// Runs of every optimizer that takes any function: with noise and a clip on an oscillating surface, and plain in a valley.
fn runs() -> Vec<(String, RunSpec)> {
    let mut all = Vec::new();
    for optimizer in optim::ALL.iter().filter(|o| o.needs != Needs::SumOfSquares) {
        for (surface, start, more) in [
            ("rastrigin", [-2.6, 3.4], "noise=2,clip_norm=20,l2=0.01"),
            ("rosenbrock", [-1.5, 2.0], "schedule=exponential(gamma=0.99)"),
            ("peaks", [0.1, 1.2], "schedule=step(step_size=30;gamma=0.5),warmup=20"),
        ] {
            let run = format!("{},{more}", with_lr(optimizer, "0.001"));
            let spec = run_spec(
                surface,
                start,
                STEPS,
                &run,
                if optimizer.has_lr() { "30:lr=0.002 60:noise=1" } else { "60:noise=1" },
            )
            .expect("readable");
            all.push((format!("{run} on {surface}"), spec));
        }
    }
    all
}

/// The rows of a trace up to this one, as bits.
fn rows(trace: &Trace, last: usize) -> Vec<[u64; 6]> {
    (0..=last)
        .map(|row| {
            let [x, y] = trace.point2(row).expect("a point").map(f64::to_bits);
            let counts = u64::from(trace.evaluations[row]) << 32 | u64::from(trace.hessians[row]);
            let numbers = [trace.loss[row], trace.grad_norm[row], trace.lr[row]].map(f64::to_bits);
            [x, y, numbers[0], numbers[1], numbers[2], counts]
        })
        .collect()
}

#[test]
fn the_same_run_comes_out_the_same_bit_for_bit() {
    for (name, spec) in runs() {
        let (first, second) = (trace(&spec), trace(&spec.clone()));
        assert_eq!(first.len(), STEPS as usize + 1, "{name}: {:?}", first.status);
        assert_eq!(rows(&first, STEPS as usize), rows(&second, STEPS as usize), "{name}");
        assert_eq!(first.fingerprint(), second.fingerprint(), "{name}");
        assert_eq!(first.status, second.status, "{name}");
    }
}

#[test]
fn runs_side_by_side_do_not_disturb_each_other() {
    let runs = runs();
    let alone: Vec<_> = runs.iter().map(|(_, spec)| trace(spec)).collect();
    let mut side_by_side: Vec<_> = runs.iter().map(|(_, spec)| Runner::new(spec)).collect();
    for step in 0..STEPS as usize {
        for (runner, trace) in side_by_side.iter_mut().zip(&alone) {
            assert_eq!(Some(runner.x()), trace.point(step));
            runner.advance();
        }
    }
}

#[test]
fn looking_at_a_run_does_not_change_it() {
    for (name, spec) in runs() {
        let (mut watched, mut alone) = (Runner::new(&spec), Runner::new(&spec));
        for step in 0..STEPS {
            for _ in 0..step % 3 {
                watched.observe().expect("finite");
                watched.state(&mut |_| {});
            }
            watched.advance();
            alone.advance();
            assert_eq!(watched.x(), alone.x(), "{name} at {step}");
            assert_eq!(watched.counts(), alone.counts(), "{name} at {step}");
        }
    }
}

#[test]
fn a_shorter_run_is_the_beginning_of_a_longer_one() {
    for (name, spec) in runs() {
        if READS_HORIZON.contains(&spec.settings.optimizer.key) {
            continue;
        }
        let long = trace(&spec);
        for steps in [0, 1, 29, 30, 31, 100] {
            let short = trace(&RunSpec { steps, ..spec.clone() });
            assert_eq!(short.len(), steps as usize + 1, "{name}");
            assert_eq!(rows(&short, steps as usize), rows(&long, steps as usize), "{name}, {steps} steps");
        }
    }
    for key in READS_HORIZON {
        let of = |steps| trace(&run_spec("peaks", [0.1, 1.2], steps, key, "").expect("readable"));
        assert_ne!(of(50).x, of(100).x[..102], "{key} does not read how long the run is");
    }
    // A schedule over the whole run depends on how long that is: no beginning in common.
    let cosine = |steps| {
        trace(&run_spec("peaks", [0.1, 1.2], steps, "sgd:lr=0.01,schedule=cosine", "").expect("readable"))
    };
    assert_ne!(cosine(50).x, cosine(100).x[..102]);
}

#[test]
fn the_seed_changes_a_run_with_noise_or_of_a_method_that_draws_and_no_other() {
    for optimizer in optim::ALL {
        let draws = DRAWS.contains(&optimizer.key) || SAMPLING.iter().any(|(key, _)| *key == optimizer.key);
        // Noise is added to gradients.
        let hears_noise = optimizer.group != Group::GradientFree && optimizer.needs != Needs::SumOfSquares;
        for (noise, same) in [("", !draws), (",noise=50", !draws && !hears_noise)] {
            let run = format!("{}{noise}", with_lr(optimizer, "0.001"));
            let spec = run_spec("peaks", [0.1, 1.2], 50, &run, "").expect("readable");
            let other = RunSpec { seed: spec.seed + 1, ..spec.clone() };
            assert_eq!(trace(&spec).x == trace(&other).x, same, "{run}");
        }
    }
}

#[test]
fn a_fingerprint_tells_apart_what_differs_in_one_bit() {
    let spec = run_spec("peaks", [0.1, 1.2], 50, "sgd:lr=0.01", "").expect("readable");
    let whole = trace(&spec);
    for place in [0, 1, 50, 101] {
        let mut other = whole.clone();
        other.x[place] = f64::from_bits(other.x[place].to_bits() ^ 1);
        assert_ne!(other.fingerprint(), whole.fingerprint());
    }
    let mut other = whole.clone();
    other.loss[50] = f64::from_bits(other.loss[50].to_bits() ^ 1);
    assert_ne!(other.fingerprint(), whole.fingerprint());
    // The offset basis of FNV-1a: nothing hashed yet.
    assert_eq!(Trace::default().fingerprint(), 0xcbf2_9ce4_8422_2325);
}
