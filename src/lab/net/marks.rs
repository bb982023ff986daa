//! How points look on pictures of the plane, and where they are on them.

use super::graph::colors::{Palette, marker};
use crate::lab::place::themed;
use crate::math::num;
use crate::net::{PLANE, Task};
use crate::param::as_index;
use crate::scene::{Marker, Rgba, Theme};

/// Light or dark, as the page is now.
pub fn theme() -> Theme {
    let dark = match themed().and_then(|r| r.get_attribute("data-theme")).as_deref() {
        Some("dark") => true,
        Some("light" | "projector") => false,
        _ => web_sys::window()
            .and_then(|w| w.match_media("(prefers-color-scheme: dark)").ok().flatten())
            .is_some_and(|m| m.matches()),
    };
    if dark { Theme::Dark } else { Theme::Light }
}

/// How points of these labels are marked.
pub struct Look {
    palette: Palette,
    task: Task,
    /// What stands at the end of the scale of numbers.
    largest: f64,
}

impl Look {
    /// For these points, as the page is now.
    pub fn new(task: Task, points: &[[f64; 3]]) -> Self {
        let largest = points.iter().map(|p| p[2].abs()).fold(0.0, f64::max);
        Self { palette: Palette::new(theme()), task, largest: if largest > 0.0 { largest } else { 1.0 } }
    }

    /// The shape and the colour of a point with this label.
    pub fn mark(&self, label: f64) -> (Marker, Rgba) {
        match self.task {
            Task::Classes(_) => (marker(as_index(label)), self.palette.class(as_index(label))),
            Task::Regression => {
                (Marker::Circle, Rgba(self.palette.at(num::clamp(label / self.largest, -1.0, 1.0))))
            }
        }
    }
}

/// Where a point of the plane is on a square picture of this side, in pixels.
pub fn place([x, y]: [f64; 2], side_px: f64) -> [f64; 2] {
    [(x / PLANE + 1.0) * 0.5 * side_px, (1.0 - y / PLANE) * 0.5 * side_px]
}
