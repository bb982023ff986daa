//! Traces as files, and the words of everything.

mod csv;
mod words;

pub use csv::{coordinates, csv, csv_header};
pub use words::words;

#[cfg(not(target_arch = "wasm32"))]
pub mod json;
