//! Scripts in which the method is written out in NumPy. With PyTorch and JAX the gradients are theirs.

mod asks;
mod derivatives;
mod moves;
mod run;

use super::function::{self, Wanted};
use super::imports::{imports, names_taken};
use super::pieces::{self, Pieces};
use super::settings::{add_schedules, is_constant, is_direct, modifiers_used, parted, schedules};
use super::{Flavour, Subject, head, simple};
use crate::run::{Edit, Settings};
use asks::is_short;
use derivatives::derivatives;
use run::Plan;

/// A script with everything written out.
///
/// # Errors
/// Why there is none.
pub fn script(subject: &Subject<'_>, flavour: Flavour) -> Result<String, String> {
    let spec = subject.spec;
    let (settings, start, edits) = parted(spec, subject.trace.last());
    let is_short = is_short(spec, &settings, &edits);
    let pieces = collect(&settings, &edits, is_short)?;
    let told = if is_short { simple::told(spec, &settings) } else { String::new() };
    let mut methods = pieces.text(&told);
    let asks = |words: &[&str]| {
        words
            .iter()
            .any(|word| methods.contains(&format!("{}{word}(", if is_short { "k." } else { "self.f." })))
    };
    let wanted = if is_short {
        Wanted {
            gradient: asks(&["gradient", "value_and_gradient", "trial"]),
            hessian: asks(&["hessian", "hvp"]),
            residuals: asks(&["residuals"]),
        }
    } else {
        Wanted { gradient: asks(&["gradient"]), hessian: asks(&["hessian"]), residuals: asks(&["residuals"]) }
    };
    if wanted.gradient && !told.is_empty() {
        methods = format!("{methods}\n\n{told}");
    }
    let has_told = wanted.gradient && !told.is_empty();
    let mut body = function::function(spec, flavour, wanted, &names_taken(&methods))?;
    let plan = Plan {
        subject,
        settings: &settings,
        start: &start,
        edits: &edits,
        methods: &methods,
        flavour,
        is_short,
        has_told,
    };
    let run = plan.run(wanted);
    let has_value = run.contains("value_at");
    body.push_str(&derivatives(flavour, wanted, has_value));
    let body = format!("{body}\n\n{methods}\n\n{run}");
    let (how, notes) = match flavour {
        Flavour::Numpy => ("written out in NumPy", Vec::new()),
        Flavour::Pytorch => {
            ("written out in NumPy on gradients of PyTorch", vec![missing(flavour, &settings)])
        }
        Flavour::Optax => ("written out in NumPy on gradients of JAX", vec![missing(flavour, &settings)]),
    };
    let mut text = head::head(subject, flavour, how, &notes);
    text.push_str(&imports(&body, flavour, pieces.imports()));
    text.push_str(&body);
    text.push_str(&head::check(subject, "path[step]"));
    Ok(text)
}

fn missing(flavour: Flavour, settings: &Settings) -> String {
    let library = match flavour {
        Flavour::Pytorch => "torch.optim",
        _ => "optax",
    };
    format!(
        "{library} has no {} with these settings, so the update is written out in NumPy, on exact derivatives by the library.",
        settings.optimizer.name
    )
}

/// The pieces of a run.
fn collect(settings: &Settings, edits: &[&Edit], is_short: bool) -> Result<Pieces, String> {
    let used = modifiers_used(settings, edits);
    let mut pieces = Pieces::default();
    pieces.tells_kept = used.iter().any(|m| m.spec.key == "state8");
    let key = settings.optimizer.key;
    let method = pieces::method(key)
        .ok_or_else(|| format!("There is no script of {} yet.", settings.optimizer.name))?;
    if is_short {
        if simple::has_noise(settings) {
            pieces.share("rng");
        }
    } else {
        pieces.share(if used.is_empty() { "step" } else { "pipeline" });
        for modifier in &used {
            if let Some(text) = pieces::modifier(modifier.spec.key) {
                pieces.add(text);
            }
        }
    }
    pieces.add(method);
    if !is_constant(settings, edits) {
        if !is_direct(settings, edits) {
            pieces.share("schedule");
        }
        for choice in schedules(settings, edits) {
            add_schedules(choice, &mut pieces);
        }
    }
    Ok(pieces)
}
