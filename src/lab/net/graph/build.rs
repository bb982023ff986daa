//! The elements of the view.

use super::super::super::html::{Html, html, replace, svg};
use super::super::names;
use super::colors::{Palette, marker};
use super::options::WORDS;
use crate::net::{Network, Task};
use crate::param::{number, readable};
use crate::scene::run_style;
use crate::session::Config;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement};

/// The elements that change.
pub struct Parts {
    /// All of it.
    pub root: Element,
    /// What scrolls the network.
    pub scroll: Element,
    /// What holds the network's canvas and its units.
    pub stage: Element,
    /// What the picture shows.
    pub title: Element,
    /// The picture.
    pub picture: Element,
    /// What its colours mean.
    pub key: Element,
    /// The boxes to tick, in the order of [`WORDS`].
    pub ticks: Vec<Element>,
    /// What is pointed at, in words.
    pub readout: Element,
    /// How good the open run is.
    pub scores: Element,
    /// What must be said about what is shown.
    pub note: Element,
    /// The editor's place.
    pub editor: Element,
    /// Of each run its button, and its losses.
    pub runs: Vec<(Element, Element)>,
}

/// Canvases.
pub struct Canvases {
    /// The network.
    pub net: HtmlCanvasElement,
    /// The picture's field, lines and points.
    pub picture: [HtmlCanvasElement; 3],
    /// Of each run, field and lines.
    pub runs: Vec<[HtmlCanvasElement; 2]>,
}

fn canvas(class: &str) -> (Html, HtmlCanvasElement) {
    let made = html("canvas").attr("class", class).attr("aria-hidden", "true");
    let element = made.element().unchecked_into();
    (made, element)
}

/// Builds all of it into the place.
pub fn build(place: &Element, network: &Network, config: &Config) -> (Parts, Canvases) {
    let (net, net_canvas) = canvas("graph-net");
    let stage = html("div")
        .attr("class", "graph-stage")
        .attr("role", "group")
        .attr("aria-label", "Units of the network: arrow keys move between them, Enter edits")
        .child(net);
    let scroll = html("div").attr("class", "graph-scroll").child(html_of(&stage));
    let readout = html("p")
        .attr("class", "graph-readout")
        .attr("id", "net-readout")
        .attr("role", "status")
        .attr("data-testid", "net-readout");
    let main = html("div")
        .attr("class", "graph-main")
        .child(html_of(&scroll))
        .child(units_key())
        .child(html_of(&readout));
    let (side, picture_canvases, side_parts) = side(network);
    let mut runs = Vec::new();
    let mut run_canvases = Vec::new();
    let cards: Vec<Html> = (0..config.runs.len())
        .map(|i| {
            let (card, parts, canvases) = card(config, i);
            runs.push(parts);
            run_canvases.push(canvases);
            html("li").child(card)
        })
        .collect();
    let mut race = html("ul")
        .attr("class", "graph-race")
        .attr("aria-label", "Decision boundaries of all runs")
        .children(cards);
    if config.runs.len() < 2 {
        race = race.attr("hidden", "");
    }
    let note = html("p").attr("class", "graph-note").attr("data-testid", "net-note");
    let both = html("div").attr("class", "graph-both").child(main).child(side);
    let root = html("div")
        .attr("class", "graph")
        .attr("data-testid", "net-graph")
        .child(both)
        .child(race)
        .child(html_of(&note));
    let parts = Parts {
        root: root.element(),
        scroll: scroll.element(),
        stage: stage.element(),
        title: side_parts.title,
        picture: side_parts.picture,
        key: side_parts.key,
        ticks: side_parts.ticks,
        readout: readout.element(),
        scores: side_parts.scores,
        note: note.element(),
        editor: side_parts.editor,
        runs,
    };
    replace(place, vec![root]);
    (parts, Canvases { net: net_canvas, picture: picture_canvases, runs: run_canvases })
}

/// The same element again: one is placed, and one kept.
fn html_of(made: &Html) -> Html {
    Html(made.element())
}

struct Side {
    title: Element,
    picture: Element,
    key: Element,
    ticks: Vec<Element>,
    scores: Element,
    editor: Element,
}

fn side(network: &Network) -> (Html, [HtmlCanvasElement; 3], Side) {
    let title = html("p").attr("class", "graph-title").attr("data-testid", "net-title");
    let ([a, b, c], canvases) = {
        let made = ["graph-field", "graph-lines", "graph-points"].map(canvas);
        let canvases = [made[0].1.clone(), made[1].1.clone(), made[2].1.clone()];
        (made.map(|(html, _)| html), canvases)
    };
    let a = a.attr("data-testid", "net-field");
    let picture = html("div")
        .attr("class", "graph-picture")
        .attr("tabindex", "0")
        .attr("role", "img")
        .attr("aria-label", "What the network says over the plane; arrow keys move the place that is read")
        .attr("aria-describedby", "net-readout")
        .attr("data-testid", "net-picture")
        .child(a)
        .child(b)
        .child(c)
        .child(html("div").attr("class", "graph-cross").attr("hidden", ""));
    let key = html("div").attr("class", "graph-key");
    let fields: Vec<Html> = WORDS
        .iter()
        .map(|(word, ..)| {
            html("input")
                .attr("type", "checkbox")
                .attr("data-tick", word)
                .attr("data-testid", &format!("net-{word}"))
        })
        .collect();
    let ticks = fields.iter().map(Html::element).collect();
    let regression = network.model.shape.task() == Task::Regression;
    let boxes = fields.into_iter().zip(WORDS).map(|(field, (word, name, _))| {
        let label = html("label").attr("class", "check").child(field).text(name);
        if regression && word == "rings" { label.attr("hidden", "") } else { label }
    });
    let scores = html("p").attr("class", "graph-scores").attr("data-testid", "net-scores");
    let editor = html("section")
        .attr("class", "graph-edit")
        .attr("aria-label", "Weights of a unit")
        .attr("data-testid", "net-edit")
        .attr("hidden", "");
    let parts = Side {
        title: title.element(),
        picture: picture.element(),
        key: key.element(),
        ticks,
        scores: scores.element(),
        editor: editor.element(),
    };
    let boxes = html("div").attr("class", "graph-ticks").children(boxes);
    let side = html("div")
        .attr("class", "graph-side")
        .child(title)
        .child(picture)
        .child(key)
        .child(scores)
        .child(boxes)
        .child(editor);
    (side, canvases, parts)
}

/// A run among the others.
fn card(config: &Config, i: usize) -> (Html, (Element, Element), [HtmlCanvasElement; 2]) {
    let style = run_style(i);
    let (field, field_canvas) = canvas("graph-field");
    let (lines, lines_canvas) = canvas("graph-lines");
    let dashes: Vec<String> = style.dash_px.iter().map(|d| number(*d / 2.0)).collect();
    let line =
        svg("svg").attr("class", "graph-dash").attr("viewBox", "0 0 22 4").attr("aria-hidden", "true").child(
            svg("line")
                .attr("x2", "22")
                .attr("y1", "2")
                .attr("y2", "2")
                .attr("stroke-dasharray", &dashes.join(" ")),
        );
    let glyph =
        html("span").attr("class", "graph-glyph").attr("aria-hidden", "true").text(style.marker.glyph());
    let name =
        html("span").attr("class", "graph-name").text(&format!("{} {}", i + 1, names::name(config, i)));
    let head = html("span").attr("class", "graph-card-head").child(glyph).child(line).child(name);
    let losses = html("span").attr("class", "graph-losses");
    let parts_losses = losses.element();
    let words = html("span").attr("class", "graph-words").child(head).child(losses);
    let small = html("span").attr("class", "graph-small").child(field).child(lines);
    let button = html("button")
        .attr("type", "button")
        .attr("class", "graph-card")
        .attr("data-run", &i.to_string())
        .attr("style", &format!("--run:var(--run-{i})"))
        .child(small)
        .child(words);
    let element = button.element();
    (button, (element, parts_losses), [field_canvas, lines_canvas])
}

/// What lines and bars mean.
fn units_key() -> Html {
    let line = |class: &str| {
        svg("svg")
            .attr("class", class)
            .attr("viewBox", "0 0 24 6")
            .attr("aria-hidden", "true")
            .child(svg("line").attr("x2", "24").attr("y1", "3").attr("y2", "3"))
    };
    let item = |children: Vec<Html>, text: &str| html("span").children(children).text(text);
    let scale = html("span")
        .attr("class", "graph-scale")
        .child(html("span").text("unit −3"))
        .child(html("i").attr("data-scale", "units"))
        .child(html("span").text("3"));
    html("div")
        .attr("class", "graph-units-key")
        .child(scale)
        .child(item(vec![line("plus")], "weight > 0"))
        .child(item(vec![line("minus")], "< 0"))
        .child(item(vec![], "bar: bias"))
}

/// A bar of colours from −1 to 1.
pub fn gradient(palette: &Palette, reach: f64) -> String {
    let stops: Vec<String> = (-6..=6)
        .map(|i| {
            let [r, g, b, _] = palette.at(reach * f64::from(i) / 6.0);
            format!("rgb({r},{g},{b})")
        })
        .collect();
    format!("background:linear-gradient(to right,{})", stops.join(","))
}

/// What the colours of the picture mean: of a unit, of classes, of a number.
pub fn key(network: &Network, palette: &Palette, of_unit: bool, largest: f64) -> Vec<Html> {
    let text = |words: &str| html("span").text(words);
    let bar = |reach: f64| html("i").attr("style", &gradient(palette, reach));
    if of_unit {
        return vec![text("−3"), bar(super::colors::squash(3.0)), text("3")];
    }
    let classes = network.model.shape.classes();
    let class = |i: usize| {
        html("span")
            .attr("class", "graph-class")
            .child(
                html("span")
                    .attr("aria-hidden", "true")
                    .attr("style", &format!("color:{}", palette.class(i).css()))
                    .text(marker(i).glyph()),
            )
            .text(&format!("class {i}"))
    };
    match classes {
        0 => vec![text(&readable(-largest)), bar(1.0), text(&readable(largest))],
        2 => vec![class(0), bar(super::colors::STRONGEST), class(1)],
        n => (0..n).map(class).collect(),
    }
}
