//! The elements of the view.

use super::super::super::html::{Html, html, listener, value};
use super::choose;
use super::confusion::Confusion;
use super::histograms::Histogram;
use super::options::QUANTITIES;
use super::plot::Plot;
use super::table::Table;
use crate::net::Network;
use crate::train::layers::name;
use web_sys::Element;

/// Those that change.
pub struct Parts {
    pub run: Element,
    pub sentence: Element,
    pub units: Element,
    pub quantities: Vec<Element>,
    pub curves: Plot,
    pub table: Table,
    pub histograms: Vec<Histogram>,
    pub histogram_words: Element,
    pub confusion: Vec<Confusion>,
    /// Where losses stand in place of confusion.
    pub losses: Element,
    pub layer: Element,
    pub of: [Element; 2],
    pub singular: Plot,
    pub singular_words: Element,
}

fn button(face: &str, key: &str, act: impl Fn() + 'static) -> Html {
    html("button")
        .attr("type", "button")
        .attr("data-help", &format!("layers/{key}"))
        .attr("data-testid", &format!("layers-{key}"))
        .text(face)
        .on("click", move |_| act())
}

fn group(label: &str, buttons: Vec<Html>) -> Html {
    html("span").attr("class", "choice").attr("role", "group").attr("aria-label", label).children(buttons)
}

fn words(id: &str) -> (Html, Element) {
    let p = html("p").attr("data-testid", id);
    let node = p.element();
    (p, node)
}

/// A part of the view with its heading.
fn section(heading: &str, class: &str) -> Html {
    html("section").attr("class", class).attr("aria-label", heading).child(html("h2").text(heading))
}

/// All elements.
pub fn build(network: &Network) -> (Vec<Html>, Parts) {
    let (over, curves, quantities, [sentence, units, run]) = over_steps();
    let (table, table_part) = Table::new(network);
    let scrolls = html("div")
        .attr("class", "scrolls")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", "Layers at the cursor")
        .child(table);
    let (weights, histograms, histogram_words) = weights(network);
    let (classes, confusion, losses) = classes(network);
    let (values, layer, of, singular, singular_words) = singular(network);
    let parts = Parts {
        run,
        sentence,
        units,
        quantities,
        curves,
        table: table_part,
        histograms,
        histogram_words,
        confusion,
        losses,
        layer,
        of,
        singular,
        singular_words,
    };
    let top = html("div").attr("class", "layers-top").child(over).child(scrolls);
    (vec![top, weights, html("div").attr("class", "layers-two").child(classes).child(values)], parts)
}

fn over_steps() -> (Html, Plot, Vec<Element>, [Element; 3]) {
    let run = html("p").attr("class", "run");
    let run_node = run.element();
    let buttons: Vec<Html> = QUANTITIES
        .iter()
        .enumerate()
        .map(|(i, q)| button(q.name, q.key, move || choose(|o| o.quantity = i)))
        .collect();
    let nodes = buttons.iter().map(Html::element).collect();
    let (plot, curves) = Plot::new("layers-curves");
    let (sentence, sentence_node) = words("layers-sentence");
    let (units, units_node) = words("layers-units");
    let over = section("Layers over the steps", "course")
        .child(run)
        .child(sentence.attr("class", "sentence"))
        .child(units)
        .child(group("What is drawn", buttons))
        .child(plot);
    (over, curves, nodes, [sentence_node, units_node, run_node])
}

fn weights(network: &Network) -> (Html, Vec<Histogram>, Element) {
    let count = network.model.shape.layers().len();
    let (pictures, histograms): (Vec<_>, Vec<_>) =
        (0..count).map(|k| Histogram::new(&name(k, count))).unzip();
    let (note, note_node) = words("layers-bins");
    let section = section("Weights", "weights")
        .child(note)
        .child(html("div").attr("class", "histograms").children(pictures));
    (section, histograms, note_node)
}

fn classes(network: &Network) -> (Html, Vec<Confusion>, Element) {
    let classes = network.model.shape.classes();
    let losses = html("div").attr("data-testid", "layers-losses");
    let losses_node = losses.element();
    if classes == 0 {
        return (section("Losses", "classes").child(losses), Vec::new(), losses_node);
    }
    let both = [("Training examples", "confusion-train"), ("Test examples", "confusion-test")];
    let (tables, parts): (Vec<_>, Vec<_>) =
        both.into_iter().map(|(what, id)| Confusion::new(what, id, classes)).unzip();
    let scrolls = html("div")
        .attr("class", "scrolls tables")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", "Confusion of classes")
        .children(tables);
    (section("Which class is taken for which", "classes").child(scrolls), parts, losses_node)
}

fn singular(network: &Network) -> (Html, Element, [Element; 2], Plot, Element) {
    let count = network.model.shape.layers().len();
    let option = |k: usize| html("option").attr("value", &k.to_string()).text(&name(k, count));
    let layer = html("select")
        .attr("data-testid", "layers-layer")
        .attr("aria-label", "Singular values of which layer")
        .children((0..count).map(option))
        .on("change", |event| {
            if let Some(k) = listener(event).and_then(|field| value(&field).parse().ok()) {
                choose(|o| o.layer = k);
            }
        });
    let layer_node = layer.element();
    let faces = [("of W", "w", false), ("of the step", "steps", true)];
    let buttons =
        faces.map(|(face, key, of_steps)| button(face, key, move || choose(|o| o.of_steps = of_steps)));
    let of = buttons.each_ref().map(Html::element);
    let (plot, part) = Plot::new("layers-singular");
    let (note, note_node) = words("layers-values");
    let bar =
        html("div").attr("class", "bar").child(layer).child(group("Singular values of what", buttons.into()));
    let section = section("Singular values", "singular").child(bar).child(note).child(plot);
    (section, layer_node, of, part, note_node)
}
