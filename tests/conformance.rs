//! Paths recorded from PyTorch, optax and `SciPy` (`tests/fixtures/README.md`), step by step against ours.

mod common {
    pub mod run_text;
    pub mod surface_text;
}

use common::run_text::{matrix_run, run_spec};
use common::surface_text::Unread;
use descent_lab::math::num;
use descent_lab::optim::{self, StateKind};
use descent_lab::run::spec::Problem;
use descent_lab::run::{RunSpec, Runner, Status, trace};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The largest |ours − theirs|/(1 + |theirs|) that passes.
const TOLERANCE: f64 = 1e-9;

/// Every method that we and the fixtures have must be compared on so many paths, or on all there are.
const AT_LEAST: usize = 6;

/// Of these there are more.
const WELL_COVERED: &[&str] = &["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"];

/// Files whose paths ours are not meant to follow, and why.
const APART: &[(&str, &str)] = &[(
    "torch/adam_one_cycle.json",
    "torch corrects with the β₁ of the moment to the power t, we with the product of the β₁ that were",
)];

/// One recorded run.
struct Case {
    file: String,
    name: String,
    row: Value,
}

/// Where a run has come to rest.
struct Reached {
    point: [f64; 2],
    f: f64,
    evaluations: u32,
    /// The global minima of the surface.
    others: Vec<[f64; 2]>,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut cases = Vec::new();
    for library in ["torch", "optax", "scipy"] {
        let entries = fs::read_dir(folder.join(library)).expect("the folder of a library");
        for path in entries.map(|e| e.expect("an entry").path()) {
            if path.extension().is_none_or(|e| e != "json") {
                continue;
            }
            let text = fs::read_to_string(&path).expect("a readable file");
            let content: Value = serde_json::from_str(&text).expect("valid JSON");
            let stem = path.file_name().expect("a name").to_string_lossy();
            for row in content["cases"].as_array().expect("cases") {
                cases.push(Case {
                    file: format!("{library}/{stem}"),
                    name: format!("{library}: {} on {}{}", row["run"], row["surface"], row["problem"]),
                    row: row.clone(),
                });
            }
        }
    }
    cases
}

fn numbers(list: &Value) -> Vec<f64> {
    let list = list.as_array().expect("a list of numbers");
    list.iter().map(|v| v.as_f64().expect("a number")).collect()
}

/// The averaged iterate after every step, the first of the points that the method shows.
fn averages(spec: &RunSpec) -> Vec<Vec<f64>> {
    let mut runner = Runner::new(spec);
    let mut all = Vec::new();
    for step in 0..=spec.steps {
        let mut points = Vec::new();
        runner.state(&mut |item| {
            if item.kind == StateKind::Point {
                points.push((item.symbol, item.values.to_vec()));
            }
        });
        let (symbol, average) = points.swap_remove(0);
        assert!(["x̄", "x"].contains(&symbol), "{symbol} is no average");
        all.push(average);
        if step < spec.steps {
            runner.advance();
        }
    }
    all
}

impl Case {
    fn text(&self, key: &str) -> &str {
        self.row[key].as_str().unwrap_or("")
    }

    fn optimizer(&self) -> &str {
        self.text("run").split(':').next().unwrap_or("")
    }

    /// Why it is not to be compared, if so.
    fn apart(&self) -> Option<String> {
        if let Some((file, why)) = APART.iter().find(|(file, _)| *file == self.file) {
            return Some(format!("{file}: {why}"));
        }
        let compare = self.compare();
        (compare != "trajectory").then(|| format!("compared by {compare}, not by path"))
    }

    fn compare(&self) -> &str {
        self.row["compare"].as_str().unwrap_or("trajectory")
    }

    /// Where ours ends and what it cost: the last point, f and ‖∇f‖ there, and the evaluations up to convergence.
    fn minimum(&self) -> Result<Reached, String> {
        let start = numbers(&self.row["start"]);
        let spec = run_spec(self.text("surface"), [start[0], start[1]], 200, self.text("run"), "");
        let spec = spec.map_err(|unread| format!("{unread:?}"))?;
        let trace = trace(&spec);
        let Status::Converged { step } = trace.status else {
            panic!("{}: {:?}", self.name, trace.status);
        };
        let Problem::Surface(surface) = &spec.problem else {
            return Err("a minimum of a matrix".to_owned());
        };
        Ok(Reached {
            point: trace.point2(trace.last()).expect("a point"),
            f: trace.loss[trace.last()],
            evaluations: trace.evaluations[step as usize],
            others: surface.minima(),
        })
    }

    /// The largest error along the path, and at which step; or what the engine does not have.
    fn largest_error(&self) -> Result<(f64, usize), String> {
        if let Some(why) = self.apart() {
            return Err(why);
        }
        let start = numbers(&self.row["start"]);
        let steps = self.row["steps"].as_u64().and_then(|n| u32::try_from(n).ok()).expect("steps");
        let spec = match self.row["problem"].as_str() {
            Some(problem) => matrix_run(problem, steps, self.text("run"), ""),
            None => run_spec(self.text("surface"), [start[0], start[1]], steps, self.text("run"), ""),
        };
        let spec = match spec {
            Ok(spec) => RunSpec { start, ..spec },
            Err(Unread::Missing(what)) => return Err(what),
            Err(Unread::Bad(what)) => panic!("{}: {what}", self.name),
        };
        let trace = trace(&spec);
        let theirs = self.row["x"].as_array().expect("a path");
        assert_eq!(theirs.len(), spec.steps as usize + 1, "{}", self.name);
        assert_eq!(trace.len(), theirs.len(), "{}: {:?}", self.name, trace.status);
        let mut largest = (0.0, 0);
        let mut compare = |step: usize, ours: &[f64], theirs: &Value| {
            let theirs = numbers(theirs);
            assert_eq!(ours.len(), theirs.len(), "{}", self.name);
            for (a, b) in ours.iter().zip(theirs) {
                let error = (a - b).abs() / (1.0 + b.abs());
                if error > largest.0 {
                    largest = (error, step);
                }
            }
        };
        for (step, theirs) in theirs.iter().enumerate() {
            compare(step, trace.point(step).expect("a point"), theirs);
        }
        if let Some(theirs) = self.row["average"].as_array() {
            for (step, ours) in averages(&spec).iter().enumerate() {
                compare(step, ours, &theirs[step]);
            }
        }
        Ok(largest)
    }
}

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
