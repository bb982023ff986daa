//! Where the parts of the gradient vanish: a valley's floor seen along each axis. Where the two lines cross, the point is
//! critical.

use super::Part;
use super::curvature::row_places;
use crate::scene::contour::Contours;
use crate::scene::field::Field;
use crate::scene::viewport::Viewport;
use crate::surface::SurfaceObjective;

/// How far apart the gradient is taken.
const SPACING_PX: f64 = 4.0;

/// The lines ∂f/∂x = 0 and ∂f/∂y = 0.
#[derive(Clone, Debug)]
pub struct Zeros {
    parts: [Field; 2],
    row: usize,
    /// The lines of each; empty until all is known.
    pub lines: [Contours; 2],
}

impl Zeros {
    /// Nothing yet.
    #[must_use]
    pub fn new(port: Viewport) -> Self {
        let field = Field::spaced(&port, SPACING_PX);
        Self { parts: [field.clone(), field], row: 0, lines: Default::default() }
    }
}

impl Part for Zeros {
    fn advance(&mut self, surface: &SurfaceObjective, work: &mut usize) -> bool {
        let (nx, ny) = (self.parts[0].nx, self.parts[0].ny);
        while self.row < ny && *work > 0 {
            for (i, [x, y]) in row_places(&self.parts[0], self.row).enumerate() {
                let gradient = surface.gradient_at(x, y).d;
                for (part, value) in self.parts.iter_mut().zip(gradient) {
                    part.values_mut()[self.row * nx + i] = value;
                }
            }
            *work = work.saturating_sub(nx);
            self.row += 1;
        }
        if self.row < ny {
            return true;
        }
        self.lines = [0, 1].map(|k| Contours::of(&self.parts[k], &[0.0]));
        false
    }
}
