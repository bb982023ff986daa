//! Line searches: what they ask, when they end, and that nothing throws them off.

mod common {
    pub mod hand;
    pub mod run_text;
    pub mod surface_text;
}

use common::hand::{Asked, Hand, quadratic, symmetric};
use common::run_text::run_spec;
use common::surface_text::surface;
use descent_lab::math::num;
use descent_lab::objective::Counts;
use descent_lab::optim::{self, Group, Needs, OptimizerSpec};
use descent_lab::run::{Edit, Item, RunSpec, trace};

/// The methods of this family that take any function.
fn methods() -> impl Iterator<Item = &'static OptimizerSpec> {
    optim::ALL.iter().copied().filter(|o| o.group == Group::Curvature && o.needs == Needs::Nothing)
}

/// The settings that make a method search by gradients, or by values.
const BY_GRADIENTS: &[(&str, &[(&str, f64)])] =
    &[("bfgs", &[]), ("lbfgs", &[]), ("conjugate_gradient", &[]), ("gd_line_search", &[("search", 1.0)])];
const BY_VALUES: &[(&str, &[(&str, f64)])] = &[("gd_line_search", &[]), ("damped_newton", &[])];

#[test]
fn what_is_asked_is_the_point_itself_and_the_trials_that_are_shown() {
    let on = surface("rosenbrock").expect("registered");
    for (by_gradients, (key, settings)) in
        BY_GRADIENTS.iter().map(|m| (true, m)).chain(BY_VALUES.iter().map(|m| (false, m)))
    {
        let mut oracle = Asked::turned(&on, 0.0);
        let mut method = Hand::new(key, settings, &[-1.2, 1.0]);
        for step in 0..25 {
            let x = method.x.clone();
            (oracle.counts, oracle.points) = (Counts::default(), vec![]);
            method.step(&mut oracle);
            let tries = u32::try_from(oracle.points.len() - 1).expect("few");
            let hessians = u32::from(*key == "damped_newton");
            let want = if by_gradients {
                Counts { values: 0, gradients: 1 + tries, hessians }
            } else {
                Counts { values: tries, gradients: 1, hessians }
            };
            assert_eq!(oracle.counts, want, "{key} at step {step}");
            assert_eq!(oracle.points[0], x, "{key}: the gradient is taken where it stands");
            if tries == 0 {
                assert_eq!((method.item("θ′"), &method.x), (x.clone(), &x), "{key}: nothing to try");
                continue;
            }
            assert_eq!(method.item("θ′"), oracle.points[1..].concat(), "{key}: all trials are shown");
            assert!(oracle.points[1..].contains(&method.x), "{key}: it ends at one of its trials");
        }
    }
}

#[test]
fn methods_without_a_search_ask_the_same_at_every_step() {
    for (key, want) in [
        ("newton", Counts { values: 0, gradients: 1, hessians: 1 }),
        ("saddle_free_newton", Counts { values: 0, gradients: 1, hessians: 1 }),
        ("trust_region", Counts { values: 1, gradients: 1, hessians: 1 }),
    ] {
        let on = surface("rosenbrock").expect("registered");
        let mut oracle = Asked::turned(&on, 0.0);
        let mut method = Hand::new(key, &[], &[-1.2, 1.0]);
        for step in 0..5 {
            oracle.counts = Counts::default();
            method.step(&mut oracle);
            assert_eq!(oracle.counts, want, "{key} at step {step}");
        }
    }
    // One residual vector and one value.
    let spec = run_spec("rosenbrock", [-1.2, 1.0], 8, "levenberg_marquardt", "").expect("readable");
    assert_eq!(trace(&spec).evaluations, (0..=8).map(|k| 2 * k).collect::<Vec<_>>());
}

#[test]
fn accepted_steps_meet_the_conditions() {
    for on in ["rosenbrock", "himmelblau", "beale", "styblinski_tang"] {
        let objective = surface(on).expect("registered");
        for (key, more) in BY_GRADIENTS {
            for (c1, c2) in [(1e-4, 0.9), (1e-4, 0.4), (0.1, 0.2)] {
                let settings = [&[("c1", c1), ("c2", c2)], *more].concat();
                let mut oracle = Asked::turned(&objective, 0.0);
                let mut method = Hand::new(key, &settings, &[0.4, -0.7]);
                for step in 0..12 {
                    let (f, g, _) = (oracle.answer)(&method.x);
                    if num::norm(&g) < 1e-6 {
                        break;
                    }
                    method.step(&mut oracle);
                    let (new, after, _) = (oracle.answer)(&method.x);
                    let (d, alpha) = (method.item("d"), method.item("α")[0]);
                    let (slope, left) = (num::dot(&g, &d), num::dot(&after, &d));
                    let name = format!("{key} on {on} with {c1}, {c2}, step {step}");
                    assert!(slope < 0.0, "{name}: uphill");
                    assert!(new <= f + c1 * alpha * slope, "{name}: too high");
                    assert!(left.abs() <= -c2 * slope, "{name}: {left} of {slope} is left");
                }
            }
        }
    }
}

#[test]
fn a_search_that_finds_nothing_ends_after_its_tries_and_stays() {
    // No step is ever better than none: the value is 0 at the start and 1 elsewhere.
    for (key, settings) in BY_GRADIENTS.iter().chain(BY_VALUES) {
        let mut trap = Asked::new(|x| {
            let f = if x == [1.0, 2.0] { 0.0 } else { 1.0 };
            (f, vec![1.0, -1.0], vec![1.0, 0.0, 0.0, 1.0])
        });
        let mut method = Hand::new(key, settings, &[1.0, 2.0]);
        method.step(&mut trap);
        assert_eq!(method.x, [1.0, 2.0], "{key}");
        assert_eq!(method.item("α"), [0.0], "{key}");
        let asked = trap.counts.evaluations();
        assert!((3..=31).contains(&asked), "{key}: {asked}");
    }
}

/// Functions that no search likes.
fn wild() -> Vec<(&'static str, Asked<'static>)> {
    let nan = f64::NAN;
    let both = |h: f64| vec![h, 0.0, 0.0, h];
    let start = |x: &[f64]| x == [1.0, 2.0];
    vec![
        ("a slope without end", Asked::new(move |x| (x[0] + x[1], vec![1.0, 1.0], both(0.0)))),
        (
            "ever steeper",
            Asked::new(move |x| (-num::powi(x[0], 4), vec![-4.0 * num::powi(x[0], 3), 0.0], both(-12.0))),
        ),
        (
            "nothing but the start",
            Asked::new(move |x| {
                if start(x) { (0.0, vec![1.0, 1.0], both(1.0)) } else { (nan, vec![nan; 2], both(nan)) }
            }),
        ),
        (
            "values without slopes",
            Asked::new(move |x| {
                (x[0].abs(), if start(x) { vec![1.0, 1.0] } else { vec![nan; 2] }, both(nan))
            }),
        ),
        (
            "−∞",
            Asked::new(move |x| (if start(x) { 0.0 } else { f64::NEG_INFINITY }, vec![1.0, 1.0], both(1.0))),
        ),
        ("∞", Asked::new(move |x| (if start(x) { 0.0 } else { f64::INFINITY }, vec![1.0, 1.0], both(1.0)))),
        (
            "an infinite Hessian",
            Asked::new(move |x| (x[0] * x[0], vec![2.0 * x[0], 0.0], both(f64::INFINITY))),
        ),
        ("a Hessian that is none", Asked::new(move |x| (x[0] * x[0], vec![2.0 * x[0], 0.0], both(nan)))),
        ("no Hessian", Asked::new(move |x| (x[0] * x[0], vec![2.0 * x[0], 0.0], vec![]))),
        (
            "a kink",
            Asked::new(move |x| {
                (x[0].abs() + 3.0 * x[1].abs(), vec![x[0].signum(), 3.0 * x[1].signum()], both(0.0))
            }),
        ),
        (
            "a wall",
            Asked::new(move |x| {
                (1e300 * (x[0] * x[0] + x[1] * x[1]), vec![2e300 * x[0], 2e300 * x[1]], both(2e300))
            }),
        ),
        ("almost flat", Asked::new(move |x| (1e-300 * (x[0] + x[1]), vec![1e-300, 1e-300], both(1e-310)))),
        (
            "a slope that lies",
            Asked::new(move |x| (x[0] * x[0] + x[1] * x[1], vec![-2.0 * x[0], -2.0 * x[1]], both(2.0))),
        ),
    ]
}

#[test]
fn nothing_makes_a_method_panic_or_ask_without_end() {
    for spec in methods() {
        for extreme in [None, Some(true), Some(false)] {
            // Defaults, and all parameters but the rate at one end of their range.
            let settings: Vec<(&str, f64)> = spec
                .params
                .iter()
                .filter(|p| p.key != "lr")
                .filter_map(|p| extreme.map(|high| (p.key, if high { p.max } else { p.min })))
                .collect();
            for (name, mut oracle) in wild() {
                let mut method = Hand::new(spec.key, &settings, &[1.0, 2.0]);
                for step in 0..40 {
                    oracle.counts = Counts::default();
                    method.step(&mut oracle);
                    let asked = oracle.counts.evaluations();
                    assert!(asked <= 31, "{} on {name}: {asked} at step {step}", spec.key);
                    method.method.state(&mut |item| assert!(!item.values.is_empty(), "{}", spec.key));
                    if !method.x.iter().all(|v| v.is_finite()) {
                        break;
                    }
                }
            }
        }
    }
}

#[test]
fn searches_never_step_to_where_the_function_is_not_finite() {
    for (key, settings) in BY_GRADIENTS.iter().chain(BY_VALUES).chain(&[("trust_region", &[][..])]) {
        for (name, mut oracle) in wild() {
            let mut method = Hand::new(key, settings, &[1.0, 2.0]);
            for _ in 0..5 {
                method.step(&mut oracle);
                let (f, _, _) = (oracle.answer)(&method.x);
                assert!(f.is_finite(), "{key} on {name}: f = {f} at {:?}", method.x);
            }
        }
    }
}

#[test]
fn a_kink_is_reached_if_not_passed() {
    // On |x| + 3|y| the slope never becomes small: the search ends at the lowest of its trials.
    for (key, settings) in BY_GRADIENTS {
        let mut kink = wild().into_iter().find(|(name, _)| *name == "a kink").expect("there").1;
        let mut method = Hand::new(key, settings, &[1.0, 2.0]);
        for _ in 0..30 {
            method.step(&mut kink);
        }
        let (f, _, _) = (kink.answer)(&method.x);
        assert!(f < 1.5, "{key}: {f}");
    }
}

/// A run on a surface with one parameter changed at a step.
fn changed(on: &str, start: [f64; 2], text: &str, change: Option<(u32, &str, f64)>) -> Vec<f64> {
    let spec = run_spec(on, start, 40, text, "").expect(text);
    let params = spec.settings.optimizer.params;
    let edits = change.iter().map(|(step, key, value)| {
        let place = descent_lab::param::find(params, key).expect("a parameter");
        Edit { step: *step, item: Item::Param(place, *value) }
    });
    trace(&RunSpec { edits: edits.collect(), ..spec.clone() }).x
}

#[test]
fn parameters_that_decide_act_from_the_step_at_which_they_are_changed() {
    let (valley, far) = (("rosenbrock", [-1.2, 1.0]), ("peaks", [0.5, -0.4]));
    for ((on, start), text, step, key, value) in [
        (valley, "gd_line_search", 3, "c1", 0.6),
        (valley, "gd_line_search", 3, "shrink", 0.3),
        (valley, "gd_line_search:search=strong_wolfe", 3, "c2", 0.01),
        (far, "damped_newton", 0, "beta", 3.0),
        (valley, "damped_newton", 3, "c1", 0.9),
        (valley, "damped_newton:c1=0.9", 3, "shrink", 0.3),
        (valley, "bfgs", 3, "c1", 0.6),
        (valley, "bfgs", 3, "c2", 0.01),
        (valley, "lbfgs", 3, "c1", 0.6),
        (valley, "lbfgs", 3, "c2", 0.01),
        (valley, "conjugate_gradient", 3, "c1", 0.6),
        (valley, "conjugate_gradient", 3, "c2", 0.01),
        (valley, "trust_region", 3, "delta_max", 0.05),
        (("rosenbrock", [-1.5, 2.0]), "trust_region:accept=0", 0, "accept", 0.25),
        (valley, "levenberg_marquardt", 3, "gamma", 30.0),
        (valley, "levenberg_marquardt:tau=1e-6", 1, "nu", 30.0),
    ] {
        let (plain, other) =
            (changed(on, start, text, None), changed(on, start, text, Some((step, key, value))));
        assert_eq!(plain.len(), other.len());
        let first = 2 * (step as usize + 1);
        assert_eq!(plain[..first], other[..first], "{text} {key}: the past");
        assert_ne!(plain, other, "{text} {key}: nothing changed");
    }
}

#[test]
fn a_failed_factorisation_is_not_the_end_of_the_line() {
    // Entries so far apart that squares overflow.
    let mut steep = quadratic(symmetric(&[1e-200, 1e200], 9));
    for spec in methods() {
        let mut method = Hand::new(spec.key, &[], &[0.0, 0.0]);
        for _ in 0..10 {
            method.step(&mut steep);
        }
    }
}
