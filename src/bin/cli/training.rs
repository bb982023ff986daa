//! `descent-lab trace` where a network is trained.

use super::Format;
use descent_lab::export::files::{Trained, training_csv, training_json};
use descent_lab::run::{RunSpec, Status};
use descent_lab::session::Config;
use descent_lab::train::{Training, explain};

/// Trains every run and writes what came of it.
pub fn render(config: &Config, output: Format) -> String {
    let specs = (0..config.runs.len()).map(|i| config.run_spec(i));
    let mut runs: Vec<Trained> = Vec::new();
    for (i, mut run) in (1..).zip(specs.filter_map(|spec| Training::new(&spec))) {
        while run.advance(u64::MAX) {}
        let weights = run.weights(u32::MAX);
        let (spec, record) = (RunSpec::clone(run.spec()), run.record().clone());
        if matches!(record.status, Status::Diverged { .. }) {
            eprintln!("descent-lab: run {i} ({}): {}", spec.settings.optimizer.key, explain(&spec, &record));
        }
        runs.push((spec, record, weights));
    }
    if output == Format::Json { training_json(&runs) } else { training_csv(&runs) }
}
