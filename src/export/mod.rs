//! Traces as files.

mod csv;

pub use csv::{CSV_HEADER, csv};

#[cfg(not(target_arch = "wasm32"))]
pub mod json;
