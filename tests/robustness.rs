//! No settings within their ranges, however odd, make an optimizer panic or the trace record a number that is none.

mod common {
    pub mod cases;
    pub mod family;
    pub mod run_text;
    pub mod surface_text;
}

use common::cases::cases;
use common::family::with_lr;
use common::run_text::run_spec;
use descent_lab::optim::Group;
use descent_lab::param::ParamSpec;
use descent_lab::run::spec::Problem;
use descent_lab::run::status::explain;
use descent_lab::run::{Edit, Item, ModifierChoice, RunSpec, ScheduleChoice, Settings, Status, Trace, trace};
use descent_lab::surface::transform::{PARAMS, Transform};
use descent_lab::surface::{self, SurfaceObjective};
use descent_lab::{modifier, optim, schedule};
use proptest::prelude::*;

/// A value for a parameter: an end of its range or of its slider, its default, or a place on the slider.
fn value(p: &ParamSpec, (which, place): (usize, f64)) -> f64 {
    match which {
        0 => p.min,
        1 => p.max,
        2 => p.slider.0,
        3 => p.slider.1,
        4 | 5 => p.default,
        _ => p.at(place),
    }
}

fn values(params: &[ParamSpec], draws: &[(usize, f64)]) -> Vec<f64> {
    params.iter().zip(draws.iter().cycle()).map(|(p, d)| value(p, *d)).collect()
}

/// One value for each of a list of parameters, drawn independently.
fn draws() -> impl Strategy<Value = Vec<(usize, f64)>> {
    prop::collection::vec((0..9_usize, 0.0..=1.0_f64), 12)
}

fn is_finite(trace: &Trace) -> bool {
    let columns = [&trace.x, &trace.loss, &trace.grad_norm, &trace.lr];
    columns.iter().all(|c| c.iter().all(|v| v.is_finite()))
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn any_settings_give_a_finite_trace_or_a_status(
        on in 0..1000_usize,
        at in prop::array::uniform2(0.0..=1.0_f64),
        by in 0..1000_usize,
        change_of_surface in prop::option::weighted(0.3, draws()),
        (shape, rule, rhythm) in (draws(), draws(), draws()),
        schedule in prop::option::weighted(0.4, 0..1000_usize),
        warmup in prop_oneof![3 => Just(0), 1 => 0..100_u32],
        modifiers in prop::collection::vec((0..1000_usize, draws()), 0..3),
        change in prop::option::of((0..60_u32, 0..12_usize, (0..9_usize, 0.0..=1.0_f64))),
        seed: u64,
    ) {
        let mut surface = SurfaceObjective::new(surface::ALL[on % surface::ALL.len()]);
        surface.params = values(surface.spec.params, &shape);
        surface.transform = change_of_surface.and_then(|draws| Transform::new(&values(&PARAMS, &draws)));
        let view = surface.spec.view;
        let start = vec![
            view.x.0 + at[0] * (view.x.1 - view.x.0),
            view.y.0 + at[1] * (view.y.1 - view.y.0),
        ];
        let optimizer = optim::ALL[by % optim::ALL.len()];
        let mut settings = Settings::new(optimizer);
        settings.params = values(optimizer.params, &rule);
        settings.warmup = warmup;
        if let Some(which) = schedule {
            let mut choice = ScheduleChoice::new(schedule::ALL[which % schedule::ALL.len()]);
            choice.params = values(choice.spec.params, &rhythm);
            settings.schedule = choice;
        }
        for (which, draws) in &modifiers {
            let mut choice = ModifierChoice::new(modifier::ALL[which % modifier::ALL.len()]);
            choice.values = values(choice.spec.params, draws);
            settings.apply(&Item::Modifier(choice));
        }
        let edits = change.map(|(step, which, draw)| {
            let i = which % optimizer.params.len();
            Edit { step, item: Item::Param(i, value(&optimizer.params[i], draw)) }
        });
        let spec = RunSpec {
            problem: Problem::Surface(surface),
            start,
            steps: 60,
            seed,
            settings,
            edits: edits.into_iter().collect(),
        };
        let trace = trace(&spec);
        prop_assert!(is_finite(&trace), "{spec:?}");
        let whole = match trace.status {
            Status::Diverged { step, .. } => step as usize == trace.len(),
            Status::Unfit { .. } => trace.len() == 1,
            _ => trace.len() == 61,
        };
        prop_assert!(whole, "{} rows, {:?}: {spec:?}", trace.len(), trace.status);
        let sentence = explain(&spec, &trace);
        prop_assert!(sentence.is_empty() == (trace.status == Status::Running), "{sentence}");
        prop_assert!(!sentence.contains("NaN") && !sentence.contains("inf "), "{sentence}");
    }
}

/// Settings without which a method moves where there is no gradient, and why.
const MOVED_BY: &[(&str, &str, &str)] = &[(
    "yogi",
    "initial=0",
    "its average gradient starts at `initial`, as in optax, and pushes until it is forgotten",
)];

#[test]
fn where_there_is_no_gradient_no_method_moves() {
    for (surface, start) in [
        ("ravine", [0.0, 0.0]),
        ("ackley", [0.0, 0.0]),
        ("monkey_saddle", [0.0, 0.0]),
        ("bounded_saddle", [0.0, 0.0]),
    ] {
        let problem = run_spec(surface, start, 0, "sgd", "").expect("readable").problem;
        // Those that ask for values alone look around: they leave a saddle, and some leave a minimum.
        let still = |o: &&&optim::OptimizerSpec| o.group != Group::GradientFree;
        let able = |o: &&&optim::OptimizerSpec| !o.needs.is_missing(problem.objective());
        for optimizer in optim::ALL.iter().filter(still).filter(able) {
            let settings = [with_lr(optimizer, "0.1"), optimizer.key.to_owned()];
            let without_eps =
                optimizer.params.iter().any(|p| p.key == "eps").then(|| format!("{}:eps=0", optimizer.key));
            for mut run in settings.into_iter().chain(without_eps) {
                if let Some((.., setting, _)) = MOVED_BY.iter().find(|m| m.0 == optimizer.key) {
                    run += if run.contains(':') { "," } else { ":" };
                    run += setting;
                }
                let spec = run_spec(surface, start, 20, &run, "").expect("readable");
                let trace = trace(&spec);
                if optimizer.needs.is_missing(spec.problem.objective()) {
                    assert!(matches!(trace.status, Status::Unfit { .. }), "{run} on {surface}");
                    continue;
                }
                assert_eq!(trace.point2(20), Some(start), "{run} on {surface}");
                assert_eq!(trace.status, Status::Converged { step: 0 }, "{run} on {surface}");
            }
        }
    }
}

#[test]
fn with_a_rate_of_zero_nothing_moves_and_nothing_is_forgotten() {
    for optimizer in optim::ALL.iter().filter(|o| o.has_lr()) {
        let run = format!("{}:lr=0", optimizer.key);
        let still = trace(&run_spec("rosenbrock", [-1.5, 2.0], 20, &run, "").expect("readable"));
        assert_eq!(still.point2(20), Some([-1.5, 2.0]), "{run}");
        let freed = trace(&run_spec("rosenbrock", [-1.5, 2.0], 40, &run, "20:lr=0.0001").expect("readable"));
        assert_eq!(freed.point2(20), Some([-1.5, 2.0]), "{run}");
        assert_ne!(freed.point2(40), Some([-1.5, 2.0]), "{run}: stuck");
    }
}

#[test]
fn a_decay_of_one_never_takes_anything_in() {
    for run in [
        "adam:beta1=1",
        "adamw:beta1=1,weight_decay=0",
        "lion:beta1=1,beta2=1",
        "adam:beta1=1,beta2=1,convention=paper",
    ] {
        let trace = trace(&run_spec("rosenbrock", [-1.5, 2.0], 20, run, "").expect("readable"));
        assert_eq!((trace.point2(20), trace.status), (Some([-1.5, 2.0]), Status::Running), "{run}");
    }
    // Nothing in the denominator but ε: long steps, in the direction of the average.
    let spec = run_spec("ravine", [3.0, 1.0], 1, "adam:lr=1e-8,beta2=1,eps=1e-8", "").expect("readable");
    let [x, y] = trace(&spec).point2(1).expect("a step");
    assert!(x.abs() < 1e-12 && (y + 19.0).abs() < 1e-12, "{x}, {y}");
}

#[test]
fn a_variance_that_rounding_takes_below_zero_is_zero() {
    // Standing still, the average square and the squared average of the gradient become equal but for rounding.
    for (i, alpha) in (1..40).flat_map(|i| [0.3, 0.5, 0.7].map(|alpha| (i, alpha))) {
        let start = [0.037 * f64::from(i), 1.3 - 0.029 * f64::from(i)];
        let run = format!("rmsprop:lr=0,alpha={alpha},eps=0.001,centered=on");
        let trace = trace(&run_spec("ravine", start, 130, &run, "120:lr=1e-6").expect("readable"));
        let [x, y] = trace.point2(121).expect("finite");
        assert!(x < start[0] && y < start[1], "{start:?} {run}: a coordinate rests at {x}, {y}");
    }
}
