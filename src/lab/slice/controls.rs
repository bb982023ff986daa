//! What chooses the line and turns it.

use super::{ANGLE, tell, turn};
use crate::lab::html::{Html, html, listener, set, value};
use crate::math::decimal;
use crate::param::number;

/// The lines that have a name, and the one that is turned by hand.
const LINES: [(&str, &str); 3] = [("gradient", "−gradient"), ("step", "the step"), ("angle", "an angle")];

/// Which line.
pub fn lines() -> Html {
    html("select")
        .attr("aria-label", "Line of the slice")
        .attr("data-testid", "slice-line")
        .children(LINES.map(|(key, name)| html("option").attr("value", key).text(name)))
        .on("change", |event| {
            let word = listener(event).map(|field| value(&field)).unwrap_or_default();
            let word = if word == "angle" { number(ANGLE.get().round()) } else { word };
            tell(&format!("look slice={}", if word == "gradient" { "" } else { &word }));
            tell("end");
        })
}

/// Turns it.
pub fn range() -> Html {
    html("input")
        .attr("type", "range")
        .attr("min", "-180")
        .attr("max", "180")
        .attr("step", "1")
        .attr("aria-label", "Angle of the line in degrees")
        .attr("data-testid", "slice-angle")
        .on("pointerdown", |_| tell("hold"))
        .on("input", |event| {
            if let Some(degrees) = listener(event).and_then(|field| decimal::parse(&value(&field))) {
                turn(degrees);
            }
        })
        .on("change", |_| tell("end"))
}

/// The same in numbers.
pub fn degrees() -> Html {
    html("input")
        .attr("type", "text")
        .attr("inputmode", "decimal")
        .attr("autocomplete", "off")
        .attr("maxlength", "12")
        .attr("class", "number")
        .attr("aria-label", "Angle in degrees, exact value")
        .attr("data-testid", "slice-degrees")
        .on("change", |event| {
            let Some(field) = listener(event) else { return };
            match decimal::parse(value(&field).trim_end_matches('°')).filter(|d| d.abs() <= 360.0) {
                Some(degrees) => {
                    turn(degrees);
                    tell("end");
                    set(&field, "aria-invalid", "false");
                }
                None => set(&field, "aria-invalid", "true"),
            }
        })
}
