//! A fan of seeds on the stage: faint paths, the median of the places of the runs at a step, and the ellipse around it.

use super::cast;
use super::clip::clip;
use super::painter::{Align, Painter, PointPx, Polylines, Stroke, TextStyle};
use super::style::{RunStyle, Theme};
use super::viewport::Viewport;
use crate::math::num;
use crate::run::Trace;
use crate::run::fan::Cloud;

/// Rows of a path that are drawn at the most.
const MOST_ROWS: usize = 1000;
/// A point nearer to the last one drawn is not drawn.
const THIN_PX: f64 = 2.0;
const MARGIN_PX: f64 = 6.0;
const CORNERS: u32 = 60;
const PATH_ALPHA: u8 = 120;
const CLOUD_ALPHA: u8 = 46;

/// Draws the paths of some runs, all the way: thin and faint.
pub fn paths(painter: &mut dyn Painter, traces: &[Trace], port: &Viewport, style: &RunStyle, theme: Theme) {
    let rect = port.rect().grown(MARGIN_PX);
    let mut lines = Polylines::default();
    for trace in traces {
        let every = trace.len().div_ceil(MOST_ROWS).max(1);
        let rows = (0..trace.last()).step_by(every).chain([trace.last()]);
        let mut at = None;
        let mut end = None;
        for point in rows.filter_map(|row| trace.point2(row)) {
            let to = port.px_from_plot(point);
            let Some(from) = at.replace(to) else { continue };
            if (to[0] - from[0]).abs() < THIN_PX && (to[1] - from[1]).abs() < THIN_PX {
                at = Some(from);
                continue;
            }
            let Some([a, b]) = clip(from, to, &rect) else { continue };
            if end != Some(a) {
                lines.begin(a.map(cast::px));
            }
            lines.push(b.map(cast::px));
            end = Some(b);
        }
    }
    painter.stroke(&lines, &Stroke::solid(style.color(theme).with_alpha(PATH_ALPHA), 1.0));
}

/// Draws where the runs are: a dot each, the ellipse that holds 80 % of them, and their median.
pub fn cloud(painter: &mut dyn Painter, cloud: &Cloud, port: &Viewport, style: &RunStyle, theme: Theme) {
    let color = style.color(theme);
    let px = |p: [f64; 2]| port.px_from_plot(p).map(|v| cast::px(num::clamp(v, -1e5, 1e5)));
    for point in &cloud.points {
        let at = px(*point);
        painter.disc(at, 2.75, theme.halo());
        painter.disc(at, 1.75, color);
    }
    let [[ax, ay], [bx, by]] = cloud.axes;
    let corners: Vec<PointPx> = (0..CORNERS)
        .map(|i| {
            let turn = std::f64::consts::TAU * f64::from(i) / f64::from(CORNERS);
            let (c, s) = (num::cos(turn), num::sin(turn));
            px([cloud.median[0] + c * ax + s * bx, cloud.median[1] + c * ay + s * by])
        })
        .collect();
    painter.fill(&corners, color.with_alpha(CLOUD_ALPHA));
    let mut outline = Polylines::line(&corners);
    outline.points.extend(corners.first());
    painter.stroke(&outline, &Stroke::solid(theme.halo(), 3.0));
    painter.stroke(&outline, &Stroke { dash_px: &[6.0, 3.0], ..Stroke::solid(color, 1.5) });
    let at = px(cloud.median);
    let cross = Polylines {
        points: vec![[at[0] - 6.0, at[1]], [at[0] + 6.0, at[1]], [at[0], at[1] - 6.0], [at[0], at[1] + 6.0]],
        starts: vec![0, 2],
    };
    painter.stroke(&cross, &Stroke::solid(theme.halo(), 5.0));
    painter.stroke(&cross, &Stroke::solid(theme.text(), 2.0));
    let text = TextStyle {
        color: theme.text(),
        size_px: 12.0,
        across: Align::Start,
        down: Align::Start,
        halo: Some(theme.halo()),
    };
    painter.text([at[0] + 8.0, at[1] + 8.0], "median", &text);
}
