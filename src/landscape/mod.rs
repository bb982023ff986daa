//! The loss on a plane through the space of all weights: where the plane lies ([`Plane`], [`Search`]), the loss on a grid over
//! it ([`Grid`]), and how far the runs are from it ([`Projection`]).
//!
//! A plane shows little of a space of hundreds of dimensions. So wherever a run is drawn on it, its distance from the plane
//! is told with it. All of it is a pure function of the settings and of the runs' weights, worked out piece by piece.

mod cast;
mod fit;
mod grid;
mod krylov;
mod plane;
mod principal;
mod random;
mod search;
mod settings;
mod words;

pub use fit::extent;
pub use grid::{Grid, cost, loss};
pub use krylov::{Krylov, Pair};
pub use plane::{Plane, Projection};
pub use principal::Cloud;
pub use random::{directions, filters};
pub use search::{Found, Search};
pub use settings::{Directions, LossOf, Origin, Settings, Square, shortened};
pub use words::{axes, distance, losses, plane as about, unit};
