//! What is proved of the curvature methods: where they end on quadratics, how fast they close in, what they do at saddles,
//! and that turning the plane turns their paths.

mod common {
    pub mod hand;
    pub mod run_text;
    pub mod surface_text;
}

use common::hand::{Asked, Hand, far, quadratic, symmetric};
use common::run_text::run_spec;
use common::surface_text::surface;
use descent_lab::math::num;
use descent_lab::math::solve::times;
use descent_lab::objective::Objective;
use descent_lab::run::{Trace, trace};
use descent_lab::surface;

fn run(on: &str, start: [f64; 2], steps: u32, text: &str) -> Trace {
    trace(&run_spec(on, start, steps, text, "").expect(text))
}

/// Eigenvalues from 1 to κ, evenly in the logarithm.
fn spread(n: usize, kappa: f64) -> Vec<f64> {
    let share = |i: usize| {
        f64::from(u32::try_from(i).expect("small")) / f64::from(u32::try_from(n - 1).expect("small"))
    };
    (0..n).map(|i| num::pow(kappa, share(i))).collect()
}

/// The stationary point of [`quadratic`].
fn middle(n: u32) -> Vec<f64> {
    (1..=n).map(f64::from).collect()
}

#[test]
fn newton_is_at_the_stationary_point_of_a_quadratic_after_one_step() {
    for n in [2, 5, 20] {
        for downwards in [0, 1, 2] {
            // With as many curvatures turned downwards: a minimum, or a saddle.
            let mut values = spread(n as usize, 100.0);
            values[..downwards].iter_mut().for_each(|v| *v = -*v);
            let mut oracle = quadratic(symmetric(&values, 3));
            let path = Hand::new("newton", &[], &vec![0.0; n as usize]).path(&mut oracle, 1);
            assert!(far(&path[1], &middle(n)) < 1e-11, "{n} {downwards}: {:?}", path[1]);
        }
        let mut oracle = quadratic(symmetric(&spread(n as usize, 100.0), 3));
        let start = vec![0.0; n as usize];
        let mut damped = Hand::new("damped_newton", &[], &start);
        assert!(far(&damped.path(&mut oracle, 1)[1], &middle(n)) < 1e-11);
        let mut free = Hand::new("saddle_free_newton", &[("damping", 0.0)], &start);
        assert!(far(&free.path(&mut oracle, 1)[1], &middle(n)) < 1e-11);
        let mut trusting = Hand::new("trust_region", &[("delta0", 1e5), ("delta_max", 1e5)], &start);
        assert!(far(&trusting.path(&mut oracle, 1)[1], &middle(n)) < 1e-11);
    }
}

#[test]
fn near_a_minimum_newton_doubles_the_right_digits() {
    for (on, start, minimum) in
        [("himmelblau", [3.3, 2.2], [3.0, 2.0]), ("rosenbrock", [1.02, 1.05], [1.0, 1.0])]
    {
        for key in ["newton", "damped_newton", "saddle_free_newton:damping=0"] {
            let trace = run(on, start, 8, key);
            let errors: Vec<f64> =
                (0..=8).map(|k| far(&trace.point2(k).expect("a point"), &minimum)).collect();
            let closing: Vec<_> = errors.windows(2).filter(|e| e[0] < 0.02 && e[0] > 1e-7).collect();
            assert!(closing.len() >= 2, "{key} on {on}: {errors:?}");
            for e in closing {
                assert!(e[1] <= 200.0 * e[0] * e[0] + 1e-15, "{key} on {on}: {errors:?}");
            }
            assert!(errors[8] < 1e-14, "{key} on {on}: {errors:?}");
        }
    }
}

#[test]
fn without_curvature_newton_stays_where_it_is_along_that_direction() {
    // f = (1 − x)²: nothing is known of y.
    let trace = run("rosenbrock(b=0)", [-1.5, 2.0], 1, "newton");
    assert_eq!(trace.point2(1), Some([1.0, 2.0]));
    let trace = run("rosenbrock(b=0)", [-1.5, 2.0], 1, "saddle_free_newton:damping=0");
    assert_eq!(trace.point2(1), Some([1.0, 2.0]));
    // In eight dimensions, turned, with three flat directions: to the nearest of all minima.
    let mut values = spread(8, 10.0);
    values[2..5].fill(0.0);
    let a = symmetric(&values, 4);
    let mut oracle = quadratic(a.clone());
    let path = Hand::new("newton", &[], &[0.0; 8]).path(&mut oracle, 1);
    let left: Vec<f64> = path[1].iter().zip(middle(8)).map(|(x, m)| x - m).collect();
    assert!(num::norm(&times(&a, &left)) < 1e-12, "not a minimum");
    let shortest = Hand::new("saddle_free_newton", &[("damping", 0.0)], &[0.0; 8]).path(&mut oracle, 1);
    assert!(far(&path[1], &shortest[1]) < 1e-11 && num::norm(&path[1]) < num::norm(&middle(8)) - 1.0);
}

#[test]
fn newton_is_drawn_to_the_saddle_and_its_kin_leave_it() {
    let start = [0.4, 0.1];
    let drawn = run("bounded_saddle", start, 30, "newton");
    assert!(far(&drawn.point2(30).expect("a point"), &[0.0, 0.0]) < 1e-12);
    assert!(drawn.loss[30] > -1e-12, "the saddle is at 0");
    for key in [
        "saddle_free_newton",
        "damped_newton",
        "trust_region",
        "bfgs",
        "lbfgs",
        "conjugate_gradient",
        "gd_line_search",
    ] {
        let left = run("bounded_saddle", start, 60, key);
        assert!(left.loss[60] < -1.0 + 1e-9, "{key}: {}", left.loss[60]);
    }
}

#[test]
fn the_damping_is_the_first_doubling_that_makes_the_hessian_positive() {
    // Curvatures 1 and −5: 2⁻¹⁰·5120 = 5 is not enough, the next doubling is.
    let beta = 1.0 / 1024.0;
    let mut oracle = quadratic(symmetric(&[1.0, -5.0], 2));
    let mut method = Hand::new("damped_newton", &[("beta", beta)], &[0.0, 0.0]);
    method.step(&mut oracle);
    let damping = method.item("λ")[0];
    assert_eq!(damping, 8.0);
    let d = method.item("d");
    let (_, g, h) = (oracle.answer)(&[0.0, 0.0]);
    let residue: Vec<f64> =
        times(&h, &d).iter().zip(&d).zip(&g).map(|((h, d), g)| h + damping * d + g).collect();
    assert!(num::norm(&residue) < 1e-12);
}

#[test]
fn conjugate_gradients_and_bfgs_end_on_a_quadratic_in_as_many_steps_as_it_has_dimensions() {
    for n in [2, 3, 6] {
        let values = spread(n as usize, 20.0);
        let start = vec![0.0; n as usize];
        let path = |key: &str, formula: f64| {
            let mut oracle = quadratic(symmetric(&values, 8));
            // A search that leaves a millionth of the slope is exact enough: the gradient falls by 10⁶.
            let mut settings = vec![("c2", 1e-8)];
            settings.extend((key == "conjugate_gradient").then_some(("formula", formula)));
            Hand::new(key, &settings, &start).path(&mut oracle, n as usize)
        };
        let plain = path("conjugate_gradient", 0.0);
        assert!(far(&plain[n as usize - 1], &middle(n)) > 1e-3, "{n}: there too early");
        for formula in [0.0, 1.0, 2.0, 3.0] {
            let end = path("conjugate_gradient", formula);
            assert!(far(&end[n as usize], &middle(n)) < 1e-6, "{n} {formula}: {end:?}");
        }
        // BFGS from B = I takes the same path.
        for (a, b) in plain.iter().zip(path("bfgs", 0.0)) {
            assert!(far(a, &b) < 1e-6, "{n}: {a:?} {b:?}");
        }
    }
}

#[test]
fn bfgs_has_learnt_the_inverse_hessian_when_it_ends_on_a_quadratic() {
    let values = spread(4, 20.0);
    let inverse = symmetric(&values.iter().map(|v| 1.0 / v).collect::<Vec<_>>(), 8);
    let mut oracle = quadratic(symmetric(&values, 8));
    let mut method = Hand::new("bfgs", &[("c2", 1e-8)], &[0.0; 4]);
    assert!(far(&method.item("B"), &inverse) > 0.1);
    method.path(&mut oracle, 4);
    assert!(far(&method.item("B"), &inverse) < 1e-5);
}

#[test]
fn what_bfgs_has_learnt_last_it_knows() {
    // By = s after every step.
    let on = surface("himmelblau").expect("registered");
    let mut oracle = Asked::turned(&on, 0.0);
    let mut method = Hand::new("bfgs", &[], &[-0.6, -1.1]);
    for _ in 0..8 {
        method.step(&mut oracle);
        let (s, y) = (method.item("s"), method.item("y"));
        assert!(far(&times(&method.item("B"), &y), &s) < 1e-13 * (1.0 + num::norm(&y)));
        assert!(num::dot(&s, &y) > 0.0);
    }
}

#[test]
fn a_step_that_shows_no_curvature_teaches_bfgs_nothing() {
    // f = x + y falls for ever with the same slope: y = 0.
    let mut slope = Asked::new(|x| (x[0] + x[1], vec![1.0, 1.0], vec![0.0; 4]));
    for (key, symbol) in [("bfgs", "B"), ("lbfgs", "s")] {
        let mut method = Hand::new(key, &[], &[0.0, 0.0]);
        let before = method.item(symbol);
        method.step(&mut slope);
        assert!(method.x[0] < -1.0, "{key}: {:?}", method.x);
        assert_eq!(method.item(symbol), before, "{key}");
    }
}

#[test]
fn turning_the_plane_turns_the_path() {
    for (on, start) in [("rosenbrock", [-1.2, 1.0]), ("himmelblau", [-0.6, -1.1]), ("beale", [0.8, 1.4])] {
        let objective = surface(on).expect("registered");
        for (key, settings, steps) in [
            ("gd_line_search", vec![], 20),
            ("newton", vec![], 6),
            ("damped_newton", vec![], 20),
            ("saddle_free_newton", vec![], 12),
            ("bfgs", vec![], 15),
            ("conjugate_gradient", vec![], 12),
            ("conjugate_gradient", vec![("formula", 3.0)], 12),
            ("trust_region", vec![], 20),
        ] {
            let plain = Hand::new(key, &settings, &start).path(&mut Asked::turned(&objective, 0.0), steps);
            for degrees in [37.0, 90.0, -141.0_f64] {
                let angle = degrees.to_radians();
                let (s, c) = (num::sin(angle), num::cos(angle));
                let back = [c * start[0] + s * start[1], c * start[1] - s * start[0]];
                let turned =
                    Hand::new(key, &settings, &back).path(&mut Asked::turned(&objective, degrees), steps);
                for (row, (a, b)) in plain.iter().zip(&turned).enumerate() {
                    let there = [c * b[0] - s * b[1], s * b[0] + c * b[1]];
                    assert!(
                        far(a, &there) < 1e-8 * (1.0 + num::norm(a)),
                        "{key} on {on} by {degrees}°, step {row}: {a:?} {there:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn methods_that_compare_values_never_go_uphill() {
    for spec in surface::ALL {
        let (x, y) = (spec.view.x, spec.view.y);
        for (i, j) in [(0.11, 0.83), (0.37, 0.42), (0.71, 0.05), (0.93, 0.64)] {
            let start = [x.0 + i * (x.1 - x.0), y.0 + j * (y.1 - y.0)];
            for key in [
                "gd_line_search",
                "gd_line_search:search=strong_wolfe",
                "damped_newton",
                "bfgs",
                "lbfgs",
                "conjugate_gradient",
                "conjugate_gradient:formula=fletcher_reeves",
                "trust_region",
                "levenberg_marquardt",
            ] {
                let trace = run(spec.key, start, 60, key);
                // What rounding hides may go either way in the dogleg.
                for f in trace.loss.windows(2) {
                    assert!(f[1] <= f[0] + 3e-15 * f[0].abs(), "{key} on {}: {f:?}", spec.key);
                }
            }
        }
    }
}

#[test]
fn a_shorter_history_keeps_the_newest_pairs() {
    let on = surface("rosenbrock").expect("registered");
    let mut oracle = Asked::turned(&on, 0.0);
    let mut method = Hand::new("lbfgs", &[("history", 5.0)], &[-1.2, 1.0]);
    let mut steps = vec![];
    for k in 0..9_usize {
        let before = method.x.clone();
        method.step(&mut oracle);
        steps.extend(method.x.iter().zip(before).map(|(a, b)| a - b));
        let known = method.item("s");
        assert_eq!(known.len(), 2 * (k + 1).min(5));
        assert!(far(&known, &steps[steps.len() - known.len()..]) < 1e-12);
    }
    let mut kept = 0;
    method.method.kept(&mut |v| kept += v.len());
    assert_eq!(kept, 2 * 5 * 2);
    method.set("history", 2.0);
    method.step(&mut oracle);
    let (newest, known) = (method.x.clone(), method.item("s"));
    assert_eq!(known.len(), 4);
    assert!(far(&known[..2], &steps[steps.len() - 2..]) < 1e-12, "the newest but one was kept");
    assert!(newest.iter().all(|v| v.is_finite()));
    let mut kept = 0;
    method.method.kept(&mut |v| kept += v.len());
    assert_eq!(kept, 2 * 2 * 2);
    method.set("history", 7.0);
    method.step(&mut oracle);
    assert_eq!(method.item("s").len(), 6, "and room was made again");
}

#[test]
fn in_many_dimensions_all_find_the_minimum_of_a_quadratic() {
    for n in [3, 17, 64] {
        let mut values = spread(n as usize, 30.0);
        values.reverse();
        for key in [
            "bfgs",
            "lbfgs",
            "conjugate_gradient",
            "trust_region",
            "damped_newton",
            "saddle_free_newton",
            "gd_line_search",
        ] {
            let mut oracle = quadratic(symmetric(&values, 12));
            let path = Hand::new(key, &[], &vec![0.0; n as usize]).path(&mut oracle, 400);
            assert!(far(&path[400], &middle(n)) < 1e-5, "{key} in {n}: {}", far(&path[400], &middle(n)));
        }
    }
}

#[test]
fn a_minimum_of_one_surface_is_the_end_for_every_method() {
    let on = surface("himmelblau").expect("registered");
    assert_eq!(on.value(&[3.0, 2.0]), 0.0);
    for key in [
        "newton",
        "damped_newton",
        "bfgs",
        "lbfgs",
        "conjugate_gradient",
        "trust_region",
        "levenberg_marquardt",
    ] {
        let trace = run("himmelblau", [3.0, 2.0], 20, key);
        assert_eq!(trace.point2(20), Some([3.0, 2.0]), "{key}");
    }
}
