//! How fast networks are: a forward and backward pass over a batch, and what a frame of the page shows.
//!
//! `cargo bench --bench network`; the throughput is examples (or points) per second: 2 Melem/s is 0.5 µs each.
//! `scripts/bench-network.mjs` measures the same in the browser, beside JavaScript.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use descent_lab::net::{Activation, Examples, Feature, Layer, Loss, Model, NetSpec, Norm, Task, Work, start};
use descent_lab::objective::Sample;
use std::hint::black_box;
use std::time::Duration;

const EXAMPLES: u32 = 500;

/// A network with its data and weights.
struct Case {
    name: String,
    model: Model,
    data: Examples,
    w: Vec<f64>,
}

fn case(features: usize, hidden: &[usize], activation: Activation, norm: Norm) -> Case {
    let spec = NetSpec {
        features: Feature::ALL[..features].to_vec(),
        hidden: hidden.iter().map(|units| Layer { units: *units, activation, norm }).collect(),
        loss: Loss::Squared,
        ..NetSpec::default()
    };
    let points: Vec<_> = (0..EXAMPLES)
        .map(|i| [f64::from(i % 37) / 18.0 - 1.0, f64::from(i % 23) / 11.0 - 1.0, f64::from(i % 2)])
        .collect();
    let name = format!("{features}-{hidden:?}-1 {} norm {}", activation.key(), norm.key());
    let model = Model::new(spec, Task::Classes(2)).expect("possible");
    let data = Examples::new(&model.spec, &model.shape, &points);
    let w = start(&model.spec, &model.shape);
    Case { name, model, data, w }
}

fn cases() -> Vec<Case> {
    let deep = |activation, norm| case(7, &[8; 6], activation, norm);
    let mut cases = vec![case(2, &[4, 2], Activation::Tanh, Norm::None)];
    cases.extend(Activation::ALL.iter().map(|a| deep(*a, Norm::None)));
    cases.extend([Norm::Batch, Norm::Layer].map(|norm| deep(Activation::Tanh, norm)));
    cases
}

fn passes(c: &mut Criterion) {
    let mut work = Work::new();
    for batch in [10, EXAMPLES] {
        let mut group = c.benchmark_group(format!("forward and backward, batch of {batch}"));
        group.throughput(Throughput::Elements(u64::from(batch)));
        let rows: Vec<u32> = (0..batch).map(|i| i * 7 % EXAMPLES).collect();
        for case in cases() {
            let mut grad = vec![0.0; case.w.len()];
            let ask = Sample { rows: Some(&rows), ..Sample::default() };
            group.bench_function(&case.name, |b| {
                b.iter(|| case.model.value_grad(black_box(&case.w), &case.data, &ask, &mut grad, &mut work));
            });
        }
        group.finish();
    }
}

fn frames(c: &mut Criterion) {
    let (case, mut work) = (case(7, &[8; 6], Activation::Tanh, Norm::None), Work::new());
    let mut group = c.benchmark_group("a frame");
    group.bench_function("units on a grid of 100²", |b| {
        b.iter(|| case.model.units_on_grid(black_box(&case.w), &case.data, 6.0, 100, &mut work));
    });
    group.bench_function("evaluation of 500 examples", |b| {
        b.iter(|| case.model.evaluate(black_box(&case.w), &case.data, &case.data, &mut work));
    });
    group.bench_function("statistics of the layers, 500 examples", |b| {
        b.iter(|| case.model.layer_stats(black_box(&case.w), &case.data, &mut work));
    });
    let (v, mut out) = (case.w.clone(), vec![0.0; case.w.len()]);
    group.bench_function("Hessian times a vector, 500 examples", |b| {
        b.iter(|| case.model.hessian_vector(black_box(&case.w), &case.data, &v, &mut out, &mut work));
    });
    group.finish();
}

criterion_group! {
    name = network;
    config = Criterion::default()
        .without_plots()
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1))
        .sample_size(20);
    targets = passes, frames
}
criterion_main!(network);
