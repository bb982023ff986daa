//! Scripts that call optax, where it does the same as we do (`docs/conformance.md`, `tests/fixtures`).

mod plan;

use super::function::{self, Wanted};
use super::imports::{imports, names_taken, start_array};
use super::pieces::Pieces;
use super::python::float;
use super::rates::{Rates, moves_momentum};
use super::settings::{is_constant, parted};
use super::{Flavour, Subject, head, simple};
use crate::run::spec::Problem;
use crate::run::{Edit, Item, Settings};
use plan::{Make, Plan, plan};
use std::fmt::Write;

/// Whether the library does all of a run.
fn can(subject: &Subject<'_>, settings: &Settings, edits: &[&Edit], plan: &Plan) -> bool {
    let is_call = matches!(plan.make, Make::Call(..));
    let live = |e: &&Edit| match &e.item {
        Item::Param(0, _) => is_call && settings.optimizer.has_lr(),
        Item::Schedule(_) | Item::Warmup(_) | Item::Weight(..) => is_call,
        _ => false,
    };
    // The rate is inside the buffers of some.
    let scheduled = is_constant(settings, edits) || is_call;
    let moves = moves_momentum(settings, edits) && settings.momentum().is_some();
    let plain = !plan.wants_value || settings.modifiers.is_empty();
    simple::is_simple(subject.spec, settings, edits) && edits.iter().all(live) && scheduled && !moves && plain
}

/// A script, where the library has all that the run needs.
///
/// # Errors
/// Why there is none.
pub fn script(subject: &Subject<'_>) -> Result<Option<String>, String> {
    let (settings, start, edits) = parted(subject.spec, subject.trace.last());
    let Some(plan) = plan(subject, &settings).filter(|plan| can(subject, &settings, &edits, plan)) else {
        return Ok(None);
    };
    let mut pieces = Pieces::default();
    if simple::has_noise(&settings) {
        pieces.share("rng");
    }
    let rates = Rates::new(subject, &settings, &edits, Flavour::Optax, &mut pieces);
    let run = run(subject, &settings, &start, &edits, &plan, &rates);
    let shared = pieces.text(&run);
    let f = function::function(subject.spec, Flavour::Optax, Wanted::default(), &names_taken(&shared))?;
    let shared = if shared.trim().is_empty() { String::new() } else { format!("{shared}\n\n") };
    let body = format!("{f}\n\n{shared}{run}");
    let mut text = head::head(subject, Flavour::Optax, "with optax", &plan.notes);
    text.push_str(&imports(&body, Flavour::Optax, pieces.imports()));
    text.push_str(&body);
    text.push_str(&head::check(subject, "np.ravel(path[step])"));
    Ok(Some(text))
}

/// The line that makes the optimizer; `is_live` where its rate is set at every step.
fn maker(settings: &Settings, plan: &Plan, is_live: bool) -> String {
    match &plan.make {
        Make::Fixed(text) => format!("optimizer = {text}\n"),
        Make::Call(name, arguments) => {
            let lr = float(settings.params[0]);
            let mut all: Vec<String> = vec![if is_live { format!("learning_rate={lr}") } else { lr }];
            let moved = arguments.iter().filter(|(_, value, default)| value != default);
            all.extend(moved.map(|(name, value, _)| format!("{name}={value}")));
            let all = all.join(", ");
            if is_live {
                format!(
                    "optimizer = optax.inject_hyperparams({name})({all})  # so that the rate can be set\n"
                )
            } else {
                format!("optimizer = {name}({all})\n")
            }
        }
    }
}

/// The part that runs.
fn run(
    subject: &Subject<'_>,
    settings: &Settings,
    start: &[f64],
    edits: &[&Edit],
    plan: &Plan,
    rates: &Rates,
) -> String {
    let is_live = rates.rate.is_some() || edits.iter().any(|e| matches!(e.item, Item::Param(..)));
    let mut text = plan.before.to_owned() + "# The run.\n";
    let start_text = match &subject.spec.problem {
        Problem::Matrix(m) => {
            format!("w = jnp.array({}.reshape({1}, {1}))\n", start_array(subject.spec, start), m.side())
        }
        _ => format!("w = jnp.array([{}])\n", start.iter().map(|x| float(*x)).collect::<Vec<_>>().join(", ")),
    };
    text.push_str(&start_text);
    text.push_str(&maker(settings, plan, is_live));
    text.push_str("state = optimizer.init(w)\n");
    text.push_str(&rates.before);
    if simple::has_average(settings) {
        text.push_str("average = w\n");
    }
    let noise = settings.modifier("noise");
    let (with, pass) = if noise.is_some() { (", noise", ", noise") } else { ("", "") };
    let _ = write!(text, "\n\n@jax.jit\ndef update(w, state{with}):\n");
    if plan.wants_value {
        text.push_str("    loss, g = jax.value_and_grad(value)(w)\n    updates, state = optimizer.update(g, state, w, value=loss)\n");
    } else {
        text.push_str("    g = jax.grad(value)(w)\n");
        text.push_str(&on_gradient(settings));
        text.push_str("    updates, state = optimizer.update(g, state, w)\n");
    }
    text.push_str("    return optax.apply_updates(w, updates), state\n\n\npath = [w]\n");
    let (steps, why) = head::steps(subject);
    let _ = writeln!(text, "for step in range({steps}):{why}");
    text.push_str(&changes(edits, rates, steps));
    if let Some(rate) = &rates.rate {
        let _ = writeln!(text, "    state.hyperparams[\"learning_rate\"] = jnp.asarray({rate})");
    }
    if rates.reads_loss {
        text.push_str("    loss = float(value(w))  # where the step begins\n");
    }
    if let Some(choice) = noise {
        text.push_str("    # Drawn from the seed, the step and the coordinate, and from nothing else.\n");
        let n = start.len();
        let drawn = format!(
            "normal({}, (step + 1) << 32, np.arange({n}))",
            crate::modifier::noise_seed(&choice.values, subject.spec.seed)
        );
        let _ = writeln!(text, "    noise = {drawn}.reshape(w.shape)");
    }
    let _ = writeln!(text, "    w, state = update(w, state{pass})");
    if let Some(decay) = settings.modifier("decay") {
        let lr = if is_live {
            "state.hyperparams[\"learning_rate\"]".to_owned()
        } else {
            float(settings.params[0])
        };
        let _ = writeln!(
            text,
            "    w = w - {lr} * {} * path[-1]  # weight decay, decoupled",
            float(decay.values[0])
        );
    }
    if let Some(ema) = settings.modifier("ema") {
        let _ = writeln!(text, "    average = {0} * average + (1 - {0}) * w", float(ema.values[0]));
    }
    text.push_str("    path.append(w)\n");
    for edit in edits.iter().filter(|e| e.step as usize == steps) {
        if let Item::Weight(i, v) = edit.item {
            let _ = writeln!(text, "path[-1] = path[-1].ravel().at[{i}].set({}).reshape(w.shape)", float(v));
        }
    }
    text
}

/// What modifiers do to the gradient.
fn on_gradient(settings: &Settings) -> String {
    let mut text = String::new();
    for choice in &settings.modifiers {
        let v = float(choice.values.first().copied().unwrap_or(0.0));
        let _ = match choice.spec.key {
            "noise" if choice.values.get(1) == Some(&1.0) => {
                writeln!(text, "    g = g + {v} * jnp.linalg.norm(g) / jnp.sqrt(g.size) * noise")
            }
            "noise" => writeln!(text, "    g = g + {v} * noise"),
            "clip_norm" => writeln!(
                text,
                "    # As PyTorch clips; optax.clip_by_global_norm has no 1e-6.\n    g = g * jnp.minimum(1.0, {v} / (jnp.linalg.norm(g) + 1e-6))"
            ),
            "clip_value" => writeln!(text, "    g = jnp.clip(g, -{v}, {v})"),
            "l1" => writeln!(text, "    g = g + {v} * jnp.sign(w)  # L1"),
            "l2" => writeln!(text, "    g = g + {v} * w  # L2"),
            _ => Ok(()),
        };
    }
    text
}

/// What is changed during the run.
fn changes(edits: &[&Edit], rates: &Rates, steps: usize) -> String {
    let mut text = String::new();
    let mut rest = edits.iter().filter(|e| (e.step as usize) < steps).peekable();
    while let Some(step) = rest.peek().map(|e| e.step) {
        let mut lines = String::new();
        while let Some(edit) = rest.next_if(|e| e.step == step) {
            if let Some(line) = rates.change(&edit.item) {
                lines.push_str(&line);
                continue;
            }
            let _ = match edit.item {
                Item::Param(_, v) => {
                    writeln!(
                        lines,
                        "        state.hyperparams[\"learning_rate\"] = jnp.asarray({})",
                        float(v)
                    )
                }
                Item::Weight(i, v) => writeln!(
                    lines,
                    "        w = path[-1] = w.ravel().at[{i}].set({}).reshape(w.shape)",
                    float(v)
                ),
                _ => Ok(()),
            };
        }
        if !lines.is_empty() {
            let _ = write!(text, "    if step == {step}:\n{lines}");
        }
    }
    text
}
