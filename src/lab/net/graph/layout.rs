//! Where units and the lines between them stand, and which of them is at a place.

use crate::math::num;
use crate::net::{Model, Norm};

/// Room above the columns for their names.
pub const HEAD_PX: f64 = 32.0;
/// Room left of the features, for theirs.
const LEFT_PX: f64 = 42.0;
/// And right of the outputs: of one, and of several, which have names.
const RIGHT_PX: [f64; 2] = [6.0, 36.0];
/// The largest side of a unit.
const LARGEST_PX: f64 = 52.0;
/// The smallest.
const SMALLEST_PX: f64 = 18.0;
/// What lines need between columns at least, and what is good for them.
const GAP_PX: [f64; 2] = [18.0, 54.0];
/// How near a line must be to be meant.
const NEAR_PX: f64 = 7.0;
/// In how many pieces a line is cut to find the nearest.
const PIECES: u16 = 24;

/// A unit by its column (0 has the features, the last the outputs) and its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its column.
    pub column: usize,
    /// Its row.
    pub row: usize,
}

/// The corners of a Bézier curve.
pub type Curve = [[f64; 2]; 4];

/// Columns of units.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// The whole.
    pub width: f64,
    /// The whole.
    pub height: f64,
    /// The side of a unit.
    pub side: f64,
    /// The middles of the columns.
    xs: Vec<f64>,
    /// The middles of the units of each column.
    ys: Vec<Vec<f64>>,
}

#[expect(clippy::cast_precision_loss, reason = "counts of units")]
fn count(n: usize) -> f64 {
    n as f64
}

fn right(model: &Model) -> f64 {
    RIGHT_PX[usize::from(model.shape.classes() > 0 && model.shape.outputs() > 1)]
}

impl Layout {
    /// Columns in a room of this size, or more than that where units would be too small. `least` is the least height of a
    /// row.
    pub fn new(model: &Model, room: [f64; 2], least: f64) -> Self {
        let layers = model.shape.layers();
        let rows = || [model.spec.features.len()].into_iter().chain(layers.iter().map(|l| l.outputs));
        let most = rows().max().unwrap_or(1);
        let columns = layers.len() + 1;
        let normed = layers.iter().any(|l| l.norm != Norm::None);
        // Below a unit stands its bias, and around it γ and β.
        let marks = if normed { 13.0 } else { 8.0 };
        let row = num::clamp((room[1] - HEAD_PX - 4.0) / count(most), least, LARGEST_PX + 20.0);
        let side = (row - marks).min(LARGEST_PX).floor();
        let sides = LEFT_PX + right(model);
        // Of many columns units are smaller, before they scroll.
        let share = (room[0] - sides - side.min(30.0)) / count(columns - 1);
        let side = side.min((share - GAP_PX[1]).max(30.0)).min((share - GAP_PX[0]).max(SMALLEST_PX)).floor();
        let between = ((room[0] - sides - side) / count(columns - 1)).max(side + GAP_PX[0]);
        let width = (sides + side + between * count(columns - 1)).max(room[0]);
        let height = (HEAD_PX + 4.0 + row * count(most)).max(room[1]);
        let middle = HEAD_PX + (height - HEAD_PX) / 2.0 - 2.0;
        let xs = (0..columns).map(|c| LEFT_PX + side / 2.0 + between * count(c)).collect();
        let of_column = |n: usize| {
            let row = row.min(side + marks + 16.0);
            (0..n).map(|i| (middle + (count(i) - count(n - 1) / 2.0) * row).round()).collect()
        };
        Self { width, height, side, xs, ys: rows().map(of_column).collect() }
    }

    /// The width that shows it well.
    pub fn wanted_width(model: &Model) -> f64 {
        let columns = model.shape.layers().len();
        let gap = if columns > 6 { GAP_PX[0] + 6.0 } else { GAP_PX[1] };
        let side = if columns > 6 { SMALLEST_PX + 2.0 } else { 44.0 };
        LEFT_PX + right(model) + side + (side + gap) * count(columns)
    }

    /// The middle of a column.
    pub fn x(&self, column: usize) -> f64 {
        self.xs[column].round()
    }

    /// The distance of the columns.
    pub fn between(&self) -> f64 {
        self.xs.get(1).map_or(self.width, |x| x - self.xs[0])
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.xs.len()
    }

    /// How many units a column has.
    pub fn rows(&self, column: usize) -> usize {
        self.ys.get(column).map_or(0, Vec::len)
    }

    /// All units, column by column, as [`Model::units_on_grid`] gives them.
    pub fn units(&self) -> impl Iterator<Item = Unit> {
        self.ys.iter().enumerate().flat_map(|(column, ys)| (0..ys.len()).map(move |row| Unit { column, row }))
    }

    /// The place of a unit among all.
    pub fn index(&self, unit: Unit) -> usize {
        self.ys[..unit.column].iter().map(Vec::len).sum::<usize>() + unit.row
    }

    /// The middle of a unit.
    pub fn middle(&self, unit: Unit) -> [f64; 2] {
        [self.x(unit.column), self.ys[unit.column][unit.row]]
    }

    /// The unit beside another, towards where an arrow points.
    pub fn beside(&self, unit: Unit, [right, down]: [i32; 2]) -> Unit {
        let moved = |at: usize, by: i32, count: usize| {
            let by = isize::try_from(by).unwrap_or(0);
            at.checked_add_signed(by).map_or(0, |to| to.min(count.saturating_sub(1)))
        };
        let column = moved(unit.column, right, self.columns());
        if column == unit.column {
            return Unit { row: moved(unit.row, down, self.rows(column)), column };
        }
        // The nearest by height.
        let y = self.ys[unit.column][unit.row];
        let far = |row: &usize| (self.ys[column][*row] - y).abs();
        let row = (0..self.rows(column)).min_by(|a, b| far(a).total_cmp(&far(b))).unwrap_or(0);
        Unit { column, row }
    }

    /// The line to a unit from one of the column before.
    pub fn curve(&self, to: Unit, from: usize) -> Curve {
        let [x1, y1] = self.middle(to);
        let [x0, y0] = self.middle(Unit { column: to.column - 1, row: from });
        let (x0, x1) = (x0 + self.side / 2.0, x1 - self.side / 2.0);
        // They end one below the other, so that each can be followed.
        let n = self.rows(to.column - 1);
        let spread = (self.side * 0.7 / count(n)).min(6.0);
        let y1 = y1 + (count(from) - count(n - 1) / 2.0) * spread;
        let bend = 0.45 * (x1 - x0);
        [[x0, y0], [x0 + bend, y0], [x1 - bend, y1], [x1, y1]]
    }

    /// The line at a place, by the unit it goes to and the row it comes from.
    pub fn line_at(&self, at: [f64; 2]) -> Option<(Unit, usize)> {
        let half = self.side / 2.0;
        let column = (1..self.columns())
            .find(|c| at[0] > self.x(c - 1) + half - 1.0 && at[0] < self.x(*c) - half + 1.0)?;
        let mut best = None;
        let mut least = NEAR_PX;
        for row in 0..self.rows(column) {
            for from in 0..self.rows(column - 1) {
                let to = Unit { column, row };
                let distance = distance(&self.curve(to, from), at);
                if distance < least {
                    (least, best) = (distance, Some((to, from)));
                }
            }
        }
        best
    }
}

/// How far a place is from a curve, about.
fn distance(curve: &Curve, [x, y]: [f64; 2]) -> f64 {
    let mut least = f64::INFINITY;
    for i in 0..=PIECES {
        let t = f64::from(i) / f64::from(PIECES);
        let s = 1.0 - t;
        let share = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
        let place = |axis: usize| share.iter().zip(curve).map(|(s, p)| s * p[axis]).sum::<f64>();
        let (dx, dy) = (place(0) - x, place(1) - y);
        least = least.min(dx * dx + dy * dy);
    }
    least.sqrt()
}
