//! The stage of networks: what each run makes of the plane at a step, where its classes meet, and the examples.

use super::{Material, axes};
use crate::net::{Examples, Network, PLANE, Work};
use crate::scene::outputs::{Palette, Reading, marker};
use crate::scene::painter::{Align, Painter, Rect, Stroke, TextStyle};
use crate::scene::style::{Rgba, Theme};
use crate::scene::{Contours, Field, Pixels, Sheet, Viewport, cast};
use crate::surface::View;
use std::rc::Rc;

const TITLE_PX: f64 = 22.0;
const GAP_PX: f64 = 14.0;
/// Points of the plane along a side that the network is asked for.
const SIDE: usize = 160;
/// Levels between the ends of the scale of regression.
const LEVELS: i32 = 8;
/// From this many examples on they are smaller.
const MANY: usize = 1500;

/// What does not move.
pub struct NetArt {
    network: Rc<Network>,
    palette: Palette,
    reading: Reading,
}

/// The middles of the cells of the plane, row after row from the top.
fn middles() -> Vec<[f64; 2]> {
    let at = |i: usize| PLANE * (2.0 * (cast::float(i) + 0.5) / cast::float(SIDE) - 1.0);
    (0..SIDE * SIDE).map(|i| [at(i % SIDE), -at(i / SIDE)]).collect()
}

impl NetArt {
    /// The stage of a network.
    pub fn new(network: &Rc<Network>, theme: Theme) -> Self {
        let labels =
            |examples: &Examples| (0..examples.len()).map(|i| examples.label(i).abs()).fold(0.0, f64::max);
        let largest = labels(&network.train).max(labels(&network.test));
        let reading = Reading::new(&network.model, if largest > 0.0 { largest } else { 1.0 });
        Self { network: Rc::clone(network), palette: Palette::new(theme), reading }
    }

    /// Where the picture of a run stands: squares in rows, as large as they can be.
    fn place(rect: Rect, run: usize, runs: usize) -> Rect {
        let side = |columns: usize| {
            let rows = runs.div_ceil(columns);
            let (columns, rows) = (cast::float(columns), cast::float(rows));
            let across = (rect.width - GAP_PX * (columns - 1.0)) / columns;
            across.min((rect.height - GAP_PX * (rows - 1.0)) / rows - TITLE_PX).max(1.0)
        };
        let columns = (1..=runs.max(1)).max_by(|a, b| side(*a).total_cmp(&side(*b))).unwrap_or(1);
        let side = side(columns);
        let (column, row) = (run % columns, run / columns);
        let used = cast::float(columns) * (side + GAP_PX) - GAP_PX;
        Rect {
            left: rect.left + 0.5 * (rect.width - used) + cast::float(column) * (side + GAP_PX),
            top: rect.top + TITLE_PX + cast::float(row) * (side + GAP_PX + TITLE_PX),
            width: side,
            height: side,
        }
    }

    /// Draws all runs at a step.
    pub fn paint(&self, sheet: &mut dyn Sheet, rect: Rect, material: &Material, step: u32) {
        let runs = &material.link.config.runs;
        let theme = self.palette.theme();
        let style = TextStyle {
            color: theme.text(),
            size_px: 12.0,
            across: Align::Middle,
            down: Align::End,
            halo: None,
        };
        let middles = middles();
        for (i, run) in runs.iter().enumerate() {
            let place = Self::place(rect, i, runs.len());
            let title = [place.left + 0.5 * place.width, place.top - 7.0].map(cast::px);
            sheet.text(title, run.settings.optimizer.name, &style);
            let weights = material.weights.as_ref().and_then(|of| of(i, step));
            let outputs = weights.map(|w| {
                let Network { model, train, .. } = &*self.network;
                model.outputs(&w, train, &middles, &mut Work::new())
            });
            sheet.begin(place);
            if let Some(outputs) = outputs {
                self.plane(sheet, place.width, &outputs);
            }
            self.examples(sheet, place.width);
            sheet.end();
            axes::frame(sheet, place, theme);
        }
    }

    fn plane(&self, sheet: &mut dyn Sheet, side_px: f64, outputs: &[f64]) {
        let units = self.network.model.shape.outputs().max(1);
        let each = || outputs.chunks_exact(units);
        let bytes = each().flat_map(|o| self.reading.color(o, &self.palette, false)).collect();
        let (side, ink) = (cast::id(SIDE), self.palette.theme().text());
        let whole = Rect { left: 0.0, top: 0.0, width: side_px, height: side_px };
        sheet.image(whole, &Pixels { width: side, height: side, bytes });
        if self.reading.is_number() {
            let of = |i: i32| f64::from(i) * self.reading.largest * 2.0 / f64::from(LEVELS);
            let half = LEVELS / 2;
            let others: Vec<f64> = (-half..=half).filter(|i| *i != 0).map(of).collect();
            level(sheet, side_px, each().map(|o| o[0]), &others, (ink.with_alpha(90), 0.75));
            level(sheet, side_px, each().map(|o| o[0]), &[0.0], (ink.with_alpha(200), 1.25));
        } else if units == 1 {
            level(sheet, side_px, each().map(|o| o[0]), &[0.0], (ink.with_alpha(220), 1.25));
        } else if units == 2 {
            level(sheet, side_px, each().map(|o| o[1] - o[0]), &[0.0], (ink.with_alpha(220), 1.25));
        }
    }

    /// Those trained on filled, the others hollow.
    fn examples(&self, sheet: &mut dyn Sheet, side_px: f64) {
        let theme = self.palette.theme();
        let port = Viewport::stretched(View::square(PLANE), side_px, side_px);
        let many = self.network.train.len() + self.network.test.len() > MANY;
        let radius = (side_px / 105.0).max(2.0) * if many { 0.6 } else { 1.0 };
        for (examples, hollow) in [(&self.network.test, true), (&self.network.train, false)] {
            for i in 0..examples.len() {
                let at = port.px_from_plot(examples.point(i)).map(cast::px);
                let class = examples.classes().get(i).map(|c| *c as usize);
                let number = || Rgba(self.palette.at(self.reading.place(examples.label(i))));
                let (shape, color) = (marker(class.unwrap_or(0)), class.map(|c| self.palette.class(c)));
                let edge = if class.is_some() { theme.halo() } else { theme.muted() };
                let color = color.unwrap_or_else(number);
                shape.paint(sheet, at, radius, color, (edge, if hollow { 0.75 } else { 1.0 }));
                if hollow {
                    shape.paint(sheet, at, 0.5 * radius, theme.background(), (edge, 0.0));
                }
            }
        }
    }
}

/// Lines on which a field of the plane has these values.
fn level(
    painter: &mut dyn Painter,
    side_px: f64,
    values: impl Iterator<Item = f64>,
    levels: &[f64],
    (color, width_px): (Rgba, f64),
) {
    let half = PLANE * (1.0 - 1.0 / cast::float(SIDE));
    let mut field = Field::nodes(View::square(half), SIDE, SIDE);
    for (to, from) in field.values_mut().iter_mut().zip(values) {
        *to = from;
    }
    let port = Viewport::stretched(View::square(PLANE), side_px, side_px);
    let lines = Contours::of(&field, levels).polylines(&port, 0..levels.len());
    painter.stroke(&lines, &Stroke { round: true, ..Stroke::solid(color, width_px) });
}
