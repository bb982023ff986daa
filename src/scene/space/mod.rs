//! The surface in three dimensions: where everything stands in a block of unit size, how a camera sees it, and what is drawn
//! of it, as numbers for a graphics processor. What draws is [`crate::lab`].
//!
//! A third space occurs beside those of [`super`]: `block`, with x and y over the floor and z upwards.

pub mod axes;
pub mod block;
pub mod camera;
pub mod height;
pub mod label;
pub mod lines;
pub mod path;
pub mod relief;

pub use axes::Ticks;
pub use block::Block;
pub use camera::{Camera, Sight};
pub use height::Height;
pub use label::{Label, labels};
pub use lines::Lines;
pub use path::SpacePath;
pub use relief::Relief;

/// A point in the block.
pub type Point = [f64; 3];
