//! Modifiers that need no more than a line: what they do to the gradient, and after the step.

use super::python::{float, number};
use crate::modifier::noise_seed;
use crate::param::as_index;
use crate::run::{Edit, Item, ModifierChoice, RunSpec, Settings};
use std::fmt::Write;

/// Those that can be said in a line.
const GRADIENT: [&str; 6] = ["noise", "clip_norm", "clip_value", "centralise", "l1", "l2"];
const AFTER: [&str; 2] = ["decay", "ema"];

/// Whether all modifiers of a run can be said in a line each, and stay as they are.
pub fn is_simple(spec: &RunSpec, settings: &Settings, edits: &[&Edit]) -> bool {
    let stays = !edits.iter().any(|e| matches!(e.item, Item::Modifier(_) | Item::ModifierOff(_)));
    let known = |m: &ModifierChoice| match m.spec.key {
        "centralise" => spec.start.len() == 2,
        "batch" | "dropout" => true,
        "decay" => settings.optimizer.has_lr(),
        key => GRADIENT.contains(&key) || AFTER.contains(&key),
    };
    stays && settings.modifiers.iter().all(known)
}

/// Whether gradients meet noise.
pub fn has_noise(settings: &Settings) -> bool {
    settings.modifier("noise").is_some()
}

/// The noise of a gradient `g` at `where`, as an array of NumPy; `stream` tells the draws of a run apart.
pub fn noise(spec: &RunSpec, choice: &ModifierChoice, stream: &str) -> String {
    let seed = noise_seed(&choice.values, spec.seed);
    let n = spec.start.len();
    let size = float(choice.values[0]);
    let size = if as_index(choice.values[1]) == 1 {
        format!("{size} * np.linalg.norm(g) / math.sqrt({n})")
    } else {
        size
    };
    format!("{size} * normal({seed}, {stream}, np.arange({n}))")
}

/// A function `told` that gives the gradient as the method is told it; empty where nothing changes it.
pub fn told(spec: &RunSpec, settings: &Settings) -> String {
    let mut lines = String::new();
    for choice in &settings.modifiers {
        let v = choice.values.first().copied().unwrap_or(0.0);
        let _ = match choice.spec.key {
            "noise" => write!(
                lines,
                "    # Drawn from the seed, the step, the question in it and the coordinate, and from nothing else.\n    g = g + {}\n    k.call += 1\n",
                noise(spec, choice, "k.step << 32 | k.call")
            ),
            "clip_norm" => writeln!(
                lines,
                "    g = g * min(1.0, {} / (np.linalg.norm(g) + 1e-6))  # clipped by norm",
                float(v)
            ),
            "clip_value" => writeln!(lines, "    g = np.clip(g, -{0}, {0})", number(v)),
            "l1" => writeln!(lines, "    g = g + {} * np.sign(x)  # L1", float(v)),
            "l2" => writeln!(lines, "    g = g + {} * x  # L2", float(v)),
            _ => Ok(()),
        };
    }
    if lines.is_empty() {
        return lines;
    }
    format!(
        "def told(x):\n    \"\"\"The gradient as the method is told it.\"\"\"\n    g = gradient(x)\n{lines}    return g\n"
    )
}

/// What is done after a step, as lines in the loop; `x` is the new point, `before` the one before.
pub fn after(settings: &Settings) -> String {
    let mut lines = String::new();
    for choice in &settings.modifiers {
        let v = choice.values.first().copied().unwrap_or(0.0);
        let _ = match choice.spec.key {
            "decay" => {
                writeln!(lines, "    x = x - p[\"lr\"] * {} * path[-1]  # weight decay, decoupled", float(v))
            }
            "ema" => writeln!(lines, "    average = {0} * average + (1 - {0}) * x", float(v)),
            _ => Ok(()),
        };
    }
    lines
}

/// Whether an average of the points is kept.
pub fn has_average(settings: &Settings) -> bool {
    settings.modifier("ema").is_some()
}
