//! A picture of the plane: a field, the lines on which it has certain values, and the examples.

use super::colors::{Palette, Reading, marker};
use super::picture::Pixels;
use crate::canvas::Layer;
use crate::lab::projector;
use crate::net::{Examples, Network, PLANE};
use crate::scene::contour::Contours;
use crate::scene::{Field, Painter, Rgba, Stroke, Viewport};
use crate::surface::View;
use web_sys::HtmlCanvasElement;

/// How many levels lie between the ends of the scale of regression.
const LEVELS: i32 = 8;

/// What a picture shows.
pub enum Content<'a> {
    /// The outputs, point after point.
    Outputs(&'a [f64], usize),
    /// What one unit gives.
    Unit(&'a [f32]),
}

/// A field with the lines on it.
pub struct Plane {
    field: Pixels,
    lines: Layer,
    size_px: f64,
}

impl Plane {
    /// On two canvases of the page.
    pub fn new(field: HtmlCanvasElement, lines: HtmlCanvasElement) -> Option<Self> {
        Some(Self { field: Pixels::on(field)?, lines: Layer::new(lines)?, size_px: 0.0 })
    }

    /// Takes this size.
    pub fn resize(&mut self, size_px: f64) {
        self.size_px = size_px;
        self.lines.resize((size_px, size_px));
    }

    /// Draws a field on a grid of `side`² points.
    pub fn paint(
        &mut self,
        side: usize,
        content: &Content<'_>,
        reading: &Reading,
        palette: &Palette,
        discrete: bool,
    ) {
        self.lines.clear();
        match *content {
            Content::Unit(values) => {
                let colors = values.iter().map(|v| palette.at(super::colors::squash(f64::from(*v))));
                self.field.fill(side, colors);
                let zero = Self::field_of(side, values.iter().map(|v| f64::from(*v)));
                self.level(&zero, &[0.0], palette.theme().text().with_alpha(150), 1.0);
            }
            Content::Outputs(outputs, units) => {
                let each = || outputs.chunks_exact(units.max(1));
                self.field.fill(side, each().map(|o| reading.color(o, palette, discrete)));
                self.boundaries(side, outputs, units, reading, palette);
            }
        }
    }

    /// Where classes meet, or the levels of a number.
    fn boundaries(&self, side: usize, outputs: &[f64], units: usize, reading: &Reading, palette: &Palette) {
        let each = || outputs.chunks_exact(units.max(1));
        let ink = palette.theme().text();
        if reading.is_number() {
            let field = Self::field_of(side, each().map(|o| o[0]));
            let of = |i: i32| f64::from(i) * reading.largest * 2.0 / f64::from(LEVELS);
            let half = LEVELS / 2;
            let others: Vec<f64> = (-half..=half).filter(|i| *i != 0).map(of).collect();
            self.level(&field, &others, ink.with_alpha(90), 0.75);
            self.level(&field, &[0.0], ink.with_alpha(200), 1.25);
            return;
        }
        if units == 1 {
            let field = Self::field_of(side, each().map(|o| o[0]));
            return self.level(&field, &[0.0], ink.with_alpha(220), 1.25);
        }
        // Edges between more than two are soft: lines would meet badly where three are near.
        if units == 2 {
            let field = Self::field_of(side, each().map(|o| o[1] - o[0]));
            self.level(&field, &[0.0], ink.with_alpha(220), 1.25);
        }
    }

    fn field_of(side: usize, values: impl Iterator<Item = f64>) -> Field {
        #[expect(clippy::cast_precision_loss, reason = "a picture's pixels")]
        let half = PLANE * (1.0 - 1.0 / side as f64);
        let mut field = Field::nodes(View::square(half), side, side);
        for (to, from) in field.values_mut().iter_mut().zip(values) {
            *to = from;
        }
        field
    }

    fn level(&self, field: &Field, levels: &[f64], color: Rgba, width_px: f64) {
        let width_px = projector::lines() * width_px;
        if self.size_px < 1.0 {
            return;
        }
        let contours = Contours::of(field, levels);
        let port = port(self.size_px);
        let lines = contours.polylines(&port, 0..levels.len());
        self.lines.painter().stroke(&lines, &Stroke { round: true, ..Stroke::solid(color, width_px) });
    }
}

/// The whole plane on a square of this size.
pub fn port(size_px: f64) -> Viewport {
    Viewport::stretched(View::square(PLANE), size_px, size_px)
}

/// How the examples are shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// Whether those that are not trained on are.
    pub test: bool,
    /// Which of the examples trained on, and of the others, are taken for another class; these have a ring.
    pub wrong: [Vec<usize>; 2],
    /// The client that each of those trained on belongs to, and how many clients there are.
    pub clients: Option<(Vec<usize>, usize)>,
}

/// The examples on a canvas of their own.
pub struct Points {
    layer: Layer,
}

impl Points {
    /// On a canvas of the page.
    pub fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        Some(Self { layer: Layer::new(canvas)? })
    }

    /// Draws all of them: those trained on filled, the others hollow.
    pub fn paint(
        &self,
        size_px: f64,
        network: &Network,
        reading: &Reading,
        palette: &Palette,
        marks: &Marks,
    ) {
        self.layer.resize((size_px, size_px));
        self.layer.clear();
        let many = network.train.len() + network.test.len() > 1500;
        let radius = (size_px / 105.0).max(2.0) * if many { 0.6 } else { 1.0 };
        let mut pen = Pen { layer: &self.layer, size_px, radius, reading, palette };
        if marks.test {
            pen.all(&network.test, true);
        }
        pen.all(&network.train, false);
        if let Some((clients, count)) = &marks.clients {
            pen.ticks(&network.train, clients, *count);
        }
        for (examples, wrong) in [&network.train, &network.test].into_iter().zip(&marks.wrong) {
            for i in wrong {
                let at = pen.px(examples.point(*i));
                let mut painter = self.layer.painter();
                painter.ring(at, radius + 3.0, palette.theme().halo().with_alpha(200), 3.0);
                painter.ring(at, radius + 3.0, palette.theme().text(), 1.25);
            }
        }
    }
}

struct Pen<'a> {
    layer: &'a Layer,
    size_px: f64,
    radius: f64,
    reading: &'a Reading,
    palette: &'a Palette,
}

impl Pen<'_> {
    #[expect(clippy::cast_possible_truncation, reason = "pixels")]
    fn px(&self, point: [f64; 2]) -> [f32; 2] {
        port(self.size_px).px_from_plot(point).map(|px| px as f32)
    }

    fn all(&mut self, examples: &Examples, hollow: bool) {
        let theme = self.palette.theme();
        let mut painter = self.layer.painter();
        for i in 0..examples.len() {
            let at = self.px(examples.point(i));
            let class = examples.classes().get(i).map(|c| *c as usize);
            let (shape, color) = match class {
                Some(class) => (marker(class), self.palette.class(class)),
                None => (marker(0), Rgba(self.palette.at(self.reading.place(examples.label(i))))),
            };
            let edge = if class.is_some() { theme.halo() } else { theme.muted() };
            if !hollow {
                shape.paint(&mut painter, at, self.radius, color, (edge, 1.0));
                continue;
            }
            shape.paint(&mut painter, at, self.radius, color, (edge, 0.75));
            shape.paint(&mut painter, at, self.radius * 0.5, theme.background(), (edge, 0.0));
        }
    }

    /// A tick at each example, pointing where the hand of a clock would that has as many hours as there are clients.
    #[expect(clippy::cast_precision_loss, reason = "few clients")]
    fn ticks(&mut self, examples: &Examples, clients: &[usize], count: usize) {
        use crate::math::num;
        use crate::scene::Polylines;
        let mut lines = Polylines::default();
        for (i, client) in clients.iter().enumerate().take(examples.len()) {
            let angle = std::f64::consts::TAU * *client as f64 / count.max(1) as f64;
            let (across, up) = (num::sin(angle), num::cos(angle));
            let [x, y] = self.px(examples.point(i)).map(f64::from);
            #[expect(clippy::cast_possible_truncation, reason = "pixels")]
            let at = |r: f64| [(x + r * across) as f32, (y - r * up) as f32];
            lines.begin(at(self.radius + 0.5));
            lines.push(at(self.radius + 5.0));
        }
        self.layer.painter().stroke(&lines, &Stroke::solid(self.palette.theme().text(), 1.25));
    }
}
