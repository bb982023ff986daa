//! The looks of what this program draws: they come with it, and not with the page.

use super::html::{document, html};

/// Adds them to the document, once.
pub fn add() {
    if let Ok(Some(head)) = document().query_selector("head") {
        html("style").attr("data-from", "lab").text(include_str!("choose.css")).put_last_in(&head);
    }
}
