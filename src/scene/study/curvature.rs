//! The largest eigenvalue of the Hessian, and where a learning rate is small enough for it.

use super::Part;
use crate::math::num;
use crate::scene::cast;
use crate::scene::contour::Contours;
use crate::scene::field::Field;
use crate::scene::viewport::Viewport;
use crate::surface::{SurfaceObjective, View};

/// How far apart the Hessian is taken.
const SPACING_PX: f64 = 6.0;

/// The places of a row of such a grid.
pub(super) fn row_places(field: &Field, row: usize) -> impl Iterator<Item = [f64; 2]> + use<> {
    let (View { x, y }, nx) = (field.view, field.nx);
    let y = y.1 - cast::float(row) * (y.1 - y.0) / cast::float(field.ny - 1);
    let dx = (x.1 - x.0) / cast::float(nx - 1);
    (0..nx).map(move |column| [x.0 + cast::float(column) * dx, y])
}

/// The largest curvature in view.
#[derive(Clone, Debug)]
pub struct Curvature {
    largest: Field,
    row: usize,
}

impl Curvature {
    /// Nothing yet.
    #[must_use]
    pub fn new(port: Viewport) -> Self {
        Self { largest: Field::spaced(&port, SPACING_PX), row: 0 }
    }

    /// The edges of where 0 < λmax < 2/η.
    #[must_use]
    pub fn edges(&self, lr: f64) -> Contours {
        let most = 2.0 / lr;
        if most.is_finite() && most > 0.0 {
            Contours::of(&self.largest, &[0.0, most])
        } else {
            Contours::default()
        }
    }

    /// Which part of the view that is, from 0 to 1.
    #[must_use]
    pub fn share(&self, lr: f64) -> f64 {
        let values = self.largest.values();
        let inside = values.iter().filter(|v| is_stable(**v, lr)).count();
        cast::float(inside) / cast::float(values.len())
    }

    /// The pieces of a segment of the stage, from `a` to `b`, that lie there: pairs of points.
    #[must_use]
    pub fn stable_pieces(&self, port: &Viewport, lr: f64, a: [f64; 2], b: [f64; 2]) -> Vec<[[f64; 2]; 2]> {
        let length = num::norm(&[b[0] - a[0], b[1] - a[1]]);
        let count = cast::index((length / SPACING_PX).ceil()).clamp(1, 4000);
        let place = |t: f64| [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
        let mut pieces = Vec::new();
        let mut begin: Option<f64> = None;
        let mut before: Option<(f64, f64)> = None;
        for i in 0..=count {
            let t = cast::float(i) / cast::float(count);
            let value = self.at(port.plot_from_px(place(t)));
            let inside = is_stable(value, lr);
            match (begin, inside) {
                (None, true) => begin = Some(before.map_or(t, |old| crossing(old, (t, value), lr))),
                (Some(from), false) => {
                    let to = before.map_or(t, |old| crossing(old, (t, value), lr));
                    pieces.push([place(from), place(to)]);
                    begin = None;
                }
                _ => {}
            }
            before = Some((t, value));
        }
        if let Some(from) = begin {
            pieces.push([place(from), b]);
        }
        pieces
    }

    /// λmax at a point of the plane, between the values of the grid.
    fn at(&self, [x, y]: [f64; 2]) -> f64 {
        let View { x: across, y: down } = self.largest.view;
        let (nx, ny) = (self.largest.nx, self.largest.ny);
        let u = (x - across.0) / (across.1 - across.0) * cast::float(nx - 1);
        let v = (down.1 - y) / (down.1 - down.0) * cast::float(ny - 1);
        if !(u >= -1e-6 && v >= -1e-6 && u <= cast::float(nx - 1) + 1e-6 && v <= cast::float(ny - 1) + 1e-6) {
            return f64::NAN;
        }
        let (column, row) = (cast::index(u).min(nx - 2), cast::index(v).min(ny - 2));
        let (s, t) = (u - cast::float(column), v - cast::float(row));
        let i = row * nx + column;
        let values = self.largest.values();
        let upper = values[i] + s * (values[i + 1] - values[i]);
        let lower = values[i + nx] + s * (values[i + nx + 1] - values[i + nx]);
        upper + t * (lower - upper)
    }
}

/// Whether gradient descent with this rate is stable where the largest curvature is this.
#[must_use]
pub fn is_stable(largest: f64, lr: f64) -> bool {
    largest > 0.0 && lr * largest < 2.0
}

/// Where between two places the region begins or ends.
fn crossing((t, a): (f64, f64), (u, b): (f64, f64), lr: f64) -> f64 {
    let edge = if a.min(b) <= 0.0 { 0.0 } else { 2.0 / lr };
    let part = (edge - a) / (b - a);
    if part.is_finite() { t + num::clamp(part, 0.0, 1.0) * (u - t) } else { u }
}

impl Part for Curvature {
    fn advance(&mut self, surface: &SurfaceObjective, work: &mut usize) -> bool {
        let (nx, ny) = (self.largest.nx, self.largest.ny);
        while self.row < ny && *work > 0 {
            for (i, [x, y]) in row_places(&self.largest, self.row).enumerate() {
                let [xx, xy, yy] = surface.hessian_at(x, y).h;
                self.largest.values_mut()[self.row * nx + i] = num::eigen2(xx, xy, yy).0[0];
            }
            *work = work.saturating_sub(2 * nx);
            self.row += 1;
        }
        self.row < ny
    }
}
