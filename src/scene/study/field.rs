//! The gradient on a grid of the screen.

use super::Part;
use crate::math::num;
use crate::scene::cast;
use crate::scene::viewport::Viewport;
use crate::surface::SurfaceObjective;

/// How far the arrows stand apart.
pub const SPACING_PX: f64 = 38.0;

/// An arrow of the gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FieldArrow {
    /// Its middle.
    pub at: [f64; 2],
    /// −∇f there.
    pub downhill: [f64; 2],
    /// How long it is drawn, from 0 to 1: the more the steeper, but steep ones are much alike.
    pub size: f64,
}

/// Arrows of −∇f.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrows {
    port: Viewport,
    /// Those that have a direction.
    pub arrows: Vec<FieldArrow>,
}

impl Arrows {
    /// None yet.
    #[must_use]
    pub const fn new(port: Viewport) -> Self {
        Self { port, arrows: Vec::new() }
    }
}

impl Part for Arrows {
    fn advance(&mut self, surface: &SurfaceObjective, work: &mut usize) -> bool {
        let port = &self.port;
        let count = |px: f64| cast::index((px / SPACING_PX).floor()).clamp(1, 60);
        let (columns, rows) = (count(port.width_px), count(port.height_px));
        let mut sizes = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                let at = port.plot_from_px([
                    (cast::float(column) + 0.5) * port.width_px / cast::float(columns),
                    (cast::float(row) + 0.5) * port.height_px / cast::float(rows),
                ]);
                let [dx, dy] = surface.gradient_at(at[0], at[1]).d;
                let size = num::norm(&[dx, dy]);
                if size.is_finite() && size > 0.0 {
                    sizes.push(size);
                    self.arrows.push(FieldArrow { at, downhill: [-dx, -dy], size });
                }
            }
        }
        *work = work.saturating_sub(columns * rows);
        sizes.sort_by(f64::total_cmp);
        let quantile = |part: f64| sizes.get(cast::index(part * cast::float(sizes.len()))).copied();
        let (Some(low), Some(high)) = (quantile(0.25), quantile(0.95)) else {
            return false;
        };
        // Logarithmic for what is steeper than most, linear below.
        // Where most is a plain whose slope is next to nothing, the quotient overflows.
        let steep = |size: f64| num::log1p((size / low).min(f64::MAX));
        let most = steep(high);
        for arrow in &mut self.arrows {
            arrow.size = num::clamp(steep(arrow.size) / most, 0.0, 1.0);
        }
        false
    }
}
