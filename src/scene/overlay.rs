//! What a method has in mind, drawn where the run is: its gradient and step, the directions, sizes, points and figures of
//! its state.

mod local;
mod noise;

use super::cast;
use super::painter::{Align, Painter, PointPx, Polylines, Stroke, TextStyle};
use super::stage::Arrow;
use super::style::{Rgba, RunStyle, Theme};
use super::viewport::Viewport;
use crate::formula::bare;
use crate::math::num;
use crate::optim::StateKind;
use crate::run::inspect::{Inspection, Shown};

pub use crate::look::Overlay;

/// Directions have other units than the plane, so their arrows are as long as the step they would give, within these: out of
/// the run's mark at least, and not across the stage.
const ARROW_PX: (f64, f64) = (34.0, 150.0);
/// Sizes and rates of the coordinates are drawn against the largest, which is this long.
const SIZE_PX: f64 = 44.0;
/// Corners of the figure that stands for an ellipse.
const ELLIPSE_CORNERS: u32 = 48;
const LABEL_PX: f64 = 12.0;
/// About how wide a letter is, and how far apart rows of labels stand.
const LETTER_PX: f32 = 7.0;
const ROW_PX: f32 = 14.0;

impl Overlay {
    /// What a part of a state is drawn with; numbers and matrices are not drawn.
    #[must_use]
    pub const fn of(kind: StateKind) -> Option<Self> {
        match kind {
            StateKind::Direction | StateKind::Displacement | StateKind::Impulse => Some(Self::Momentum),
            StateKind::Spread | StateKind::Size => Some(Self::Spread),
            StateKind::Rates => Some(Self::Rates),
            StateKind::Point => Some(Self::Averages),
            StateKind::Points | StateKind::Samples | StateKind::Polygon | StateKind::Ring => {
                Some(Self::Population)
            }
            StateKind::Ellipse => Some(Self::Covariance),
            StateKind::Radius => Some(Self::Region),
            StateKind::Trials => Some(Self::Trials),
            StateKind::Matrix | StateKind::Number => None,
        }
    }
}

/// Whether a kind belongs to the step that leaves the point, and is read after it; the others are where they are now.
const fn is_of_the_step(kind: StateKind) -> bool {
    matches!(
        kind,
        StateKind::Direction
            | StateKind::Displacement
            | StateKind::Impulse
            | StateKind::Spread
            | StateKind::Size
            | StateKind::Rates
            | StateKind::Trials
            | StateKind::Samples
            | StateKind::Ellipse
    )
}

/// Draws overlays on the stage.
pub struct OverlayPen<'a> {
    /// What is drawn with.
    pub painter: &'a mut dyn Painter,
    /// The stage.
    pub port: &'a Viewport,
    /// The run's colour.
    pub style: RunStyle,
    /// What it stands on.
    pub theme: Theme,
    /// Where labels stand already: their left and right ends and their rows; empty at first.
    pub labels: Vec<[f32; 3]>,
}

impl OverlayPen<'_> {
    /// The overlays of the method that there is something to draw for.
    #[must_use]
    pub fn has(seen: &Inspection) -> Vec<Overlay> {
        let plane = seen.x.len() == 2;
        let of = |o: &Overlay| match o {
            Overlay::Gradient => seen.gradient.iter().any(|g| *g != 0.0),
            Overlay::Step => true,
            Overlay::Noise => seen.noise.as_ref().is_some_and(|noise| noise.sigma > 0.0),
            _ => seen.after.iter().any(|i| Overlay::of(i.kind) == Some(*o)),
        };
        Overlay::ALL.into_iter().filter(|o| plane && of(o)).collect()
    }

    /// Draws what is switched on of a run at a step; `lit` is a symbol that is drawn in any case, and thicker. Nothing for
    /// problems that are not in the plane.
    pub fn paint(&mut self, seen: &Inspection, on: &[Overlay], lit: Option<&str>) {
        let &[x, y] = &seen.x[..] else {
            return;
        };
        let from = self.px([x, y]);
        for (now, after) in [(&seen.before, false), (&seen.after, true)] {
            for item in now.iter().filter(|i| is_of_the_step(i.kind) == after) {
                let lit = lit == Some(item.symbol);
                // A corrected average points where the plain one does.
                let twin = bare(item.symbol);
                let repeats =
                    twin != item.symbol && now.iter().any(|i| i.symbol == twin && i.kind == item.kind);
                if lit || !repeats && Overlay::of(item.kind).is_some_and(|o| on.contains(&o)) {
                    self.item(item, seen, from, lit);
                }
            }
        }
        if on.contains(&Overlay::Noise)
            && let Some(noise) = &seen.noise
        {
            noise::paint(self, noise, from);
        }
        if on.contains(&Overlay::Gradient) || lit == Some("g") {
            self.direction(from, &seen.gradient, -seen.lr, "−g", lit == Some("g"));
        }
        if (on.contains(&Overlay::Step) || lit == Some("θ"))
            && let &[a, b] = &seen.next[..]
            && (a + b).is_finite()
        {
            let to = self.px([a, b]);
            self.arrow(from, to, "", 2.5 + f64::from(u8::from(lit == Some("θ"))));
        }
    }

    fn px(&self, point: [f64; 2]) -> PointPx {
        // Far points only have to keep their direction.
        self.port.px_from_plot(point).map(|v| cast::px(num::clamp(v, -1e5, 1e5)))
    }

    fn color(&self) -> Rgba {
        self.style.color(self.theme)
    }

    fn item(&mut self, item: &Shown, seen: &Inspection, from: PointPx, lit: bool) {
        let v = &item.values;
        if v.iter().any(|v| !v.is_finite()) {
            return;
        }
        match item.kind {
            StateKind::Direction => self.direction(from, v, -seen.lr, &format!("−{}", item.symbol), lit),
            StateKind::Displacement => self.direction(from, v, 1.0, item.symbol, lit),
            StateKind::Impulse => self.direction(from, v, -1.0, &format!("−{}", item.symbol), lit),
            StateKind::Spread => {
                let roots: Vec<f64> = v.iter().map(|v| v.abs().sqrt()).collect();
                self.sizes(from, &roots, item.symbol, false, lit);
            }
            StateKind::Size => self.sizes(from, v, item.symbol, false, lit),
            StateKind::Rates => self.sizes(from, v, item.symbol, true, lit),
            StateKind::Point => self.point(v, item.symbol),
            StateKind::Points | StateKind::Samples => self.points(v, false, 0.0, lit),
            StateKind::Polygon => self.points(v, true, 2.0, lit),
            StateKind::Ring => self.points(v, true, 1.0, lit),
            StateKind::Trials => self.trials(from, v),
            StateKind::Ellipse => self.covariance(from, v, lit),
            StateKind::Radius => {
                if let &[r] = &v[..] {
                    let [per_x, _] = self.port.plot_per_px();
                    let radius_px = (r / per_x).min(1e5);
                    self.painter.ring(from, radius_px, self.theme.halo(), 4.0);
                    self.painter.ring(from, radius_px, self.color(), if lit { 3.0 } else { 2.0 });
                }
            }
            StateKind::Matrix | StateKind::Number => {}
        }
    }

    fn direction(&mut self, from: PointPx, v: &[f64], scale: f64, label: &str, lit: bool) {
        let &[a, b] = v else {
            return;
        };
        let [per_x, per_y] = self.port.plot_per_px();
        let (dx, dy) = (scale * a / per_x, -scale * b / per_y);
        let length = num::norm(&[dx, dy]);
        if !(length.is_finite() && length > 0.0) {
            return;
        }
        let shown = num::clamp(length, ARROW_PX.0, ARROW_PX.1) / length;
        let to = [from[0] + cast::px(dx * shown), from[1] + cast::px(dy * shown)];
        self.arrow(from, to, label, if lit { 3.5 } else { 2.0 });
    }

    fn arrow(&mut self, from: PointPx, to: PointPx, label: &str, width_px: f64) {
        Arrow { from, to, color: self.color(), width_px }.paint(self.painter, self.theme);
        if !label.is_empty() {
            let aside = if to[0] >= from[0] { 8.0 } else { -8.0 };
            self.label([to[0] + aside, to[1]], label, if aside > 0.0 { Align::Start } else { Align::End });
        }
    }

    fn label(&mut self, mut at: PointPx, text: &str, across: Align) {
        // Below what stands there: arrows often point the same way.
        let width = LETTER_PX * cast::px(cast::float(text.chars().count()));
        let left = at[0]
            - match across {
                Align::Start => 0.0,
                Align::Middle => 0.5 * width,
                Align::End => width,
            };
        let taken = |y: f32, l: &[f32; 3]| l[0] < left + width && left < l[1] && (l[2] - y).abs() < ROW_PX;
        while self.labels.iter().any(|l| taken(at[1], l)) {
            at[1] += ROW_PX;
        }
        self.labels.push([left, left + width, at[1]]);
        let style = TextStyle {
            color: self.theme.text(),
            size_px: LABEL_PX,
            across,
            down: Align::Middle,
            halo: Some(self.theme.halo()),
        };
        self.painter.text(at, text, &style);
    }

    /// A closed line with a halo.
    fn outline(&mut self, corners: &[PointPx], width_px: f64, dash_px: &[f64]) {
        let Some(first) = corners.first() else {
            return;
        };
        let mut line = Polylines::line(corners);
        line.push(*first);
        self.painter.stroke(&line, &Stroke::solid(self.theme.halo(), width_px + 2.0));
        self.painter.stroke(&line, &Stroke { dash_px, ..Stroke::solid(self.color(), width_px) });
    }

    fn ellipse(&mut self, centre: PointPx, axes: [[f64; 2]; 2], width_px: f64, dash_px: &[f64]) {
        let corners: Vec<PointPx> = (0..ELLIPSE_CORNERS)
            .map(|i| {
                let turn = std::f64::consts::TAU * f64::from(i) / f64::from(ELLIPSE_CORNERS);
                let (c, s) = (num::cos(turn), num::sin(turn));
                [0, 1].map(|k| {
                    let off = c * axes[0][k] + s * axes[1][k];
                    centre[k] + cast::px(num::clamp(off, -1e5, 1e5))
                })
            })
            .collect();
        self.outline(&corners, width_px, dash_px);
    }

    fn sizes(&mut self, at: PointPx, v: &[f64], label: &str, dashed: bool, lit: bool) {
        let &[a, b] = v else {
            return;
        };
        let largest = a.abs().max(b.abs());
        if largest > 0.0 {
            let (a, b) = (SIZE_PX * a / largest, SIZE_PX * b / largest);
            let dash: &[f64] = if dashed { &[5.0, 4.0] } else { &[] };
            self.ellipse(at, [[a, 0.0], [0.0, b]], if lit { 3.0 } else { 1.5 }, dash);
            self.label(
                [at[0] + cast::px(0.71 * a + 4.0), at[1] - cast::px(0.71 * b + 4.0)],
                label,
                Align::Start,
            );
        }
    }

    fn covariance(&mut self, at: PointPx, v: &[f64], lit: bool) {
        let &[a, b, _, c] = v else {
            return;
        };
        let ([large, small], [x, y]) = num::eigen2(a, b, c);
        let [per_x, per_y] = self.port.plot_per_px();
        let (r, s) = (large.max(0.0).sqrt(), small.max(0.0).sqrt());
        let axes = [[r * x / per_x, -r * y / per_y], [-s * y / per_x, -s * x / per_y]];
        self.ellipse(at, axes, if lit { 3.0 } else { 2.0 }, &[]);
    }

    fn point(&mut self, v: &[f64], label: &str) {
        let &[x, y] = v else {
            return;
        };
        let at = self.px([x, y]);
        self.painter.disc(at, 6.5, self.theme.halo());
        self.painter.ring(at, 5.0, self.color(), 2.5);
        self.label([at[0] + 10.0, at[1]], label, Align::Start);
    }

    fn points(&mut self, v: &[f64], closed: bool, width_px: f64, lit: bool) {
        let places: Vec<PointPx> = v.chunks_exact(2).map(|p| self.px([p[0], p[1]])).collect();
        if closed {
            self.outline(&places, if lit { width_px + 1.0 } else { width_px }, &[]);
        }
        for at in places {
            self.painter.disc(at, 4.0, self.theme.halo());
            self.painter.disc(at, if lit { 3.5 } else { 2.75 }, self.color());
        }
    }

    fn trials(&mut self, from: PointPx, v: &[f64]) {
        let places: Vec<PointPx> = v.chunks_exact(2).map(|p| self.px([p[0], p[1]])).collect();
        for at in &places {
            let line = Polylines::line(&[from, *at]);
            self.painter.stroke(&line, &Stroke { dash_px: &[2.0, 3.0], ..Stroke::solid(self.color(), 1.0) });
        }
        for (i, at) in (1..).zip(places) {
            self.painter.disc(at, 4.5, self.theme.halo());
            self.painter.ring(at, 3.5, self.color(), 1.5);
            // One alone needs no number.
            if v.len() > 2 {
                self.label([at[0] + 6.0, at[1] - 6.0], &format!("{i}"), Align::Start);
            }
        }
    }
}
