//! Traces as files, and the words of everything: what there is to say, how it is found, and what it is held to.

#[cfg(feature = "lab")]
pub mod check;
#[cfg(feature = "lab")]
pub mod code;
pub mod conformance;
mod csv;
#[cfg(feature = "lab")]
pub mod files;
pub mod keeps;
pub mod menu;
pub mod search;
#[cfg(feature = "lab")]
pub mod share;
#[cfg(feature = "lab")]
pub mod training;
mod words;

pub use csv::{coordinates, csv, csv_header};
pub use words::words;

#[cfg(feature = "lab")]
pub mod json;
