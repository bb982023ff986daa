//! In a part of another page: the way to all of it.

use super::super::html::{html, replace, set};
use super::super::links;
use super::super::panels::Shown;
use super::page;
use crate::export::share::{fragment, full};
use web_sys::Element;

/// Draws the link to the full version, which opens beside the page that it is part of.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    if element.first_element_child().is_none() {
        let link = html("a")
            .attr("target", "_blank")
            .attr("rel", "noopener")
            .attr("data-testid", "full-version")
            .attr("title", "Opens this in a page of its own, with everything that can be set")
            .text("Full version");
        replace(element, vec![link]);
    }
    if let Some(link) = element.first_element_child() {
        let address = format!("{}#{}", page(element), fragment(&full(&links::read(shown.link)).write()));
        set(&link, "href", &address);
    }
}
