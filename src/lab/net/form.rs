//! The settings of data and network.

use super::Scene;
use web_sys::Element;

/// Draws them.
pub fn draw(_place: &Element, _scene: &Scene<'_>) {}
