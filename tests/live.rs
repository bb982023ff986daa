//! Live tuning: a change at step k is the run up to k, and from there the new values on the same state.

mod common {
    pub mod family;
    pub mod replay;
    pub mod run_text;
    pub mod surface_text;
    pub mod tried;
}

use common::family::FAMILIES;
use common::replay::settings_at;
use common::run_text::run_spec;
use common::tried::{STEPS, base, bits, edited, follows};
use descent_lab::math::num;
use descent_lab::optim;
use descent_lab::param::{self, ParamSpec, Scale};
use descent_lab::run::{Edit, Item, RunSpec, Runner, trace};

/// Parameters that only set where a decision falls, or how a step is found that many values would find: their change may
/// leave a path as it is. `tests/line_search.rs` shows that each acts, from the step at which it is changed.
const DECIDE: &[&str] = &[
    "gd_line_search c1",
    "gd_line_search c2",
    "gd_line_search shrink",
    "damped_newton beta",
    "damped_newton c1",
    "damped_newton shrink",
    "bfgs c1",
    "bfgs c2",
    "lbfgs c1",
    "lbfgs c2",
    "conjugate_gradient c1",
    "conjugate_gradient c2",
    "trust_region delta_max",
    "trust_region accept",
    "levenberg_marquardt gamma",
    "levenberg_marquardt nu",
];

/// Another value of the parameter: the next word, the other side of a switch, or a good way along the slider.
fn another(p: &ParamSpec, value: f64) -> f64 {
    match p.scale {
        Scale::Switch | Scale::Choice(_) => (value + 1.0) % (p.max + 1.0),
        _ => {
            let place = p.position(value);
            let step = if p.key == "lr" { 0.04 } else { 0.3 };
            p.at(if place > 0.5 { place - step } else { place + step })
        }
    }
}

/// Parameters of what runs beside the path: they never move it, at the start neither.
const BESIDE_THE_PATH: &[&str] = &["asgd t0"];

/// Every optimizer with each of its parameters, and a value to change it to.
fn every_parameter() -> impl Iterator<Item = (RunSpec, usize, f64)> {
    optim::ALL.iter().flat_map(|o| {
        let value = |i: usize| another(&o.params[i], base(o).settings.params[i]);
        (0..o.params.len()).map(move |i| (base(o), i, value(i)))
    })
}

#[test]
fn an_edit_continues_from_the_state_that_was_reached() {
    for (spec, i, value) in every_parameter() {
        let name = format!("{} {}", spec.settings.optimizer.key, spec.settings.optimizer.params[i].key);
        let untouched = trace(&spec);
        for step in [0, 1, 2, 17, STEPS - 1] {
            let spec = edited(&spec, vec![Edit { step, item: Item::Param(i, value) }]);
            let trace = trace(&spec);
            assert_eq!(trace.len(), STEPS as usize + 1, "{name} = {value}: {:?}", trace.status);
            follows(&trace, &spec).unwrap_or_else(|e| panic!("{name} = {value} from step {step}: {e}"));
            let past = 2 * (step as usize + 1);
            assert_eq!(bits(&trace.x[..past]), bits(&untouched.x[..past]), "{name}: the past changed");
            let inert = FAMILIES
                .iter()
                .flat_map(|f| f.inert)
                .any(|r| format!("{} {}", r.0, r.1) == name && !r.2.is_empty())
                && (step > 0 || BESIDE_THE_PATH.contains(&&*name));
            // At the very end some changes are too small to see.
            if step < STEPS - 1 && !DECIDE.contains(&name.as_str()) {
                assert_eq!(trace.x == untouched.x, inert, "{name} = {value} from step {step}: the future");
            }
        }
    }
}

#[test]
fn a_runner_that_nobody_watches_takes_the_same_path() {
    for (spec, i, value) in every_parameter() {
        let spec = edited(&spec, vec![Edit { step: 9, item: Item::Param(i, value) }]);
        let trace = trace(&spec);
        let mut runner = Runner::new(&spec);
        for row in 0..=STEPS {
            assert_eq!(runner.step(), row);
            assert_eq!(Some(runner.x()), trace.point(row as usize), "{:?}", spec.settings.optimizer);
            assert_eq!(runner.settings(), &settings_at(&spec, row));
            assert_eq!(runner.counts().evaluations(), trace.evaluations[row as usize]);
            assert_eq!(runner.lr().to_bits(), trace.lr[row as usize].to_bits());
            runner.advance();
        }
    }
}

#[test]
fn an_edit_at_the_start_is_a_setting() {
    for (spec, i, value) in every_parameter() {
        let by_edit = edited(&spec, vec![Edit { step: 0, item: Item::Param(i, value) }]);
        let mut by_setting = spec;
        by_setting.settings.params[i] = value;
        assert_eq!(trace(&by_edit), trace(&by_setting), "{:?} {i}", by_setting.settings.optimizer);
    }
}

#[test]
fn a_change_of_convention_is_no_leap() {
    for optimizer in optim::ALL {
        let Some(i) = param::find(optimizer.params, "convention") else {
            continue;
        };
        let words: Vec<f64> = (0..9).map(f64::from).filter(|w| *w <= optimizer.params[i].max).collect();
        for (before, after) in words.iter().flat_map(|a| words.iter().map(move |b| (*a, *b))) {
            let mut spec = base(optimizer);
            spec.settings = spec.settings.with("convention", before).with("momentum", 0.9);
            let spec = edited(&spec, vec![Edit { step: 30, item: Item::Param(i, after) }]);
            let trace = trace(&spec);
            let length = |row: usize| {
                let (a, b) = (trace.point2(row).expect("a point"), trace.point2(row + 1).expect("a point"));
                num::norm(&[b[0] - a[0], b[1] - a[1]])
            };
            let longest = (20..30).map(length).fold(0.0, f64::max);
            assert!(
                length(30) < 2.0 * longest,
                "{} {before} → {after}: {} after {longest}",
                optimizer.key,
                length(30)
            );
        }
    }
}

#[test]
fn where_two_conventions_are_one_rule_a_change_between_them_changes_nothing() {
    // While η stays, and without ε, which they add in different places.
    for (run, there, back) in [
        ("momentum:lr=0.0005", "20:convention=keras", "40:convention=pytorch"),
        ("momentum:lr=0.0005,convention=keras", "20:convention=pytorch", "40:convention=keras"),
        ("nesterov:lr=0.0005", "20:convention=keras", "40:convention=pytorch"),
        ("rmsprop:lr=0.01,momentum=0.9,eps=0", "20:convention=optax", "40:convention=pytorch"),
    ] {
        let with = |edits: &str| trace(&run_spec("rosenbrock", [-1.5, 2.0], STEPS, run, edits).expect(run));
        let (plain, changed) = (with(""), with(&format!("{there} {back}")));
        for (a, b) in plain.x.iter().zip(&changed.x) {
            assert!((a - b).abs() < 1e-12, "{run} {there}: {a} and {b}");
        }
    }
}

#[test]
fn bias_corrections_are_products_of_the_betas_that_were() {
    // ravine(kappa=4) from (2, 1): g = (2, 4), m = ½g, v = 0.16g²; the first step is 0.1·m̂/(√v̂ + ε) = 0.1 in each.
    // Then β₁ = 0.25, β₂ = 0.5: g = (1.9, 3.6), m = ¼(1, 2) + ¾(1.9, 3.6) = (1.675, 3.2),
    // v = ½(0.64, 2.56) + ½(3.61, 12.96) = (2.125, 7.76); corrections 1 − 0.5·0.25 = 0.875 and 1 − 0.84·0.5 = 0.58.
    let want = [
        1.9 - 0.1 * (1.675 / 0.875) / (2.125_f64 / 0.58).sqrt(),
        0.9 - 0.1 * (3.2 / 0.875) / (7.76_f64 / 0.58).sqrt(),
    ];
    for run in ["adam", "adamw:weight_decay=0", "amsgrad", "ademamix:alpha=0", "hypergradient_adam:beta=0"] {
        let run =
            format!("{run}{}lr=0.1,beta1=0.5,beta2=0.84,eps=0", if run.contains(':') { "," } else { ":" });
        let spec =
            run_spec("ravine(kappa=4)", [2.0, 1.0], 2, &run, "1:beta1=0.25 1:beta2=0.5").expect("readable");
        let point = trace(&spec).point2(2).expect("two steps");
        assert!(
            (point[0] - want[0]).abs() < 1e-15 && (point[1] - want[1]).abs() < 1e-15,
            "{point:?} is not {want:?}"
        );
    }
}
