//! Level lines of a field, joined into polylines.

mod march;

use super::cast;
use super::field::Field;
use super::painter::Polylines;
use super::viewport::Viewport;
use crate::surface::View;
use march::March;
use std::ops::Range;

/// The most levels that ranks can tell apart.
const MOST_LEVELS: usize = 250;

/// One line of a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContourLine {
    /// Which level.
    pub level: usize,
    /// Whether it returns to its first point (which is then also its last).
    pub closed: bool,
}

/// The level lines of a field.
#[derive(Clone, Debug, Default)]
pub struct Contours {
    /// The values of the levels, rising.
    pub levels: Vec<f64>,
    /// What each line belongs to.
    pub lines: Vec<ContourLine>,
    /// The lines, in grid spacings from the upper left value.
    grid: Polylines,
    view: Option<View>,
    /// The last column and row of the grid.
    extent: [f64; 2],
}

impl Contours {
    /// The lines on which the field has one of these values, given rising. The field should be one of
    /// [`nodes`](Field::nodes), so that lines reach the edge.
    #[must_use]
    pub fn of(field: &Field, levels: &[f64]) -> Self {
        let levels = &levels[..levels.len().min(MOST_LEVELS)];
        let mut march = March::new(field, levels);
        march.cells();
        let mut contours = Self {
            levels: levels.to_vec(),
            view: Some(field.view),
            extent: [cast::float(field.nx - 1), cast::float(field.ny - 1)],
            ..Self::default()
        };
        march.read_lines(&mut contours);
        contours
    }

    /// Whether there are no lines.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The lines of some levels on a stage, which may have been moved since.
    #[must_use]
    pub fn polylines(&self, port: &Viewport, levels: Range<usize>) -> Polylines {
        let mut lines = Polylines::default();
        let Some(View { x, y }) = self.view else {
            return lines;
        };
        let [left, top] = port.px_from_plot([x.0, y.1]);
        let [right, bottom] = port.px_from_plot([x.1, y.0]);
        let dx = cast::px((right - left) / self.extent[0]);
        let dy = cast::px((bottom - top) / self.extent[1]);
        let (left, top) = (cast::px(left), cast::px(top));
        for (line, points) in self.lines.iter().zip(self.grid.lines()) {
            if levels.contains(&line.level) {
                lines.starts.push(cast::id(lines.points.len()));
                let points = points.iter().map(|p| [left + dx * p[0], top + dy * p[1]]);
                lines.points.extend(points);
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests;
