//! Training runs of PyTorch in 64 bits: the same weights after 200 steps (`tests/fixtures/networks.json`).
//!
//! What a run is given (data, start, batches, masks of dropout) is written by the ignored test here, and the rest of the file
//! by `tests/fixtures/networks.py`, which knows nothing of this program.

mod common {
    pub mod given_networks;
}

use common::given_networks::{Given, MASK_SEED, STEPS, mask};
use descent_lab::net::{Model, Work};
use descent_lab::objective::{Oracle, Sample};
use descent_lab::optim::{self, StepCtx};
use descent_lab::param;
use serde_json::{Value, json};
use std::path::PathBuf;

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/networks.json")
}

/// The gradient of a step: the mean over its batches.
struct Step<'a> {
    given: &'a Given,
    model: &'a Model,
    number: usize,
    work: Work,
    loss: f64,
}

impl Oracle for Step<'_> {
    fn value(&mut self, _: &[f64]) -> f64 {
        unreachable!("none of these methods asks for values")
    }
    fn gradient(&mut self, x: &[f64], grad: &mut [f64]) -> f64 {
        let count = self.given.accumulate;
        #[expect(clippy::cast_precision_loss, reason = "a few batches")]
        let share = 1.0 / count as f64;
        let mut one = vec![0.0; grad.len()];
        grad.fill(0.0);
        self.loss = 0.0;
        for part in 0..count {
            let batch = self.number * count + part;
            let ask = Sample {
                rows: Some(&self.given.rows[batch]),
                dropout: self.given.dropout,
                draw: batch as u64,
                seed: MASK_SEED,
                ..Sample::default()
            };
            self.loss += share * self.model.value_grad(x, &self.given.data, &ask, &mut one, &mut self.work);
            for (sum, one) in grad.iter_mut().zip(&one) {
                *sum += share * one;
            }
        }
        self.loss
    }
    fn hessian(&mut self, _: &[f64], _: &mut [f64]) -> bool {
        false
    }
    fn known_minimum(&self) -> Option<f64> {
        None
    }
    fn residuals(&mut self, _: &[f64], _: &mut Vec<f64>, _: &mut Vec<f64>) -> bool {
        false
    }
}

fn numbers(v: &Value) -> Vec<f64> {
    v.as_array().expect("a list").iter().map(|v| v.as_f64().expect("a number")).collect()
}

/// The largest difference, relative to 1 or what is larger.
fn apart(ours: &[f64], theirs: &[f64]) -> f64 {
    assert_eq!(ours.len(), theirs.len());
    ours.iter().zip(theirs).fold(0.0, |m: f64, (a, b)| m.max((a - b).abs() / b.abs().max(1.0)))
}

/// Trains as the case says; the largest differences of weights and losses.
fn train(case: &Value) -> (f64, f64) {
    let given = Given::read(&case["given"]);
    let mut x = given.start.clone();
    let spec = optim::find(&given.optimizer).expect("a method");
    let mut params = param::defaults(spec.params);
    for (key, value) in &given.params {
        params[param::find(spec.params, key).expect("a parameter")] = *value;
    }
    let layout = given.model.shape.layout();
    let region = vec![(-1.0, 1.0); x.len()];
    let mut method = spec.fresh(&optim::Init { x: &x, layout, params: &params, region: &region, seed: 0 });
    let mut grad = vec![0.0; x.len()];
    let mut oracle = Step { given: &given, model: &given.model, number: 0, work: Work::new(), loss: 0.0 };
    let (mut weights, mut losses) = (0.0_f64, Vec::new());
    for t in 1..=STEPS {
        oracle.number = t - 1;
        let t = u32::try_from(t).expect("few");
        method.step(
            &mut x,
            &mut StepCtx {
                t,
                step: t,
                worker: 0,
                horizon: 200,
                seed: 0,
                lr: params[0],
                warmup: 0,
                params: &params,
                oracle: &mut oracle,
                grad: &mut grad,
            },
        );
        losses.push(oracle.loss);
        if let Some(theirs) = case["weights"].get(t.to_string()) {
            weights = weights.max(apart(&x, &numbers(theirs)));
        }
    }
    (weights, apart(&losses, &numbers(&case["losses"])))
}

#[test]
fn two_hundred_steps_end_at_the_weights_of_pytorch() {
    let content: Value =
        serde_json::from_str(&std::fs::read_to_string(file()).expect("the file")).expect("valid JSON");
    assert_eq!(content["library"], "torch");
    let cases = content["cases"].as_array().expect("cases");
    assert!(cases.len() >= 10, "{}", cases.len());
    for case in cases {
        let (weights, losses) = train(case);
        println!("{}: weights {weights:.1e}, losses {losses:.1e}", case["given"]["name"]);
        assert!(case["weights"].get("200").is_some(), "no weights at the end");
        assert!(weights <= 1e-9 && losses <= 1e-9, "{}: {weights:e}, {losses:e}", case["given"]["name"]);
    }
}

#[test]
fn the_masks_of_the_file_are_those_that_are_drawn() {
    let content: Value =
        serde_json::from_str(&std::fs::read_to_string(file()).expect("the file")).expect("valid JSON");
    let mut dropped = 0;
    for case in content["cases"].as_array().expect("cases") {
        let given = Given::read(&case["given"]);
        for (batch, written) in case["given"]["masks"].as_array().into_iter().flatten().enumerate() {
            let drawn = mask(&given, batch);
            assert_eq!(written.as_str(), Some(&drawn[..]), "{}, batch {batch}", case["given"]["name"]);
            dropped += drawn.matches('0').count();
        }
    }
    assert!(dropped > 1000, "{dropped}");
}

#[test]
#[ignore = "writes what networks.py reads: cargo test --test network_fixtures -- --ignored"]
fn write_what_is_given() {
    let cases: Vec<Value> =
        common::given_networks::all().iter().map(|g| json!({ "given": g.write() })).collect();
    let text = serde_json::to_string(&json!({ "cases": cases })).expect("JSON");
    std::fs::write(file(), text).expect("a writable file");
}
