//! Page.
use leptos::prelude::*;
/// Mounts.
pub fn start() {
    leptos::mount::mount_to_body(|| view! { <h1>"Descent Lab"</h1> });
}
