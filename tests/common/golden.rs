//! Runs whose every bit is written down in `tests/golden/hashes.txt`, for the native test and the one in the browser.

#![allow(dead_code, reason = "not every test reads every part")]

use super::run_text::run_spec;
use descent_lab::run::{RunSpec, trace};

/// The written fingerprints: name and fingerprint, a line each.
pub const HASHES: &str = include_str!("../golden/hashes.txt");

/// The runs, a line each: name, surface, start, steps, settings and edits. Chaotic paths above all: there a different last
/// bit anywhere shows after a few hundred steps.
pub const RUNS: &str = "
# Every optimizer in the valley, and every convention and switch.
sgd rosenbrock -1.5,2 300 sgd:lr=0.0005
momentum rosenbrock -1.5,2 300 momentum:lr=0.0005
momentum-keras rosenbrock -1.5,2 300 momentum:lr=0.0005,convention=keras,schedule=cosine
momentum-dampened rosenbrock -1.5,2 300 momentum:lr=0.0005,dampening=0.3
nesterov rosenbrock -1.5,2 300 nesterov:lr=0.0005
nesterov-keras rosenbrock -1.5,2 300 nesterov:lr=0.0005,convention=keras,schedule=cosine
nesterov-paper rosenbrock -1.5,2 300 nesterov:lr=0.0005,convention=paper
adagrad rosenbrock -1.5,2 300 adagrad:lr=0.3,lr_decay=0.01
adagrad-optax rosenbrock -1.5,2 300 adagrad:lr=0.3,initial_accumulator=0.1,convention=optax
rmsprop rosenbrock -1.5,2 300 rmsprop:lr=0.01
rmsprop-centered rosenbrock -1.5,2 300 rmsprop:lr=0.01,centered=on,momentum=0.5
rmsprop-optax rosenbrock -1.5,2 300 rmsprop:lr=0.01,momentum=0.5,convention=optax
adam rosenbrock -1.5,2 300 adam:lr=0.05
adam-paper rosenbrock -1.5,2 300 adam:lr=0.05,convention=paper
adam-uncorrected rosenbrock -1.5,2 300 adam:lr=0.05,bias_correction=off
adamw rosenbrock -1.5,2 300 adamw:lr=0.05,weight_decay=0.1
lion rosenbrock -1.5,2 300 lion:lr=0.01,weight_decay=0.1
# Every other surface.
ravine ravine(kappa=50;theta=30) -3.2,2.4 200 momentum:lr=0.01
styblinski-tang styblinski_tang 0.6,3.6 200 adam:lr=0.1
beale beale 1.0,1.6 200 adam:lr=0.05
saddle saddle 1.6,0.01 100 sgd:lr=0.05
bounded-saddle bounded_saddle 2.0,0.01 200 momentum:lr=0.02
monkey-saddle monkey_saddle 0.9,0.02 200 adam:lr=0.02
himmelblau himmelblau -0.5,-1.0 200 nesterov:lr=0.005
two-wells two_wells 1.7,0.9 200 momentum:lr=0.02
# Where the last bit decides: oscillating surfaces, momentum that does not settle, 500 steps.
rastrigin-momentum rastrigin -2.6,3.4 500 momentum:lr=0.01,momentum=0.95
rastrigin-nesterov rastrigin -2.6,3.4 500 nesterov:lr=0.012,momentum=0.98
rastrigin-adam rastrigin -2.6,3.4 500 adam:lr=0.3
ackley-momentum ackley -3.4,2.7 500 momentum:lr=0.05,momentum=0.99
ackley-rmsprop ackley -3.4,2.7 500 rmsprop:lr=0.05,momentum=0.9
peaks-momentum peaks 0.1,1.2 500 momentum:lr=0.03,momentum=0.999
peaks-keras peaks 0.1,1.2 500 momentum:lr=0.03,momentum=0.999,convention=keras
# Noise, clipping, L2, schedules and warm-up.
noise rastrigin -2.6,3.4 500 sgd:lr=0.02,noise=5
noise-adam peaks 0.1,1.2 500 adam:lr=0.05,noise=2
clip rastrigin -2.6,3.4 500 momentum:lr=0.02,clip_norm=10
l2-noise-clip ackley -3.4,2.7 500 nesterov:lr=0.02,l2=0.1,noise=1,clip_norm=2
linear peaks 0.1,1.2 300 momentum:lr=0.05,schedule=linear(start=0.1;end=1;total=200)
step rastrigin -2.6,3.4 300 momentum:lr=0.02,schedule=step(step_size=70;gamma=0.5)
exponential rastrigin -2.6,3.4 300 momentum:lr=0.03,schedule=exponential(gamma=0.99)
cosine-warmup rastrigin -2.6,3.4 300 adam:lr=0.5,schedule=cosine(min=0.1),warmup=30
restarts rastrigin -2.6,3.4 300 momentum:lr=0.02,schedule=cosine_restarts(t_0=40)
# Changes during the run.
edits rastrigin -2.6,3.4 500 momentum:lr=0.01 100:lr=0.02 150:momentum=0.97 300:convention=keras
edits-betas peaks 0.1,1.2 500 adam:lr=0.1 50:beta2=0.9 120:beta1=0.5 200:bias_correction=off
edits-modifiers ackley -3.4,2.7 500 adamw:lr=0.1 50:noise=3 150:clip_norm=1 250:noise=off 300:schedule=cosine
# A run that diverges: its last finite row is the same too.
diverged ravine -3.2,2.4 500 momentum:lr=0.3
";

/// The lines of the table without its headings.
pub fn rows() -> impl Iterator<Item = &'static str> {
    let is_row = |line: &&str| !line.is_empty() && !line.starts_with('#');
    RUNS.lines().filter(is_row)
}

/// The name and the run of a line of the table.
pub fn named_spec(row: &str) -> (&str, RunSpec) {
    let words: Vec<_> = row.split_whitespace().collect();
    let [name, surface, start, steps, run, edits @ ..] = &words[..] else {
        panic!("not a run: {row}");
    };
    let (x, y) = start.split_once(',').expect(row);
    let start = [x, y].map(|v| v.parse().expect(row));
    let steps = steps.parse().expect(row);
    (name, run_spec(surface, start, steps, run, &edits.join(" ")).expect(row))
}

/// The fingerprint of a line of the table, after its name.
fn computed_line(row: &str) -> String {
    let (name, spec) = named_spec(row);
    format!("{name} {:016x}", trace(&spec).fingerprint())
}

/// The names and fingerprints as they come out here, in the form of the file.
pub fn computed() -> String {
    rows().map(|row| computed_line(row) + "\n").collect()
}

/// The lines in which the file and what comes out here differ.
pub fn differences() -> Vec<String> {
    let computed = computed();
    let (mut ours, mut written) = (computed.lines(), HASHES.lines());
    let mut found = Vec::new();
    loop {
        let (a, b) = (written.next(), ours.next());
        if a.is_none() && b.is_none() {
            return found;
        }
        if a != b {
            let (a, b) = (a.unwrap_or("nothing"), b.unwrap_or("nothing"));
            found.push(format!("written: {a}; here: {b}"));
        }
    }
}
