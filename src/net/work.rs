//! Memory that is kept from call to call.

/// Scratch of a [`Model`](super::Model): any will do, and one that is kept saves allocations.
#[derive(Clone, Debug, Default)]
pub struct Work {}

impl Work {
    /// Empty scratch.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}
