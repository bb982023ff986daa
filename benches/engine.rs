//! How fast the engine is: runs, one for each optimizer and eight at once, and the grid behind the contours.
//!
//! `cargo bench` prints the time a run takes and, as throughput, steps or points per second: 20 Melem/s is 50 ns each.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use descent_lab::optim::{self, OptimizerSpec};
use descent_lab::run::spec::Problem;
use descent_lab::run::{RunSpec, Settings, trace};
use descent_lab::surface::{self, SurfaceObjective};
use std::hint::black_box;
use std::time::Duration;

const STEPS: u32 = 1_000;
const SIDE_PX: u32 = 512;

/// A run that stays finite for all its steps: a small learning rate, where there is one.
fn spec(optimizer: &'static OptimizerSpec) -> RunSpec {
    let surface = SurfaceObjective::new(surface::find("rosenbrock").expect("registered"));
    RunSpec {
        start: surface.spec.start.to_vec(),
        problem: Problem::Surface(surface),
        steps: STEPS,
        seed: 7,
        settings: Settings::new(optimizer).with("lr", 2e-4),
        edits: Vec::new(),
    }
}

fn runs(c: &mut Criterion) {
    let mut group = c.benchmark_group("trace, 1,000 steps on rosenbrock");
    group.throughput(Throughput::Elements(u64::from(STEPS)));
    for optimizer in optim::ALL {
        let spec = spec(optimizer);
        group.bench_function(optimizer.key, |b| b.iter(|| trace(black_box(&spec))));
    }
    group.finish();

    let race: Vec<_> = optim::ALL.iter().cycle().take(8).map(|o| spec(o)).collect();
    let mut group = c.benchmark_group("race");
    group.throughput(Throughput::Elements(8 * u64::from(STEPS)));
    group.bench_function("8 runs of 1,000 steps", |b| {
        b.iter(|| black_box(&race).iter().map(trace).collect::<Vec<_>>());
    });
    group.finish();
}

fn grids(c: &mut Criterion) {
    let mut group = c.benchmark_group("field, 512 × 512 points");
    group.throughput(Throughput::Elements(u64::from(SIDE_PX * SIDE_PX)));
    for key in ["rosenbrock", "rastrigin", "peaks"] {
        let surface = SurfaceObjective::new(surface::find(key).expect("registered"));
        group.bench_function(key, |b| b.iter(|| field(black_box(&surface))));
    }
    group.finish();
}

/// f at the middle of every pixel of a square picture of the view.
fn field(surface: &SurfaceObjective) -> Vec<f64> {
    let view = surface.spec.view;
    let at = |(lo, hi): (f64, f64), i: u32| lo + (hi - lo) * (f64::from(i) + 0.5) / f64::from(SIDE_PX);
    let mut values = Vec::with_capacity((SIDE_PX * SIDE_PX) as usize);
    for row in 0..SIDE_PX {
        let y = at(view.y, row);
        values.extend((0..SIDE_PX).map(|column| surface.at(at(view.x, column), y)));
    }
    values
}

criterion_group! {
    name = engine;
    config = Criterion::default()
        .without_plots()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .sample_size(30);
    targets = runs, grids
}
criterion_main!(engine);
