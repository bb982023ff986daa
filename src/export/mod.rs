//! Traces as files.

mod csv;

pub use csv::{coordinates, csv, csv_header};

#[cfg(not(target_arch = "wasm32"))]
pub mod json;
