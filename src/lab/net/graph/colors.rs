//! Colours of fields, classes and weights: those of figures.

pub use crate::scene::outputs::{Palette, Reading, STRONGEST, marker, squash};
