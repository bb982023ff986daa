//! Descent Lab: optimizers on loss surfaces, as a pure engine and a page around it.
//!
//! The modules below are listed from the ground up; each may use those above it and none below it
//! (`tests/layering.rs` holds the table). Everything but `web` is free of clocks, browser types and global state, so
//! the same settings give the same bits on every machine.

pub mod math;
pub mod param;

pub mod formula;
pub mod objective;

pub mod matrix;
pub mod optim;
pub mod schedule;
pub mod surface;

pub mod modifier;

pub mod run;

pub mod session;

pub mod link;

pub mod export;
pub mod scene;

#[cfg(target_arch = "wasm32")]
pub mod web;
