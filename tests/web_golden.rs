//! Every bit of the written runs, in the browser: the same as natively (`tests/golden_native.rs`).
#![cfg(target_arch = "wasm32")]

mod common {
    pub mod golden;
    pub mod golden_networks;
    pub mod run_text;
    pub mod surface_text;
}

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn paths_are_those_of_the_native_engine_bit_for_bit() {
    let differences = common::golden::differences();
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

#[wasm_bindgen_test]
fn networks_are_those_of_the_native_engine_bit_for_bit() {
    let differences = common::golden_networks::differences();
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}
