//! Lines that put what is shown into another page.

use super::super::html::{Html, html, set, set_text, set_value, value};
use super::{Now, menu, number, put, text};
use crate::export::share::{Part, System, fragment, title};
use crate::link::{Controls, Link};

/// How high it is when nothing is said, in CSS pixels: with few controls, and with all of them.
const HEIGHT: u32 = 480;
const WHOLE: u32 = 900;

/// The lines with what is chosen about them.
pub fn part() -> Html {
    let systems = System::ALL.map(|system| (system.name(), system.name()));
    let frame = html("details").attr("data-testid", "share-embed").attr("open", "");
    let choices = html("div")
        .attr("class", "line")
        .child(menu("system", "Into", systems.into_iter()))
        .child(menu("as", "as", [("frame", "a frame"), ("element", "an element")].into_iter()))
        .child(menu(
            "embed-controls",
            "with",
            [("min", "controls of time"), ("none", "no controls"), ("full", "all controls")].into_iter(),
        ))
        .child(number("height", "high, px", &HEIGHT.to_string(), ["120", "4000"]));
    let sentence = html("p").attr("class", "note").attr("data-testid", "share-sentence");
    frame
        .child(html("summary").text("Put it into a page"))
        .child(choices)
        .children(text("lines", "Lines", "6"))
        .child(sentence)
}

/// Writes the lines.
pub fn write(now: &Now<'_>, link: &Link) {
    let system = now.value("system");
    let system = System::ALL.into_iter().find(|s| s.name() == system).unwrap_or(System::Html);
    let element = now.value("as") == "element";
    let controls = now.value("embed-controls");
    let controls = Controls::ALL.into_iter().find(|c| c.key() == controls).unwrap_or_default();
    // A frame has the controls of time anyway.
    let controls = if controls == Controls::Min { Controls::Auto } else { controls };
    let height = height(now, if controls == Controls::Full { WHOLE } else { HEIGHT });
    // An element is a part of a page anyway, and what stands in for it leads to the whole one.
    let embedded = Link { embed: !element, controls, ..link.clone() };
    let (page, title, link) = (now.page(), title(link), fragment(&embedded.write()));
    let part = Part { page: &page, link: &link, title: &title, height };
    put(now, "lines", &part.lines(system, element));
    if let Some(place) = now.part("sentence") {
        set_text(&place, system.sentence(element));
    }
}

/// The height that was typed; until one is, the one that is enough.
fn height(now: &Now<'_>, enough: u32) -> u32 {
    const SUGGESTED: &str = "data-suggested";
    let Some(field) = now.part("height") else { return enough };
    let suggested = field.get_attribute(SUGGESTED);
    if suggested.is_none_or(|before| before == value(&field)) {
        let enough = enough.to_string();
        set_value(&field, &enough);
        set(&field, SUGGESTED, &enough);
    }
    value(&field).parse().unwrap_or(enough).clamp(120, 4000)
}
