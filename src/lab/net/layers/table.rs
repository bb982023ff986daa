//! What is measured of each layer at the cursor.

use super::super::super::html::{Html, html, set, set_text};
use super::options::QUANTITIES;
use crate::net::Network;
use crate::train::layers::readable;
use crate::train::{Scores, layers};
use web_sys::Element;

/// The table.
pub struct Table {
    caption: Element,
    heads: Vec<Element>,
    cells: Vec<Vec<Element>>,
}

impl Table {
    /// An empty one.
    pub fn new(network: &Network) -> (Html, Self) {
        let all = network.model.shape.layers();
        let caption = html("caption");
        let caption_node = caption.element();
        let heads: Vec<Html> = QUANTITIES
            .iter()
            .map(|q| {
                html("th").attr("scope", "col").attr("data-help", &format!("layers/{}", q.key)).text(q.name)
            })
            .collect();
        let head_nodes = heads.iter().map(Html::element).collect();
        let mut cells = Vec::new();
        let mut rows = Vec::new();
        for (k, layer) in all.iter().enumerate() {
            let tds: Vec<Html> = QUANTITIES.iter().map(|_| html("td")).collect();
            cells.push(tds.iter().map(Html::element).collect());
            let size = format!("{} → {}", layer.inputs, layer.outputs);
            let name = html("th").attr("scope", "row").text(&layers::name(k, all.len()));
            rows.push(html("tr").child(name).child(html("td").text(&size)).children(tds));
        }
        let head = html("tr")
            .child(html("th").attr("scope", "col").text("layer"))
            .child(html("th").attr("scope", "col").attr("title", "Inputs and units").text("size"))
            .children(heads);
        let table = html("table")
            .attr("data-testid", "layers-table")
            .child(caption)
            .child(html("thead").child(head))
            .child(html("tbody").children(rows));
        (table, Self { caption: caption_node, heads: head_nodes, cells })
    }

    /// Writes what was measured last.
    pub fn draw(&self, scores: &Scores, quantity: usize) {
        set_text(&self.caption, &format!("Measured at step {}", scores.step));
        for (i, head) in self.heads.iter().enumerate() {
            set(head, "class", if i == quantity { "chosen" } else { "" });
        }
        for (cells, layer) in self.cells.iter().zip(&scores.layers) {
            for ((i, cell), q) in cells.iter().enumerate().zip(&QUANTITIES) {
                let value = (q.of)(layer);
                let text = match q.key {
                    "dead" | "saturated" => percent(value),
                    _ => short(value),
                };
                set_text(cell, &text);
                set(cell, "class", if i == quantity { "chosen" } else { "" });
            }
        }
    }
}

/// Three digits.
pub fn short(v: f64) -> String {
    readable(crate::math::num::round_significant(v, 3))
}

fn percent(share: f64) -> String {
    format!("{} %", crate::param::as_index((100.0 * share).round()))
}
