//! What averaging and self-tuning methods promise.

mod common {
    pub mod run_text;
    pub mod state;
    pub mod surface_text;
}

use common::run_text::run_spec;
use common::state::{far, moments};
use descent_lab::math::num;
use descent_lab::run::{Status, trace};

/// Convex surfaces, a start, and the minimum.
const CONVEX: &[(&str, [f64; 2], [f64; 2])] = &[
    ("ravine", [-3.2, 2.4], [0.0, 0.0]),
    ("ravine(kappa=50;theta=30)", [-3.2, 2.4], [0.0, 0.0]),
    ("booth", [-7.5, 8.0], [1.0, 3.0]),
    ("matyas", [-8.0, 3.0], [0.0, 0.0]),
    ("zakharov", [-1.5, 1.0], [0.0, 0.0]),
];

#[test]
fn the_average_of_asgd_is_the_mean_of_the_iterates_since_its_start() {
    for (t0, edits) in [(0, ""), (20, ""), (1_000_000, "30:t0=10")] {
        let run = format!("asgd:lr=0.0005,t0={t0}");
        let moments = moments("rosenbrock", [-1.5, 2.0], 60, &run, edits);
        let first = if t0 > 60 { 31 } else { t0 + 2 };
        let tail = &moments[first..];
        #[expect(clippy::cast_precision_loss, reason = "a few")]
        let count = tail.len() as f64;
        let mean: Vec<f64> = (0..2).map(|i| tail.iter().map(|m| m.x[i]).sum::<f64>() / count).collect();
        let average = moments[60].get("x̄");
        assert!(far(average, &mean) < 1e-13, "{run}: {average:?} is not {mean:?}");
        // Before its start it is the iterate.
        for m in &moments[..first] {
            assert_eq!(m.get("x̄"), m.x, "{run}");
        }
    }
}

#[test]
fn the_answer_of_schedule_free_is_the_mean_of_the_stepping_points() {
    for run in ["schedule_free_sgd:lr=0.01,beta=0.9", "schedule_free_adamw:lr=0.05,beta=0.6"] {
        let moments = moments("booth", [-6.0, 5.5], 80, run, "");
        let mut sum = [0.0; 2];
        for (step, m) in (0_u32..).zip(&moments).skip(1) {
            let (x, z) = (m.get("x"), m.get("z"));
            for i in 0..2 {
                sum[i] += z[i];
                assert!((x[i] - sum[i] / f64::from(step)).abs() < 1e-12, "{run}: step {step}");
                let beta = if run.contains("0.9") { 0.9 } else { 0.6 };
                assert!((m.x[i] - (beta * x[i] + (1.0 - beta) * z[i])).abs() < 1e-13, "{run}: step {step}");
            }
            assert_eq!(m.x, m.get("y"));
        }
    }
}

#[test]
fn another_interpolation_moves_the_point_of_the_gradient_and_not_the_average() {
    let run = "schedule_free_sgd:lr=0.01,beta=0.9";
    let with = |edits: &str| moments("booth", [-6.0, 5.5], 50, run, edits);
    let (plain, edited) = (with(""), with("40:beta=0.2"));
    let step = far(plain[41].get("x"), plain[40].get("x"));
    let off = far(edited[41].get("x"), plain[41].get("x"));
    assert!(off < step, "x leapt by {off}, its step is {step}");
    assert_ne!(edited[41].x, plain[41].x);
}

#[test]
fn a_warm_up_of_schedule_free_steps_with_the_rate_of_the_step_before() {
    let moments = moments("booth", [-6.0, 5.5], 6, "schedule_free_sgd:lr=0.02,warmup=4", "");
    for (step, w) in (0_u32..).zip(moments.windows(2)) {
        let rate = 0.02 * (f64::from(step) / 4.0).min(1.0);
        for i in 0..2 {
            let moved = w[0].get("z")[i] - w[1].get("z")[i];
            assert!((moved - rate * w[1].gradient[i]).abs() < 1e-14, "step {step}: {moved}");
        }
    }
}

#[test]
fn polyaks_step_comes_nearer_to_the_minimum_at_every_step() {
    for (surface, start, minimum) in CONVEX {
        let trace = trace(&run_spec(surface, *start, 60, "polyak:max_lr=1e6", "").expect("readable"));
        let away: Vec<f64> = (0..=60)
            .map(|row| {
                let [x, y] = trace.point2(row).expect("a point");
                num::norm(&[x - minimum[0], y - minimum[1]])
            })
            .collect();
        assert!(away.windows(2).all(|w| w[1] <= w[0] + 1e-12), "{surface}: {away:?}");
        assert!(away[60] < 0.5 * away[0], "{surface}: {away:?}");
    }
    // On a round bowl it goes half of the way.
    let trace = trace(&run_spec("ravine(kappa=1)", [3.0, -2.0], 3, "polyak", "").expect("readable"));
    assert!(far(&trace.x, &[3.0, -2.0, 1.5, -1.0, 0.75, -0.5, 0.375, -0.25]) < 1e-15);
}

#[test]
fn where_there_is_no_least_value_polyaks_step_says_so() {
    let trace = trace(&run_spec("saddle", [1.6, 0.01], 60, "polyak", "").expect("readable"));
    assert!(matches!(trace.status, Status::Unfit { .. }) && trace.len() == 1, "{:?}", trace.status);
}

#[test]
fn a_step_of_dog_is_no_longer_than_the_way_it_has_been() {
    for (surface, start, _) in CONVEX {
        let moments = moments(surface, *start, 300, "dog:init=1e-4", "");
        let guess = 1e-4 * (1.0 + num::norm(start));
        let mut farthest = guess;
        for w in moments.windows(2) {
            farthest = farthest.max(num::norm(&[w[0].x[0] - start[0], w[0].x[1] - start[1]]));
            let reach = w[1].number("r̄");
            assert!((reach - farthest).abs() < 1e-14, "{surface}: {reach} is not {farthest}");
            let moved = num::norm(&[w[1].x[0] - w[0].x[0], w[1].x[1] - w[0].x[1]]);
            assert!(moved <= farthest * (1.0 + 1e-12), "{surface}: {moved} after {farthest}");
        }
        assert!(farthest > 1000.0 * guess, "{surface}: it hardly moved");
    }
}

#[test]
fn on_a_convex_surface_the_distance_of_prodigy_grows_and_never_passes_the_true_one() {
    // Convexity: Σ w gᵀ(x₀ − θ) ≤ Σ w gᵀ(x₀ − x*) ≤ ‖s‖₁ max|x₀ − x*|.
    for (surface, start, minimum) in CONVEX {
        let true_one = (start[0] - minimum[0]).abs().max((start[1] - minimum[1]).abs());
        for run in ["prodigy:d0=1e-4", "prodigy:d0=1e-4,beta1=0.5,beta2=0.9", "prodigy:d0=1e-4,lr=0.3"] {
            let moments = moments(surface, *start, 400, run, "");
            let d: Vec<f64> = moments.iter().map(|m| m.number("d")).collect();
            assert!(d.is_sorted(), "{run} on {surface}");
            assert!(d[400] <= true_one * (1.0 + 1e-12), "{run} on {surface}: {} of {true_one}", d[400]);
            assert!(d[400] > 100.0 * d[0], "{run} on {surface}: {} of {true_one}", d[400]);
        }
    }
}

#[test]
fn prodigy_looks_stuck_and_then_is_not() {
    let moments = moments("booth", [-7.5, 8.0], 400, "prodigy", "");
    let away = |step: usize| far(&moments[step].x, &[-7.5, 8.0]);
    assert!(away(10) < 1e-3, "{}", away(10));
    assert!(away(400) > 5.0, "{}", away(400));
}

#[test]
fn without_a_rate_of_its_own_hypergradient_descent_is_the_plain_method() {
    for (one, other) in [
        ("hypergradient_sgd:lr=0.0005,beta=0", "sgd:lr=0.0005"),
        ("hypergradient_adam:lr=0.05,beta=0,eps=1e-8", "adam:lr=0.05"),
        ("hypergradient_adam:lr=0.05,beta=0,schedule=cosine", "adam:lr=0.05,schedule=cosine"),
    ] {
        let path = |run| trace(&run_spec("rosenbrock", [-1.5, 2.0], 200, run, "").expect(run)).x;
        let away = far(&path(one), &path(other));
        assert!(away < 1e-9, "{one}: {away:e}");
    }
}

#[test]
fn a_rate_that_is_far_too_small_is_learnt() {
    for (learns, plain) in [
        ("hypergradient_sgd:lr=1e-5,beta=1e-5", "sgd:lr=1e-5"),
        ("hypergradient_adam:lr=1e-5,beta=1e-4", "adam:lr=1e-5"),
    ] {
        let end = |run| trace(&run_spec("booth", [-7.5, 8.0], 200, run, "").expect(run)).loss[200];
        assert!(end(learns) < 0.05 * end(plain), "{learns}: {} and {}", end(learns), end(plain));
    }
}

#[test]
fn a_change_of_the_rate_changes_the_learnt_one_in_proportion() {
    for run in ["hypergradient_sgd:lr=0.01,beta=1e-5", "hypergradient_adam:lr=0.01,beta=1e-5"] {
        let with = |edits: &str| moments("booth", [-7.5, 8.0], 21, run, edits);
        let (plain, doubled) = (with(""), with("20:lr=0.02"));
        // What is learnt in that step itself comes on top, the same for both.
        let learnt = 1e-5 * plain[21].number("h");
        let (a, b) = (plain[21].number("α") - learnt, doubled[21].number("α") - learnt);
        assert!((b - 2.0 * a).abs() < 1e-12, "{run}: {a}, {b}");
        assert!((a - 0.01).abs() > 1e-6, "{run}: nothing was learnt");
    }
}
