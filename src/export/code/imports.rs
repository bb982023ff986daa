//! What all scripts have in common: their imports, the start, and the names that are taken.

use super::Flavour;
use super::python::float;
use crate::modifier;
use crate::run::RunSpec;
use crate::run::spec::Problem;
use std::fmt::Write;

/// Tells names that these pieces, or the loop, use already.
pub fn names_taken(pieces: &str) -> impl Fn(&str) -> bool {
    move |name| {
        let is_defined = |kind: &str, after: char| pieces.contains(&format!("{kind} {name}{after}"));
        is_defined("def", '(')
            || is_defined("class", ':')
            || is_defined("class", '(')
            || modifier::find(name).is_some()
    }
}

/// The imports of a script: what its pieces ask for, what it says, and the library.
pub fn imports(body: &str, flavour: Flavour, more: &[&str]) -> String {
    let mut text = String::from("\n");
    for line in more {
        let _ = writeln!(text, "{line}");
    }
    if body.contains("math.") {
        text.push_str("import math\n");
    }
    if body.contains("SimpleNamespace") {
        text.push_str("from types import SimpleNamespace\n");
    }
    if text.len() > 1 {
        text.push('\n');
    }
    text.push_str(&library_imports(flavour, body));
    text + "\n\n"
}

/// The imports of a library, set to 64 bits.
pub fn library_imports(flavour: Flavour, body: &str) -> String {
    let mut text = String::new();
    match flavour {
        Flavour::Numpy => text.push_str("import numpy as np\n"),
        Flavour::Pytorch => {
            text.push_str("import numpy as np\nimport torch\n\ntorch.set_default_dtype(torch.float64)\n");
        }
        Flavour::Optax => {
            text.push_str("import jax\nimport jax.numpy as jnp\nimport numpy as np\n");
            if body.contains("optax.") {
                text.push_str("import optax\n");
            }
            if body.contains("contrib.") {
                text.push_str("from optax import contrib\n");
            }
            text.push_str("\njax.config.update(\"jax_enable_x64\", True)\n");
        }
    }
    text
}

/// The start as an array.
pub fn start_array(spec: &RunSpec, start: &[f64]) -> String {
    match &spec.problem {
        Problem::Matrix(m) if m.start() == start && m.spec.key == "matrix_lsq" => {
            "(np.sin(i + 2.0 * j) / 2).ravel()".to_owned()
        }
        Problem::Matrix(m) if m.start() == start && start.iter().all(|x| *x == 0.0) => {
            format!("np.zeros({})", start.len())
        }
        _ => format!("np.array([{}])", start.iter().map(|x| float(*x)).collect::<Vec<_>>().join(", ")),
    }
}
