//! The page: mounts the application on the document.

// What the standard library does around a `main`, for threads and arguments, would be loaded first too.
#![cfg_attr(target_arch = "wasm32", no_main)]

/// A third of the size of the standard one; the page allocates little while it plays.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
fn start() {
    descent_lab::web::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("app is the page and runs in a browser: ./dev serve");
}
