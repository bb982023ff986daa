//! What the page's first program is told of the entries that only the second one carries: keys, names, parameters and all else
//! that menus, sliders and links need. It is one text, a word a line, written by [`write()`] there and read by [`take`] here.

mod read;
mod write;

pub use read::{Catalogue, take};
pub use write::write;

use crate::schedule;

/// Whether this program knows every entry, as the second program and the command line always do.
#[must_use]
pub fn is_whole() -> bool {
    schedule::REGISTRY.is_whole()
}

/// The last word.
const END: &str = "end";

/// What stands between two words.
const BREAK: char = '\n';

/// The scale of a choice, whose words follow; those before it stand in [`SCALES`].
const CHOICE: usize = SCALES.len();

/// The other scales by their number.
const SCALES: [crate::param::Scale; 5] = {
    use crate::param::Scale::{Complement, Integer, Linear, Log, Switch};
    [Linear, Log, Complement, Integer, Switch]
};
