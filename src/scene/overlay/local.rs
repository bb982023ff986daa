//! What the surface is about a run's point: the quadratic model, its axes, and Newton's step.

use super::{Overlay, OverlayPen};
use crate::math::num;
use crate::param::readable;
use crate::scene::cast;
use crate::scene::painter::{Align, PointPx, Polylines, Stroke};
use crate::surface::study::Model;

/// Half the length of an axis.
const AXIS_PX: f64 = 46.0;
/// How large the level curve is drawn at least.
const LEAST_PX: f64 = 40.0;
/// How far apart its points are.
const FINE_PX: f64 = 4.0;
/// An arrow shorter than this is not seen.
const SHORTEST_PX: f64 = 3.0;
const MODEL_DASH: &[f64] = &[7.0, 4.0];
const UPHILL_DASH: &[f64] = &[4.0, 3.0];

impl OverlayPen<'_> {
    /// Draws what is switched on of a surface's model about the run's point.
    pub fn paint_model(&mut self, model: &Model, on: &[Overlay]) {
        if on.contains(&Overlay::Model) {
            self.level_curve(model);
            self.axes(model);
        }
        if on.contains(&Overlay::Newton) {
            self.newton(model);
        }
    }

    fn level_curve(&mut self, model: &Model) {
        let [per_x, per_y] = self.port.plot_per_px();
        let per_px = per_x.max(per_y);
        let [x, y] = self.port.px_from_plot(model.at);
        let (w, h) = (self.port.width_px, self.port.height_px);
        let far_px = num::norm(&[x.abs().max((w - x).abs()), y.abs().max((h - y).abs())]);
        let mut lines = Polylines::default();
        for curve in model.level_curve(LEAST_PX * per_px, FINE_PX * per_px, far_px * per_px) {
            for (i, point) in curve.into_iter().enumerate() {
                let at = self.px(point);
                if i == 0 { lines.begin(at) } else { lines.push(at) }
            }
        }
        self.painter.stroke(&lines, &Stroke::solid(self.theme.halo(), 4.0));
        self.painter.stroke(&lines, &Stroke { dash_px: MODEL_DASH, ..Stroke::solid(self.color(), 2.0) });
    }

    /// The eigenvectors, both ways, with their eigenvalues.
    fn axes(&mut self, model: &Model) {
        let from = self.px(model.at);
        let [per_x, per_y] = self.port.plot_per_px();
        for (i, (axis, value)) in model.axes.into_iter().zip(model.curvatures).enumerate() {
            // Upwards, or to the right.
            let mut d = [axis[0] / per_x, -axis[1] / per_y];
            let size = num::norm(&d);
            if d[1] > 1e-9 * size || d[1].abs() <= 1e-9 * size && d[0] < 0.0 {
                d = d.map(|v| -v);
            }
            let end = |side: f64| -> PointPx {
                [0, 1].map(|k| from[k] + cast::px(num::clamp(side * AXIS_PX * d[k] / size, -1e5, 1e5)))
            };
            let line = Polylines::line(&[end(-1.0), end(1.0)]);
            self.painter.stroke(&line, &Stroke::solid(self.theme.halo(), 3.5));
            self.painter.stroke(&line, &Stroke::solid(self.theme.text(), 1.5));
            let text = format!("λ{} {}", ["₁", "₂"][i], readable(value).replace('-', "−"));
            let right = d[0] >= -0.5 * size;
            let aside = if right { 7.0 } else { -7.0 };
            let [x, y] = end(1.0);
            self.label([x + aside, y], &text, if right { Align::Start } else { Align::End });
        }
    }

    fn newton(&mut self, model: &Model) {
        let Some(step) = model.newton_step() else {
            return;
        };
        let from = self.px(model.at);
        let to = self.px([model.at[0] + step[0], model.at[1] + step[1]]);
        let d = [f64::from(to[0] - from[0]), f64::from(to[1] - from[1])];
        let length = num::norm(&d);
        if length.is_nan() || length < SHORTEST_PX {
            return;
        }
        let uphill = model.is_uphill(step);
        let (ux, uy) = (cast::px(d[0] / length), cast::px(d[1] / length));
        let head = cast::px((0.5 * length).min(11.0));
        let neck = [to[0] - head * ux, to[1] - head * uy];
        let shaft = Polylines::line(&[from, neck]);
        let dash_px = if uphill { UPHILL_DASH } else { &[] };
        let aside = 0.5 * head;
        let tip =
            [to, [neck[0] - aside * uy, neck[1] + aside * ux], [neck[0] + aside * uy, neck[1] - aside * ux]];
        self.painter.stroke(&shaft, &Stroke::solid(self.theme.halo(), 5.0));
        self.painter.stroke(&shaft, &Stroke { dash_px, ..Stroke::solid(self.color(), 2.5) });
        // An open head tells it from the method's own arrows.
        self.painter.fill(&tip, self.theme.halo());
        let outline = Polylines::line(&[tip[0], tip[1], tip[2], tip[0], tip[1]]);
        self.painter.stroke(&outline, &Stroke::solid(self.color(), 2.0));
        let text = if uphill { "Newton, uphill" } else { "Newton" };
        // Beside the tip, or on the stage where the step leads beyond it.
        let near = if length < 120.0 { 1.0 } else { cast::px(120.0 / length) };
        let at = [from[0] + near * (to[0] - from[0]), from[1] + near * (to[1] - from[1])];
        let right = ux >= 0.0;
        let side = if right { 9.0 } else { -9.0 };
        self.label([at[0] + side, at[1]], text, if right { Align::Start } else { Align::End });
    }
}
