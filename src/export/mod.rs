//! Traces as files, and the words of everything: what there is to say, how it is found, and what it is held to.

#[cfg(feature = "lab")]
pub mod code;
pub mod conformance;
mod csv;
pub mod keeps;
pub mod menu;
pub mod search;
#[cfg(feature = "lab")]
pub mod training;
mod words;

pub use csv::{coordinates, csv, csv_header};
pub use words::words;

#[cfg(not(target_arch = "wasm32"))]
pub mod json;
