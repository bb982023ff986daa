//! Draws what a study has found.

use super::labels::{Label, Placer, SIZE_PX};
use super::{Arrows, Curvature, Labels, Streams, Study, Zeros};
use crate::look::Overlay;
use crate::math::num;
use crate::scene::cast;
use crate::scene::painter::{Align, Painter, PointPx, Polylines, Stroke, TextStyle};
use crate::scene::stage::Arrow;
use crate::scene::style::{Rgba, Theme};
use crate::scene::viewport::Viewport;
use crate::surface::study::{CriticalPoint, Grade, Kind};

/// The longest arrow of the gradient field, and the shortest.
const ARROW_PX: (f64, f64) = (30.0, 9.0);
/// How far apart hatches stand.
const HATCH_PX: f64 = 11.0;
/// ∂f/∂x = 0 is dashed, ∂f/∂y = 0 is dotted.
const DASHES: [&[f64]; 2] = [&[9.0, 5.0], &[2.0, 4.0]];
/// How far apart the heads of a line of descent stand.
const HEADS_PX: f64 = 130.0;

/// Draws on the stage.
pub struct StudyPen<'a> {
    /// What is drawn with.
    pub painter: &'a mut dyn Painter,
    /// The stage.
    pub port: &'a Viewport,
    /// What it stands on.
    pub theme: Theme,
}

impl StudyPen<'_> {
    /// Draws all that is known of what is wanted, but for the region that depends on a run.
    pub fn paint(&mut self, study: &Study) {
        if let Some(streams) = study.streams.get() {
            self.streams(streams);
        }
        if let Some(zeros) = study.zeros.get() {
            self.zeros(zeros);
        }
        if let Some(arrows) = study.arrows.get() {
            self.arrows(arrows);
        }
        if let Some(labels) = study.labels.get() {
            self.labels(labels);
        }
        if let Some(search) = study.critical.get() {
            self.critical(search.found());
        }
    }

    fn px(&self, point: [f64; 2]) -> PointPx {
        self.port.px_from_plot(point).map(|v| cast::px(num::clamp(v, -1e5, 1e5)))
    }

    fn haloed(&mut self, lines: &Polylines, width_px: f64, dash_px: &[f64]) {
        let halo = Stroke::solid(self.theme.halo().with_alpha(170), width_px + 2.0);
        self.painter.stroke(lines, &halo);
        self.painter.stroke(lines, &Stroke { dash_px, ..Stroke::solid(self.theme.text(), width_px) });
    }

    fn streams(&mut self, streams: &Streams) {
        let mut all = Polylines::default();
        let mut heads = Vec::new();
        for line in &streams.lines {
            let mut walked = 0.4 * HEADS_PX;
            let mut before: Option<PointPx> = None;
            for point in line {
                let at = self.px(*point);
                match before {
                    None => all.begin(at),
                    Some(from) => {
                        all.push(at);
                        walked += num::norm(&[f64::from(at[0] - from[0]), f64::from(at[1] - from[1])]);
                        if walked > HEADS_PX {
                            walked = 0.0;
                            heads.push([from, at]);
                        }
                    }
                }
                before = Some(at);
            }
        }
        self.haloed(&all, 1.0, &[]);
        for [from, to] in heads {
            self.head(from, to);
        }
    }

    /// A small triangle that points the way.
    fn head(&mut self, from: PointPx, to: PointPx) {
        let d = [f64::from(to[0] - from[0]), f64::from(to[1] - from[1])];
        let size = num::norm(&d);
        if size > 0.0 {
            let (ux, uy) = (d[0] / size, d[1] / size);
            let at = |along: f64, aside: f64| {
                let [x, y] = to.map(f64::from);
                [cast::px(x + along * ux - aside * uy), cast::px(y + along * uy + aside * ux)]
            };
            self.painter.fill(&[at(5.0, 0.0), at(-4.0, 4.6), at(-4.0, -4.6)], self.theme.halo());
            self.painter.fill(&[at(3.5, 0.0), at(-3.0, 3.2), at(-3.0, -3.2)], self.theme.text());
        }
    }

    fn zeros(&mut self, zeros: &Zeros) {
        let mut placer = Placer::new(self.port);
        let mut labels = Vec::new();
        for ((contours, dash), name) in zeros.lines.iter().zip(DASHES).zip(["∂f/∂x = 0", "∂f/∂y = 0"])
        {
            let lines = contours.polylines(self.port, 0..1);
            self.haloed(&lines, 1.75, dash);
            // Named once, on a line that has room for it.
            let before = labels.len();
            for line in lines.lines().filter(|l| l.len() > 20) {
                if labels.len() == before {
                    placer.along(line, name, 1, &mut labels);
                }
            }
        }
        self.texts(&labels);
    }

    fn texts(&mut self, labels: &[Label]) {
        let style = TextStyle {
            color: self.theme.text(),
            size_px: SIZE_PX,
            across: Align::Middle,
            down: Align::Middle,
            halo: Some(self.theme.halo()),
        };
        for label in labels {
            let at = self.px(label.at);
            self.painter.turned_text(at, label.turn, &label.text, &style);
        }
    }

    fn labels(&mut self, labels: &Labels) {
        self.texts(&labels.labels);
    }

    fn arrows(&mut self, arrows: &Arrows) {
        let [per_x, per_y] = self.port.plot_per_px();
        for arrow in &arrows.arrows {
            let d = [arrow.downhill[0] / per_x, -arrow.downhill[1] / per_y];
            let half = 0.5 * (ARROW_PX.1 + (ARROW_PX.0 - ARROW_PX.1) * arrow.size) / num::norm(&d);
            let [x, y] = self.px(arrow.at).map(f64::from);
            let end = |side: f64| [cast::px(x + side * half * d[0]), cast::px(y + side * half * d[1])];
            let color = self.theme.text();
            Arrow { from: end(-1.0), to: end(1.0), color, width_px: 1.4 }.paint(self.painter, self.theme);
        }
    }

    /// The marks of critical points: ▼, ⋈ and △, with a ring where curvatures do not tell which; dots along lines of them.
    pub fn critical(&mut self, points: &[CriticalPoint]) {
        let theme = self.theme;
        let mut kinds = Vec::new();
        for point in points {
            let at = self.px(point.at);
            if point.grade == Grade::Line {
                self.painter.disc(at, 3.5, theme.halo());
                self.painter.disc(at, 2.2, theme.text());
                continue;
            }
            if point.grade != Grade::Regular {
                self.painter.ring(at, 11.0, theme.halo(), 3.5);
                self.painter.ring(at, 11.0, theme.text(), 1.5);
            }
            kinds.push((point.kind, at));
        }
        self.kinds(&kinds);
    }

    /// Marks of kinds. All outlines are drawn at once: there may be hundreds.
    fn kinds(&mut self, marks: &[(Kind, PointPx)]) {
        let theme = self.theme;
        let mut outlines = Polylines::default();
        let mut inner = Vec::new();
        for (kind, at) in marks {
            let corners: &[[f32; 2]] = match kind {
                Kind::Minimum => &[[0.0, 6.5], [6.0, -4.5], [-6.0, -4.5]],
                Kind::Maximum => &[[0.0, -6.5], [6.0, 4.5], [-6.0, 4.5]],
                Kind::Saddle => &[[-6.5, -5.0], [6.5, 5.0], [6.5, -5.0], [-6.5, 5.0]],
            };
            let corners: Vec<PointPx> = corners.iter().map(|[x, y]| [at[0] + x, at[1] + y]).collect();
            for (i, corner) in corners.iter().chain(&corners[..2]).enumerate() {
                if i == 0 { outlines.begin(*corner) } else { outlines.push(*corner) }
            }
            inner.push((corners, if *kind == Kind::Minimum { theme.text() } else { theme.halo() }));
        }
        let halo = Stroke { round: true, ..Stroke::solid(theme.halo(), 4.5) };
        self.painter.stroke(&outlines, &halo);
        for (corners, color) in inner {
            self.painter.fill(&corners, color);
        }
        self.painter.stroke(&outlines, &Stroke::solid(theme.text(), 1.75));
    }

    /// Hatches where gradient descent with this rate is stable.
    pub fn stable(&mut self, curvature: &Curvature, lr: f64) {
        let (width, height) = (self.port.width_px, self.port.height_px);
        let mut hatches = Polylines::default();
        let mut foot = HATCH_PX;
        while foot < width + height {
            // From the left or lower edge up to the right or upper one.
            let from = if foot < height { [0.0, foot] } else { [foot - height, height] };
            let to = if foot < width { [foot, 0.0] } else { [width, foot - width] };
            for [a, b] in curvature.stable_pieces(self.port, lr, from, to) {
                hatches.begin(a.map(cast::px));
                hatches.push(b.map(cast::px));
            }
            foot += HATCH_PX;
        }
        self.painter.stroke(&hatches, &Stroke::solid(self.theme.halo().with_alpha(90), 2.5));
        self.painter.stroke(&hatches, &Stroke::solid(self.theme.text().with_alpha(150), 1.0));
        let edges = curvature.edges(lr);
        let (none, most) = (edges.polylines(self.port, 0..1), edges.polylines(self.port, 1..2));
        self.haloed(&none, 1.0, &[]);
        self.haloed(&most, 2.0, &[]);
        let mut labels = Vec::new();
        let mut placer = Placer::new(self.port);
        for (lines, name) in [(&most, "λmax = 2/η"), (&none, "λmax = 0")] {
            let before = labels.len();
            for line in lines.lines().filter(|l| l.len() > 12) {
                if labels.len() == before {
                    placer.along(line, name, 1, &mut labels);
                }
            }
        }
        self.texts(&labels);
    }
}

/// Draws a sample of an overlay for the menu, in the middle of a picture of 44 × 16 pixels; nothing for those that are drawn
/// in a run's colour.
pub fn sample(painter: &mut dyn Painter, overlay: Overlay, theme: Theme, color: Rgba) {
    let port = Viewport::stretched(crate::surface::View { x: (0.0, 44.0), y: (-16.0, 0.0) }, 44.0, 16.0);
    let mut pen = StudyPen { painter, port: &port, theme };
    let line = Polylines::line(&[[2.0, 8.0], [42.0, 8.0]]);
    match overlay {
        Overlay::Field => {
            Arrow { from: [6.0, 8.0], to: [38.0, 8.0], color: theme.text(), width_px: 1.4 }
                .paint(pen.painter, theme);
        }
        Overlay::Descent => {
            pen.haloed(&line, 1.0, &[]);
            pen.head([18.0, 8.0], [23.0, 8.0]);
        }
        Overlay::Zeros => {
            for (dash, y) in DASHES.into_iter().zip([5.0, 11.0]) {
                pen.haloed(&Polylines::line(&[[2.0, y], [42.0, y]]), 1.75, dash);
            }
        }
        Overlay::Critical => {
            let x = [(Kind::Minimum, 8.0), (Kind::Saddle, 22.0), (Kind::Maximum, 36.0)];
            pen.kinds(&x.map(|(kind, x)| (kind, [x, 8.0])));
        }
        Overlay::Stable => {
            let mut hatches = Polylines::default();
            for x in [2.0, 11.0, 20.0, 29.0] {
                hatches.begin([x, 15.0]);
                hatches.push([x + 13.0, 2.0]);
            }
            pen.painter.stroke(&hatches, &Stroke::solid(theme.text(), 1.0));
        }
        Overlay::Model => {
            let around = (0..=24).map(|i| {
                let turn = std::f64::consts::TAU * f64::from(i) / 24.0;
                [cast::px(22.0 + 17.0 * num::cos(turn)), cast::px(8.0 + 5.5 * num::sin(turn))]
            });
            let curve = Polylines::line(&around.collect::<Vec<_>>());
            pen.painter.stroke(&curve, &Stroke { dash_px: &[5.0, 3.0], ..Stroke::solid(color, 1.75) });
        }
        Overlay::Newton => {
            Arrow { from: [3.0, 8.0], to: [40.0, 8.0], color, width_px: 2.5 }.paint(pen.painter, theme);
        }
        _ => {}
    }
}
