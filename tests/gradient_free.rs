//! The methods that ask for values alone: recorded generations, invariances, counts, and what holds of most seeds.

mod common {
    pub mod run_text;
    pub mod surface_text;
}

use common::run_text::run_spec;
use descent_lab::objective::{Block, Oracle};
use descent_lab::optim::evolution::{Constants, Distribution, expected_length};
use descent_lab::optim::{self, Group, Init, Optimizer, StateKind, StepCtx};
use descent_lab::param;
use descent_lab::run::{RunSpec, Runner, Trace, trace};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn numbers(list: &Value) -> Vec<f64> {
    let list = list.as_array().expect("a list of numbers");
    list.iter().map(|v| v.as_f64().expect("a number")).collect()
}

fn recorded() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cma/cma_es.json");
    let content: Value =
        serde_json::from_str(&fs::read_to_string(path).expect("readable")).expect("valid JSON");
    content["cases"].as_array().expect("cases").clone()
}

/// The constants that a case was recorded with.
fn constants(case: &Value) -> Constants {
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

fn close(ours: &[f64], theirs: &[f64], within: f64, what: &str) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (a, b) in ours.iter().zip(theirs) {
        assert!((a - b).abs() <= within * b.abs().max(1.0), "{what}: {ours:?} is not {theirs:?}");
    }
}

/// The steps of a generation, best first.
fn steps(points: &[Vec<f64>], value: impl Fn(&[f64]) -> f64, mean: &[f64], sigma: f64) -> Vec<f64> {
    let mut sorted: Vec<&Vec<f64>> = points.iter().collect();
    sorted.sort_by(|a, b| value(a).total_cmp(&value(b)));
    sorted.iter().flat_map(|p| p.iter().zip(mean).map(|(x, m)| (x - m) / sigma)).collect()
}

#[test]
fn the_update_of_cma_es_is_pycmas_on_the_same_points() {
    for case in recorded() {
        let surface = case["surface"].as_str().expect("a surface");
        let run = run_spec(surface, [0.0; 2], 0, case["run"].as_str().expect("a run"), "").expect("readable");
        let initial = &case["initial"];
        let mut mean = numbers(&initial["mean"]);
        let mut ours = Distribution::new(2, initial["sigma"].as_f64().expect("a number"));
        let [xx, xy, yy] = numbers(&initial["c"])[..] else { panic!("three numbers") };
        ours.covariance = vec![xx, xy, xy, yy];
        let generations = case["generations"].as_array().expect("generations");
        assert_eq!(generations.len(), 25);
        for (g, row) in generations.iter().enumerate() {
            let what = |part| format!("{} {part} after generation {}", case["run"], g + 1);
            let points: Vec<_> = row["points"].as_array().expect("points").iter().map(numbers).collect();
            let value = |x: &[f64]| run.problem.objective().value(x);
            let steps = steps(&points, value, &mean, ours.sigma);
            ours.decompose();
            ours.update(&mut mean, &steps, &constants(&case));
            let c = [0, 1, 3].map(|i| ours.covariance[i]);
            let sigma = row["sigma"].as_f64().expect("a number");
            close(&mean, &numbers(&row["mean"]), 1e-9, &what("mean"));
            close(&[ours.sigma], &[sigma], 1e-9, &what("σ"));
            close(&c, &numbers(&row["c"]), 1e-9, &what("C"));
            close(&ours.path_sigma, &numbers(&row["ps"]), 1e-9, &what("path of σ"));
            close(&ours.path, &numbers(&row["pc"]), 1e-9, &what("path"));
        }
    }
}

#[test]
fn the_constants_of_cma_es_are_pycmas_but_for_the_path_of_sigma() {
    for case in recorded() {
        let active = case["run"].as_str().expect("a run").contains("active=on");
        let (ours, theirs) = (Constants::tutorial(2, 6, active), constants(&case));
        close(&ours.weights, &theirs.weights, 1e-14, "weights");
        let of = |k: &Constants| [k.mu_eff, k.c_c, k.c_1, k.c_mu];
        close(&of(&ours), &of(&theirs), 1e-14, "constants");
        assert_eq!(ours.c_sigma, (ours.mu_eff + 2.0) / (ours.mu_eff + 7.0));
        assert_eq!(theirs.c_sigma, 0.5);
        close(&[ours.damping - ours.c_sigma], &[theirs.damping - theirs.c_sigma], 1e-14, "damping");
        close(&[expected_length(2)], &[case["constants"]["chi"].as_f64().expect("a number")], 1e-15, "χ");
    }
    // E‖N(0, I)‖ = √2 Γ((n + 1)/2)/Γ(n/2): √(2/π), √(8/π), ¾√(2π)
    for (n, want) in
        [(1, 0.797_884_560_802_865_4), (3, 1.595_769_121_605_730_8), (4, 1.879_971_205_973_250_2)]
    {
        close(&[expected_length(n)], &[want], 1e-15, "χ");
    }
}
