//! The values of contours, written along the lines.

use super::Part;
use crate::math::num;
use crate::param::readable;
use crate::scene::cast;
use crate::scene::contour::Contours;
use crate::scene::field::{COARSE_PX, Field};
use crate::scene::painter::PointPx;
use crate::scene::scale::{CONTOURS, LevelScale};
use crate::scene::viewport::Viewport;
use crate::surface::{Levels, SurfaceObjective};

/// The size of the letters.
pub const SIZE_PX: f64 = 11.0;
/// About how wide a letter is.
const LETTER_PX: f64 = 0.58 * SIZE_PX;
/// How far apart values stand on one line.
const REPEAT_PX: f64 = 320.0;
/// How far a text may be moved along its line to find room, in steps of this.
const SHIFT_PX: f64 = 14.0;
const MOST_SHIFTS: u32 = 9;
/// How far the line may bend away below a text.
const BEND_PX: f64 = 3.0;
/// What stays free at the edges of the stage, for the numbers of its axes at two of them, and between texts.
const MARGIN_PX: f64 = 8.0;
const AXES_PX: [f64; 2] = [34.0, 22.0];
const APART_PX: f64 = 12.0;
/// How far apart the values are that lines are found between: the lines must be those of the picture, not its finest detail.
const SPACING_PX: f64 = 3.5;

/// A text along a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Its middle.
    pub at: [f64; 2],
    /// By how much it is turned, clockwise in radians; never upside down.
    pub turn: f64,
    /// What is written.
    pub text: String,
}

/// The values of the contours in view.
#[derive(Clone, Debug)]
pub struct Labels {
    port: Viewport,
    levels: Levels,
    scale: Option<LevelScale>,
    field: Field,
    row: usize,
    /// Empty until all is known.
    pub labels: Vec<Label>,
}

impl Labels {
    /// Nothing yet.
    #[must_use]
    pub fn new(port: Viewport, levels: Levels) -> Self {
        Self {
            port,
            levels,
            scale: None,
            field: Field::spaced(&port, SPACING_PX),
            row: 0,
            labels: Vec::new(),
        }
    }
}

impl Part for Labels {
    fn advance(&mut self, surface: &SurfaceObjective, work: &mut usize) -> bool {
        if self.scale.is_none() {
            // The scale that the picture has.
            let mut coarse = Field::spaced(&self.port, COARSE_PX);
            coarse.compute(surface);
            let known = surface.minima().first().map(|m| surface.at(m[0], m[1]));
            self.scale = Some(LevelScale::of(&coarse, self.levels, known));
            *work = work.saturating_sub(coarse.nx * coarse.ny);
        }
        let rows = (*work / self.field.nx).max(1);
        let end = (self.row + rows).min(self.field.ny);
        self.field.compute_rows(surface, self.row..end);
        *work = work.saturating_sub((end - self.row) * self.field.nx);
        self.row = end;
        if end < self.field.ny {
            return true;
        }
        if let Some(scale) = self.scale {
            let contours = Contours::of(&self.field, &scale.contour_levels(CONTOURS));
            self.labels = place(&contours, &self.port);
        }
        false
    }
}

/// Where the values of lines can stand without being in each other's way: those of long lines first.
fn place(contours: &Contours, port: &Viewport) -> Vec<Label> {
    let lines = contours.polylines(port, 0..contours.levels.len());
    let mut order: Vec<(f64, usize, &[PointPx])> =
        contours.lines.iter().zip(lines.lines()).map(|(l, line)| (length(line), l.level, line)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut placer = Placer::new(port);
    let mut labels = Vec::new();
    for (_, level, line) in order {
        let text = readable(contours.levels[level]).replace('-', "−");
        placer.along(line, &text, usize::MAX, &mut labels);
    }
    labels
}

/// Finds room for texts along lines.
pub struct Placer<'a> {
    port: &'a Viewport,
    /// The middles of texts that stand already, and half their widths.
    taken: Vec<([f64; 2], f64)>,
}

impl<'a> Placer<'a> {
    /// All room is free.
    #[must_use]
    pub const fn new(port: &'a Viewport) -> Self {
        Self { port, taken: Vec::new() }
    }

    /// Places a text on a line of the screen, again and again where it is long, at most so often.
    pub fn along(&mut self, line: &[PointPx], text: &str, most: usize, out: &mut Vec<Label>) {
        let half = 0.5 * LETTER_PX * cast::float(text.chars().count()) + 2.0;
        let whole = length(line);
        if whole < 3.0 * half {
            return;
        }
        let count = cast::index(whole / REPEAT_PX).clamp(1, 12);
        let walk = Walk::new(line);
        let mut placed = 0;
        for i in 0..count {
            let middle = (cast::float(i) + 0.5) * whole / cast::float(count);
            let shifts = (0..=MOST_SHIFTS).flat_map(|k| [f64::from(k) * SHIFT_PX, -f64::from(k) * SHIFT_PX]);
            let found = shifts.map(|shift| middle + shift).find_map(|s| self.fits(&walk, s, half));
            if let Some((px, turn)) = found {
                self.taken.push((px, half));
                out.push(Label { at: self.port.plot_from_px(px), turn, text: text.to_owned() });
                placed += 1;
            }
            if placed == most {
                return;
            }
        }
    }

    /// Whether a text fits there: its middle and its turn.
    fn fits(&self, walk: &Walk<'_>, s: f64, half: f64) -> Option<([f64; 2], f64)> {
        let [a, middle, b] = [walk.at(s - half)?, walk.at(s)?, walk.at(s + half)?];
        let chord = [b[0] - a[0], b[1] - a[1]];
        let size = num::norm(&chord);
        let bend = (chord[0] * (middle[1] - a[1]) - chord[1] * (middle[0] - a[0])).abs() / size;
        if !(size > 1.8 * half && bend < BEND_PX) {
            return None;
        }
        let [x, y] = [0, 1].map(|k| MARGIN_PX + half * (chord[k] / size).abs());
        let on_stage = middle[0] > AXES_PX[0] + x
            && middle[0] < self.port.width_px - x
            && middle[1] > y
            && middle[1] < self.port.height_px - AXES_PX[1] - y;
        let apart = self
            .taken
            .iter()
            .all(|(at, other)| num::norm(&[at[0] - middle[0], at[1] - middle[1]]) > half + other + APART_PX);
        if !(on_stage && apart) {
            return None;
        }
        // Read from the left; downwards where it stands upright.
        let forward = if chord[0] < 0.0 { [-chord[0], -chord[1]] } else { chord };
        Some((middle, num::atan2(forward[1], forward[0])))
    }
}

fn length(line: &[PointPx]) -> f64 {
    line.windows(2).map(|w| apart(w[0], w[1])).sum()
}

fn apart(a: PointPx, b: PointPx) -> f64 {
    num::norm(&[f64::from(b[0] - a[0]), f64::from(b[1] - a[1])])
}

/// A line by its length.
struct Walk<'a> {
    line: &'a [PointPx],
    /// How long it is up to each point.
    reached: Vec<f64>,
}

impl<'a> Walk<'a> {
    fn new(line: &'a [PointPx]) -> Self {
        let mut reached = vec![0.0];
        let mut sum = 0.0;
        for w in line.windows(2) {
            sum += apart(w[0], w[1]);
            reached.push(sum);
        }
        Self { line, reached }
    }

    /// The place after this length; none beyond the ends.
    fn at(&self, s: f64) -> Option<[f64; 2]> {
        let i = self.reached.partition_point(|r| *r <= s);
        let (from, to) = (*self.line.get(i.checked_sub(1)?)?, *self.line.get(i)?);
        let (before, after) = (self.reached[i - 1], self.reached[i]);
        let t = (s - before) / (after - before);
        Some([0, 1].map(|k| f64::from(from[k]) + t * f64::from(to[k] - from[k])))
    }
}
