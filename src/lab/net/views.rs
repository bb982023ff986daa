//! The views, and the tabs that choose one.

use super::super::html::{Html, html, set};
use super::super::say;
use super::{Scene, costs, graph, landscape, layers};
use web_sys::Element;

/// A way to look at networks.
pub struct View {
    /// The word in links.
    pub key: &'static str,
    /// The name on its tab.
    pub name: &'static str,
    /// Draws it.
    pub draw: fn(&Element, &Scene<'_>),
}

/// Every view, in the order of the tabs.
pub const VIEWS: &[View] = &[
    View { key: "network", name: "Network", draw: graph::draw },
    View { key: "layers", name: "Layers", draw: layers::draw },
    View { key: "landscape", name: "Landscape", draw: landscape::draw },
    View { key: "cost", name: "Cost", draw: costs::draw },
];

/// The view that the link asks for; what follows its word is the view's own.
pub fn chosen(show: &str) -> &'static View {
    let word = show.split(['(', '/']).next().unwrap_or_default();
    VIEWS.iter().find(|v| v.key == word).unwrap_or(&VIEWS[0])
}

/// The tabs.
pub fn tabs(panel: &Element) -> Html {
    let tab = |view: &View| {
        let (panel, key) = (panel.clone(), view.key);
        html("button")
            .attr("type", "button")
            .attr("data-show", key)
            .attr("data-testid", &format!("net-{key}"))
            .text(view.name)
            .on("click", move |_| say(&panel, &format!("show {key}")))
    };
    html("div")
        .attr("class", "net-tabs")
        .attr("role", "group")
        .attr("aria-label", "View")
        .children(VIEWS.iter().map(tab))
}

/// Marks the tab of the view that is shown.
pub fn mark(panel: &Element, view: &View) {
    let Ok(tabs) = panel.query_selector_all(":scope > .net-tabs > button") else {
        return;
    };
    for i in 0..tabs.length() {
        if let Some(tab) = tabs.item(i).map(wasm_bindgen::JsCast::unchecked_into::<Element>) {
            let on = tab.get_attribute("data-show").as_deref() == Some(view.key);
            set(&tab, "aria-pressed", if on { "true" } else { "false" });
        }
    }
}
