//! The surface as a mesh of triangles.

use super::super::cast;
use super::super::field::Field;
use super::super::scale::LevelScale;
use super::Point;
use super::block::{Block, TOP};
use super::height::Height;
use crate::math::num;

/// How many numbers a vertex has: its place in the block, its place among the colours, and the first two parts of its normal.
pub const VERTEX: usize = 6;
/// What stands between the eye and a point by less than this hides nothing.
const THIN: f64 = 0.03;

/// Heights on a grid over the block's base, row after row from the far end (the largest y), with holes where the surface has
/// no finite value.
#[derive(Clone, Debug)]
pub struct Relief {
    /// What it stands in.
    pub block: Block,
    /// Columns.
    pub nx: usize,
    /// Rows.
    pub ny: usize,
    heights: Vec<Option<f64>>,
}

impl Relief {
    /// The relief of a field whose outer values stand on its edges.
    #[must_use]
    pub fn of(field: &Field, height: &Height) -> Self {
        let heights = field.values().iter().map(|v| height.at(*v)).collect();
        Self { block: Block::over(field.view), nx: field.nx, ny: field.ny, heights }
    }

    /// The distance of its columns and of its rows.
    #[must_use]
    pub fn spacing(&self) -> [f64; 2] {
        let [x, y] = self.block.half;
        [2.0 * x / cast::float(self.nx - 1), 2.0 * y / cast::float(self.ny - 1)]
    }

    /// Makes a hole of some places over the base.
    #[cfg(test)]
    pub(super) fn dig(&mut self, is_hole: impl Fn(f64, f64) -> bool) {
        let ([half_x, half_y], [dx, dy]) = (self.block.half, self.spacing());
        for (i, height) in self.heights.iter_mut().enumerate() {
            let (column, row) = (cast::float(i % self.nx), cast::float(i / self.nx));
            if is_hole(column * dx - half_x, half_y - row * dy) {
                *height = None;
            }
        }
    }

    fn height(&self, column: usize, row: usize) -> Option<f64> {
        *self.heights.get(row * self.nx + column)?
    }

    /// The height at a place over the base, on the very triangles that are drawn; none beyond the edge and over a hole.
    #[must_use]
    pub fn at(&self, [x, y]: [f64; 2]) -> Option<f64> {
        let ([half_x, half_y], [dx, dy]) = (self.block.half, self.spacing());
        let (across, down) = ((x + half_x) / dx, (half_y - y) / dy);
        let inside = |v: f64, n: usize| (-1e-6..=cast::float(n - 1) + 1e-6).contains(&v);
        if !(inside(across, self.nx) && inside(down, self.ny)) {
            return None;
        }
        let (column, row) = (cast::index(across).min(self.nx - 2), cast::index(down).min(self.ny - 2));
        let (u, v) = (across - cast::float(column), down - cast::float(row));
        let (right, below) = (self.height(column + 1, row)?, self.height(column, row + 1)?);
        Some(if u + v <= 1.0 {
            let corner = self.height(column, row)?;
            corner + u * (right - corner) + v * (below - corner)
        } else {
            let corner = self.height(column + 1, row + 1)?;
            corner + (1.0 - u) * (below - corner) + (1.0 - v) * (right - corner)
        })
    }

    /// The vertices, [`VERTEX`] numbers each. The colours are those of the values of the same field.
    #[must_use]
    pub fn vertices(&self, field: &Field, colors: &LevelScale) -> Vec<f32> {
        let ([half_x, half_y], [dx, dy]) = (self.block.half, self.spacing());
        let mut vertices = Vec::with_capacity(VERTEX * self.heights.len());
        for row in 0..self.ny {
            let y = half_y - cast::float(row) * dy;
            for column in 0..self.nx {
                let value = field.values().get(row * self.nx + column).copied().unwrap_or(f64::NAN);
                let t = if value.is_finite() { colors.t(value) } else { 0.0 };
                let [across, up] = self.slope(column, row);
                let length = (1.0 + across * across + up * up).sqrt();
                let z = self.height(column, row).unwrap_or(0.0);
                let x = -half_x + cast::float(column) * dx;
                let vertex = [x, y, z, num::clamp(t, 0.0, 1.0), -across / length, -up / length];
                vertices.extend(vertex.map(cast::px));
            }
        }
        vertices
    }

    /// How steep it is in x and in y at a vertex: by both neighbours, or by the one that is there.
    fn slope(&self, column: usize, row: usize) -> [f64; 2] {
        let [dx, dy] = self.spacing();
        let here = self.height(column, row);
        let rise = |before: Option<f64>, after: Option<f64>, step: f64| match (before, here, after) {
            (Some(a), _, Some(b)) => (b - a) / (2.0 * step),
            (Some(a), Some(h), None) => (h - a) / step,
            (None, Some(h), Some(b)) => (b - h) / step,
            _ => 0.0,
        };
        let left = column.checked_sub(1).and_then(|c| self.height(c, row));
        let right = if column + 1 < self.nx { self.height(column + 1, row) } else { None };
        // Rows go against y.
        let far = row.checked_sub(1).and_then(|r| self.height(column, r));
        let near = if row + 1 < self.ny { self.height(column, row + 1) } else { None };
        [rise(left, right, dx), rise(near, far, dy)]
    }

    /// The triangles, three vertices each; none at a hole.
    #[must_use]
    pub fn triangles(&self) -> Vec<u32> {
        let mut triangles = Vec::with_capacity(6 * (self.nx - 1) * (self.ny - 1));
        for row in 0..self.ny - 1 {
            for column in 0..self.nx - 1 {
                let corner = row * self.nx + column;
                let (right, below) = (corner + 1, corner + self.nx);
                for triangle in [[corner, below, right], [right, below, below + 1]] {
                    if triangle.iter().all(|i| self.heights[*i].is_some()) {
                        triangles.extend(triangle.map(cast::id));
                    }
                }
            }
        }
        triangles
    }

    /// Whether it stands between a point and the eye.
    #[must_use]
    pub fn hides(&self, point: Point, eye: Point) -> bool {
        let d = [0, 1, 2].map(|i| eye[i] - point[i]);
        let flat = d[0].abs().max(d[1].abs());
        if d[2] <= 0.0 || flat == 0.0 {
            return false;
        }
        let [dx, dy] = self.spacing();
        // So many steps of one cell, until the way to the eye is above everything.
        let step = dx.min(dy) / flat;
        let steps = cast::index(((TOP - point[2]) / (d[2] * step)).max(0.0)).min(2 * self.nx.max(self.ny));
        (1..=steps).any(|k| {
            let s = step * cast::float(k);
            let at = [0, 1, 2].map(|i| point[i] + s * d[i]);
            self.at([at[0], at[1]]).is_some_and(|z| z > at[2] + THIN)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Field;
    use crate::surface::{Levels, View};

    /// A relief of f over a square grid, with heights in proportion to it.
    fn relief(n: usize, f: impl Fn(f64, f64) -> f64) -> (Relief, Field, LevelScale) {
        let mut field = Field::nodes(View::square(1.0), n, n);
        for row in 0..n {
            for column in 0..n {
                let part = |i: usize| 2.0 * cast::float(i) / cast::float(n - 1) - 1.0;
                field.values_mut()[row * n + column] = f(part(column), -part(row));
            }
        }
        let scale = LevelScale::of(&field, Levels::Linear, None);
        (Relief::of(&field, &Height::of(scale, Levels::Linear)), field, scale)
    }

    #[test]
    fn heights_between_vertices_lie_on_the_triangles() {
        let (relief, ..) = relief(9, |x, y| x + 2.0 * y);
        let at = |x, y| relief.at([x, y]).expect("on the base");
        assert!((at(-1.0, -1.0) - 0.0).abs() < 1e-9 && (at(1.0, 1.0) - TOP).abs() < 1e-9);
        let want = |x: f64, y: f64| TOP * (x + 2.0 * y + 3.0) / 6.0;
        for (x, y) in [(0.03, 0.02), (-0.71, 0.4), (0.99, -0.99), (0.125, 0.3)] {
            assert!((at(x, y) - want(x, y)).abs() < 1e-9, "{x} {y}");
        }
        assert_eq!(relief.at([1.2, 0.0]), None);
    }

    #[test]
    fn normals_are_at_right_angles_to_the_slope() {
        let (relief, field, scale) = relief(9, |x, y| x + 2.0 * y);
        let vertices = relief.vertices(&field, &scale);
        let rise = [TOP / 6.0, 2.0 * TOP / 6.0];
        for vertex in vertices.chunks_exact(VERTEX) {
            let [a, b] = [vertex[4], vertex[5]].map(f64::from);
            let up = (1.0 - a * a - b * b).sqrt();
            assert!((a / up + rise[0]).abs() < 1e-5 && (b / up + rise[1]).abs() < 1e-5, "{vertex:?}");
            assert!((0.0..=1.0).contains(&vertex[3]));
        }
        assert_eq!(vertices.len(), 81 * VERTEX);
        assert_eq!(relief.triangles().len(), 64 * 6);
    }

    #[test]
    fn where_the_surface_is_not_finite_there_is_a_hole() {
        let (relief, field, scale) =
            relief(9, |x, y| if x == 0.0 && y == 0.0 { f64::NAN } else { x * x + y * y });
        // Six triangles meet in a vertex.
        assert_eq!(relief.triangles().len(), 64 * 6 - 6 * 3);
        assert_eq!(relief.at([0.05, 0.05]), None);
        assert!(relief.vertices(&field, &scale).iter().all(|v| v.is_finite()));
    }

    #[test]
    fn a_ridge_hides_what_is_behind_it() {
        let (relief, ..) = relief(65, |x, _| if x.abs() < 0.1 { 1.0 } else { 0.0 });
        let behind = [-0.5, 0.0, 0.0];
        assert!(relief.hides(behind, [4.0, 0.3, 1.5]));
        assert!(!relief.hides(behind, [-4.0, 0.3, 1.5]));
        assert!(!relief.hides(behind, [0.5, 0.0, 6.0]));
        assert!(!relief.hides([0.5, 0.0, 0.0], [4.0, 0.3, 1.5]));
    }
}
