//! A changed surface: exact derivatives, the same bits however it is asked for, minima where they have gone, and which
//! methods do not see a change.

mod common {
    pub mod cases;
    pub mod run_text;
    pub mod surface_text;
}

use common::cases::cases;
use common::run_text::run_spec;
use descent_lab::link::{Link, transform, write_transform};
use descent_lab::math::num;
use descent_lab::objective::Objective;
use descent_lab::optim::Needs;
use descent_lab::param::defaults;
use descent_lab::run::status::explain;
use descent_lab::run::{RunSpec, Trace, trace};
use descent_lab::session::{Command, Config, Session};
use descent_lab::surface::transform::PARAMS;
use descent_lab::surface::{self, Custom, SurfaceObjective, Transform};
use proptest::prelude::*;

fn change(text: &str) -> Option<Transform> {
    let (change, problems) = transform(text);
    assert!(problems.is_empty(), "{text}: {problems:?}");
    change
}

fn changed(key: &str, text: &str) -> SurfaceObjective {
    SurfaceObjective { transform: change(text), ..SurfaceObjective::new(surface::find(key).expect(key)) }
}

/// m of p for the numbers of a change.
fn outward(values: &[f64], [u, v]: [f64; 2]) -> [f64; 2] {
    let angle = values[0].to_radians();
    let (c, s) = (num::cos(angle), num::sin(angle));
    let (u, v) = (u * values[1], v * values[2]);
    [c * u - s * v + values[3], s * u + c * v + values[4]]
}

fn typed(text: &str) -> SurfaceObjective {
    SurfaceObjective::typed(Custom::read(text, Vec::new()).expect(text))
}

/// Every surface, and typed functions.
fn everything() -> Vec<SurfaceObjective> {
    let typed = ["sin(a x) + x^2 y", "abs(x - y) + exp(-x^2 - y^2)"].map(typed);
    surface::ALL.iter().map(|spec| SurfaceObjective::new(spec)).chain(typed).collect()
}

/// The derivative at 0 by differences of fourth order, with two steps, and how far the two are apart.
fn difference(f: impl Fn(f64) -> f64, step: f64) -> (f64, f64) {
    let with = |h: f64| (8.0 * (f(h) - f(-h)) - (f(2.0 * h) - f(-2.0 * h))) / (12.0 * h);
    (with(step), (with(step) - with(2.0 * step)).abs())
}

fn numbers() -> impl Strategy<Value = Vec<f64>> {
    let scale = || prop_oneof![1 => Just(1.0), 2 => 0.3..4.0_f64];
    let other = |size: f64| prop_oneof![1 => Just(0.0), 2 => -size..size];
    (
        prop_oneof![Just(0.0), Just(90.0), -360.0..360.0_f64],
        scale(),
        scale(),
        other(3.0),
        other(3.0),
        other(5.0),
        other(5.0),
    )
        .prop_map(|(a, b, c, d, e, f, g)| vec![a, b, c, d, e, f, g])
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn derivatives_agree_with_differences(
        values in numbers(),
        at in prop::array::uniform2(0.0..=1.0_f64),
    ) {
        let mut compared = 0;
        for surface in everything() {
            let view = surface.spec.view;
            let p = [view.x.0 + at[0] * (view.x.1 - view.x.0), view.y.0 + at[1] * (view.y.1 - view.y.0)];
            let [x, y] = outward(&values, p);
            let surface = SurfaceObjective { transform: Transform::new(&values), ..surface };
            let (gradient, hessian) = (surface.gradient_at(x, y).d, surface.hessian_at(x, y));
            let span = (view.x.1 - view.x.0).min(view.y.1 - view.y.0);
            let step = 1e-4 * span * values[1].min(values[2]).min(1.0);
            let size = 1.0 + hessian.v.abs() / span + num::norm(&hessian.d);
            let slopes = [difference(|t| surface.at(x + t, y), step), difference(|t| surface.at(x, y + t), step)];
            let bend = |i: usize, dx: f64, dy: f64| {
                difference(|t| surface.gradient_at(x + t * dx, y + t * dy).d[i], step)
            };
            let bends = [bend(0, 1.0, 0.0), bend(0, 0.0, 1.0), bend(1, 0.0, 1.0), bend(1, 1.0, 0.0)];
            let bent = size / step * 1e-3 + num::norm(&hessian.h);
            // Where two steps differ much there is a kink, or rounding.
            let (smooth, evenly) = (1e-5 * size, 1e-5 * bent);
            let name = format!("{} {values:?} at {x}, {y}", surface.spec.key);
            if slopes.iter().chain(&bends).zip([smooth, smooth, evenly, evenly, evenly, evenly]).any(|(d, most)| d.1 > most) {
                continue;
            }
            compared += 1;
            for (exact, (value, doubt)) in gradient.iter().zip(slopes) {
                prop_assert!((exact - value).abs() <= 1e-8 * size + doubt, "{name}: {gradient:?} {slopes:?}");
            }
            for (k, (value, doubt)) in [0, 1, 2, 1].into_iter().zip(bends) {
                prop_assert!((hessian.h[k] - value).abs() <= 1e-8 * bent + doubt, "{name}: {:?} {bends:?}", hessian.h);
            }
        }
        prop_assert!(compared > 30, "only {compared} surfaces were compared");
    }

    #[test]
    fn a_value_has_the_same_bits_however_it_is_asked_for(values in numbers(), at in prop::array::uniform2(-2.0..2.0_f64)) {
        for surface in everything() {
            let surface = SurfaceObjective { transform: Transform::new(&values), ..surface };
            // Wider than what is computed at once.
            let xs: Vec<f64> = (0..70_u8).map(|i| at[0] + 0.1 * f64::from(i)).collect();
            let ys = [at[1], at[1] + 1.0, at[1] - 0.7];
            let mut grid = vec![0.0; xs.len() * ys.len()];
            surface.grid(&xs, &ys, &mut grid);
            for (value, (y, x)) in grid.iter().zip(ys.iter().flat_map(|y| xs.iter().map(move |x| (y, x)))) {
                let name = format!("{} {values:?} at {x}, {y}", surface.spec.key);
                let (one, dual, hyper) = (surface.at(*x, *y), surface.gradient_at(*x, *y).v, surface.hessian_at(*x, *y).v);
                prop_assert_eq!(value.to_bits(), one.to_bits(), "{}: grid", name);
                prop_assert_eq!(one.to_bits(), dual.to_bits(), "{}: dual", name);
                prop_assert_eq!(one.to_bits(), hyper.to_bits(), "{}: hyper-dual", name);
            }
        }
    }

    #[test]
    fn minima_go_where_the_surface_goes(mut values in numbers()) {
        (values[5], values[6]) = (0.0, 0.0);
        for before in everything() {
            let surface = SurfaceObjective { transform: Transform::new(&values), ..before.clone() };
            let minima = surface.minima();
            prop_assert_eq!(minima.len(), before.minima().len());
            for ([x, y], p) in minima.into_iter().zip(before.minima()) {
                let at = outward(&values, p);
                let far = num::norm(&[x - at[0], y - at[1]]);
                prop_assert!(far <= 1e-12 * (1.0 + num::norm(&at)), "{}", surface.spec.key);
                let (value, was) = (surface.at(x, y), before.at(p[0], p[1]));
                // At a root a rounded place is felt.
                let slack = if surface.spec.key == "bukin6" { 1e-4 } else { 1e-9 };
                prop_assert!((value - was).abs() <= slack * (1.0 + was.abs()), "{}: {value} {was}", surface.spec.key);
            }
            prop_assert_eq!(surface.known_minimum(), before.known_minimum());
        }
    }

    #[test]
    fn residuals_are_those_of_the_changed_surface(values in numbers(), at in prop::array::uniform2(-3.0..3.0_f64)) {
        let mut found = 0;
        for before in everything() {
            let surface = SurfaceObjective { transform: Transform::new(&values), ..before.clone() };
            let (mut r, mut jacobian) = (Vec::new(), Vec::new());
            let given = surface.residuals(&at, &mut r, &mut jacobian);
            let tilted = values[5] != 0.0 || values[6] != 0.0;
            prop_assert_eq!(given, before.spec.residuals.is_some() && !tilted, "{}", before.spec.key);
            prop_assert_eq!(Needs::SumOfSquares.is_missing(&surface), !given);
            if !given {
                continue;
            }
            found += 1;
            let exact = surface.gradient_at(at[0], at[1]);
            let sum: f64 = r.iter().map(|r| r * r).sum();
            prop_assert!((sum - exact.v).abs() <= 1e-12 * exact.v.abs());
            for i in 0..2 {
                let slope: f64 = r.iter().zip(jacobian.chunks(2)).map(|(r, row)| 2.0 * r * row[i]).sum();
                prop_assert!((slope - exact.d[i]).abs() <= 1e-9 * (1.0 + exact.d[i].abs()), "{}", before.spec.key);
            }
        }
        prop_assert!(found >= 4 || values[5] != 0.0 || values[6] != 0.0);
    }

    #[test]
    fn what_is_written_reads_back(values in numbers()) {
        let change = Transform::new(&values);
        prop_assert_eq!(transform(&write_transform(change.as_ref())), (change, Vec::new()));
    }

    #[test]
    fn no_text_makes_it_panic(text in "([a-z_]{0,8}[=,;:]?[-0-9.e]{0,6}[,;]?){0,6}|.{0,40}") {
        let _ = transform(&text);
        let link = Link::read(&format!("surface=beale&transform={text}&run=sgd")).0;
        prop_assert_eq!(&Link::read(&link.write()).0, &link);
        let _ = trace(&RunSpec { steps: 3, ..link.config.run_spec(0) });
    }
}

#[test]
fn quarter_turns_are_exact() {
    let plain = changed("rosenbrock", "");
    assert_eq!(plain.transform, None);
    for (angle, [x, y]) in [
        (90.0, [-2.0, -1.5]),
        (180.0, [1.5, -2.0]),
        (270.0, [2.0, 1.5]),
        (-90.0, [2.0, 1.5]),
        (360.0, [-1.5, 2.0]),
    ] {
        let turned = changed("rosenbrock", &format!("rotate={angle}"));
        assert_eq!(turned.at(x, y).to_bits(), plain.at(-1.5, 2.0).to_bits(), "{angle}");
    }
}

#[test]
fn a_change_says_what_is_wrong_with_it_and_keeps_the_rest() {
    let (change, problems) = transform("rotate=30,scale_x=0,skew=1;shift_y=2,tilt_x=steep");
    assert_eq!(write_transform(change.as_ref()), "rotate=30,shift_y=2");
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert_eq!(problems[0], "scale_x: 0 is not a number from 0.001 to 1000");
    assert!(problems[1].contains("no parameter skew: it has rotate, scale_x"), "{problems:?}");
    assert_eq!(transform("rotate=0,scale_x=1"), (None, Vec::new()));
    let (link, notices) = Link::read("transform=rotate=30&problem=matrix_lsq&run=sgd");
    assert_eq!(link.config.surface.transform, None);
    assert_eq!(notices[0].place, "transform");
    let (link, notices) = Link::read("transform=shift_x=1&f=x^2+a*y^2&surface=custom(a=3)&run=sgd");
    assert!(notices.is_empty(), "{notices:?}");
    assert_eq!(link.config.surface.at(1.0, 1.0), 3.0);
    assert_eq!(Link::read(&link.write()).0, link);
}

/// A run from a place on the surface that is unchanged, which goes with the surface.
fn run(key: &str, change: &str, run: &str, steps: u32) -> Trace {
    let mut spec = run_spec(key, [0.0, 0.0], steps, run, "").expect("readable");
    let surface = changed(key, change);
    let values = Transform::values(surface.transform.as_ref());
    spec.start = outward(&values, surface.spec.start).to_vec();
    spec.problem = descent_lab::run::spec::Problem::Surface(surface);
    trace(&spec)
}

/// How far the path on the changed surface is from the changed path, against the size of the numbers.
fn apart(key: &str, change: &str, by: &str, steps: u32) -> f64 {
    let (plain, moved) = (run(key, "", by, steps), run(key, change, by, steps));
    assert_eq!(plain.len(), moved.len(), "{key} {change} {by}");
    let values = Transform::values(changed(key, change).transform.as_ref());
    let rows = (0..plain.len()).map(|row| {
        let expected = outward(&values, plain.point2(row).expect("a plane"));
        let found = moved.point2(row).expect("a plane");
        num::norm(&[expected[0] - found[0], expected[1] - found[1]]) / (1.0 + num::norm(&expected))
    });
    rows.fold(0.0, f64::max)
}

#[test]
fn a_turned_surface_gives_gradient_methods_and_newton_the_turned_path() {
    for by in ["sgd:lr=0.0005", "momentum:lr=0.0005", "nesterov:lr=0.0005", "newton", "bfgs", "muon:lr=0.01"]
    {
        let far = apart("rosenbrock", "rotate=37,shift_x=0.5", by, 20);
        assert!(far < 1e-9, "{by}: {far:e}");
    }
}

#[test]
fn methods_with_a_rate_for_each_coordinate_take_another_path_on_a_turned_surface() {
    for by in ["adam:lr=0.05", "rmsprop:lr=0.05", "adagrad:lr=0.5", "lion:lr=0.05"] {
        let far = apart("rosenbrock", "rotate=37", by, 20);
        assert!(far > 1e-2, "{by}: {far:e}");
    }
    // A quarter turn only swaps the coordinates.
    assert!(apart("rosenbrock", "rotate=90", "adam:lr=0.05", 20) < 1e-12);
}

#[test]
fn newton_alone_does_not_see_a_linear_change() {
    let change = "rotate=37,scale_x=3,scale_y=0.5,shift_y=-1";
    let far = apart("rosenbrock", change, "newton", 8);
    assert!(far < 1e-9, "newton: {far:e}");
    for by in ["sgd:lr=0.0002", "momentum:lr=0.0002", "adam:lr=0.05"] {
        let far = apart("rosenbrock", change, by, 8);
        assert!(far > 1e-2, "{by}: {far:e}");
    }
}

#[test]
fn a_slope_leaves_no_minimum_known_and_may_leave_none() {
    let tilted = changed("sphere", "tilt_x=1");
    assert!(tilted.minima().is_empty() && tilted.known_minimum().is_none() && !tilted.is_unbounded());
    assert_eq!(tilted.gradient_at(-0.5, 0.0).d, [0.0, 0.0]);
    for (key, change, falls) in [
        ("plateau", "tilt_y=0.001", true),
        ("l1", "tilt_x=0.9", false),
        ("l1", "tilt_x=1.1", true),
        ("huber", "rotate=45,tilt_y=2", true),
        ("saddle", "rotate=45", true),
        ("ackley", "tilt_x=-3", true),
        ("himmelblau", "tilt_x=100", false),
    ] {
        assert_eq!(changed(key, change).is_unbounded(), falls, "{key} {change}");
    }
    assert!(typed("x^2-y^2").is_unbounded() && !typed("x^2+y^2").is_unbounded());
    assert!(!typed("sin(x)+cos(y)").is_unbounded() && !typed("1/x").is_unbounded());
}

#[test]
fn the_region_goes_with_the_surface() {
    let range = |text: &str| changed("rosenbrock", text).region();
    assert_eq!(range(""), [(-2.0, 2.0), (-1.0, 3.0)]);
    assert_eq!(range("rotate=90,shift_x=1,scale_x=2"), [(-2.0, 2.0), (-4.0, 4.0)]);
    assert_eq!(range("tilt_x=3"), [(-2.0, 2.0), (-1.0, 3.0)]);
}

#[test]
fn a_run_that_falls_for_ever_on_a_changed_surface_says_so() {
    let spec = Link::read("surface=saddle&transform=rotate=30&start=1,0.5&steps=2000&run=sgd:lr=0.3")
        .0
        .config
        .run_spec(0);
    let sentence = explain(&spec, &trace(&spec));
    assert!(sentence.contains("falls without end"), "{sentence}");
}

#[test]
fn a_change_is_undone_and_goes_with_the_surface() {
    let mut session = Session::new(Config::welcome());
    let set = |session: &mut Session, text: &str| session.apply(Command::SetTransform(change(text)));
    let before = session.traces()[0].fingerprint();
    let outcome = set(&mut session, "rotate=10");
    assert!(outcome.traces && outcome.view && outcome.link);
    assert_ne!(session.traces()[0].fingerprint(), before);
    let _ = set(&mut session, "rotate=20");
    let _ = session.apply(Command::EndGesture);
    assert_eq!(session.config().start, Config::welcome().start);
    let _ = session.apply(Command::Undo);
    assert_eq!((session.config().surface.transform, session.traces()[0].fingerprint()), (None, before));
    let _ = session.apply(Command::Redo);
    assert_eq!(write_transform(session.config().surface.transform.as_ref()), "rotate=20");
    let _ = session.apply(Command::SetSurface(surface::find("beale").expect("beale")));
    assert_eq!(session.config().surface.transform, None);
}

#[test]
fn its_numbers_change_nothing_at_first() {
    assert_eq!(Transform::new(&defaults(&PARAMS)), None);
    assert_eq!(Transform::values(None), defaults(&PARAMS));
}
