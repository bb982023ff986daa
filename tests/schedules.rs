//! Schedules at named steps, warm-up, and how a run follows them.

mod common {
    pub mod cases;
    pub mod run_text;
    pub mod schedule_rows;
    pub mod surface_text;
}

use common::cases::cases;
use common::run_text::{item, run_spec};
use common::schedule_rows::ROWS;
use descent_lab::link::Link;
use descent_lab::math::num;
use descent_lab::run::{Edit, Item, ScheduleChoice, trace};
use descent_lab::{optim, schedule};
use proptest::prelude::*;

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
            let factor = choice.factor(*warmup, *k, *horizon);
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
            let factor = choice.factor(*warmup, k, 30).lr;
            assert_eq!(trace.lr[row].to_bits(), (0.03 * factor).to_bits(), "{run} at {k}");
            let [x, y] = trace.point2(row).expect("a point");
            let [next, _] = trace.point2(row + 1).expect("a point");
            // On the ravine the gradient in x is x.
            let error = (next - (x - 0.03 * factor * x)).abs();
            assert!(error < 1e-15, "{run} at {k}: {x}, {y}");
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
            let mut choice = ScheduleChoice { params: params.clone(), ..ScheduleChoice::new(spec) };
            if let Some(rules) = spec.list {
                choice.list = places.iter().map(|p| rules.range.0 + p * (rules.range.1 - rules.range.0)).collect();
                if rules.rising {
                    choice.list.sort_by(f64::total_cmp);
                }
                prop_assert!(rules.takes(&choice.list));
            }
            let factor = choice.factor(warmup, k, horizon);
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
        let at = |k: u32| choice.factor(0, k, 2000).lr;
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
        let choice = ScheduleChoice { params, ..ScheduleChoice::new(spec) };
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
    // One cycle moves it down and up.
    let cycle = read("one_cycle(total=21;pct=0.3;m_lo=0.5;m_hi=0.9)");
    for (k, want) in [(0, 0.9), (20, 0.9), (50, 0.9)] {
        assert!((cycle.factor(0, k, 100).momentum.expect("moved") - want).abs() < 1e-15, "at {k}");
    }
    let lowest = (0..21).filter_map(|k| cycle.factor(0, k, 100).momentum).fold(1.0, f64::min);
    assert!((0.5..0.51).contains(&lowest), "{lowest}");
    // A method without momentum follows the rate alone.
    let plain = run_spec("ravine", [1.0, 0.1], 40, "sgd:lr=0.01", "").expect("readable");
    let mut moved = plain.clone();
    moved.settings.schedule.spec = spec;
    assert_eq!(trace(&moved).x, trace(&plain).x);
}

#[test]
fn the_rate_falls_when_the_loss_has_not_improved_for_longer_than_the_patience() {
    // sgd with rate 2 on x alone goes to and fro between 1 and −1, where the loss is the same.
    let spec = |schedule: &str| {
        let run = format!("sgd:lr=2,schedule={schedule}");
        run_spec("ravine", [1.0, 0.0], 12, &run, "").expect("readable")
    };
    // Row 0 is the first and the best; 1, 2 and 3 do not improve on it, and more than 2 of those are too many.
    let lr = trace(&spec("reduce_on_plateau(factor=0.5;patience=2)")).lr;
    assert_eq!(lr[..5], [2.0, 2.0, 2.0, 2.0, 1.0]);
    // With rate 1 row 5 is at 0, which is better than all before; then 6, 7 and 8 are not better, and 9, 10 and 11.
    assert_eq!(lr[5..], [1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.25]);
    // Without patience it falls at every step that does not improve.
    assert_eq!(trace(&spec("reduce_on_plateau(factor=0.25;patience=0)")).lr[..3], [2.0, 2.0, 0.5]);
    // An improvement by less than the threshold is none.
    let creeping = |threshold: &str| {
        let run = format!("sgd:lr=0.001,schedule=reduce_on_plateau(patience=0;threshold={threshold})");
        trace(&run_spec("ravine", [1.0, 0.0], 40, &run, "").expect("readable")).lr[39]
    };
    // A step leaves 0.999² of the loss.
    assert_eq!(creeping("0.0019"), 0.001);
    assert!(creeping("0.0021") < 0.001);
}

#[test]
fn another_schedule_forgets_what_the_loss_has_done() {
    let plateau = "schedule=reduce_on_plateau(factor=0.5;patience=0)";
    let (run, edits) = (format!("sgd:lr=0,{plateau}"), "3:lr=0.001 6:schedule=constant");
    let lr = trace(&run_spec("ravine", [1.0, 0.1], 10, &run, edits).expect("readable")).lr;
    assert_eq!(lr[3], 0.00025);
    assert!(lr[6..].iter().all(|lr| *lr == 0.001), "{lr:?}");
}

#[test]
fn a_schedule_that_reads_the_loss_begins_with_its_first_step() {
    // At so small a rate the loss never improves, and every step but the first lowers the rate.
    let lr = |run: &str| {
        let (link, notices) = Link::read(&format!("surface=ravine&start=1,0&steps=8&run=sgd:{run}"));
        assert!(notices.is_empty(), "{notices:?}");
        let mut spec = link.config.run_spec(0);
        // Too small a rate to move anything.
        spec.settings.params[0] = num::powi(0.5, 99);
        trace(&spec).lr.iter().map(|lr| lr * num::powi(2.0, 99)).collect::<Vec<_>>()
    };
    let plateau = "reduce_on_plateau(factor=0.5;patience=0)";
    assert_eq!(lr(&format!("schedule={plateau}"))[..5], [1.0, 1.0, 0.5, 0.25, 0.125]);
    assert_eq!(lr(&format!("schedule={plateau}+3+{plateau}"))[..7], [1.0, 1.0, 0.5, 1.0, 1.0, 0.5, 0.25]);
    // A warm-up comes before it.
    assert_eq!(lr(&format!("schedule={plateau},warmup=4"))[..7], [0.25, 0.5, 0.75, 1.0, 1.0, 1.0, 0.5]);
}

#[test]
fn a_sequence_goes_from_one_schedule_to_the_next_from_its_own_beginning() {
    let (link, notices) = Link::read("run=sgd:lr=1,schedule=linear(end=0.5)+50+cosine(min=0.1)+100+constant");
    assert!(notices.is_empty(), "{notices:?}");
    let choice = &link.config.runs[0].settings.schedule;
    let at = |warmup, k| choice.factor(warmup, k, 400).lr;
    for (k, want) in [(0, 1.0), (25, 0.75), (49, 0.51), (50, 1.0), (100, 0.55), (150, 1.0), (399, 1.0)] {
        assert!((at(0, k) - want).abs() < 1e-15, "{k}: {} is not {want}", at(0, k));
        assert!((at(10, k + 10) - want).abs() < 1e-15, "after a warm-up, {k}");
    }
    let lengths: Vec<_> = choice.parts().map(|(part, steps)| (part.spec.key, steps)).collect();
    assert_eq!(lengths, [("linear", Some(50)), ("cosine", Some(100)), ("constant", None)]);
}

#[test]
fn a_curve_of_any_length_is_followed_without_a_fault() {
    for list in [vec![], vec![0.5], vec![0.5; 200]] {
        let choice = ScheduleChoice { list, ..read("drawn") };
        for k in [0, 1, 99, 100, 1000] {
            let want = if choice.list.is_empty() { 1.0 } else { 0.5 };
            assert_eq!(choice.factor(0, k, 100).lr, want, "{} numbers at {k}", choice.list.len());
        }
    }
}
