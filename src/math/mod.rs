//! Numbers that come out the same everywhere: elementary functions, exact derivatives, seeded randomness.

mod big;
pub mod decimal;
pub mod digits;
pub mod elementary;
pub mod jacobi;
pub mod linear;
pub mod num;
pub mod plain;
pub mod precision;
pub mod quantile;
pub mod rng;
pub mod scalar;
pub mod solve;

pub use elementary::Elementary;
pub use scalar::{Dual, HyperDual, Scalar};
