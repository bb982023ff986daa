//! What the page loads a moment after its first frames: everything that those do without.

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[cfg(target_arch = "wasm32")]
fn main() {
    descent_lab::lab::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("lab belongs to the page and runs in a browser: ./dev serve");
}
