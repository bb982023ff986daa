//! What a script says of itself, and the check at its end.

use super::python::number;
use super::{Flavour, Subject, function};
use crate::link::Link;
use crate::run::Status;
use std::fmt::Write;

/// The versions that scripts are tested with (`scripts/tools.sh` installs them).
const NUMPY: &str = "NumPy 2.4.6";
const TORCH: &str = "PyTorch 2.15.0";
const OPTAX: &str = "optax 0.2.8, JAX 0.10.2";

/// A text that may stand in a comment: nothing in it ends the line or turns it round.
fn harmless(text: &str) -> String {
    let is_plain = |c: char| {
        c.is_alphanumeric() || c.is_ascii_graphic() || c == ' ' || "·−√∑Σ∂≤≥²³½⁻¹‖→←θ°’–…×".contains(c)
    };
    text.chars().map(|c| if is_plain(c) { c } else { '?' }).collect()
}

/// A comment, broken at this width.
pub fn comment(text: &str) -> String {
    const WIDTH: usize = 108;
    let mut lines = String::new();
    let mut line = String::from("#");
    for word in harmless(text).split(' ') {
        if line.chars().count() + 1 + word.chars().count() > WIDTH && line != "#" {
            lines.push_str(&line);
            lines.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(word);
    }
    lines + &line + "\n"
}

/// The comment at the top.
pub fn head(subject: &Subject<'_>, flavour: Flavour, how: &str, notes: &[String]) -> String {
    let Subject { spec, .. } = subject;
    let settings = &spec.settings;
    let mut text = comment(&format!("{} on {}, {how}.", settings.optimizer.name, function::title(spec)));
    text.push_str("#\n# Descent Lab made this from the link\n");
    // In one line, so that it can be copied.
    let _ = writeln!(text, "#   {}", harmless(&format!("#{}", Link::of_run(spec).write())));
    let versions = match flavour {
        Flavour::Numpy => NUMPY.to_owned(),
        Flavour::Pytorch => format!("{TORCH}, {NUMPY}"),
        Flavour::Optax => format!("{OPTAX}, {NUMPY}"),
    };
    text.push_str(&comment(&format!(
        "and tested it with {versions}. At its end it checks that it came where Descent Lab did."
    )));
    let conventions = settings.optimizer.about.map_or("", |a| a.conventions);
    let mut notes = notes.to_vec();
    if !conventions.is_empty() && conventions != "The same everywhere." {
        notes.insert(0, format!("Conventions. {conventions}"));
    }
    for note in &notes {
        text.push_str("#\n");
        text.push_str(&comment(note));
    }
    text
}

/// How many steps the script takes, and a comment where that is not all of the run.
pub fn steps(subject: &Subject<'_>) -> (usize, String) {
    let last = subject.trace.last();
    let why = match subject.trace.status {
        Status::Diverged { step, .. } => {
            format!("  # of {}: at step {step} the run is no longer finite", subject.spec.steps)
        }
        _ if last < subject.spec.steps as usize => {
            format!("  # of {}: here the run was stopped", subject.spec.steps)
        }
        _ => String::new(),
    };
    (last, why)
}

/// The check; `rows` is the point after `step` steps.
pub fn check(subject: &Subject<'_>, rows: &str) -> String {
    let check = &subject.check;
    let mut text = String::from("\n# Where Descent Lab was after so many steps.\nexpected = {\n");
    for (row, point) in &check.points {
        let point: Vec<String> = point.iter().map(|v| number(*v)).collect();
        let _ = writeln!(text, "    {row}: [{}],", point.join(", "));
    }
    text.push_str("}\n");
    if check.is_cut {
        text.push_str(&comment(&format!(
            "This run is chaotic: what differs in the last digit grows, and after step {} two computers may be at different \
             places. Up to there the paths agree.",
            check.end()
        )));
    }
    let tolerance = number(check.tolerance);
    let up_to = if check.is_cut { format!(" up to step {}", check.end()) } else { String::new() };
    let _ = write!(
        text,
        "for step, point in expected.items():\n    np.testing.assert_allclose({rows}, point, rtol={tolerance}, atol={tolerance})\nprint(f\"after {{len(path) - 1}} steps at {{np.ravel(path[-1]).tolist()}}: as in Descent Lab{up_to}\")\n"
    );
    text
}
