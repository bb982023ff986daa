//! Modifiers: what happens to the gradient between the function and the rule, for any optimizer, and always shown where
//! it is on. They act in the order of the list below.
//!
//! To add one: a file beside this one with a `SPEC`, and its name in the list, at its place in the order.

use crate::param::ParamSpec;

/// The registry: each word is a file, a module and a key.
macro_rules! modifiers {
    ($($key:ident),* $(,)?) => {
        $(mod $key;)*
        /// Every modifier, in the order in which they act.
        pub static ALL: &[&ModifierSpec] = &[$(&$key::SPEC),*];
    };
}

modifiers![noise, clip_norm, l2];

/// A modifier: what the page, links and tables need to know of it.
pub struct ModifierSpec {
    /// The word in links and on the command line.
    pub key: &'static str,
    /// The name on the page.
    pub name: &'static str,
    /// One sentence: what it does.
    pub sentence: &'static str,
    /// The rule as people write it.
    pub rule: &'static str,
    /// Its parameters; in links their values follow the key, with `/` between them.
    pub params: &'static [ParamSpec],
    /// A fresh modifier; none where this program does not carry it (see [`crate::later`]).
    pub new: Option<fn() -> Box<dyn Modifier>>,
}

impl PartialEq for ModifierSpec {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl std::fmt::Debug for ModifierSpec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key)
    }
}

/// The modifier with this key.
#[must_use]
pub fn find(key: &str) -> Option<&'static ModifierSpec> {
    ALL.iter().copied().find(|s| s.key == key)
}

/// What a modifier is told.
#[derive(Clone, Copy)]
pub struct ModifierCtx<'a> {
    /// Where the gradient was taken.
    pub x: &'a [f64],
    /// The number of the step, from 1.
    pub t: u32,
    /// Which gradient of this step it is, from 0.
    pub call: u32,
    /// The seed of the run.
    pub seed: u64,
    /// The values of its parameters now.
    pub values: &'a [f64],
}

/// A modifier in the middle of a run.
pub trait Modifier: Snapshot {
    /// Changes the gradient.
    fn gradient(&mut self, grad: &mut [f64], ctx: &ModifierCtx<'_>);
}

/// Copies a modifier in the middle of a run. Comes with `Clone`.
pub trait Snapshot {
    /// A copy that continues on its own.
    fn snapshot(&self) -> Box<dyn Modifier>;
}

impl<T: Modifier + Clone + 'static> Snapshot for T {
    fn snapshot(&self) -> Box<dyn Modifier> {
        Box::new(self.clone())
    }
}
