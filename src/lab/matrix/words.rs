//! What the pictures show at the cursor, for those who do not see them.

use super::model::Model;
use crate::matrix::view;
use crate::param::readable;

/// Up to this side a matrix is read out entry by entry.
const FEW: usize = 4;

/// What the curves of a run say at a row.
pub struct At {
    what: &'static str,
    singular: Vec<f64>,
    items: Option<Vec<f64>>,
}

impl At {
    /// What they say at a row of this path.
    pub fn of(model: &Model, path: &[f64], row: usize) -> Self {
        Self {
            what: if model.of_steps { "the step" } else { "W" },
            singular: super::model::singular(path, model.problem.side(), &[row], model.of_steps),
            items: view::item_losses(&model.problem, path, &[row]),
        }
    }

    /// All singular values.
    pub fn singular(&self) -> String {
        format!("Singular values of {}: {}", self.what, list(&self.singular))
    }

    /// The losses of all items, where there are items.
    pub fn items(&self) -> Option<String> {
        self.items
            .as_ref()
            .map(|items| format!("Loss of each item, the most frequent first: {}", list(items)))
    }

    /// The ends of both.
    pub fn ends(&self) -> String {
        let singular = format!("singular values of {} {}", self.what, between(&self.singular));
        match &self.items {
            Some(items) => format!("{singular}; losses of the items {}", between(items)),
            None => singular,
        }
    }
}

/// The first and the last of these values.
fn between(values: &[f64]) -> String {
    match values {
        [] => "none".to_owned(),
        [only] => readable(*only),
        [first, .., last] => format!("from {} to {}", readable(*first), readable(*last)),
    }
}

fn list(values: &[f64]) -> String {
    if values.is_empty() {
        "none".to_owned()
    } else {
        values.iter().map(|v| readable(*v)).collect::<Vec<_>>().join(", ")
    }
}

/// What a heat map shows, in words.
pub fn entries(what: &str, w: &[f64], side: usize) -> String {
    if side <= FEW {
        let rows: Vec<String> = w.chunks(side.max(1)).map(list).collect();
        return format!("{what}, row by row: {}", rows.join("; "));
    }
    let (least, most) = w.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(*v), b.max(*v)));
    format!("{what}: {side} by {side}, entries from {} to {}", readable(least), readable(most))
}
