//! Figures on canvases that are not on the page.

use crate::canvas::Layer;
use crate::scene::painter::PointPx;
use crate::scene::{Painter, Pixels, Polylines, Rect, Rgba, Sheet, Stroke, TextStyle};
use wasm_bindgen::Clamped;
use web_sys::ImageData;

/// A canvas that figures are drawn on.
pub struct CanvasSheet<'a> {
    /// The canvas.
    pub layer: &'a Layer,
}

impl Painter for CanvasSheet<'_> {
    fn stroke(&mut self, lines: &Polylines, stroke: &Stroke<'_>) {
        self.layer.painter().stroke(lines, stroke);
    }

    fn fill(&mut self, polygon: &[PointPx], color: Rgba) {
        self.layer.painter().fill(polygon, color);
    }

    fn disc(&mut self, centre: PointPx, radius_px: f64, color: Rgba) {
        self.layer.painter().disc(centre, radius_px, color);
    }

    fn ring(&mut self, centre: PointPx, radius_px: f64, color: Rgba, width_px: f64) {
        self.layer.painter().ring(centre, radius_px, color, width_px);
    }

    fn turned_text(&mut self, at: PointPx, turn: f64, text: &str, style: &TextStyle) {
        self.layer.painter().turned_text(at, turn, text, style);
    }

    fn text(&mut self, at: PointPx, text: &str, style: &TextStyle) {
        self.layer.painter().text(at, text, style);
    }
}

impl Sheet for CanvasSheet<'_> {
    fn begin(&mut self, rect: Rect) {
        let ctx = &self.layer.ctx;
        ctx.save();
        ctx.begin_path();
        ctx.rect(rect.left, rect.top, rect.width, rect.height);
        ctx.clip();
        let _ = ctx.translate(rect.left, rect.top);
    }

    fn end(&mut self) {
        self.layer.ctx.restore();
    }

    fn image(&mut self, rect: Rect, pixels: &Pixels) {
        let image =
            ImageData::new_with_u8_clamped_array_and_sh(Clamped(&pixels.bytes), pixels.width, pixels.height);
        let (Ok(image), Some(source)) = (image, Layer::detached()) else {
            return;
        };
        source.canvas.set_width(pixels.width);
        source.canvas.set_height(pixels.height);
        let _ = source.ctx.put_image_data(&image, 0.0, 0.0);
        let _ = self.layer.ctx.draw_image_with_html_canvas_element_and_dw_and_dh(
            &source.canvas,
            rect.left,
            rect.top,
            rect.width,
            rect.height,
        );
    }
}

/// The pixels of a canvas; none where the browser has none to give, as for one that is too large.
pub fn pixels(layer: &Layer) -> Option<Pixels> {
    let (width, height) = (layer.canvas.width(), layer.canvas.height());
    let image = layer.ctx.get_image_data(0.0, 0.0, f64::from(width), f64::from(height)).ok()?;
    let bytes = image.data().0;
    // Some browsers give an empty picture in place of one that they have no room for.
    (bytes.get(3) == Some(&255)).then_some(Pixels { width, height, bytes })
}
