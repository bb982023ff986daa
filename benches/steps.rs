//! Nanoseconds for a step of every optimizer on Rosenbrock's valley, as the page asks for it: a link is read, the run is traced
//! and packed.
//!
//! `cargo bench --bench steps` prints a table, with `-- --json` as JSON. `scripts/bench-steps.mjs` runs the same links in
//! Chromium, turn by turn with `--serve`: a line of standard input holds how many runs, the first seed, and the words of the
//! link; the answer is the nanoseconds they took.

use descent_lab::link::Link;
use descent_lab::optim::{self, OptimizerSpec};
use descent_lab::param;
use descent_lab::run::packed::pack;
use descent_lab::run::trace;
use std::hint::black_box;
use std::io::{BufRead, stdin};
use std::time::Instant;

/// Enough that reading the link does not matter.
const STEPS: u32 = 10_000;
const SAMPLES: usize = 7;
const LEAST_NANOS: u128 = 30_000_000;

/// The words of a run that stays finite for all its steps: a small learning rate, where there is one.
fn link(optimizer: &OptimizerSpec) -> String {
    let rate = if param::find(optimizer.params, "lr").is_some() { ":lr=0.0002" } else { "" };
    format!("v=1&surface=rosenbrock&steps={STEPS}&run={}{rate}", optimizer.key)
}

/// Nanoseconds for so many runs; each has a seed of its own, since the page keeps what it has traced.
fn time(runs: u64, seed: u64, link: &str) -> u128 {
    let begin = Instant::now();
    for n in 0..runs {
        let config = Link::read(&format!("{link}&seed={}", seed + n)).0.config;
        black_box(pack(&trace(&config.run_spec(0))));
    }
    begin.elapsed().as_nanos()
}

/// How many steps the run takes: fewer where it diverges.
fn steps_taken(link: &str) -> usize {
    trace(&Link::read(link).0.config.run_spec(0)).last().max(1)
}

/// The median over some samples, per step.
fn nanos_per_step(link: &str) -> f64 {
    let mut runs = 1;
    while time(runs, 0, link) < LEAST_NANOS {
        runs *= 2;
    }
    let mut samples: Vec<u128> = (0..SAMPLES).map(|_| time(runs, 0, link)).collect();
    samples.sort_unstable();
    #[expect(clippy::cast_precision_loss, reason = "nanoseconds of a second")]
    let median = samples[SAMPLES / 2] as f64;
    #[expect(clippy::cast_precision_loss, reason = "a few thousand runs")]
    let all = runs as f64 * steps_taken(link) as f64;
    median / all
}

fn serve() {
    for line in stdin().lock().lines().map_while(Result::ok) {
        let mut words = line.splitn(3, ' ');
        let mut number = || words.next().and_then(|w| w.parse().ok()).unwrap_or(0);
        let (runs, seed) = (number(), number());
        println!("{}", time(runs, seed, words.next().unwrap_or_default()));
    }
}

fn main() {
    let asked = |word: &str| std::env::args().any(|a| a == word);
    if asked("--serve") {
        return serve();
    }
    if asked("--list") {
        for o in optim::ALL {
            println!("{}\t{}\t{}\t{}", o.key, o.group.title(), steps_taken(&link(o)), link(o));
        }
        return;
    }
    // `cargo test --benches` only wants to see it run.
    let count = if asked("--test") { 1 } else { optim::ALL.len() };
    let mut rows = Vec::new();
    for o in &optim::ALL[..count] {
        let nanos = nanos_per_step(&link(o));
        if asked("--json") {
            rows.push(format!("  {{\"optimizer\": \"{}\", \"native_ns\": {nanos:.2}}}", o.key));
        } else {
            println!("{:<24}{nanos:>10.1} ns a step", o.key);
        }
    }
    if !rows.is_empty() {
        println!("[\n{}\n]", rows.join(",\n"));
    }
}
