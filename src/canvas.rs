//! Canvases at the screen's resolution, and a painter that draws on one; for both programs of the page.

use crate::math::num;
use crate::param::number;
use crate::scene::painter::{Align, FONT_FAMILY, PointPx, TEXT_HALO_PX};
use crate::scene::{Painter, Polylines, Rgba, Stroke, TextStyle};
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, Window, window};

/// A canvas, its context and its size.
pub struct Layer {
    /// The element.
    pub canvas: HtmlCanvasElement,
    /// What draws on it.
    pub ctx: CanvasRenderingContext2d,
    size_px: Cell<(f64, f64)>,
    ratio: Cell<f64>,
    /// The box around all points of what its painters have drawn: left, top, right and bottom.
    drawn: Cell<[f64; 4]>,
}

/// No box.
const NOTHING: [f64; 4] = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
/// So far beyond its points a drawing reaches, at most: half the width of a line and its halo.
const REACH_PX: f64 = 8.0;

impl Layer {
    /// The layer of this canvas element.
    #[must_use]
    pub fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let ctx = canvas.get_context("2d").ok()??.unchecked_into();
        let (size_px, ratio) = (Cell::new((0.0, 0.0)), Cell::new(1.0));
        Some(Self { canvas, ctx, size_px, ratio, drawn: Cell::new(NOTHING) })
    }

    /// A layer that is not on the page.
    #[must_use]
    pub fn detached() -> Option<Self> {
        let canvas = window()?.document()?.create_element("canvas").ok()?.unchecked_into();
        Self::new(canvas)
    }

    /// Takes this size in CSS pixels, with as many device pixels as the screen has; clears the canvas if that changes
    /// anything.
    pub fn resize(&self, size_px: (f64, f64)) -> bool {
        self.resize_by(size_px, window().as_ref().map_or(1.0, Window::device_pixel_ratio))
    }

    /// The same with so many device pixels in one.
    pub fn resize_by(&self, (width_px, height_px): (f64, f64), ratio: f64) -> bool {
        let same = self.size_px.get() == (width_px, height_px) && self.ratio.get() == ratio;
        if same {
            return false;
        }
        self.size_px.set((width_px, height_px));
        self.ratio.set(ratio);
        self.canvas.set_width(device_px(width_px, ratio));
        self.canvas.set_height(device_px(height_px, ratio));
        let _ = self.ctx.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
        true
    }

    /// Device pixels per CSS pixel.
    pub fn ratio(&self) -> f64 {
        self.ratio.get()
    }

    /// Removes everything.
    pub fn clear(&self) {
        let (width, height) = self.size_px.get();
        self.ctx.clear_rect(0.0, 0.0, width, height);
    }

    /// Removes what its painters have drawn, but for words: the browser puts together anew only what has changed.
    pub fn clear_drawn(&self) {
        let [left, top, right, bottom] = self.drawn.replace(NOTHING);
        if left <= right {
            let (x, y) = ((left - REACH_PX).floor(), (top - REACH_PX).floor());
            self.ctx.clear_rect(x, y, (right + REACH_PX).ceil() - x, (bottom + REACH_PX).ceil() - y);
        }
    }

    /// A painter for it.
    pub fn painter(&self) -> CanvasPainter<'_> {
        CanvasPainter { ctx: &self.ctx, drawn: &self.drawn }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the size of a screen")]
fn device_px(px: f64, ratio: f64) -> u32 {
    num::clamp((px * ratio).round(), 1.0, 16_384.0) as u32
}

/// Draws on a canvas.
pub struct CanvasPainter<'a> {
    ctx: &'a CanvasRenderingContext2d,
    drawn: &'a Cell<[f64; 4]>,
}

impl CanvasPainter<'_> {
    fn trace(&self, points: &[PointPx]) {
        let Some((first, rest)) = points.split_first() else {
            return;
        };
        let [x, y] = self.reach(*first, 0.0);
        self.ctx.move_to(x, y);
        for p in rest {
            let [x, y] = self.reach(*p, 0.0);
            self.ctx.line_to(x, y);
        }
    }

    /// Takes what reaches so far from a point into the box of what is drawn.
    fn reach(&self, at: PointPx, by: f64) -> [f64; 2] {
        let [x, y] = at.map(f64::from);
        let [left, top, right, bottom] = self.drawn.get();
        self.drawn.set([left.min(x - by), top.min(y - by), right.max(x + by), bottom.max(y + by)]);
        [x, y]
    }

    fn set_dash(&self, stroke: &Stroke<'_>) {
        let dashes = js_sys::Array::new();
        for d in stroke.dash_px {
            dashes.push(&JsValue::from_f64(*d));
        }
        let _ = self.ctx.set_line_dash(&dashes);
        self.ctx.set_line_dash_offset(stroke.dash_offset_px);
    }

    fn circle(&self, centre: PointPx, radius_px: f64) {
        let [x, y] = self.reach(centre, radius_px);
        self.ctx.begin_path();
        let _ = self.ctx.arc(x, y, radius_px, 0.0, std::f64::consts::TAU);
    }
}

impl Painter for CanvasPainter<'_> {
    fn stroke(&mut self, lines: &Polylines, stroke: &Stroke<'_>) {
        if lines.is_empty() {
            return;
        }
        self.ctx.begin_path();
        for line in lines.lines() {
            self.trace(line);
        }
        self.ctx.set_stroke_style_str(&stroke.color.css());
        self.ctx.set_line_width(stroke.width_px);
        self.ctx.set_line_join(if stroke.round { "round" } else { "bevel" });
        let dashed = !stroke.dash_px.is_empty();
        if dashed {
            self.set_dash(stroke);
        }
        self.ctx.stroke();
        if dashed {
            let _ = self.ctx.set_line_dash(&js_sys::Array::new());
        }
    }

    fn fill(&mut self, polygon: &[PointPx], color: Rgba) {
        self.ctx.begin_path();
        self.trace(polygon);
        self.ctx.close_path();
        self.ctx.set_fill_style_str(&color.css());
        self.ctx.fill();
    }

    fn disc(&mut self, centre: PointPx, radius_px: f64, color: Rgba) {
        self.circle(centre, radius_px);
        self.ctx.set_fill_style_str(&color.css());
        self.ctx.fill();
    }

    fn ring(&mut self, centre: PointPx, radius_px: f64, color: Rgba, width_px: f64) {
        self.circle(centre, radius_px);
        self.ctx.set_stroke_style_str(&color.css());
        self.ctx.set_line_width(width_px);
        self.ctx.stroke();
    }

    #[cfg(feature = "lab")]
    fn turned_text(&mut self, at: PointPx, turn: f64, text: &str, style: &TextStyle) {
        let [x, y] = at.map(f64::from);
        self.ctx.save();
        let _ = self.ctx.translate(x, y);
        let _ = self.ctx.rotate(turn);
        let _ = self.ctx.translate(-x, -y);
        self.text(at, text, style);
        self.ctx.restore();
    }

    fn text(&mut self, at: PointPx, text: &str, style: &TextStyle) {
        let (x, y) = (f64::from(at[0]), f64::from(at[1]) + style.baseline_px());
        self.ctx.set_font(&format!("{}px {FONT_FAMILY}", number(style.size_px)));
        self.ctx.set_text_align(match style.across {
            Align::Start => "left",
            Align::Middle => "center",
            Align::End => "right",
        });
        if let Some(halo) = style.halo {
            self.ctx.set_stroke_style_str(&halo.css());
            self.ctx.set_line_width(2.0 * TEXT_HALO_PX);
            self.ctx.set_line_join("round");
            let _ = self.ctx.stroke_text(text, x, y);
        }
        self.ctx.set_fill_style_str(&style.color.css());
        let _ = self.ctx.fill_text(text, x, y);
    }
}
