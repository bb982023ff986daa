//! What can be found out about a surface by computing: where its gradient vanishes, and how it curves about a point.

mod critical;
mod model;
mod newton;

pub use critical::{CriticalPoint, Grade, Kind, Search};
pub use model::Model;
