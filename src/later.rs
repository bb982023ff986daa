//! What the page does not load first.
//!
//! The page is two programs: `app`, which it needs for its first frames, and `lab`, which has everything and comes a moment
//! later. Both are built from these sources; the feature `lab` is off for the first. Entries of a [`registry`] that stand
//! under `later` are then not compiled, and what stands in [`words`] or [`here`] is not linked. What `app` has to know of
//! the other entries, such as their parameters, it is told by `lab` (`crate::catalogue`) and keeps in a [`Registry`].

use std::sync::OnceLock;

/// Which sources this program was built from (build.rs): both must be built from the same.
pub const BUILD: &str = env!("DESCENT_LAB_BUILD");

/// A text for people, empty in the first load.
#[must_use]
pub const fn words(text: &'static str) -> &'static str {
    if cfg!(feature = "lab") { text } else { "" }
}

/// What is wrong with an input, for people; empty in the first load, which asks the second program.
pub fn said(what: impl FnOnce() -> String) -> String {
    if cfg!(feature = "lab") { what() } else { String::new() }
}

/// Code or a description that is not in the first load: where `Some(…)` would put it there, this does not.
#[must_use]
pub const fn here<T: Copy>(thing: T) -> Option<T> {
    if cfg!(feature = "lab") { Some(thing) } else { None }
}

/// Something with a word of its own in links.
pub trait Entry: 'static {
    /// The word.
    fn key(&self) -> &'static str;
}

/// The entries of one kind: those that this program carries, and in `app` all the others once they are known. That is set
/// once, and the only state outside of a session.
pub struct Registry<T: 'static> {
    carried: &'static [&'static T],
    whole: OnceLock<Vec<&'static T>>,
}

impl<T: Entry> Registry<T> {
    /// A registry of what this program carries.
    #[must_use]
    pub const fn new(carried: &'static [&'static T]) -> Self {
        Self { carried, whole: OnceLock::new() }
    }

    /// Every entry that is known, in order.
    #[must_use]
    pub fn all(&self) -> &[&'static T] {
        self.whole.get().map_or(self.carried, |whole| whole)
    }

    /// The entry with this key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&'static T> {
        self.all().iter().copied().find(|e| e.key() == key)
    }

    /// Takes over the whole list, in order; what this program carries itself stays as it is. Only the first counts.
    pub fn complete(&self, whole: Vec<T>) {
        let entry = |e: T| self.find(e.key()).unwrap_or_else(|| Box::leak(Box::new(e)));
        let whole = whole.into_iter().map(entry).collect();
        let _ = self.whole.set(whole);
    }

    /// Whether every entry is known.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        cfg!(feature = "lab") || self.whole.get().is_some()
    }
}

/// The registry of a kind: each word is a file, a module and a key, and the order is that of the menu. What stands under
/// `core` is in both programs, what stands under `later` only in the second.
macro_rules! registry {
    ($(#[$doc:meta])* $spec:ident { $($(core: $($core:ident),* $(,)?;)? later: $($later:ident),* $(,)?;)* }) => {
        $(
            $($(mod $core;)*)?
            $(#[cfg(feature = "lab")] mod $later;)*
        )*

        $(#[$doc])*
        ///
        /// Those that this program carries.
        pub static ALL: &[&$spec] = &[
            $($($(&$core::SPEC,)*)? $(#[cfg(feature = "lab")] &$later::SPEC,)*)*
        ];

        /// All that are known (see [`crate::later`]).
        pub static REGISTRY: $crate::later::Registry<$spec> = $crate::later::Registry::new(ALL);

        $(#[$doc])*
        ///
        /// All that are known.
        #[must_use]
        pub fn all() -> &'static [&'static $spec] {
            REGISTRY.all()
        }

        /// The one with this key.
        #[must_use]
        pub fn find(key: &str) -> Option<&'static $spec> {
            REGISTRY.find(key)
        }

        impl $crate::later::Entry for $spec {
            fn key(&self) -> &'static str {
                self.key
            }
        }

        impl PartialEq for $spec {
            fn eq(&self, other: &Self) -> bool {
                self.key == other.key
            }
        }

        impl std::fmt::Debug for $spec {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.key)
            }
        }
    };
}
pub(crate) use registry;
