//! Paths recorded from PyTorch, optax and `SciPy` (`tests/fixtures/README.md`), step by step against ours.
//!
//! What comes out is written down in `docs/conformance.md`: `DESCENT_BLESS=1 cargo test --test conformance`.

mod common {
    pub mod agreement;
    pub mod held;
    pub mod pycma;
    pub mod recorded;
    pub mod run_text;
    pub mod surface_text;
}

use common::agreement::tables;
use common::held::HELD;
use common::recorded::{APART, Reached, cases, numbers};
use common::run_text::run_spec;
use descent_lab::math::num;
use descent_lab::optim;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The largest |ours − theirs|/(1 + |theirs|) that passes.
const TOLERANCE: f64 = 1e-9;

/// Every method that we and the fixtures have must be compared on so many paths, or on all there are.
const AT_LEAST: usize = 6;

/// Of these there are more.
const WELL_COVERED: &[&str] = &["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"];

#[test]
fn every_step_is_that_of_the_library() {
    let mut compared: BTreeMap<String, (usize, f64)> = BTreeMap::new();
    let mut skipped: BTreeMap<String, usize> = BTreeMap::new();
    let mut failed = Vec::new();
    let cases = cases();
    for case in &cases {
        match case.largest_error() {
            Err(why) => *skipped.entry(why).or_default() += 1,
            Ok((error, step)) => {
                let (count, largest) = compared.entry(case.optimizer().to_owned()).or_default();
                *count += 1;
                *largest = f64::max(*largest, error);
                if error > TOLERANCE {
                    failed.push(format!("{}: {error:e} at step {step}", case.name));
                }
            }
        }
    }
    for (optimizer, (count, largest)) in &compared {
        println!("{optimizer}: {count} paths, largest relative error {largest:.1e}");
    }
    for (why, count) in &skipped {
        println!("skipped {count}: {why}");
    }
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
    for spec in optim::ALL {
        let recorded = cases.iter().filter(|c| c.optimizer() == spec.key && c.apart().is_none());
        let least = if WELL_COVERED.contains(&spec.key) { 8 } else { AT_LEAST.min(recorded.count()) };
        let count = compared.get(spec.key).map_or(0, |c| c.0);
        assert!(count >= least, "only {count} paths of {} were compared", spec.key);
    }
}

/// Line searches differ, so only where they lead is compared: a minimum as low as the recorded one and, where that is the
/// only one of its height, the same; at up to twice the evaluations.
#[test]
fn minima_are_those_that_the_library_found() {
    let near = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-6);
    let mut compared: BTreeMap<String, usize> = BTreeMap::new();
    for case in cases().iter().filter(|case| case.compare() == "minimum") {
        let Ok(Reached { point, f, evaluations, others }) = case.minimum() else {
            continue;
        };
        let (theirs, lowest) = (numbers(&case.row["minimum"]), case.row["f"].as_f64().expect("f"));
        let asked = case.row["evaluations"].as_u64().expect("evaluations");
        println!("{}: {evaluations} evaluations, theirs {asked}", case.name);
        assert!((f - lowest).abs() <= 1e-9, "{}: {f} at {point:?}", case.name);
        let found = near(&point, &theirs) || others.iter().any(|m| near(&point, m));
        assert!(found, "{}: {point:?} is not {theirs:?}", case.name);
        assert!(u64::from(evaluations) <= 2 * asked + 10, "{}: {evaluations} evaluations", case.name);
        *compared.entry(case.optimizer().to_owned()).or_default() += 1;
    }
    for key in ["bfgs", "lbfgs", "conjugate_gradient"] {
        assert_eq!(compared.get(key), Some(&6), "{key}");
    }
}

#[test]
fn both_conventions_every_schedule_and_coupled_modifiers_are_among_the_recorded() {
    let runs: BTreeSet<String> = cases()
        .iter()
        .filter(|case| case.largest_error().is_ok())
        .map(|case| case.text("run").to_owned())
        .collect();
    for part in [
        "rmsprop:lr=0.01,alpha=0.9,eps=0.01,momentum=0.7,centered=off,convention=optax",
        "adagrad:lr=0.5,lr_decay=0,eps=0.1,initial_accumulator=0.5,convention=optax",
        "dampening=",
        "centered=on",
        "lr_decay=0.01",
        "weight_decay=0.5",
        "clip_norm=",
        "l2=",
        "schedule=linear(",
        "schedule=step(",
        "schedule=exponential(",
        "schedule=cosine(",
        "schedule=cosine_restarts(t_0=20;t_mult=2",
        "schedule=cosine_restarts(t_0=25;t_mult=1",
        "after=rise",
        "clip_value=",
        "schedule=multi_step(milestones=10/30/70",
        "schedule=inverse_time(",
        "schedule=polynomial(total=80;power=2;end=0.1",
        "schedule=polynomial(total=60;power=0.5",
        "schedule=cyclic(lo=0.1",
        "mode=triangular2",
        "schedule=inverse_sqrt(",
        "schedule=reduce_on_plateau(factor=0.5;patience=4",
        "momentum:lr=0.01,schedule=one_cycle(",
    ] {
        assert!(runs.iter().any(|run| run.contains(part)), "no path with {part} was compared");
    }
}

#[test]
fn one_cycle_moves_adams_first_beta_as_torch_does() {
    // Adam by hand, corrected in torch's way: with the β₁ of the moment to the power t.
    let cases = cases();
    let cases: Vec<_> = cases.iter().filter(|c| c.file == APART[0].0).collect();
    assert!(cases.len() >= 8, "{}", cases.len());
    for case in cases {
        let start = numbers(&case.row["start"]);
        let spec = run_spec(case.text("surface"), [start[0], start[1]], 100, case.text("run"), "");
        let spec = spec.unwrap_or_else(|why| panic!("{}: {why:?}", case.name));
        let [lr, _, beta2, eps] = *spec.settings.params.first_chunk().expect("four parameters");
        let (mut x, mut m, mut v, mut g) = (start, [0.0; 2], [0.0; 2], [0.0; 2]);
        for (k, t) in (0..100).zip(1_i32..) {
            let factor = spec.settings.schedule.factor(0, k, 100);
            let beta1 = factor.momentum.expect("moved");
            let (c1, c2) = (1.0 - num::powi(beta1, t), 1.0 - num::powi(beta2, t));
            spec.problem.objective().value_grad(&x, &mut g);
            for i in 0..2 {
                m[i] = beta1 * m[i] + (1.0 - beta1) * g[i];
                v[i] = beta2 * v[i] + (1.0 - beta2) * g[i] * g[i];
                x[i] -= lr * factor.lr * (m[i] / c1) / ((v[i] / c2).sqrt() + eps);
            }
            let theirs = numbers(&case.row["x"][k as usize + 1]);
            for (a, b) in x.iter().zip(theirs) {
                assert!((a - b).abs() <= TOLERANCE * (1.0 + b.abs()), "{} at {t}: {a} is not {b}", case.name);
            }
        }
    }
}

#[test]
fn what_is_written_of_the_agreement_is_what_comes_out() {
    let tables = tables();
    for (file, text) in
        [("docs/conformance.md", &tables.markdown), ("src/export/conformance.tsv", &tables.tsv)]
    {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        if std::env::var_os("DESCENT_BLESS").is_some() {
            fs::write(path, text).expect("a writable file");
            continue;
        }
        let written = fs::read_to_string(path).unwrap_or_default();
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
        let new: Vec<_> = lines(text).difference(&lines(&written)).cloned().collect();
        assert!(written == *text, "{file} is old (DESCENT_BLESS=1 writes it); it lacks:\n{}", new.join("\n"));
    }
}

#[test]
fn a_method_without_a_recorded_run_is_held_to_something_by_a_test_that_names_it() {
    let mut held: Vec<_> = HELD.iter().map(|(key, ..)| *key).collect();
    held.sort_unstable_by_key(|key| optim::ALL.iter().position(|s| s.key == *key));
    assert_eq!(held, tables().without, "left: what tests/common/held.rs has");
    for (key, test, words) in HELD {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(test)).expect(test);
        let named = text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == *key);
        assert!(named, "{test} does not name {key}");
        assert!(!words.ends_with('.') && !words.contains(['\t', '|']), "{words}");
    }
}
