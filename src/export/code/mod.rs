//! A run as a script of its own in Python: for PyTorch, for optax and JAX, or written out in NumPy. It has the function, the
//! method, schedule, modifiers, noise and the changes made during the run, and ends with a check that it came where ours did.
//!
//! `graph`, `derive` and `python` write functions, `pieces` has the methods written out, `written` puts these together;
//! `torch` and `optax` know what the libraries have, and in which settings they agree with ours.

mod calls;
mod check;
mod derive;
mod function;
mod graph;
mod head;
mod imports;
mod matrix;
mod names;
mod optax;
mod pieces;
mod python;
mod rates;
mod recurrent;
mod settings;
mod simple;
mod torch;
mod written;

use crate::run::spec::Problem;
use crate::run::status::explain;
use crate::run::{RunSpec, Status, Trace, trace};
use check::Check;

/// Which library a script is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// Everything written out.
    Numpy,
    /// `torch.optim`, in 64 bits.
    Pytorch,
    /// optax on JAX, in 64 bits.
    Optax,
}

impl Flavour {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pytorch, Self::Optax, Self::Numpy];

    /// The word for it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Numpy => "numpy",
            Self::Pytorch => "pytorch",
            Self::Optax => "optax",
        }
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Numpy => "NumPy",
            Self::Pytorch => "PyTorch",
            Self::Optax => "optax",
        }
    }

    /// The flavour of this word.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.key() == key)
    }
}

/// A run, what came of it, and what a script of it must come to.
struct Subject<'a> {
    spec: &'a RunSpec,
    trace: Trace,
    check: Check,
}

/// A script that repeats this run.
///
/// # Errors
/// Why there is none, in a sentence.
pub fn script(spec: &RunSpec, flavour: Flavour) -> Result<String, String> {
    if matches!(spec.problem, Problem::Network(_)) {
        return Err("Runs on networks are not exported as code yet: CSV and JSON are.".to_owned());
    }
    let ours = trace(spec);
    if matches!(ours.status, Status::Unfit { .. }) {
        return Err(explain(spec, &ours));
    }
    if ours.is_empty() {
        return Err("The function is not finite at the start, so there is no run to repeat.".to_owned());
    }
    let check = Check::new(spec, &ours);
    let subject = Subject { spec, trace: ours, check };
    let by_library = match flavour {
        Flavour::Numpy => None,
        Flavour::Pytorch => torch::script(&subject)?,
        Flavour::Optax => optax::script(&subject)?,
    };
    match by_library {
        Some(text) => Ok(text),
        None => written::script(&subject, flavour),
    }
}
