//! Gradient noise as it acts: the gradient, what is added to it and their sum, to one scale, and around the tip of the first
//! the circles within which other seeds would have put the sum.

use super::OverlayPen;
use crate::math::num;
use crate::run::inspect::Noise;
use crate::scene::cast;
use crate::scene::painter::{Align, PointPx};
use crate::scene::stage::Arrow;

/// The longest of the arrows, and of the way to the outer circle, is this long.
const LONGEST_PX: f64 = 150.0;
/// The arrows that are thin are those that the method does not see.
const WIDTHS_PX: [f64; 2] = [1.75, 3.0];
/// What is shorter than this has no room for a label of its own.
const LABELLED_PX: f64 = 9.0;

/// Draws the noise at a point. Downhill is forward, so all is turned around: −∇f, −noise and their sum −g.
pub fn paint(pen: &mut OverlayPen<'_>, noise: &Noise, from: PointPx) {
    let (&[gx, gy], &[nx, ny]) = (&noise.gradient[..], &noise.drawn[..]) else {
        return;
    };
    let lengths =
        [num::norm(&[gx, gy]) + 2.0 * noise.sigma, num::norm(&[gx + nx, gy + ny]), num::norm(&[nx, ny])];
    let longest = lengths.into_iter().fold(0.0, f64::max);
    let has_noise = noise.sigma > 0.0 && longest.is_finite() && longest > 0.0;
    if !has_noise {
        return;
    }
    let [per_x, per_y] = pen.port.plot_per_px();
    // As long in the plane as on the stage: its axes have one scale, or nearly.
    let scale = LONGEST_PX * per_x.min(per_y) / longest;
    let off = |x: f64, y: f64| [cast::px(-scale * x / per_x), cast::px(scale * y / per_y)];
    let plus = |a: PointPx, b: PointPx| [a[0] + b[0], a[1] + b[1]];
    let (down, added) = (off(gx, gy), off(nx, ny));
    let (tip, sum) = (plus(from, down), plus(from, plus(down, added)));
    let radius = scale * noise.sigma;
    for (k, dash) in [(1.0, &[][..]), (2.0, &[3.0, 4.0][..])] {
        let (a, b) = (k * radius / per_x, k * radius / per_y);
        if a > 1.5 {
            pen.ellipse(tip, [[a, 0.0], [0.0, b]], 1.25, dash);
            let at = [tip[0] - cast::px(0.71 * a + 3.0), tip[1] - cast::px(0.71 * b + 3.0)];
            pen.label(at, if k < 1.5 { "1σ" } else { "2σ" }, Align::End);
        }
    }
    let (color, dark) = (pen.style.color(pen.theme), pen.theme.text());
    let arrows = [
        (from, tip, dark, WIDTHS_PX[0], "−∇f"),
        (tip, sum, color, WIDTHS_PX[0], "−noise"),
        (from, sum, color, WIDTHS_PX[1], "−g"),
    ];
    for (from, to, color, width_px, _) in arrows {
        Arrow { from, to, color, width_px }.paint(pen.painter, pen.theme);
    }
    for (from, to, _, _, name) in arrows {
        let (dx, dy) = (f64::from(to[0] - from[0]), f64::from(to[1] - from[1]));
        if num::norm(&[dx, dy]) >= LABELLED_PX {
            // Noise is named at its middle: its tip is that of the sum.
            let at = if name == "−noise" { [0.5 * (from[0] + to[0]), 0.5 * (from[1] + to[1])] } else { to };
            let (aside, across) = if dx >= 0.0 { (8.0, Align::Start) } else { (-8.0, Align::End) };
            pen.label([at[0] + aside, at[1]], name, across);
        }
    }
}
