//! Examples to start from, and what may be written.

use super::super::html::{Html, html, listener};
use super::field;
use crate::expr::{FUNCTIONS, MOST_PARAMS};
use crate::surface::examples::{EXAMPLES, Example};

/// What can be written beside functions.
const NOTATION: [(&str, &str); 6] = [
    ("x, y", "the variables"),
    ("+ − * / ^", "sums, products, quotients, powers; ** and ² are powers too, and −x² is −(x²)"),
    ("2x, 3sin(x), x y", "side by side is a product; xy is x times y"),
    ("pi, e", "the constants"),
    ("< <= > >= == !=", "comparisons: 1 where they hold, 0 elsewhere"),
    ("a, b, amp, w_max", "every other name is a parameter with a slider; two letters are a product"),
];

/// A menu as those of the stage: only one is open, and a press beside it closes it.
fn menu(test_id: &str, name: &str, words: &str, inside: Html) -> Html {
    html("details")
        .attr("class", "settings")
        .attr("name", "stage")
        .attr("data-testid", test_id)
        .child(html("summary").attr("aria-label", name).attr("title", name).text(words))
        .child(inside)
}

/// Examples, each with what it shows.
pub fn examples() -> Html {
    let list = html("ul").attr("class", "examples").children(EXAMPLES.iter().map(one));
    menu("examples", "Examples to start from", "Examples", html("div").attr("class", "popover").child(list))
}

fn one(example: &'static Example) -> Html {
    let button = html("button")
        .attr("type", "button")
        .child(html("b").text(example.name))
        .child(html("code").text(example.text))
        .child(html("span").text(example.shows))
        .on("click", move |event| {
            if let Some(button) = listener(event) {
                super::choose(&button, example);
                super::close(&button);
            }
        });
    html("li").child(button)
}

/// What may be written; the functions from their own list.
pub fn help() -> Html {
    let row = |name: &str, what: &str| html("div").child(html("dt").text(name)).child(html("dd").text(what));
    let notation = html("dl").children(NOTATION.iter().map(|(name, what)| row(name, what)));
    let functions =
        html("ul").attr("class", "functions").children(FUNCTIONS.iter().map(|f| html("li").text(f.text)));
    let bounds = format!("{} At most {MOST_PARAMS} parameters.", field::bounds());
    let inside = html("div")
        .attr("class", "popover what-to-write")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", "What may be written")
        .child(
            html("p")
                .text("Derivatives are exact. Enter goes to an error, Escape brings back what was right."),
        )
        .child(notation)
        .child(functions)
        .child(html("p").text(&bounds));
    menu("function-help", "What may be written", "?", inside)
}
