//! Schedules at named steps, warm-up, and how a run follows them.

mod common {
    pub mod cases;
    pub mod run_text;
    pub mod surface_text;
}

use common::cases::cases;
use common::run_text::{item, run_spec};
use descent_lab::math::num;
use descent_lab::run::{Edit, Item, ScheduleChoice, trace};
use descent_lab::{optim, schedule};
use proptest::prelude::*;

/// A schedule, the steps of warm-up and of the run, and the factor after so many steps.
type Row = (&'static str, u32, u32, &'static [(u32, f64)]);

const ROWS: &[Row] = &[
    ("constant", 0, 100, &[(0, 1.0), (99, 1.0)]),
    // 1 − k/4, then flat
    ("linear(total=4)", 0, 100, &[(0, 1.0), (1, 0.75), (3, 0.25), (4, 0.0), (50, 0.0)]),
    // 0.2 + 0.6·k/4
    ("linear(start=0.2;end=0.8;total=4)", 0, 100, &[(0, 0.2), (2, 0.5), (4, 0.8), (99, 0.8)]),
    // over the whole run
    ("linear", 0, 10, &[(0, 1.0), (5, 0.5), (10, 0.0)]),
    ("step(step_size=3;gamma=0.5)", 0, 100, &[(0, 1.0), (2, 1.0), (3, 0.5), (5, 0.5), (6, 0.25)]),
    ("step(step_size=1;gamma=0)", 0, 100, &[(0, 1.0), (1, 0.0), (2, 0.0)]),
    ("exponential(gamma=0.5)", 0, 100, &[(0, 1.0), (1, 0.5), (10, 0.000_976_562_5)]),
    // ½(1 + cos 0), ½(1 + cos π/4), ½(1 + cos π/2), ½(1 + cos π)
    ("cosine(t_max=8)", 0, 100, &[(0, 1.0), (2, 0.853_553_390_593_273_8), (4, 0.5), (8, 0.0), (12, 0.0)]),
    // 0.2 + 0.8·½(1 + cos …), flat after T
    ("cosine(t_max=8;min=0.2)", 0, 100, &[(0, 1.0), (4, 0.6), (8, 0.2), (16, 0.2)]),
    ("cosine", 0, 40, &[(0, 1.0), (20, 0.5), (40, 0.0)]),
    // cycles of 4, 8, 16 …
    (
        "cosine_restarts(t_0=4;t_mult=2)",
        0,
        100,
        &[(0, 1.0), (2, 0.5), (4, 1.0), (8, 0.5), (12, 1.0), (20, 0.5), (28, 1.0)],
    ),
    // cycles of 4
    (
        "cosine_restarts(t_0=4;t_mult=1;min=0.5)",
        0,
        100,
        &[(0, 1.0), (2, 0.75), (4, 1.0), (6, 0.75), (4000, 1.0)],
    ),
    // 1/4, 2/4, 3/4, 4/4, then the schedule from its own beginning
    ("constant", 4, 100, &[(0, 0.25), (1, 0.5), (3, 1.0), (4, 1.0), (99, 1.0)]),
    ("linear(total=4)", 4, 100, &[(0, 0.25), (3, 1.0), (4, 1.0), (5, 0.75), (8, 0.0)]),
    // rises to where the schedule starts, 0.2
    ("linear(start=0.2;end=1;total=4)", 2, 100, &[(0, 0.1), (1, 0.2), (2, 0.2), (4, 0.6)]),
    // the whole run is what the warm-up leaves of it: 10 steps
    ("cosine", 10, 20, &[(0, 0.1), (9, 1.0), (10, 1.0), (15, 0.5), (20, 0.0)]),
    // a warm-up longer than the run
    ("cosine", 40, 20, &[(0, 0.025), (19, 0.5)]),
];

fn read(text: &str) -> ScheduleChoice {
    let sgd = optim::find("sgd").expect("registered");
    match item(sgd, &format!("schedule={text}")) {
        Ok(Item::Schedule(choice)) => choice,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn factors_are_those_of_the_formula() {
    for (text, warmup, horizon, factors) in ROWS {
        let choice = read(text);
        for (k, want) in *factors {
            let factor = schedule::factor(choice.spec, &choice.params, *warmup, *k, *horizon);
            assert!((factor.lr - want).abs() < 1e-15, "{text} at {k}: {} is not {want}", factor.lr);
        }
    }
}

#[test]
fn every_schedule_has_a_row() {
    for spec in schedule::ALL {
        assert!(ROWS.iter().any(|r| read(r.0).spec == *spec), "{} has no row", spec.key);
    }
}

#[test]
fn a_run_multiplies_its_rate_by_the_factor() {
    for (text, warmup, _, _) in ROWS {
        let run = format!("sgd:lr=0.03,schedule={text},warmup={warmup}");
        let trace = trace(&run_spec("ravine", [1.0, 0.1], 30, &run, "").expect("readable"));
        let choice = read(text);
        for (k, row) in (0..30).zip(0_usize..) {
            let factor = schedule::factor(choice.spec, &choice.params, *warmup, k, 30).lr;
            assert_eq!(trace.lr[row].to_bits(), (0.03 * factor).to_bits(), "{run} at {k}");
            let [x, y] = trace.point2(row).expect("a point");
            let [next, _] = trace.point2(row + 1).expect("a point");
            // On the ravine the gradient in x is x.
            assert!((next - (x - 0.03 * factor * x)).abs() < 1e-15, "{run} at {k}: {x}, {y}");
        }
    }
}

#[test]
fn the_whole_run_means_the_steps_of_the_run() {
    for (run, steps) in [("sgd:lr=0.03,schedule=cosine", 30), ("sgd:lr=0.03,schedule=linear,warmup=7", 50)] {
        let spec = run_spec("ravine", [1.0, 0.1], steps, run, "").expect("readable");
        let lr = trace(&spec).lr;
        assert!(lr[steps as usize] < 1e-17 && lr[steps as usize - 1] > 0.0, "{run}: {:?}", &lr[28..]);
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_factor_is_finite_and_nowhere_negative(
        places in prop::array::uniform6(0.0..=1.0_f64), k in 0..25_000_u32, horizon in 0..20_001_u32, warmup in 0..300_u32,
    ) {
        for spec in schedule::ALL {
            let whole_range = |(p, place): (&descent_lab::param::ParamSpec, &f64)| match place {
                p0 if *p0 < 0.1 => p.min,
                p0 if *p0 > 0.9 => p.max,
                p0 => p.at(*p0),
            };
            let params: Vec<f64> = spec.params.iter().zip(&places).map(whole_range).collect();
            let factor = schedule::factor(spec, &params, warmup, k, horizon);
            prop_assert!(factor.lr.is_finite() && factor.lr >= 0.0, "{} {:?} at {}: {}", spec.key, params, k, factor.lr);
            prop_assert!(factor.momentum.is_none_or(|m| (0.0..=1.0).contains(&m)), "{} {:?}", spec.key, params);
        }
    }
}

#[test]
fn a_cosine_halves_at_the_middle_of_every_cycle() {
    let choice = read("cosine_restarts(t_0=10;t_mult=3)");
    let mut begin = 0;
    for cycle in [10, 30, 90, 270, 810] {
        let at = |k: u32| schedule::factor(choice.spec, &choice.params, 0, k, 2000).lr;
        assert_eq!(at(begin), 1.0);
        assert!((at(begin + cycle / 2) - 0.5).abs() < 1e-15);
        let last = 0.5 * (1.0 + num::cos(std::f64::consts::PI * (1.0 - 1.0 / f64::from(cycle))));
        assert!((at(begin + cycle - 1) - last).abs() < 1e-15);
        begin += cycle;
    }
}

#[test]
fn a_schedule_that_moves_the_momentum_does_so_while_it_lasts() {
    let constant = schedule::find("constant").expect("registered");
    let spec: &'static schedule::ScheduleSpec = Box::leak(Box::new(schedule::ScheduleSpec {
        key: "halved",
        factor: Some(|_, _, _| schedule::Factor { lr: 1.0, momentum: Some(0.5) }),
        ..*constant
    }));
    for (optimizer, key) in
        [("momentum", "momentum"), ("nesterov", "momentum"), ("rmsprop", "momentum"), ("adam", "beta1")]
    {
        let run = format!("{optimizer}:lr=0.01,{key}=0.9");
        let on = |edits: &str| run_spec("ravine", [1.0, 0.1], 40, &run, edits).expect("readable");
        let mut moved = on("");
        let params = Vec::new();
        let choice = ScheduleChoice { spec, params };
        moved.edits = vec![
            Edit { step: 10, item: Item::Schedule(choice) },
            Edit { step: 30, item: Item::Schedule(ScheduleChoice::new(constant)) },
        ];
        let set = on(&format!("10:{key}=0.5 30:{key}=0.9"));
        assert_eq!(trace(&moved).x, trace(&set).x, "{run}");
        assert_ne!(trace(&moved).x, trace(&on("")).x, "{run}");
        // What is set stays set: the schedule moves what the method sees.
        assert_eq!(moved.settings_at(20).params, moved.settings.params);
    }
    // A method without momentum follows the rate alone.
    let plain = run_spec("ravine", [1.0, 0.1], 40, "sgd:lr=0.01", "").expect("readable");
    let mut moved = plain.clone();
    moved.settings.schedule.spec = spec;
    assert_eq!(trace(&moved).x, trace(&plain).x);
}
