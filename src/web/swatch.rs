//! The mark of a run beside its name.

use super::ui::{El, svg};
use crate::math::num;
use crate::param::number;
use crate::scene::marker::Marker;
use crate::scene::run_style;

/// The half width of a swatch, in its own units.
const SWATCH: f32 = 12.0;

/// A coordinate in few digits.
fn short(place: f32) -> String {
    number(num::round_significant(f64::from(place), 4))
}

/// The marker of a run on a piece of its line, as it looks on the stage and in the charts.
pub fn swatch(run: usize) -> El {
    let style = run_style(run);
    let corners = style.marker.corners([SWATCH, 8.0], 5.5);
    let points: Vec<String> = corners.iter().map(|[x, y]| [short(*x), short(*y)].join(",")).collect();
    let dashes: Vec<String> = style.dash_px.iter().map(|d| number(*d)).collect();
    let shape = if style.marker == Marker::Circle {
        svg("circle").attr("cx", "12").attr("cy", "8").attr("r", "4.5")
    } else {
        svg("polygon").attr("points", &points.join(" "))
    };
    let line = svg("line")
        .attr("x2", "24")
        .attr("y1", "8")
        .attr("y2", "8")
        .attr("stroke-dasharray", &dashes.join(" "));
    svg("svg")
        .attr("class", "swatch")
        .attr("viewBox", "0 0 24 16")
        .attr("width", "24")
        .attr("height", "16")
        .attr("aria-hidden", "true")
        .child(line)
        .child(shape)
}
