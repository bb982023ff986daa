//! Schedules that follow each other, changed one at a time; what a run's schedules have made of its rate; and curves that are
//! drawn by hand.

mod common {
    pub mod run_text;
    pub mod surface_text;
}

use common::run_text::run_spec;
use descent_lab::link::schedule::{read, write};
use descent_lab::run::rates::rates;
use descent_lab::run::sequence::{span, with_another, with_length, with_part, without};
use descent_lab::run::{ScheduleChoice, trace};
use descent_lab::scene::drawing::{insert, nearest, share, stroke, top, value};
use descent_lab::schedule::{self, MAX_PARTS};

const THREE: &str = "linear(end=0.5)+50+cosine(t_max=100)+30+multi_step(milestones=10/30)";

fn sequence(text: &str) -> ScheduleChoice {
    read(text).expect(text)
}

#[test]
fn one_schedule_of_a_sequence_is_changed_and_the_others_stay() {
    let three = sequence(THREE);
    let other = with_part(&three, 1, |part| *part = ScheduleChoice::new(schedule::ALL[0]));
    assert_eq!(write(&other), "linear(end=0.5)+50+constant+30+multi_step(milestones=10/30)");
    let other = with_part(&three, 2, |part| part.list = vec![5.0]);
    assert_eq!(write(&other), "linear(end=0.5)+50+cosine(t_max=100)+30+multi_step(milestones=5)");
    assert_eq!(with_part(&three, 3, |_| panic!("there is no fourth")), three);
}

#[test]
fn lengths_are_those_of_all_but_the_last_and_never_nothing() {
    let three = sequence(THREE);
    assert!(write(&with_length(&three, 1, 7)).contains("+7+multi_step"));
    assert!(write(&with_length(&three, 0, 0)).starts_with("linear(end=0.5)+1+cosine"));
    assert_eq!(with_length(&three, 2, 9), three);
}

#[test]
fn one_more_takes_over_in_the_middle_of_what_is_left() {
    assert_eq!(write(&with_another(&sequence("constant"), 500)), "constant+250+cosine");
    assert_eq!(write(&with_another(&sequence("constant+250+cosine"), 500)), "constant+250+cosine+125+cosine");
    let mut many = sequence("constant");
    for _ in 0..MAX_PARTS + 3 {
        many = with_another(&many, 10);
    }
    assert_eq!(many.parts().count(), MAX_PARTS);
    assert_eq!(read(&write(&many)), Ok(many));
}

#[test]
fn any_may_go_but_the_only_one() {
    let three = sequence(THREE);
    assert_eq!(write(&without(&three, 0)), "cosine(t_max=100)+30+multi_step(milestones=10/30)");
    assert_eq!(write(&without(&three, 2)), "linear(end=0.5)+50+cosine(t_max=100)");
    assert_eq!(without(&three, 3), three);
    assert_eq!(write(&without(&sequence("step"), 0)), "step");
}

#[test]
fn every_schedule_of_a_sequence_has_its_span_of_the_run() {
    let three = sequence(THREE);
    let spans = |warmup, steps| [0, 1, 2].map(|part| span(&three, part, warmup, steps));
    assert_eq!(spans(0, 500), [(0, 50), (50, 30), (80, 420)]);
    assert_eq!(spans(20, 90), [(20, 50), (70, 20), (100, 0)]);
}

#[test]
fn rates_are_those_that_the_run_had() {
    let spec = run_spec(
        "ravine",
        [1.0, 0.1],
        40,
        "sgd:lr=0.02,schedule=linear+10+cosine,warmup=5",
        "20:lr=0.04 25:schedule=constant",
    )
    .expect("readable");
    let trace = trace(&spec);
    let rates = rates(&spec, &trace);
    assert_eq!(rates.len(), 41);
    for (k, row) in (0..40).zip(0_usize..) {
        let live = spec.settings_at(k);
        let want = live.schedule.factor(live.warmup, k, 40).lr;
        assert!((rates[row].lr - want).abs() < 1e-15, "at {k}: {} is not {want}", rates[row].lr);
    }
    assert_eq!((rates[30].lr, rates[30].momentum), (1.0, None));
}

#[test]
fn a_plateau_is_seen_in_the_rates_and_nothing_beyond_the_end_of_the_run() {
    let text = "sgd:lr=0.1,schedule=reduce_on_plateau(factor=0.5;patience=3)";
    // At this rate it jumps to and fro across the ravine for ever.
    let spec = run_spec("ravine", [0.0, 0.5], 60, text, "").expect("readable");
    let seen = rates(&spec, &trace(&spec));
    assert_eq!(seen.len(), 61);
    assert!(seen[0].lr == 1.0 && seen.iter().any(|f| f.lr == 0.5), "{seen:?}");
    let patient = "sgd:lr=9,schedule=reduce_on_plateau(patience=400)";
    let spec = run_spec("ravine", [1.0, 0.5], 500, patient, "").expect("readable");
    let ended = trace(&spec);
    assert!(ended.len() < 500, "it diverges");
    assert_eq!(rates(&spec, &ended).len(), ended.len());
}

#[test]
fn a_momentum_is_told_where_the_method_has_one_to_move() {
    for (optimizer, has) in [("momentum:lr=0.01", true), ("adam:lr=0.01", true), ("sgd:lr=0.01", false)] {
        let text = format!("{optimizer},schedule=one_cycle");
        let spec = run_spec("ravine", [1.0, 0.1], 30, &text, "").expect("readable");
        let rates = rates(&spec, &trace(&spec));
        assert_eq!(rates[0].momentum, has.then_some(0.95), "{optimizer}");
    }
}

#[test]
fn the_point_that_is_meant_is_the_nearest_along_the_curve() {
    for (x, want) in [(-3.0, 0), (0.0, 0), (0.12, 0), (0.13, 1), (0.6, 2), (1.0, 4), (7.0, 4), (f64::NAN, 0)]
    {
        assert_eq!(nearest(x, 5), want, "{x}");
    }
    assert_eq!([0, 2, 4].map(|i| share(i, 5)), [0.0, 0.5, 1.0]);
}

#[test]
fn heights_become_values_that_are_short_to_write() {
    assert_eq!((top(&[0.2, 0.9], 100.0), top(&[0.2, 4.0], 100.0), top(&[99.0], 100.0)), (1.25, 5.0, 100.0));
    for (y, top, want) in [(0.5, 1.25, 0.63), (2.0, 1.25, 1.25), (-1.0, 1.25, 0.0), (0.333, 100.0, 33.0)] {
        assert_eq!(value(y, top), want, "{y} of {top}");
    }
}

#[test]
fn a_stroke_takes_all_points_that_it_passes() {
    let mut values = [1.0; 5];
    stroke(&mut values, [0.1, 0.2], [0.8, 0.9], 1.0);
    assert_eq!(
        values,
        [1.0, 0.35, 0.6, 0.9, 1.0],
        "between its ends along it, and the one nearest to where it ends"
    );
    stroke(&mut values, [0.8, 0.0], [0.45, 0.0], 1.0);
    assert_eq!(values, [1.0, 0.35, 0.0, 0.0, 1.0], "backwards too");
    stroke(&mut values, [0.02, 0.5], [0.02, 0.5], 1.0);
    assert_eq!(values[0], 0.5, "a tap takes the nearest");
}

#[test]
fn a_point_is_put_between_its_neighbours() {
    let mut values = vec![0.2, 1.0, 0.8];
    insert(&mut values, 0);
    assert_eq!(values, [0.2, 0.6, 1.0, 0.8]);
    insert(&mut values, 3);
    assert_eq!(values, [0.2, 0.6, 1.0, 0.9, 0.8], "the last stays the last");
}
