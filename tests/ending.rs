//! How runs end: converged, diverged, under way; where, and in which words.

mod common {
    pub mod family;
    pub mod run_text;
    pub mod surface_text;
}

use common::family::with_lr;
use common::run_text::run_spec;
use common::surface_text;
use descent_lab::math::num;
use descent_lab::optim;
use descent_lab::run::status::{CONVERGED_GRAD_NORM, Quantity, Stationary, explain, stationary_kind};
use descent_lab::run::{RunSpec, Runner, Status, Trace, trace};

fn run(surface: &str, start: [f64; 2], steps: u32, text: &str, edits: &str) -> (RunSpec, Trace) {
    let spec = run_spec(surface, start, steps, text, edits).expect(text);
    let trace = trace(&spec);
    (spec, trace)
}

/// Every column has as many rows, all finite.
fn is_whole(trace: &Trace) -> bool {
    let n = trace.len();
    let columns = [&trace.loss, &trace.grad_norm, &trace.lr];
    trace.x.len() == n * trace.dim
        && columns.iter().all(|c| c.len() == n)
        && trace.evaluations.len() == n
        && trace.hessians.len() == n
        && trace.x.iter().chain(columns.into_iter().flatten()).all(|v| v.is_finite())
}

#[test]
fn a_diverged_run_ends_with_its_last_finite_row() {
    for text in [
        "sgd:lr=0.2",
        "momentum:lr=0.5",
        "nesterov:lr=0.3,convention=paper",
        "sgd:lr=0.2,l2=3",
        "rmsprop:lr=1e6,alpha=1",
    ] {
        let (spec, trace) = run("ravine", [-3.2, 2.4], 5000, text, "");
        let Status::Diverged { step, quantity } = trace.status else {
            panic!("{text}: {:?}", trace.status);
        };
        assert_eq!(trace.len(), step as usize, "{text}");
        assert!(is_whole(&trace), "{text}");
        let mut runner = Runner::new(&spec);
        while runner.step() < step {
            runner.advance();
        }
        let next = runner.x();
        let loss = spec.problem.objective().value(next);
        match quantity {
            Quantity::Position => assert!(next.iter().any(|x| !x.is_finite()), "{text}: {next:?}"),
            Quantity::Loss => assert!(next.iter().all(|x| x.is_finite()) && !loss.is_finite(), "{text}"),
            Quantity::Gradient => assert!(loss.is_finite(), "{text}"),
        }
    }
}

#[test]
fn where_no_limit_is_to_blame_the_reason_says_what_is() {
    let bottomless = "this surface falls without end, so there is no minimum to find.";
    let (spec, trace) = run("monkey_saddle", [0.9, 0.02], 500, "sgd:lr=0.1", "");
    assert!(explain(&spec, &trace).ends_with(bottomless), "{}", explain(&spec, &trace));
    let (spec, trace) = run("saddle", [1.6, 0.01], 20_000, "sgd:lr=0.1", "");
    assert!(explain(&spec, &trace).ends_with(bottomless), "{}", explain(&spec, &trace));
    let (mut spec, _) = run("rosenbrock", [-1.5, 2.0], 50, "adam:lr=1", "");
    spec.settings = spec.settings.with("lr", 1e100);
    let ended = self::trace(&spec);
    assert_eq!(ended.status, Status::Diverged { step: 1, quantity: Quantity::Loss });
    assert!(explain(&spec, &ended).contains("a smaller learning rate or clipping may hold it"));
}

#[test]
fn a_start_that_is_not_finite_is_said_so() {
    for (start, quantity) in [
        ([f64::NAN, 0.0], Quantity::Position),
        ([0.0, f64::INFINITY], Quantity::Position),
        ([1e200, 0.0], Quantity::Loss),
    ] {
        for optimizer in optim::ALL {
            let (spec, trace) = run("rosenbrock", start, 50, &with_lr(optimizer, "0.01"), "");
            assert!(trace.is_empty() && trace.x.is_empty());
            assert_eq!(trace.status, Status::Diverged { step: 0, quantity });
            let sentence = format!("The {quantity} is not finite at the start; move the start pin.");
            assert_eq!(explain(&spec, &trace), sentence);
            assert_eq!(trace.point(0), None);
        }
    }
}

#[test]
fn convergence_is_the_step_from_which_the_gradient_stays_small() {
    let settled = "the gradient stays below 10⁻⁶.";
    for (surface, start, text, place) in [
        ("ravine", [-3.2, 2.4], "sgd:lr=0.05", "a minimum"),
        ("ravine", [-3.2, 2.4], "momentum:lr=0.01", "a minimum"),
        ("rosenbrock", [1.0, 1.0], "adam:lr=0.05", "a minimum"),
        ("himmelblau", [2.0, 2.0], "sgd:lr=0.01", "a minimum"),
        ("styblinski_tang", [3.0, 3.0], "sgd:lr=0.01", "a local minimum, above the lowest (-78.33)"),
        ("saddle", [1.6, 0.0], "sgd:lr=0.1", "a saddle, not a minimum"),
        ("monkey_saddle", [0.0, 0.0], "sgd:lr=0.1", "a point with a flat direction"),
    ] {
        let (spec, trace) = run(surface, start, 3000, text, "");
        let Status::Converged { step } = trace.status else {
            panic!("{text} on {surface}: {:?}", trace.status);
        };
        let at = step as usize;
        assert!(trace.grad_norm[at..].iter().all(|g| *g <= CONVERGED_GRAD_NORM), "{text}");
        assert!(at == 0 || trace.grad_norm[at - 1] > CONVERGED_GRAD_NORM, "{text}");
        assert_eq!(explain(&spec, &trace), format!("Converged at step {step} to {place}: {settled}"));
    }
}

#[test]
fn stationary_points_are_told_apart_by_their_curvatures() {
    for (surface, point, kind) in [
        ("himmelblau", [3.0, 2.0], Stationary::Minimum),
        ("himmelblau", [-0.270_844_591_8, -0.923_038_522_8], Stationary::Maximum),
        ("himmelblau", [0.086_677_504_5, 2.884_254_701_2], Stationary::Saddle),
        ("bounded_saddle", [0.0, 0.0], Stationary::Saddle),
        ("monkey_saddle", [0.0, 0.0], Stationary::Degenerate),
        // flat along the valley
        ("rosenbrock(b=0)", [1.0, 5.0], Stationary::Degenerate),
    ] {
        let surface = surface_text::surface(surface).expect("registered");
        let gradient = surface.gradient_at(point[0], point[1]).d;
        assert!(num::norm(&gradient) < 1e-6, "{point:?} is not stationary: {gradient:?}");
        assert_eq!(stationary_kind(&surface, point), kind, "{point:?}");
    }
    // Curvatures 6t² − 16, t = x, y: 0 and −16. Nothing is known of a direction that is flat.
    let flat = surface_text::surface("styblinski_tang").expect("registered");
    let point = [1.632_993_161_855_452, 0.0];
    assert_eq!(stationary_kind(&flat, point), Stationary::Degenerate);
}

#[test]
fn a_run_that_passes_a_flat_place_has_not_converged() {
    // From rest almost on the saddle: the gradient is tiny at first and grows.
    let (spec, trace) = run("bounded_saddle", [0.0, 1e-8], 60, "sgd:lr=0.1", "");
    assert!(trace.grad_norm[0] < CONVERGED_GRAD_NORM);
    assert_eq!(trace.status, Status::Running);
    assert_eq!(explain(&spec, &trace), "");
}

#[test]
fn what_a_method_asks_for_is_counted() {
    for optimizer in optim::ALL {
        let (_, trace) = run("rosenbrock", [-1.5, 2.0], 40, &with_lr(optimizer, "0.0001"), "20:noise=1");
        assert!(is_whole(&trace));
        assert_eq!(trace.evaluations[0], 0, "{}: the start was not asked for", optimizer.key);
        assert!(trace.evaluations.is_sorted() && trace.hessians.is_sorted());
        if optimizer.about.is_some_and(|about| about.cost == "1 gradient") {
            let expected: Vec<u32> = (0..=40).collect();
            assert_eq!(trace.evaluations, expected, "{}", optimizer.key);
            assert_eq!(trace.hessians, [0; 41], "{}", optimizer.key);
        }
    }
}

#[test]
fn beyond_its_end_a_trace_stays_at_its_last_point() {
    let (_, trace) = run("ravine", [1.0, 1.0], 3, "sgd:lr=0.01", "");
    assert_eq!((trace.len(), trace.last()), (4, 3));
    assert_eq!(trace.point(3), trace.point(1000));
    let (_, start) = run("ravine", [1.0, 1.0], 0, "sgd:lr=0.01", "");
    assert_eq!((start.len(), start.last(), start.status), (1, 0, Status::Running));
    assert_eq!(start.point2(0), Some([1.0, 1.0]));
}
