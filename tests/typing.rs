//! What people type from: surfaces written as functions, examples, and the view that is fitted to what they show.

use descent_lab::math::num;
use descent_lab::run::{Status, trace};
use descent_lab::session::Config;
use descent_lab::surface::examples::EXAMPLES;
use descent_lab::surface::fit::{Path, fit};
use descent_lab::surface::typed::typed;
use descent_lab::surface::{self, Custom, SurfaceObjective, View};
use descent_lab::{expr::Expr, link::Link};

/// Points all over a view, none of them special.
fn points(view: View) -> Vec<[f64; 2]> {
    let at =
        |(low, high): (f64, f64), k: u8, n: u8| low + (high - low) * (f64::from(k) + 0.37) / f64::from(n);
    (0..9).flat_map(|i| (0..11).map(move |j| [at(view.x, i, 9), at(view.y, j, 11)])).collect()
}

#[test]
fn every_surface_that_can_be_written_in_one_expression_is_the_same_when_typed() {
    for spec in surface::all() {
        let mut known = SurfaceObjective::new(spec);
        for (value, p) in known.params.iter_mut().zip(spec.params) {
            // Not the defaults, so that a mixed up order shows.
            *value = p.at(0.3 + 0.1 * p.position(*value));
        }
        let Some((text, typed)) = typed(&known) else {
            assert_eq!(spec.key, "recurrent_cliff", "no text");
            continue;
        };
        assert!(text.chars().count() < 200, "{}", spec.key);
        for [x, y] in points(spec.view) {
            let (want, got) = (known.gradient_at(x, y), typed.gradient_at(x, y));
            let near = |a: f64, b: f64| (a - b).abs() <= 1e-8 * (1.0 + a.abs().max(b.abs()));
            assert!(near(want.v, got.v), "{} at {x}, {y}: {} {}", spec.key, want.v, got.v);
            for i in 0..2 {
                let near = (want.d[i] - got.d[i]).abs() <= 1e-6 * (1.0 + want.d[i].abs());
                assert!(near, "{} at {x}, {y}: {want:?} {got:?}", spec.key);
            }
        }
    }
}

#[test]
fn every_example_is_a_function_with_values_for_its_parameters_and_a_run_on_it() {
    assert!((10..=12).contains(&EXAMPLES.len()));
    for example in EXAMPLES {
        let surface = example.surface().expect(example.name);
        let custom = surface.custom.as_ref().expect(example.name);
        let names: Vec<&str> = example.values.iter().map(|(name, _)| *name).collect();
        assert_eq!(custom.names(), names, "{}", example.name);
        for (value, (_, want)) in surface.params.iter().zip(example.values) {
            assert_eq!(value, want);
        }
        let View { x, y } = example.view;
        let [sx, sy] = example.start;
        assert!(x.0 < sx && sx < x.1 && y.0 < sy && sy < y.1, "{}", example.name);
        let mut config =
            Config { surface, start: example.start, view: Some(example.view), ..Config::welcome() };
        config.steps = 100;
        for run in 0..config.runs.len() {
            assert!(trace(&config.run_spec(run)).len() > 1, "{}", example.name);
        }
        // The link has all of it.
        let link = Link { config, ..Link::default() };
        let (again, notices) = Link::read(&link.write());
        assert!(notices.is_empty(), "{notices:?}");
        assert_eq!(again, link);
    }
}

#[test]
fn the_page_of_documentation_names_every_function() {
    let page = include_str!("../docs/functions.md");
    for function in descent_lab::expr::FUNCTIONS {
        assert!(page.contains(&format!("`{}", function.name)), "{}", function.name);
    }
}

#[test]
fn runs_on_a_function_that_takes_long_are_stopped_in_time() {
    // What occurs twice is computed once, so no term is like another.
    let long = (1..110).fold("1".to_owned(), |long, n| format!("{long}+(x+{n})^y"));
    let run = "run=sgd:lr=1e-12,workers=4/10";
    let (link, notices) = Link::read(&format!("surface=custom&f={long}&start=1,1&steps=20000&{run}"));
    assert!(notices.is_empty(), "{notices:?}");
    let slow = trace(&link.config.run_spec(0));
    assert!(matches!(slow.status, Status::Stopped { .. }), "{:?}", slow.status);
    // A short one is not: what it takes is next to nothing.
    let (link, _) = Link::read(&format!("surface=custom&f=x^2+y^4&start=1,1&steps=20000&{run}"));
    assert_eq!(trace(&link.config.run_spec(0)).status, Status::Running);
}

fn function(text: &str) -> SurfaceObjective {
    SurfaceObjective::typed(Custom::new(Expr::parse(text).expect(text)))
}

fn path(points: &[[f64; 2]]) -> Path {
    Path { points: points.to_vec(), diverged: false }
}

fn holds(view: View, [x, y]: [f64; 2]) -> bool {
    view.x.0 < x && x < view.x.1 && view.y.0 < y && y < view.y.1
}

#[test]
fn a_fitted_view_holds_the_paths_and_the_critical_points_about_them_and_not_much_more() {
    let bowl = function("(x - 3)^2 + (y - 40)^2");
    let view = fit(&bowl, &[path(&[[2.0, 41.0], [2.5, 40.5]]), path(&[[2.0, 41.0], [2.2, 40.9]])]);
    assert!(holds(view, [2.0, 41.0]) && holds(view, [3.0, 40.0]), "{view:?}");
    assert!(view.x.1 - view.x.0 < 1.5 && view.y.1 - view.y.0 < 1.5, "{view:?}");
    // Numbers are short.
    let text = format!("{view:?}");
    assert!(text.len() < 60, "{text}");
    // Very small and very large ones alike.
    let view = fit(&function("(x - 3e-6)^2 + y^2"), &[path(&[[1e-6, 1e-6], [2e-6, 0.0]])]);
    assert!(holds(view, [3e-6, 0.0]) && view.x.1 < 6e-6, "{view:?}");
    let view = fit(&function("(x - 3e6)^2 + y^2"), &[path(&[[1e6, 1e6], [2e6, 0.0]])]);
    assert!(holds(view, [3e6, 0.0]) && view.x.1 < 6e6, "{view:?}");
    let text = format!("{view:?}");
    assert!(text.len() < 80, "{text}");
}

#[test]
fn what_diverges_does_not_make_the_rest_a_dot() {
    let surface = function("x^2 + y^2");
    let mut wild = path(&(0..40).map(|k| [num::powi(-2.0, k), 1.0]).collect::<Vec<_>>());
    wild.diverged = true;
    let calm = path(&[[1.0, 1.0], [0.5, 0.5], [0.2, 0.2]]);
    let view = fit(&surface, &[wild.clone(), calm]);
    assert!(view.x.1 < 20.0 && view.x.0 > -20.0, "{view:?}");
    assert!(holds(view, [1.0, 1.0]) && holds(view, [0.2, 0.2]));
    // Even where nothing else is there, and with points that are no numbers.
    wild.points.push([f64::NAN, f64::INFINITY]);
    let view = fit(&surface, &[wild]);
    assert!([view.x.0, view.x.1, view.y.0, view.y.1].iter().all(|v| v.abs() < 1e9), "{view:?}");
}

#[test]
fn a_run_that_has_not_moved_still_shows_where_it_might_go() {
    let surface = function("(x - 1)^2 + y^2");
    let view = fit(&surface, &[path(&[[-0.2, 0.0]; 5])]);
    assert!(holds(view, [-0.2, 0.0]) && holds(view, [1.0, 0.0]), "{view:?}");
    // On the minimum itself there is a view about it.
    let view = fit(&surface, &[path(&[[1.0, 0.0]; 5])]);
    assert!(holds(view, [1.0, 0.0]) && view.x.1 - view.x.0 > 0.5, "{view:?}");
    // Without runs it is the surface's own.
    assert_eq!(fit(&surface, &[]), surface.spec.view);
    // Nowhere finite: nothing but the start is known.
    let view = fit(&function("sqrt(-1 - x^2)"), &[path(&[[1.0, 2.0]])]);
    assert!(holds(view, [1.0, 2.0]), "{view:?}");
}

#[test]
fn a_fit_on_every_surface_holds_its_start_and_can_be_written_in_a_link() {
    for spec in surface::all() {
        let mut config = Config { runs: Config::welcome_runs(), ..Config::new(spec) };
        config.steps = 60;
        let paths: Vec<Path> = (0..config.runs.len())
            .map(|run| {
                let trace = trace(&config.run_spec(run));
                Path { points: trace.x.as_chunks().0.to_vec(), diverged: false }
            })
            .collect();
        let view = fit(&config.surface, &paths);
        assert!(holds(view, config.start), "{}: {view:?}", spec.key);
        config.view = Some(view);
        let link = Link { config, ..Link::default() };
        let (again, notices) = Link::read(&link.write());
        assert!(notices.is_empty(), "{notices:?}");
        assert_eq!(again.config.view, Some(view), "{}", spec.key);
    }
}

#[test]
fn a_fit_takes_in_what_is_degenerate_and_what_is_on_a_kink_and_no_plain() {
    // Curvatures tell nothing of the first, and the second has none.
    for text in ["(x - 1)^4 + y^4", "abs(x - 1) + abs(y - x + 1)"] {
        let view = fit(&function(text), &[path(&[[0.0, 0.4], [0.2, 0.3], [0.4, 0.2]])]);
        assert!(holds(view, [1.0, 0.0]), "{text}: {view:?}");
    }
    // However flat it is, and though the hole itself is further away.
    let view = fit(&function("-exp(-9(x^2 + y^2))"), &[path(&[[5.0, 5.0], [5.1, 5.0]])]);
    assert!(holds(view, [5.0, 5.0]) && view.x.1 - view.x.0 < 0.2, "{view:?}");
}
