//! The theme for projectors: what is drawn on canvases is thicker and larger, as style sheets make the rest.

use super::place;

/// Whether it is the theme now.
pub fn is_on() -> bool {
    place::themed().and_then(|e| e.get_attribute("data-theme")).as_deref() == Some("projector")
}

/// How many times thicker than usual lines are.
pub fn lines() -> f64 {
    if is_on() { 1.7 } else { 1.0 }
}

/// How many times larger than usual words are.
pub fn words() -> f64 {
    if is_on() { 1.35 } else { 1.0 }
}
