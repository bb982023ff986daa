//! Lists of edits: their order, edits of schedules and modifiers, and any list at all.

mod common {
    pub mod cases;
    pub mod family;
    pub mod replay;
    pub mod run_text;
    pub mod surface_text;
    pub mod tried;
}

use common::cases::cases;
use common::family::tried;
use common::replay::settings_at;
use common::run_text::{item, run_spec};
use common::tried::{STEPS, base, edited, follows};
use descent_lab::optim::{self, Group, Needs, OptimizerSpec};
use descent_lab::run::{Edit, Item, ModifierChoice, ScheduleChoice, Settings, trace};
use descent_lab::{modifier, schedule};
use proptest::prelude::*;

#[test]
fn edits_act_in_the_order_of_their_steps_and_the_later_of_two_counts() {
    let with =
        |edits: &str| trace(&run_spec("rosenbrock", [-1.5, 2.0], STEPS, "adam:lr=0.02", edits).expect(edits));
    let sorted = with("10:lr=0.1 20:lr=0.01 20:beta1=0.5 40:clip_norm=1");
    for edits in [
        "20:lr=0.01 10:lr=0.1 40:clip_norm=1 20:beta1=0.5",
        "40:clip_norm=1 20:beta1=0.5 20:lr=0.3 10:lr=0.1 20:lr=0.01",
        "10:lr=0.7 10:lr=0.1 20:lr=0.01 20:beta1=0.9 20:beta1=0.5 40:clip_norm=2 40:clip_norm=1",
        "10:lr=0.1 20:lr=0.01 20:beta1=0.5 40:clip_norm=1 60:lr=9 61:lr=9 1000:beta2=0",
    ] {
        let mut other = with(edits);
        // What is set at the last step would act on the step after it.
        if edits.contains("60:lr=9") {
            assert_eq!(other.lr[60], 9.0);
            other.lr[60] = sorted.lr[60];
        }
        assert_eq!(other, sorted, "{edits}");
    }
    assert_ne!(with("20:lr=0.1 10:lr=0.01"), with("20:lr=0.01 10:lr=0.1"));
}

#[test]
fn the_settings_of_a_step_are_those_that_the_run_had() {
    for edits in
        ["10:lr=0.1 20:lr=0.01 20:noise=0.1 30:noise=off", "20:lr=0.01 10:lr=0.1 30:noise=off 20:noise=0.1"]
    {
        let spec = run_spec("ravine", [1.0, 1.0], STEPS, "sgd:lr=0.02", edits).expect(edits);
        for step in 0..=STEPS {
            assert_eq!(spec.settings_at(step), settings_at(&spec, step), "{edits}: step {step}");
        }
    }
}

#[test]
fn a_modifier_acts_from_the_step_at_which_it_is_on_to_the_step_at_which_it_is_off() {
    // On the ravine with θ = 0 a plain step takes 0.02(x, 20y) away.
    let edits = "10:noise=1 20:noise=off 30:l2=1 40:l2=off 45:clip_norm=0.01 50:clip_norm=off";
    let spec = run_spec("ravine", [1.0, 1.0], STEPS, "sgd:lr=0.02", edits).expect(edits);
    let (trace, mut plain) = (trace(&spec), Vec::new());
    for row in 0..STEPS as usize {
        let ([x, y], after) = (trace.point2(row).expect("a point"), trace.point2(row + 1));
        plain.push(after == Some([x - 0.02 * x, y - 0.02 * (20.0 * y)]));
    }
    for (from, to, want) in [
        (0, 10, true),
        (10, 20, false),
        (20, 30, true),
        (30, 40, false),
        (40, 45, true),
        (45, 50, false),
        (50, 60, true),
    ] {
        assert_eq!(plain[from..to], vec![want; to - from], "steps {from} to {to}");
    }
}

#[test]
fn modifiers_stand_in_the_order_in_which_they_act_each_once() {
    let sgd = optim::find("sgd").expect("registered");
    let mut settings = Settings::new(sgd);
    for (text, want) in [
        ("l2=1", vec![("l2", 1.0)]),
        ("noise=2", vec![("noise", 2.0), ("l2", 1.0)]),
        ("clip_norm=3", vec![("noise", 2.0), ("clip_norm", 3.0), ("l2", 1.0)]),
        ("noise=4", vec![("noise", 4.0), ("clip_norm", 3.0), ("l2", 1.0)]),
        ("clip_norm=off", vec![("noise", 4.0), ("l2", 1.0)]),
        ("clip_norm=off", vec![("noise", 4.0), ("l2", 1.0)]),
        ("noise=off", vec![("l2", 1.0)]),
        ("l2=off", vec![]),
    ] {
        settings.apply(&item(sgd, text).expect(text));
        let on: Vec<_> = settings.modifiers.iter().map(|m| (m.spec.key, m.values[0])).collect();
        assert_eq!(on, want, "after {text}");
    }
}

/// Methods that see only signs, with what changes only the length of a gradient.
const BLIND: &[(&str, &str)] = &[("rprop", "20:clip_norm=0.5 30:clip_norm=0.1 40:clip_norm=off")];

/// Methods that divide a gradient by its own length: clipping it changes no more than a last digit, if that.
const SCALE_FREE: &[&str] = &["lars"];

/// Whether such edits must change the path: a schedule needs a rate to act on, and a modifier a gradient. Curvature methods
/// may be at the minimum before.
fn acts(optimizer: &OptimizerSpec, edits: &str) -> Option<bool> {
    if edits.contains("schedule") || edits.contains("warmup") {
        // A factor may also act on a rate that finds itself.
        (optimizer.has_lr() || optimizer.group != Group::ParameterFree).then_some(optimizer.has_lr())
    } else if optimizer.group == Group::GradientFree || optimizer.needs == Needs::SumOfSquares {
        Some(false)
    } else if optimizer.group == Group::Curvature || SCALE_FREE.contains(&optimizer.key) {
        None
    } else {
        Some(!BLIND.contains(&(optimizer.key, edits)))
    }
}

#[test]
fn schedules_warm_up_and_modifiers_change_during_a_run() {
    for edits in [
        "20:schedule=exponential(gamma=0.9)",
        "20:schedule=step(step_size=10;gamma=0.5) 40:schedule=constant",
        "5:warmup=30 25:warmup=0",
        "20:clip_norm=0.5 30:clip_norm=0.1 40:clip_norm=off",
        "10:noise=3 20:l2=0.2 30:noise=off 40:noise=5 50:l2=off",
        "10:clip_norm=1 10:noise=1 10:lr=0.1 10:warmup=50 10:schedule=cosine",
    ] {
        let sets_rate = edits.contains(":lr=");
        for optimizer in optim::ALL.iter().filter(|o| o.has_lr() || !sets_rate) {
            let run = format!("{}:{}", optimizer.key, tried(optimizer));
            let spec = run_spec("rosenbrock", [-1.5, 2.0], STEPS, &run, edits).expect(edits);
            let trace = trace(&spec);
            assert_eq!(trace.len(), STEPS as usize + 1, "{run} {edits}: {:?}", trace.status);
            follows(&trace, &spec).unwrap_or_else(|e| panic!("{run} {edits}: {e}"));
            let changed = trace.x != self::trace(&edited(&spec, vec![])).x;
            if let Some(acts) = acts(optimizer, edits) {
                assert_eq!(changed, acts, "{run} {edits}: changed or not");
            }
        }
    }
}

/// Any change: of a parameter, a schedule, the warm-up or a modifier, at a place of its slider.
fn any_item(optimizer: &OptimizerSpec, kind: usize, which: usize, place: f64) -> Item {
    match kind {
        0 | 1 => {
            let i = which % optimizer.params.len();
            Item::Param(i, optimizer.params[i].at(place))
        }
        2 => {
            let mut choice = ScheduleChoice::new(schedule::ALL[which % schedule::ALL.len()]);
            for (value, p) in choice.params.iter_mut().zip(choice.spec.params) {
                *value = p.at(place);
            }
            if which.is_multiple_of(3) {
                let next = ScheduleChoice::new(schedule::ALL[(which / 3 + 1) % schedule::ALL.len()]);
                choice.then = Some(Box::new((7, next)));
            }
            Item::Schedule(choice)
        }
        3 => Item::Warmup(u32::try_from(which).expect("small")),
        4 => Item::ModifierOff(modifier::ALL[which % modifier::ALL.len()]),
        _ => {
            let mut choice = ModifierChoice::new(modifier::ALL[which % modifier::ALL.len()]);
            for (value, p) in choice.values.iter_mut().zip(choice.spec.params) {
                *value = p.at(place);
            }
            Item::Modifier(choice)
        }
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn any_list_of_edits_is_the_same_as_working_it_out_step_by_step(
        which in 0..1000_usize,
        drawn in prop::collection::vec((0..STEPS + 3, 0..7_usize, 0..96_usize, 0.0..=1.0_f64), 0..9),
    ) {
        let optimizer = optim::ALL[which % optim::ALL.len()];
        let edits = drawn.iter().map(|(step, kind, which, place)| {
            Edit { step: *step, item: any_item(optimizer, *kind, *which, *place) }
        });
        let spec = edited(&base(optimizer), edits.collect());
        let trace = trace(&spec);
        prop_assert!(!trace.is_empty());
        prop_assert_eq!(follows(&trace, &spec), Ok(()));
    }
}
