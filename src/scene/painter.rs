//! The few strokes everything on the stage is drawn with; a canvas and [`SvgPainter`](super::SvgPainter) know them.

use super::cast;
use super::style::Rgba;

/// A point in CSS pixels, y downwards.
pub type PointPx = [f32; 2];

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Rect {
    /// The right edge.
    #[must_use]
    pub const fn right(&self) -> f64 {
        self.left + self.width
    }

    /// The lower edge.
    #[must_use]
    pub const fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// Larger by this much on every side.
    #[must_use]
    pub const fn grown(&self, by_px: f64) -> Self {
        Self {
            left: self.left - by_px,
            top: self.top - by_px,
            width: self.width + 2.0 * by_px,
            height: self.height + 2.0 * by_px,
        }
    }
}

/// Lines of several points each, in one piece of memory: a canvas can take them over in one call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Polylines {
    /// The points of all lines, one line after the other.
    pub points: Vec<PointPx>,
    /// Where in `points` each line begins.
    pub starts: Vec<u32>,
}

impl Polylines {
    /// One line.
    #[must_use]
    pub fn line(points: &[PointPx]) -> Self {
        Self { points: points.to_vec(), starts: vec![0] }
    }

    /// Whether there is nothing to stroke.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// Removes all lines and keeps the memory.
    pub fn clear(&mut self) {
        self.points.clear();
        self.starts.clear();
    }

    /// Begins a new line at this point.
    pub fn begin(&mut self, point: PointPx) {
        self.starts.push(cast::id(self.points.len()));
        self.points.push(point);
    }

    /// Goes on to this point.
    pub fn push(&mut self, point: PointPx) {
        self.points.push(point);
    }

    /// The lines, one by one.
    pub fn lines(&self) -> impl Iterator<Item = &[PointPx]> {
        let ends = self.starts.iter().skip(1).map(|s| *s as usize);
        self.starts
            .iter()
            .map(|s| *s as usize)
            .zip(ends.chain([self.points.len()]))
            .map(|(start, end)| &self.points[start..end])
    }
}

/// How a line is drawn. Ends are cut off straight; each line of several begins with the dash offset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke<'a> {
    /// The colour.
    pub color: Rgba,
    /// The width.
    pub width_px: f64,
    /// Lengths of dashes and gaps in turn; empty for a solid line.
    pub dash_px: &'a [f64],
    /// How far into the pattern a line begins.
    pub dash_offset_px: f64,
    /// Whether corners are rounded, which is slow on long noisy lines; otherwise they are bevelled.
    pub round: bool,
}

impl Stroke<'_> {
    /// A solid line with bevelled corners.
    #[must_use]
    pub const fn solid(color: Rgba, width_px: f64) -> Self {
        Self { color, width_px, dash_px: &[], dash_offset_px: 0.0, round: false }
    }
}

/// Which part of a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// The left or upper edge.
    Start,
    /// The middle.
    Middle,
    /// The right or lower edge.
    End,
}

/// How a text is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// The colour.
    pub color: Rgba,
    /// The size of the font.
    pub size_px: f64,
    /// What stands at the point horizontally.
    pub across: Align,
    /// What stands at the point vertically, of capital letters.
    pub down: Align,
    /// The colour around the letters, where they stand on a map.
    pub halo: Option<Rgba>,
}

/// How wide the halo of a text is, on every side.
pub const TEXT_HALO_PX: f64 = 1.75;
/// The fonts of all pictures.
pub const FONT_FAMILY: &str = "system-ui, sans-serif";
/// The height of capital letters and figures, as a part of the size of the font.
pub const CAP_HEIGHT: f64 = 0.72;

impl TextStyle {
    /// How far below its point the baseline stands: for painters that place text by its baseline.
    #[must_use]
    pub fn baseline_px(&self) -> f64 {
        let cap_px = CAP_HEIGHT * self.size_px;
        match self.down {
            Align::Start => cap_px,
            Align::Middle => 0.5 * cap_px,
            Align::End => 0.0,
        }
    }
}

/// Something to draw on, in CSS pixels.
pub trait Painter {
    /// Draws lines.
    fn stroke(&mut self, lines: &Polylines, stroke: &Stroke<'_>);
    /// Fills a polygon.
    fn fill(&mut self, polygon: &[PointPx], color: Rgba);
    /// Fills a circle.
    fn disc(&mut self, centre: PointPx, radius_px: f64, color: Rgba);
    /// Draws a circle's line.
    fn ring(&mut self, centre: PointPx, radius_px: f64, color: Rgba, width_px: f64);
    /// Writes a line of text.
    fn text(&mut self, at: PointPx, text: &str, style: &TextStyle);
    /// Writes a line of text turned about its point, clockwise, in radians; as it is by those that cannot turn it.
    fn turned_text(&mut self, at: PointPx, _turn: f64, text: &str, style: &TextStyle) {
        self.text(at, text, style);
    }
}
