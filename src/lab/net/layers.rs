//! The view `layers`.

use super::Scene;
use web_sys::Element;

/// Draws it.
pub fn draw(_place: &Element, _scene: &Scene<'_>) {}
