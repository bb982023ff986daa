//! Memory that is kept from call to call.

use super::norm::Moments;

/// Scratch of a [`Model`](super::Model): any will do, and one that is kept saves allocations.
///
/// Of a matrix of units and examples, eight examples lie together: eight numbers of the first unit, eight of the second … The
/// examples that are left over at the end lie together in fours, twos and ones.
#[derive(Clone, Debug, Default)]
pub struct Work {
    /// Features.
    pub(super) input: Vec<f64>,
    /// What the outputs should be.
    pub(super) target: Vec<f64>,
    /// The layers on the way forward.
    pub(super) layers: Vec<LayerWork>,
    /// Derivatives by what a layer gives, then by its sums.
    pub(super) slopes: Vec<f64>,
    /// Derivatives by what it is given.
    pub(super) next: Vec<f64>,
    /// The gradient, in lanes that are not added yet.
    pub(super) sums: Vec<[f64; 8]>,
}

/// What a layer computes on the way forward, as [`reference::Kept`](super::reference::Kept).
#[derive(Clone, Debug, Default)]
pub(super) struct LayerWork {
    pub(super) before: Vec<f64>,
    pub(super) after: Vec<f64>,
    pub(super) hat: Vec<f64>,
    pub(super) inverse: Vec<f64>,
    pub(super) moments: Vec<Moments>,
    pub(super) keep: Vec<f64>,
    pub(super) dropped: Vec<f64>,
}

impl Work {
    /// Empty scratch.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What the last layer gave.
    pub(super) fn outputs(&self) -> &[f64] {
        self.layers.last().map_or(&[], |l| &l.after)
    }
}

/// The first so many numbers, of which there are more if need be.
pub(super) fn fit(v: &mut Vec<f64>, len: usize) -> &mut [f64] {
    if v.len() < len {
        v.resize(len, 0.0);
    }
    &mut v[..len]
}
