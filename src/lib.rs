//! Descent Lab: optimizers on loss surfaces, as a pure engine and a page around it.
//!
//! The modules below are listed from the ground up; each may use those above it and none below it
//! (`tests/layering.rs` holds the table). Everything but `canvas`, `lab` and `web` is free of clocks, browser types and global
//! state, so the same settings give the same bits on every machine.

#![cfg_attr(
    not(feature = "lab"),
    allow(dead_code, reason = "what `later` leaves out has helpers that nothing else uses")
)]

pub mod later;
pub mod math;

pub mod grammar;
pub mod param;

pub mod formula;
pub mod objective;

#[cfg(feature = "lab")]
pub mod expr;

pub mod matrix;
#[cfg(feature = "lab")]
pub mod net;
pub mod optim;
pub mod schedule;
pub mod surface;

pub mod network;

pub mod modifier;

pub mod catalogue;

pub mod run;

#[cfg(feature = "lab")]
pub mod landscape;
#[cfg(feature = "lab")]
pub mod train;

pub mod look;
pub mod session;

pub mod link;

pub mod export;
pub mod scene;

#[cfg(all(target_arch = "wasm32", any(feature = "lab", feature = "page")))]
pub mod canvas;

#[cfg(all(target_arch = "wasm32", feature = "lab"))]
pub mod lab;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod web;
