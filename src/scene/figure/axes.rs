//! Axes beside a picture, as papers have them, and the scale of its colours.

use crate::math::num;
use crate::param::readable;
use crate::scene::painter::{Align, Painter, Polylines, Rect, Stroke, TextStyle};
use crate::scene::style::Theme;
use crate::scene::viewport::Viewport;
use crate::scene::{Colormap, LevelScale, Pixels, Sheet, cast, ticks};

const TICK_PX: f64 = 5.0;
/// About how far numbers on the axes stand apart.
const X_TICK_PX: f64 = 72.0;
const Y_TICK_PX: f64 = 48.0;
const LABEL_PX: f64 = 11.5;
const BAR_PX: f64 = 11.0;
const BAR_GAP_PX: f64 = 14.0;
/// Shades of the scale.
const SHADES: u32 = 200;
/// Numbers on the scale stand at least so far apart.
const APART_PX: f64 = 34.0;

/// The room that the axes take: left, above, right and below.
pub const ROOM_PX: [f64; 4] = [48.0, 18.0, 70.0, 42.0];

fn line(from: [f64; 2], to: [f64; 2]) -> Polylines {
    Polylines::line(&[from, to].map(|p| p.map(cast::px)))
}

fn style(theme: Theme, across: Align, down: Align) -> TextStyle {
    TextStyle { color: theme.text(), size_px: LABEL_PX, across, down, halo: None }
}

/// Draws a frame around the plot, and the axes to its left and below it.
pub fn around(painter: &mut dyn Painter, plot: Rect, port: &Viewport, theme: Theme) {
    let axis = Stroke::solid(theme.axis(), 1.0);
    let (left, top, right, bottom) = (plot.left, plot.top, plot.right(), plot.bottom());
    let below = style(theme, Align::Middle, Align::Start);
    let most = |length_px: f64, every_px: f64| cast::index(length_px / every_px).max(2);
    let (x_range, y_range) = (port.view.x, port.view.y);
    for tick in ticks::marks(x_range.0, x_range.1, most(plot.width, X_TICK_PX)) {
        let x = left + port.px_from_plot([tick.value, y_range.0])[0];
        if (left - 0.5..=right + 0.5).contains(&x) {
            painter.stroke(&line([x, bottom], [x, bottom + TICK_PX]), &axis);
            painter.text([x, bottom + TICK_PX + 4.0].map(cast::px), &tick.label, &below);
        }
    }
    let beside = style(theme, Align::End, Align::Middle);
    for tick in ticks::marks(y_range.0, y_range.1, most(plot.height, Y_TICK_PX)) {
        let y = top + port.px_from_plot([x_range.0, tick.value])[1];
        if (top - 0.5..=bottom + 0.5).contains(&y) {
            painter.stroke(&line([left - TICK_PX, y], [left, y]), &axis);
            painter.text([left - TICK_PX - 4.0, y].map(cast::px), &tick.label, &beside);
        }
    }
    let middle = 0.5 * (left + right);
    painter.text([middle, bottom + 26.0].map(cast::px), "x", &below);
    let centred = style(theme, Align::Middle, Align::Middle);
    painter.text([left - 40.0, 0.5 * (top + bottom)].map(cast::px), "y", &centred);
    frame(painter, plot, theme);
}

/// A line around a rectangle.
pub fn frame(painter: &mut dyn Painter, rect: Rect, theme: Theme) {
    let corners = [
        [rect.left, rect.top],
        [rect.right(), rect.top],
        [rect.right(), rect.bottom()],
        [rect.left, rect.bottom()],
        [rect.left, rect.top],
    ];
    let corners = corners.map(|p| p.map(cast::px));
    painter.stroke(&Polylines::line(&corners), &Stroke::solid(theme.axis(), 1.0));
}

/// Draws the scale of the colours to the right of the plot, with the values of some of the contours.
pub fn scale(
    sheet: &mut dyn Sheet,
    plot: Rect,
    colors: &Colormap,
    scale: &LevelScale,
    levels: &[f64],
    theme: Theme,
) {
    let bar = Rect { left: plot.right() + BAR_GAP_PX, width: BAR_PX, ..plot };
    let mut bytes = Vec::new();
    for i in 0..SHADES {
        let [r, g, b] = colors.rgb(1.0 - f64::from(i) / f64::from(SHADES - 1));
        bytes.extend([r, g, b, 255]);
    }
    sheet.begin(bar);
    let whole = Rect { left: 0.0, top: 0.0, ..bar };
    sheet.image(whole, &Pixels { width: 1, height: SHADES, bytes });
    sheet.end();
    frame(sheet, bar, theme);
    let words = style(theme, Align::Start, Align::Middle);
    let axis = Stroke::solid(theme.axis(), 1.0);
    let mut last = f64::INFINITY;
    for level in levels {
        let place = scale.exact_t(*level);
        let y = bar.bottom() - place * bar.height;
        if !(0.0..=1.0).contains(&place) || last - y < APART_PX {
            continue;
        }
        last = y;
        sheet.stroke(&line([bar.right(), y], [bar.right() + 4.0, y]), &axis);
        let label = readable(num::round_significant(*level, 3));
        sheet.text([bar.right() + 8.0, y].map(cast::px), &label, &words);
    }
    let above = style(theme, Align::Middle, Align::End);
    sheet.text([bar.left + 0.5 * BAR_PX, bar.top - 6.0].map(cast::px), "f", &above);
}
