//! The pictures of all marks on one sheet: the runs' positions and what stands on their paths, as on the plane.

use super::gpu::{Gpu, MARK};
use crate::canvas::Layer;
use crate::scene::space::Point;
use crate::scene::style::RUN_STYLES;
use crate::scene::{Theme, Viewport, run_style, stage};
use crate::surface::View;
use web_sys::WebGlTexture;

/// The size of a picture, in CSS pixels.
pub const CELL_PX: f64 = 40.0;
/// Columns and rows: a column a run.
pub const CELLS: [usize; 2] = [RUN_STYLES, 6];
const SMALL_PX: f64 = 3.5;
const AWAY_PX: f64 = 5.0;

/// A picture on the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Where a run is now, and whether it is the focused one.
    Position(usize, bool),
    /// On its path.
    OnPath(usize),
    /// Where a run is that has left what is shown.
    Away(usize),
    /// Where it left the finite numbers.
    Diverged(usize),
    /// A minimum.
    Minimum,
    /// Where all runs start.
    Start,
}

impl Mark {
    /// Its column and row.
    fn cell(self) -> [usize; 2] {
        match self {
            Self::Position(run, focused) => [run % RUN_STYLES, usize::from(focused)],
            Self::OnPath(run) => [run % RUN_STYLES, 2],
            Self::Away(run) => [run % RUN_STYLES, 3],
            Self::Diverged(run) => [run % RUN_STYLES, 4],
            Self::Minimum => [0, 5],
            Self::Start => [1, 5],
        }
    }

    /// Adds it to a list of marks.
    pub fn put(self, at: Point, opacity: f32, marks: &mut Vec<f32>) {
        let [column, row] = self.cell().map(|n| f32::from(u8::try_from(n).unwrap_or(0)));
        #[expect(clippy::cast_possible_truncation, reason = "places in the block are of the order of one")]
        let [x, y, z] = at.map(|v| v as f32);
        let mark: [f32; MARK] = [x, y, z, column, row, opacity];
        marks.extend(mark);
    }
}

/// Draws the sheet.
pub fn draw(gpu: &Gpu, theme: Theme) -> Option<WebGlTexture> {
    let layer = Layer::detached()?;
    let size = CELLS.map(|n| CELL_PX * f64::from(u8::try_from(n).unwrap_or(1)));
    layer.resize((size[0], size[1]));
    let mut painter = layer.painter();
    // Everything on the sheet is in sight.
    let port = Viewport::stretched(View::square(1.0), size[0], size[1]);
    let middle = |mark: Mark| {
        mark.cell().map(|n| {
            let n = f32::from(u8::try_from(n).unwrap_or(0));
            #[expect(clippy::cast_possible_truncation, reason = "40 pixels")]
            let cell = CELL_PX as f32;
            (n + 0.5) * cell
        })
    };
    for run in 0..RUN_STYLES {
        let style = run_style(run);
        for focused in [false, true] {
            stage::position_at(&mut painter, middle(Mark::Position(run, focused)), &style, theme, focused);
        }
        let (color, halo) = (style.color(theme), theme.halo());
        style.marker.paint(&mut painter, middle(Mark::OnPath(run)), SMALL_PX, color, (halo, 1.0));
        style.marker.paint(&mut painter, middle(Mark::Away(run)), AWAY_PX, color, (halo, 1.5));
        stage::diverged(&mut painter, middle(Mark::Diverged(run)), &port, &style, theme);
    }
    stage::minimum_at(&mut painter, middle(Mark::Minimum), theme);
    stage::start_at(&mut painter, middle(Mark::Start), theme);
    gpu.picture(&layer.canvas)
}
