//! The generations recorded from pycma, and our update on the same points.

#![allow(dead_code, reason = "not every test reads every part")]

use super::recorded::numbers;
use super::run_text::run_spec;
use descent_lab::optim::evolution::{Constants, Distribution};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// How many generations each run has.
pub const GENERATIONS: usize = 25;

fn file() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cma/cma_es.json");
    serde_json::from_str(&fs::read_to_string(path).expect("readable")).expect("valid JSON")
}

/// The version of pycma.
pub fn version() -> String {
    file()["version"].as_str().expect("a version").to_owned()
}

/// The recorded runs.
pub fn recorded() -> Vec<Value> {
    file()["cases"].as_array().expect("cases").clone()
}

/// The constants that a case was recorded with.
pub fn constants(case: &Value) -> Constants {
    let given = &case["constants"];
    let number = |key: &str| given[key].as_f64().expect("a number");
    Constants {
        weights: numbers(&given["weights"]),
        mu_eff: number("mueff"),
        c_c: number("cc"),
        c_sigma: number("cs"),
        c_1: number("c1"),
        c_mu: number("cmu"),
        damping: number("damps"),
    }
}

/// The steps of a generation, best first.
fn steps(points: &[Vec<f64>], value: impl Fn(&[f64]) -> f64, mean: &[f64], sigma: f64) -> Vec<f64> {
    let mut sorted: Vec<&Vec<f64>> = points.iter().collect();
    sorted.sort_by(|a, b| value(a).total_cmp(&value(b)));
    sorted.iter().flat_map(|p| p.iter().zip(mean).map(|(x, m)| (x - m) / sigma)).collect()
}

/// The largest |ours − theirs|/max(1, |theirs|) of a recorded run, in mean, σ, covariance and paths, and where it is.
pub fn largest_error(case: &Value) -> (f64, String) {
    let surface = case["surface"].as_str().expect("a surface");
    let run = run_spec(surface, [0.0; 2], 0, case["run"].as_str().expect("a run"), "").expect("readable");
    let initial = &case["initial"];
    let mut mean = numbers(&initial["mean"]);
    let mut ours = Distribution::new(2, initial["sigma"].as_f64().expect("a number"));
    let [xx, xy, yy] = numbers(&initial["c"])[..] else { panic!("three numbers") };
    ours.covariance = vec![xx, xy, xy, yy];
    let generations = case["generations"].as_array().expect("generations");
    assert_eq!(generations.len(), GENERATIONS);
    let mut largest = (0.0, String::new());
    for (g, row) in generations.iter().enumerate() {
        let points: Vec<_> = row["points"].as_array().expect("points").iter().map(numbers).collect();
        let value = |x: &[f64]| run.problem.objective().value(x);
        let steps = steps(&points, value, &mean, ours.sigma);
        ours.decompose();
        ours.update(&mut mean, &steps, &constants(case));
        let c = [0, 1, 3].map(|i| ours.covariance[i]);
        let sigma = row["sigma"].as_f64().expect("a number");
        let mut compare = |ours: &[f64], theirs: &[f64], part: &str| {
            assert_eq!(ours.len(), theirs.len(), "{part}");
            for (a, b) in ours.iter().zip(theirs) {
                let error = (a - b).abs() / b.abs().max(1.0);
                // One that is none would be larger than nothing.
                assert!(error.is_finite(), "{part}: {a} for {b}");
                if error > largest.0 {
                    largest = (error, format!("{} {part} after generation {}", case["run"], g + 1));
                }
            }
        };
        compare(&mean, &numbers(&row["mean"]), "mean");
        compare(&[ours.sigma], &[sigma], "σ");
        compare(&c, &numbers(&row["c"]), "C");
        compare(&ours.path_sigma, &numbers(&row["ps"]), "path of σ");
        compare(&ours.path, &numbers(&row["pc"]), "path");
    }
    largest
}
