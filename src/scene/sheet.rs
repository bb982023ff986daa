//! Something to draw several pictures on, side by side, and images.

use super::painter::{Painter, Rect};

/// An image: red, green, blue and opacity of each pixel, row after row from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Four bytes for each.
    pub bytes: Vec<u8>,
}

/// What whole figures are drawn on.
pub trait Sheet: Painter {
    /// Until [`end`](Self::end), draws within this rectangle only, and counts pixels from its upper left corner.
    fn begin(&mut self, rect: Rect);
    /// Ends the latest rectangle.
    fn end(&mut self);
    /// Stretches an image over a rectangle, smoothly.
    fn image(&mut self, rect: Rect, pixels: &Pixels);
}
