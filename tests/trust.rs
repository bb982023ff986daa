//! Models that are trusted as far as they proved right: the dogleg's circle and Levenberg–Marquardt's damping.

mod common {
    pub mod hand;
    pub mod run_text;
    pub mod surface_text;
}

use common::hand::{Asked, Hand, far};
use common::run_text::run_spec;
use descent_lab::math::num;
use descent_lab::run::{Runner, Status, Trace, trace};

fn run(on: &str, start: [f64; 2], steps: u32, text: &str) -> Trace {
    trace(&run_spec(on, start, steps, text, "").expect(text))
}

#[test]
fn levenberg_marquardt_needs_few_evaluations_for_a_sum_of_squares() {
    let evaluations = |on: &str, start: [f64; 2], text: &str| {
        let trace = run(on, start, 100, text);
        let Status::Converged { step } = trace.status else {
            panic!("{text} on {on}: {:?}", trace.status);
        };
        assert!(trace.loss[trace.last()] < 1e-12, "{text} on {on}: {:?}", trace.loss.last());
        trace.evaluations[step as usize]
    };
    let start = [-1.2, 1.0];
    let few = evaluations("rosenbrock", start, "levenberg_marquardt");
    assert!(few <= 50, "{few}");
    assert!(few < evaluations("rosenbrock", start, "bfgs"));
    for (on, start) in [
        ("booth", [-6.0, 5.5]),
        ("himmelblau", [-0.6, 1.5]),
        ("beale", [1.0, 0.2]),
        ("dixon_price", [-1.2, 1.8]),
    ] {
        assert!(evaluations(on, start, "levenberg_marquardt") <= 40, "{on}");
    }
    assert!(matches!(run("peaks", [0.1, 1.2], 9, "levenberg_marquardt").status, Status::Unfit { .. }));
}

fn number(runner: &Runner, symbol: &str) -> f64 {
    let mut found = f64::NAN;
    runner.state(&mut |item| {
        if item.symbol == symbol {
            found = item.values[0];
        }
    });
    found
}

#[test]
fn a_refused_step_stays_and_raises_the_damping_ever_faster() {
    let text = "levenberg_marquardt:tau=1e-6,nu=3";
    let spec = run_spec("himmelblau", [-0.1, -1.0], 60, text, "").expect(text);
    let mut runner = Runner::new(&spec);
    runner.advance();
    let (mut refused, mut in_a_row) = (0, i32::from(number(&runner, "ρ") <= 0.0));
    for _ in 0..50 {
        let (x, damping) = (runner.x().to_vec(), number(&runner, "λ"));
        runner.advance();
        let (ratio, factor) = (number(&runner, "ρ"), number(&runner, "λ") / damping);
        let want = if ratio > 0.0 {
            assert_ne!(runner.x(), x);
            in_a_row = 0;
            (1.0 - num::powi(2.0 * ratio - 1.0, 3)).max(1.0 / 3.0)
        } else {
            assert_eq!(runner.x(), x);
            (refused, in_a_row) = (refused + 1, in_a_row + 1);
            3.0 * num::powi(2.0, in_a_row - 1)
        };
        assert!((factor / want - 1.0).abs() < 1e-12, "{factor} is not {want}");
        if runner.observe().expect("finite").grad_norm < 1e-9 {
            break;
        }
    }
    assert!(refused > 1, "nothing was refused");
}

#[test]
fn the_radius_of_trust_follows_the_ratio() {
    let spec =
        run_spec("rosenbrock", [-1.2, 1.0], 30, "trust_region:delta0=2,delta_max=3", "").expect("readable");
    let mut runner = Runner::new(&spec);
    let mut seen = [0; 3];
    for _ in 0..24 {
        let (x, before) = (runner.x().to_vec(), number(&runner, "Δ"));
        runner.advance();
        let (ratio, after) = (number(&runner, "ρ"), number(&runner, "Δ"));
        let mut step = Vec::new();
        runner.state(&mut |item| step.extend(item.values.iter().filter(|_| item.symbol == "p").copied()));
        let length = num::norm(&step);
        assert!(length <= before * (1.0 + 1e-12));
        let on_circle = length >= before * (1.0 - 1e-12);
        let (want, kind) = match ratio {
            r if r < 0.25 => (before / 4.0, 0),
            r if r > 0.75 && on_circle => ((2.0 * before).min(3.0), 1),
            _ => (before, 2),
        };
        assert_eq!(after, want);
        assert_eq!(runner.x() == x, ratio <= 0.15, "ratio {ratio}");
        seen[kind] += 1;
    }
    assert!(seen.iter().all(|n| *n > 0), "{seen:?}");
}

#[test]
fn where_the_model_has_no_minimum_the_step_goes_downhill_to_the_circle() {
    // Curvatures −2 and −4 at the maximum of f; everywhere indefinite or worse.
    let mut hill = Asked::new(|x| {
        let f = -x[0] * x[0] - 2.0 * x[1] * x[1];
        (f, vec![-2.0 * x[0], -4.0 * x[1]], vec![-2.0, 0.0, 0.0, -4.0])
    });
    let path = Hand::new("trust_region", &[], &[0.3, 0.2]).path(&mut hill, 2);
    // −g = (0.6, 0.8) has length 1.
    assert!(far(&path[1], &[0.9, 1.0]) < 1e-15, "{path:?}");
    assert!(
        (num::norm(&[path[2][0] - path[1][0], path[2][1] - path[1][1]]) - 2.0).abs() < 1e-12,
        "Δ doubled"
    );
    // Curvature along −g but not everywhere: to Cauchy's point. g = (2, 0.1), H = diag(2, −1).
    let mut ridge = Asked::new(|x| {
        let f = x[0] * x[0] - 0.5 * x[1] * x[1];
        (f, vec![2.0 * x[0], -x[1]], vec![2.0, 0.0, 0.0, -1.0])
    });
    let path = Hand::new("trust_region", &[("delta0", 5.0)], &[1.0, -0.1]).path(&mut ridge, 1);
    let share = (4.0 + 0.01) / (2.0 * 4.0 - 0.01);
    assert!(far(&path[1], &[1.0 - share * 2.0, -0.1 - share * 0.1]) < 1e-15, "{path:?}");
}

#[test]
fn at_the_minimum_rounding_does_not_shrink_the_circle() {
    // f is −78.3 there: of the last decreases nothing is left in its digits.
    for (on, start) in [("styblinski_tang", [-1.5, -0.7]), ("branin", [2.5, 4.0]), ("booth", [-6.0, 5.5])] {
        let spec = run_spec(on, start, 500, "trust_region", "").expect("readable");
        let mut runner = Runner::new(&spec);
        while runner.step() < 500 {
            runner.advance();
        }
        assert!(runner.observe().expect("finite").grad_norm < 1e-6, "{on}");
        assert!(number(&runner, "Δ") > 0.1, "{on}: {}", number(&runner, "Δ"));
    }
}
