//! Critical points found numerically, against what is known of the surfaces; the quadratic model about a point.

use descent_lab::expr::Expr;
use descent_lab::math::num;
use descent_lab::surface::study::{CriticalPoint, Grade, Kind, Model, Search};
use descent_lab::surface::{self, Custom, Group, SurfaceObjective, View};

fn surface(key: &str) -> SurfaceObjective {
    SurfaceObjective::new(surface::find(key).expect("a surface of this name"))
}

fn typed(text: &str) -> SurfaceObjective {
    SurfaceObjective::typed(Custom::new(Expr::parse(text).expect("a function")))
}

fn counts(found: &[CriticalPoint]) -> [usize; 3] {
    [Kind::Minimum, Kind::Saddle, Kind::Maximum].map(|k| found.iter().filter(|p| p.kind == k).count())
}

#[test]
fn every_listed_minimum_is_found() {
    let mut missed = Vec::new();
    for spec in surface::ALL {
        let surface = SurfaceObjective::new(spec);
        let search = Search::all(&surface, spec.view);
        // Eggholder's is on the edge, where the slope goes on. Bukin's is one of a line of kinks.
        if ["eggholder", "bukin6"].contains(&spec.key) {
            continue;
        }
        for minimum in surface.minima().into_iter().filter(|m| spec.view.contains(*m)) {
            let near = search.found().iter().any(|p| {
                let off = (p.at[0] - minimum[0]).abs().max((p.at[1] - minimum[1]).abs());
                p.kind == Kind::Minimum && off < 1e-4
            });
            if !near {
                missed.push(format!("{} {minimum:?}", spec.key));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn the_numbers_of_minima_saddles_and_maxima_are_the_known_ones() {
    for (key, view, want) in [
        ("himmelblau", None, [4, 4, 1]),
        ("six_hump_camel", None, [6, 7, 2]),
        ("three_hump_camel", None, [3, 2, 0]),
        ("styblinski_tang", None, [4, 4, 1]),
        ("rosenbrock", None, [1, 0, 0]),
        ("saddle", None, [0, 1, 0]),
        ("bounded_saddle", None, [2, 1, 0]),
        ("booth", None, [1, 0, 0]),
        ("peaks", None, [3, 3, 3]),
        // 11 × 11 minima, 10 × 10 maxima and 2 × 10 × 11 saddles.
        ("rastrigin", Some(View::square(5.3)), [121, 220, 100]),
    ] {
        let surface = surface(key);
        let search = Search::all(&surface, view.unwrap_or(surface.spec.view));
        assert_eq!(counts(search.found()), want, "{key}: {:#?}", search.found());
        assert!(search.found().iter().all(|p| p.grade == Grade::Regular), "{key}");
    }
}

/// How often the gradient turns around on the way around the view: a minimum and a maximum inside count 1, a saddle −1.
fn turns(surface: &SurfaceObjective, View { x, y }: View) -> f64 {
    let corners = [[x.0, y.0], [x.1, y.0], [x.1, y.1], [x.0, y.1], [x.0, y.0]];
    let parts = 20_000;
    let place = |i: u32| {
        let (side, t) = ((i / parts) as usize % 4, f64::from(i % parts) / f64::from(parts));
        [0, 1].map(|k| corners[side][k] + t * (corners[side + 1][k] - corners[side][k]))
    };
    let mut sum = 0.0;
    let mut before = surface.gradient_at(x.0, y.0).d;
    for i in 1..=4 * parts {
        let [x, y] = place(i);
        let now = surface.gradient_at(x, y).d;
        sum += num::atan2(before[0] * now[1] - before[1] * now[0], before[0] * now[0] + before[1] * now[1]);
        before = now;
    }
    sum / std::f64::consts::TAU
}

#[test]
fn what_is_found_agrees_with_how_the_gradient_turns_around_the_view() {
    let mut compared = 0;
    for spec in surface::ALL {
        let surface = SurfaceObjective::new(spec);
        // Eggholder's roots have slopes without end.
        if spec.key == "eggholder" || spec.group == Group::NonSmooth {
            continue;
        }
        // Off the edges of the box, on which some surfaces have their points.
        let View { x, y } = spec.view;
        let view = View { x: (x.0 + 0.013, x.1 - 0.017), y: (y.0 + 0.011, y.1 - 0.019) };
        let search = Search::all(&surface, view);
        if search.is_full() || search.found().iter().any(|p| p.grade != Grade::Regular) {
            continue;
        }
        let [minima, saddles, maxima] = counts(search.found());
        let turns = turns(&surface, view);
        let index = i32::try_from(minima + maxima).unwrap() - i32::try_from(saddles).unwrap();
        assert!(
            (turns - f64::from(index)).abs() < 1e-3,
            "{}: {minima}, {saddles}, {maxima}, {turns}",
            spec.key
        );
        compared += 1;
    }
    assert!(compared > 20, "only {compared}");
}

#[test]
fn the_gradient_vanishes_at_regular_points_and_pieces_find_the_same_as_the_whole() {
    let surface = surface("peaks");
    let whole = Search::all(&surface, surface.spec.view);
    for p in whole.found() {
        let g = surface.gradient_at(p.at[0], p.at[1]).d;
        assert!(g[0].abs().max(g[1].abs()) < 1e-9, "{p:?}: {g:?}");
    }
    let mut pieces = Search::new(surface.spec.view);
    let mut calls = 0;
    while pieces.advance(&surface, 500) {
        calls += 1;
    }
    assert!(calls > 10 && pieces.is_done());
    assert_eq!(pieces.found(), whole.found());
}

#[test]
fn what_curvatures_do_not_tell_is_told_by_values() {
    for (text, kind, grade) in [
        ("x^4+y^4", Kind::Minimum, Grade::Degenerate),
        ("-(x^4)-y^2", Kind::Maximum, Grade::Degenerate),
        ("x^3-3*x*y^2", Kind::Saddle, Grade::Degenerate),
        ("x^3+y^2", Kind::Saddle, Grade::Degenerate),
        ("abs(x)+abs(y)", Kind::Minimum, Grade::Kink),
        ("sqrt(x^2+y^2)", Kind::Minimum, Grade::Kink),
    ] {
        // Off the middle, so that no point of the grid is on it by chance.
        let found = Search::all(&typed(text), View { x: (-1.1, 1.3), y: (-0.9, 1.0) });
        let [p] = found.found() else {
            panic!("{text}: {:#?}", found.found());
        };
        assert_eq!((p.kind, p.grade), (kind, grade), "{text}: {p:?}");
        assert!(p.at[0].abs().max(p.at[1].abs()) < 1e-3, "{text}: {p:?}");
    }
}

#[test]
fn a_line_of_minima_is_said_to_be_one_and_a_plain_has_none() {
    let valley = surface("hyperbola_valley");
    let found = Search::all(&valley, valley.spec.view);
    assert!(found.found().len() > 5);
    assert!(found.found().iter().all(|p| p.grade == Grade::Line && p.kind == Kind::Minimum));
    for text in ["1", "x+2*y", "exp(-x^2-y^2)", "0/0"] {
        let far = View { x: (40.0, 60.0), y: (40.0, 50.0) };
        assert_eq!(Search::all(&typed(text), far).found(), [], "{text}");
    }
}

#[test]
fn the_search_is_bounded_where_there_are_more_points_than_can_be_seen() {
    let many = Search::all(&surface("rastrigin"), View::square(1000.0));
    assert!(many.is_done() && many.found().len() <= 1200);
    for view in [View::square(0.0), View::square(f64::NAN), View::square(f64::INFINITY)] {
        assert!(Search::all(&surface("rastrigin"), view).found().is_empty());
    }
}

#[test]
fn the_model_agrees_with_a_quadratic_and_its_level_curve_is_level() {
    for text in ["3*x^2+x*y+y^2-x", "x^2-2*y^2+x*y+y", "x^2+y", "x^2+0*y", "x+2*y", "1e4*x^2+y^2"] {
        let surface = typed(text);
        let at = [0.7, -0.4];
        let model = Model::of(&surface, at).expect("finite");
        for d in [[0.3, 0.1], [-1.0, 2.0]] {
            let want = surface.at(at[0] + d[0], at[1] + d[1]);
            assert!((model.value(d) - want).abs() < 1e-9 * (1.0 + want.abs()), "{text}");
        }
        let curves = model.level_curve(0.01, 0.05, 5.0);
        assert!(!curves.is_empty(), "{text}");
        let mut near = f64::INFINITY;
        for p in curves.iter().flatten() {
            let off = surface.at(p[0], p[1]) - model.f;
            let g = surface.gradient_at(p[0], p[1]).d;
            let far = (p[0] - at[0]).abs().max((p[1] - at[1]).abs());
            assert!(
                off.abs() <= 1e-7 * (1.0 + far * far) * (1.0 + g[0].abs() + g[1].abs()),
                "{text} {p:?} {off}"
            );
            near = near.min(far);
        }
        assert!(near < 0.1, "{text}: the curve goes through the point, but is {near} away");
    }
}

#[test]
fn newtons_step_leads_to_the_bottom_of_a_bowl_and_there_is_none_in_a_trough() {
    let model = Model::of(&typed("2*(x-1)^2+5*(y+2)^2"), [3.0, 4.0]).expect("finite");
    let [dx, dy] = model.newton_step().expect("a step");
    assert!((dx + 2.0).abs() < 1e-12 && (dy + 6.0).abs() < 1e-12);
    assert!(!model.is_uphill([dx, dy]));
    assert_eq!(model.condition(), 2.5);
    assert_eq!(Model::of(&typed("x^2"), [1.0, 1.0]).and_then(|m| m.newton_step()), None);
    let hill = Model::of(&typed("-(x^2)-y^2"), [1.0, 1.0]).expect("finite");
    assert!(hill.is_uphill(hill.newton_step().expect("a step")));
    assert_eq!(Model::of(&typed("1/x"), [0.0, 0.0]), None);
}

#[test]
fn a_plain_is_no_critical_point_however_flat_it_is() {
    let hole = Search::all(&typed("-exp(-9(x^2 + y^2))"), View { x: (-6.0, 6.1), y: (-6.0, 6.2) });
    assert_eq!(counts(hole.found()), [1, 0, 0], "{:?}", hole.found());
}

/// All that is found stands for lines, but for so many points.
fn lines_but_for(found: &[CriticalPoint], others: usize, what: &str) {
    let lines = found.iter().filter(|p| p.grade == Grade::Line).count();
    let rest: Vec<_> = found.iter().filter(|p| p.grade != Grade::Line).collect();
    assert!(lines > 20, "{what}: {lines}");
    assert_eq!(rest.len(), others, "{what}: {rest:#?}");
}

#[test]
fn rings_are_lines_and_do_not_ask_to_zoom_in() {
    let wave = surface("drop_wave");
    for view in [wave.spec.view, View { x: (-2.1, 2.0), y: (-1.5, 1.6) }] {
        let found = Search::all(&wave, view);
        assert!(!found.is_full());
        lines_but_for(found.found(), 1, "drop_wave");
    }
}

#[test]
fn a_minimum_with_five_vanishing_derivatives_is_found_where_it_is() {
    let search = Search::all(&typed("x^2+y^6"), View::square(3.0));
    let [point] = search.found() else { panic!("{:?}", search.found()) };
    assert_eq!((point.kind, point.grade), (Kind::Minimum, Grade::Degenerate));
    assert!(num::norm(&point.at) < 1e-6, "{point:?}");
}

#[test]
fn both_axes_are_lines_of_minima_of_a_product_of_squares() {
    let search = Search::all(&typed("x^2*y^2"), View::square(2.0));
    for axis in 0..2 {
        let on = |p: &&CriticalPoint| p.at[axis] == 0.0 && p.kind == Kind::Minimum && p.grade == Grade::Line;
        assert!(search.found().iter().filter(on).count() > 20, "{:?}", search.found());
    }
}

#[test]
fn a_plain_where_an_exponential_runs_out_of_digits_has_no_critical_points() {
    let search = Search::all(&typed("exp(-x^2-y^2)"), View::square(20.0));
    assert_eq!(counts(search.found()), [0, 0, 1], "{:?}", search.found());
    assert!(!search.is_flat());
}

#[test]
fn a_constant_is_flat() {
    assert!(Search::all(&typed("3"), View::square(2.0)).is_flat());
    assert!(!Search::all(&typed("x"), View::square(2.0)).is_flat());
}
