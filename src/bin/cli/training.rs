//! `descent-lab trace` where a network is trained.

use super::{Format, pretty};
use descent_lab::export::{json, training};
use descent_lab::run::Status;
use descent_lab::session::Config;
use descent_lab::train::{Training, explain};

/// Trains every run and writes what came of it.
pub fn render(config: &Config, output: Format) -> String {
    let specs = (0..config.runs.len()).map(|i| config.run_spec(i));
    let mut text = format!("{}\n", training::HEADER);
    let mut values = Vec::new();
    for (i, mut run) in (1..).zip(specs.filter_map(|spec| Training::new(&spec))) {
        while run.advance(u64::MAX) {}
        let weights = run.weights(u32::MAX);
        let (spec, record) = (run.spec(), run.record());
        if matches!(record.status, Status::Diverged { .. }) {
            eprintln!("descent-lab: run {i} ({}): {}", spec.settings.optimizer.key, explain(spec, record));
        }
        match output {
            Format::Json => values.push(json::training(spec, record, &weights)),
            _ => training::csv(i, record, &mut text),
        }
    }
    if output == Format::Json { pretty(&serde_json::json!({ "runs": values })) } else { text }
}
