//! What the page does not load first.
//!
//! The page is two programs: `app`, which it needs for its first frames, and `lab`, which has everything and comes a moment
//! later. Both are built from these sources; the feature `lab` is off for the first. What stands in one of the functions
//! below is then not in it: neither the text nor the code.

/// Which sources this program was built from (build.rs): both must be built from the same.
pub const BUILD: &str = env!("DESCENT_LAB_BUILD");

/// A text for people, empty in the first load.
#[must_use]
pub const fn words(text: &'static str) -> &'static str {
    if cfg!(feature = "lab") { text } else { "" }
}

/// Lines of text for people, none in the first load.
#[must_use]
pub const fn lines(texts: &'static [&'static str]) -> &'static [&'static str] {
    if cfg!(feature = "lab") { texts } else { &[] }
}

/// Code or a description that is not in the first load: where `Some(…)` would put it there, this does not.
#[must_use]
pub const fn here<T: Copy>(thing: T) -> Option<T> {
    if cfg!(feature = "lab") { Some(thing) } else { None }
}
