//! The page: mounts the application on the document.
#[cfg(target_arch = "wasm32")]
fn main() {
    descent_lab::web::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("app is the page and runs in a browser: ./dev serve");
}
