//! The surface under the paths: coarse at once, then fine over the next frames, in the end a value for each pixel; never a
//! blank.

use super::super::lab;
use crate::canvas::Layer;
use crate::math::num;
use crate::scene::field::COARSE_PX;
use crate::scene::scale::CONTOURS;
use crate::scene::{Colormap, Contours, Field, LevelScale, MapKind, Theme, Viewport, stage};
use crate::session::Config;
use crate::surface::{Levels, SurfaceObjective};
use wasm_bindgen::Clamped;
use web_sys::ImageData;

/// CSS pixels between the values of the fine grid, which is soon there, and of the finest.
const FINER_PX: [f64; 2] = [2.5, 1.0];
/// How many values of the fine grid are computed in a frame: a few milliseconds, whatever the surface.
const VALUES_PER_FRAME: usize = 24_000;

/// The picture of the surface, and the work that is left on it.
pub struct Map {
    /// Where the pixels are put together before they are scaled to the stage.
    pixels: Layer,
    bytes: Vec<u8>,
    kind: MapKind,
    colors: Colormap,
    scale: Option<LevelScale>,
    /// The next finer grid and how many of its rows are done.
    fine: Option<(Field, usize)>,
}

impl Map {
    /// Nothing yet.
    pub fn new() -> Option<Self> {
        Some(Self {
            pixels: Layer::detached()?,
            bytes: Vec::new(),
            kind: MapKind::default(),
            colors: Colormap::new(MapKind::default()),
            scale: None,
            fine: None,
        })
    }

    /// Draws the coarse picture and plans the fine one.
    pub fn restart(
        &mut self,
        layer: &Layer,
        port: &Viewport,
        surface: &SurfaceObjective,
        theme: Theme,
        (kind, levels): (MapKind, Levels),
    ) {
        if kind != self.kind {
            (self.kind, self.colors) = (kind, Colormap::new(kind));
        }
        let mut coarse = Field::spaced(port, COARSE_PX);
        let rows = 0..coarse.ny;
        lab::compute_rows(&mut coarse, surface, rows);
        let known = lab::minima(surface).first().map(|m| m[2]);
        self.scale = Some(LevelScale::of(&coarse, levels, known));
        self.paint(layer, port, &coarse, surface, theme);
        self.fine = Some((Field::spaced(port, FINER_PX[0]), 0));
    }

    /// Does a frame's worth of the fine picture; tells whether more is left.
    pub fn refine(
        &mut self,
        layer: &Layer,
        port: &Viewport,
        surface: &SurfaceObjective,
        theme: Theme,
    ) -> bool {
        let Some((mut field, done)) = self.fine.take() else {
            return false;
        };
        let rows = (VALUES_PER_FRAME / field.nx).max(1);
        let end = (done + rows).min(field.ny);
        lab::compute_rows(&mut field, surface, done..end);
        if end < field.ny {
            self.fine = Some((field, end));
            return true;
        }
        self.paint(layer, port, &field, surface, theme);
        let finest = Field::spaced(port, FINER_PX[1]);
        let more = field.nx < finest.nx;
        self.fine = more.then_some((finest, 0));
        more
    }

    fn paint(
        &mut self,
        layer: &Layer,
        port: &Viewport,
        field: &Field,
        surface: &SurfaceObjective,
        theme: Theme,
    ) {
        let Some(scale) = self.scale else { return };
        self.bytes.resize(field.nx * field.ny * 4, 0);
        field.paint_rgba(&scale, &self.colors, theme.neutral(), 0..field.ny, &mut self.bytes);
        self.put(layer, port, field);
        let contours = Contours::of(field, &scale.contour_levels(CONTOURS));
        let mut painter = layer.painter();
        stage::contours(&mut painter, &contours, port);
        let minima: Vec<_> = lab::minima(surface).iter().map(|m| [m[0], m[1]]).collect();
        stage::minima(&mut painter, &minima, port, theme);
        stage::axes(&mut painter, port, theme);
    }

    /// Scales the pixels to the stage; the outer ones stand on its edges.
    fn put(&mut self, layer: &Layer, port: &Viewport, field: &Field) {
        let size = |n: usize| u32::try_from(n).unwrap_or(1);
        let (nx, ny) = (size(field.nx), size(field.ny));
        self.pixels.canvas.set_width(nx);
        self.pixels.canvas.set_height(ny);
        let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&self.bytes), nx, ny);
        let Ok(image) = image else { return };
        let _ = self.pixels.ctx.put_image_data(&image, 0.0, 0.0);
        let dx = port.width_px / f64::from(nx - 1);
        let dy = port.height_px / f64::from(ny - 1);
        let _ = layer.ctx.draw_image_with_html_canvas_element_and_dw_and_dh(
            &self.pixels.canvas,
            -0.5 * dx,
            -0.5 * dy,
            port.width_px + dx,
            port.height_px + dy,
        );
    }
}

/// The colours and the levels of the map.
pub fn look(config: &Config) -> (MapKind, Levels) {
    (MapKind::find(config.look.get("map")).unwrap_or_default(), config.levels())
}

/// A coordinate rounded to what a pixel can tell, so that links stay short.
pub fn round_to_pixel(value: f64, plot_per_px: f64) -> f64 {
    let unit = num::powi(10.0, exponent(plot_per_px));
    // Dividing by a whole power of ten gives the shortest decimal.
    if unit < 1.0 {
        let per = (1.0 / unit).round();
        (value * per).round() / per
    } else {
        (value / unit).round() * unit
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a decimal exponent is small")]
fn exponent(v: f64) -> i32 {
    num::log10(v.max(1e-15)).floor() as i32
}
