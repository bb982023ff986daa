//! The state of a run's method at the cursor: its parts, what they hold, and what was asked of the function.

use super::html::{Html, html, math, replace};
use super::looks::{self, Look};
use super::panels::Shown;
use super::symbols::mark;
use crate::formula::parse;
use crate::objective::Objective;
use crate::param::readable;
use crate::run::inspect::Inspection;
use crate::run::symbols::{Row, rows};
use std::ops::Range;
use web_sys::Element;

/// Which rows are drawn.
const DRAWN: &str = "data-drawn";

/// Draws it; where the rows are the same, only what stands in them.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    let drawn = looks::with(shown, |look| match &look.seen {
        Some(seen) => {
            show(element, look, seen);
            true
        }
        None => false,
    });
    if drawn != Some(true) {
        let _ = element.remove_attribute(DRAWN);
        replace(element, Vec::new());
    }
}

fn show(element: &Element, look: &Look, seen: &Inspection) {
    let rows = rows(seen, &parts(look));
    let key: Vec<&str> = rows.iter().map(|row| row.symbol).collect();
    let key = format!("{} {}", look.spec.settings.optimizer.key, key.join(" "));
    if element.get_attribute(DRAWN).as_ref() != Some(&key) {
        replace(element, vec![table(&rows), kept(), asked()]);
        let _ = element.set_attribute(DRAWN, &key);
    }
    let values = rows.iter().map(|row| row.value.clone());
    fill(element, values.chain([memory(seen)]).chain(counts(seen)));
    mark(element);
}

/// The layers of a network, each with its part of the parameters.
fn parts(look: &Look) -> Vec<(String, Range<usize>)> {
    let Some(network) = &look.link.config.network else {
        return Vec::new();
    };
    let layers = network.network().model.shape.layers();
    let names = (1..=layers.len())
        .map(|k| if k == layers.len() { "output".to_owned() } else { format!("layer {k}") });
    let end = |k: usize| layers.get(k + 1).map_or(network.dim(), |next| next.weights.offset);
    names.zip(layers.iter().enumerate().map(|(k, l)| l.weights.offset..end(k))).collect()
}

/// Writes into the cells, in order, where something else stands there.
fn fill(element: &Element, values: impl Iterator<Item = String>) {
    let Ok(cells) = element.query_selector_all(".value") else {
        return;
    };
    for (i, value) in (0..).zip(values) {
        if let Some(cell) = cells.get(i).filter(|c| c.text_content().as_deref() != Some(&value)) {
            cell.set_text_content(Some(&value));
        }
    }
}

fn head(names: [&str; 3]) -> Html {
    let cell = |name: &str| html("th").attr("scope", "col").text(name);
    html("thead").child(names.into_iter().map(cell).fold(html("tr"), Html::child))
}

fn value() -> Html {
    html("td").attr("class", "value")
}

fn table(rows: &[Row]) -> Html {
    let row = |row: &Row| {
        let symbol = html("td").child(math(&parse(row.symbol)).into());
        let what = html("th").attr("scope", "row").text(row.what);
        html("tr").attr("data-symbol", row.symbol).child(symbol).child(what).child(value())
    };
    let body = rows.iter().map(row).fold(html("tbody"), Html::child);
    html("table").child(head(["symbol", "what it is", "at the cursor"])).child(body)
}

fn kept() -> Html {
    html("p").attr("class", "value")
}

fn memory(seen: &Inspection) -> String {
    let dim = seen.x.len().max(1);
    let each =
        f64::from(u32::try_from(seen.kept).unwrap_or(u32::MAX)) / f64::from(u32::try_from(dim).unwrap_or(1));
    match seen.kept {
        0 => "Keeps nothing from step to step.".to_owned(),
        kept => format!("Keeps {} numbers per parameter, {kept} in all.", readable(each)),
    }
}

fn asked() -> Html {
    let row = |what: &str| {
        html("tr").child(html("th").attr("scope", "row").text(what)).child(value()).child(value())
    };
    let body = ["values", "gradients", "Hessians"].into_iter().map(row).fold(html("tbody"), Html::child);
    html("table").child(head(["asked", "so far", "in this step"])).child(body)
}

fn counts(seen: &Inspection) -> [String; 6] {
    let (all, step) = (seen.asked, seen.cost);
    [all.values, step.values, all.gradients, step.gradients, all.hessians, step.hessians]
        .map(|n| n.to_string())
}
