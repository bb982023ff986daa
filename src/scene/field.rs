//! The values of a surface on a grid over the view, and their picture.

use super::cast;
use super::colormap::Colormap;
use super::scale::LevelScale;
use super::style::Rgba;
use super::viewport::Viewport;
use crate::math::num;
use crate::surface::{SurfaceObjective, View};
use std::ops::Range;

/// CSS pixels between the values of the first picture of a view. Its colours and levels are those of all later ones.
pub const COARSE_PX: f64 = 7.0;

/// Values on a grid, row after row from the top, as an image has them. Rows not yet computed are not numbers.
#[derive(Clone, Debug)]
pub struct Field {
    /// The part of the plane.
    pub view: View,
    /// Columns.
    pub nx: usize,
    /// Rows.
    pub ny: usize,
    /// How far inside the view's edge the first value stands, in spacings.
    inset: f64,
    values: Vec<f64>,
}

impl Field {
    /// A grid with a value in the middle of each of nx × ny equal cells, as pixels want it.
    #[must_use]
    pub fn cells(view: View, nx: usize, ny: usize) -> Self {
        Self::new(view, nx.max(1), ny.max(1), 0.5)
    }

    /// A grid whose outer values stand on the edges of the view, as contours want it.
    #[must_use]
    pub fn nodes(view: View, nx: usize, ny: usize) -> Self {
        Self::new(view, nx.max(2), ny.max(2), 0.0)
    }

    /// A grid over a stage with about this spacing, its outer values on the edges.
    #[must_use]
    pub fn spaced(port: &Viewport, spacing_px: f64) -> Self {
        let count = |px: f64| cast::index(num::clamp(px / spacing_px, 2.0, 4000.0)) + 1;
        Self::nodes(port.view, count(port.width_px), count(port.height_px))
    }

    fn new(view: View, nx: usize, ny: usize, inset: f64) -> Self {
        Self { view, nx, ny, inset, values: vec![f64::NAN; nx * ny] }
    }

    /// The values, row after row from the top.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The same to write: for fields that do not come from a surface.
    pub fn values_mut(&mut self) -> &mut [f64] {
        &mut self.values
    }

    /// Computes all values.
    pub fn compute(&mut self, surface: &SurfaceObjective) {
        self.compute_rows(surface, 0..self.ny);
    }

    /// Computes some rows.
    pub fn compute_rows(&mut self, surface: &SurfaceObjective, rows: Range<usize>) {
        let View { x, y } = self.view;
        let gaps = |n: usize| cast::float(n - 1) + 2.0 * self.inset;
        let dx = (x.1 - x.0) / gaps(self.nx);
        let dy = (y.1 - y.0) / gaps(self.ny);
        let (left, top) = (x.0 + self.inset * dx, y.1 - self.inset * dy);
        let rows = rows.start..rows.end.min(self.ny);
        let xs: Vec<f64> = (0..self.nx).map(|column| left + cast::float(column) * dx).collect();
        let ys: Vec<f64> = rows.clone().map(|row| top - cast::float(row) * dy).collect();
        if let Some(part) = self.values.get_mut(rows.start * self.nx..rows.end * self.nx) {
            surface.grid(&xs, &ys, part);
        }
    }

    /// Writes some rows as pixels, four bytes each (red, green, blue, opacity), from the start of `out`. Values that are
    /// not finite get the neutral colour.
    pub fn paint_rgba(
        &self,
        scale: &LevelScale,
        map: &Colormap,
        neutral: Rgba,
        rows: Range<usize>,
        out: &mut [u8],
    ) {
        let values = &self.values[rows.start * self.nx..rows.end.min(self.ny) * self.nx];
        let (pixels, _) = out.as_chunks_mut::<4>();
        for (value, pixel) in values.iter().zip(pixels) {
            *pixel = if value.is_finite() { map.entry(scale.t(*value) * 255.0 + 0.5) } else { neutral.0 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::colormap::MapKind;
    use crate::surface::{self, Levels};

    fn rosenbrock() -> SurfaceObjective {
        SurfaceObjective::new(surface::find("rosenbrock").expect("listed"))
    }

    #[test]
    fn values_stand_where_they_are_said_to() {
        let surface = rosenbrock();
        let mut cells = Field::cells(surface.spec.view, 4, 4);
        cells.compute(&surface);
        assert_eq!(cells.values()[0], surface.at(-1.5, 2.5));
        let mut nodes = Field::nodes(surface.spec.view, 5, 5);
        nodes.compute(&surface);
        assert_eq!(nodes.values()[0], surface.at(-2.0, 3.0));
        assert_eq!(nodes.values()[24], surface.at(2.0, -1.0));
    }

    #[test]
    fn parts_make_the_whole() {
        let surface = rosenbrock();
        let (mut whole, mut parts) =
            (Field::cells(surface.spec.view, 32, 20), Field::cells(surface.spec.view, 32, 20));
        whole.compute(&surface);
        let scale = LevelScale::of(&whole, Levels::Log, Some(0.0));
        let map = Colormap::new(MapKind::Viridis);
        let mut picture = vec![0; 32 * 20 * 4];
        let neutral = Rgba::hex(0x80_80_80);
        whole.paint_rgba(&scale, &map, neutral, 0..20, &mut picture);
        let mut joined = Vec::new();
        for rows in [0..7, 7..16, 16..99] {
            let mut strip = vec![0; (rows.end.min(20) - rows.start) * 32 * 4];
            parts.compute_rows(&surface, rows.clone());
            parts.paint_rgba(&scale, &map, neutral, rows, &mut strip);
            joined.extend(strip);
        }
        assert_eq!(joined, picture);
    }

    #[test]
    fn what_is_not_finite_is_neutral() {
        let mut field = Field::cells(View::square(1.0), 3, 1);
        field.values_mut().copy_from_slice(&[f64::NAN, f64::INFINITY, 1.0]);
        let scale = LevelScale::of(&field, Levels::Linear, None);
        let map = Colormap::new(MapKind::Grey);
        let mut out = [0; 12];
        field.paint_rgba(&scale, &map, Rgba::hex(0x01_02_03), 0..1, &mut out);
        assert_eq!(out[..8], [1, 2, 3, 255, 1, 2, 3, 255]);
        assert_eq!(out[8], 46);
    }
}
