//! Which classes are taken for which.

use super::super::super::html::{Html, html, replace, set, set_text};
use crate::net::Evaluation;
use crate::param::{as_index, readable};
use web_sys::Element;

/// A table for a set of examples.
pub struct Confusion {
    caption: Element,
    cells: Vec<[Element; 3]>,
    classes: usize,
    what: &'static str,
}

impl Confusion {
    /// An empty one, for so many classes.
    pub fn new(what: &'static str, id: &str, classes: usize) -> (Html, Self) {
        let caption = html("caption");
        let caption_node = caption.element();
        let name = |class: usize| format!("class {class}");
        let column = |class: usize| html("th").attr("scope", "col").text(&class.to_string());
        let head = html("tr")
            .child(html("th").attr("scope", "col").text("is ╲ taken for"))
            .children((0..classes).map(column));
        let mut cells = Vec::new();
        let mut rows = Vec::new();
        for truth in 0..classes {
            let mut row = html("tr").child(html("th").attr("scope", "row").text(&name(truth)));
            for class in 0..classes {
                let (count, share) = (html("b"), html("small"));
                let cell = html("td").attr("class", if truth == class { "hit" } else { "" });
                cells.push([cell.element(), count.element(), share.element()]);
                row = row.child(cell.child(count).child(share));
            }
            rows.push(row);
        }
        let table = html("table")
            .attr("class", "confusion")
            .attr("data-testid", id)
            .child(caption)
            .child(html("thead").child(head))
            .child(html("tbody").children(rows));
        (table, Self { caption: caption_node, cells, classes, what })
    }

    /// Writes the counts, with the share of each class.
    pub fn draw(&self, seen: &Evaluation, step: u32) {
        let all: u32 = seen.confusion.iter().sum();
        let right: u32 = seen.confusion.iter().step_by(self.classes + 1).sum();
        set_text(
            &self.caption,
            &format!("{} at step {step}: {right} of {all} right, loss {}", self.what, readable(seen.loss)),
        );
        for (truth, row) in seen.confusion.chunks(self.classes.max(1)).enumerate() {
            let of_class: u32 = row.iter().sum();
            for (class, count) in row.iter().enumerate() {
                let share = 100.0 * f64::from(*count) / f64::from(of_class.max(1));
                let Some([cell, number, percent]) = self.cells.get(truth * self.classes + class) else {
                    continue;
                };
                set_text(number, &count.to_string());
                set_text(percent, &format!("{} %", as_index(share.round())));
                set(cell, "style", &format!("--share:{:.0}%", 0.5 * share));
            }
        }
    }
}

/// What stands in place of the tables where there are no classes.
pub fn losses(place: &Element, [train, test]: [&Evaluation; 2], step: u32) {
    let words = format!(
        "Numbers have no classes to mistake. Mean loss at step {step}: {} on training examples, {} on test examples.",
        readable(train.loss),
        readable(test.loss)
    );
    match place.first_element_child() {
        Some(p) => set_text(&p, &words),
        None => replace(place, vec![html("p").text(&words)]),
    }
}
