//! How classes and numbers look on pictures of the plane.

use crate::lab::html::document;
use crate::math::num;
use crate::net::{PLANE, Task};
use crate::param::as_index;
use crate::scene::{Marker, Rgba, Theme};

/// The shapes of the classes.
pub const SHAPES: [Marker; 5] =
    [Marker::Circle, Marker::Square, Marker::Triangle, Marker::Diamond, Marker::Plus];
/// Their colours, light and dark: of Okabe and Ito's, as those of runs. Numbers go from the first to the second.
const COLORS: [[u32; 2]; 5] = [
    [0xc9_6a_00, 0xf0_9a_3c],
    [0x0b_62_a8, 0x4f_a3_e3],
    [0x00_80_60, 0x2f_c2_98],
    [0xa8_4a_80, 0xdc_8f_b9],
    [0x5b_61_68, 0xc9_cc_d0],
];

/// Light or dark, as the page is now.
pub fn theme() -> Theme {
    let style = web_sys::window()
        .zip(document().document_element())
        .and_then(|(window, root)| window.get_computed_style(&root).ok().flatten());
    let scheme = style.and_then(|s| s.get_property_value("color-scheme").ok());
    if scheme.as_deref() == Some("dark") { Theme::Dark } else { Theme::Light }
}

/// The colour of a class.
pub fn color(class: usize, theme: Theme) -> Rgba {
    let [light, dark] = COLORS[class % COLORS.len()];
    Rgba::hex(if theme == Theme::Dark { dark } else { light })
}

/// The shape and the colour of a point with this label; `most` is the size of the largest number.
pub fn mark(task: Task, label: f64, most: f64, theme: Theme) -> (Marker, Rgba) {
    match task {
        Task::Classes(_) => {
            let class = as_index(label) % SHAPES.len();
            (SHAPES[class], color(class, theme))
        }
        Task::Regression => (Marker::Circle, shade(label / most.max(1e-300), theme)),
    }
}

/// The colour of a number from −1 to 1.
fn shade(v: f64, theme: Theme) -> Rgba {
    let end = color(usize::from(v > 0.0), theme);
    let middle = theme.grid();
    let share = num::clamp(v.abs(), 0.0, 1.0);
    let mix = |k: usize| {
        let (from, to) = (f64::from(middle.0[k]), f64::from(end.0[k]));
        // Between two bytes.
        u8::try_from(as_index((from + share * (to - from)).round())).unwrap_or(u8::MAX)
    };
    Rgba([mix(0), mix(1), mix(2), 255])
}

/// The size of the largest number among labels.
pub fn most(points: &[[f64; 3]]) -> f64 {
    points.iter().map(|p| p[2].abs()).fold(0.0, f64::max)
}

/// Where a point of the plane is on a square picture of this side, in pixels.
pub fn place([x, y]: [f64; 2], side_px: f64) -> [f64; 2] {
    [(x / PLANE + 1.0) * 0.5 * side_px, (1.0 - y / PLANE) * 0.5 * side_px]
}
