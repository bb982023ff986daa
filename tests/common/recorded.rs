//! Runs recorded from `PyTorch`, optax and `SciPy` (`tests/fixtures/README.md`), and ours beside them.

#![allow(dead_code, reason = "not every test reads every part")]

use super::run_text::{matrix_run, run_spec};
use super::surface_text::Unread;
use descent_lab::optim::StateKind;
use descent_lab::run::spec::Problem;
use descent_lab::run::{RunSpec, Runner, Status, trace};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Files whose paths ours are not meant to follow, and why.
pub const APART: &[(&str, &str)] = &[(
    "torch/adam_one_cycle.json",
    "torch corrects with the β₁ of the moment to the power t, we with the product of the β₁ that were",
)];

/// One recorded run.
pub struct Case {
    /// Its file, with the folder of the library.
    pub file: String,
    /// The version of the library.
    pub version: String,
    /// What it is, for messages.
    pub name: String,
    /// The row of the file.
    pub row: Value,
}

/// Where a run has come to rest.
pub struct Reached {
    /// The last point.
    pub point: [f64; 2],
    /// f there.
    pub f: f64,
    /// The evaluations up to convergence.
    pub evaluations: u32,
    /// The global minima of the surface.
    pub others: Vec<[f64; 2]>,
}

/// All of them.
pub fn cases() -> Vec<Case> {
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
                    version: content["version"].as_str().expect("a version").to_owned(),
                    name: format!("{library}: {} on {}{}", row["run"], row["surface"], row["problem"]),
                    row: row.clone(),
                });
            }
        }
    }
    cases
}

/// A list of numbers.
pub fn numbers(list: &Value) -> Vec<f64> {
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
    /// A text of the row; empty where there is none.
    pub fn text(&self, key: &str) -> &str {
        self.row[key].as_str().unwrap_or("")
    }

    /// The key of its optimizer.
    pub fn optimizer(&self) -> &str {
        self.text("run").split(':').next().unwrap_or("")
    }

    /// Why it is not to be compared, if so.
    pub fn apart(&self) -> Option<String> {
        if let Some((file, why)) = APART.iter().find(|(file, _)| *file == self.file) {
            return Some(format!("{file}: {why}"));
        }
        let compare = self.compare();
        (compare != "trajectory").then(|| format!("compared by {compare}, not by path"))
    }

    /// What is compared.
    pub fn compare(&self) -> &str {
        self.row["compare"].as_str().unwrap_or("trajectory")
    }

    /// Where ours ends and what it cost: the last point, f and ‖∇f‖ there, and the evaluations up to convergence.
    pub fn minimum(&self) -> Result<Reached, String> {
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
    pub fn largest_error(&self) -> Result<(f64, usize), String> {
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
                assert!(error.is_finite(), "{}: {a} for {b}", self.name);
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
