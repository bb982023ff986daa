//! Elements of the document.

use crate::formula::{Build, Node, walk};
use wasm_bindgen::UnwrapThrowExt;
use web_sys::{Document, Element};

/// An element under construction.
pub struct Html(Element);

/// The document of the page.
pub fn document() -> Document {
    // This program runs in a page and nowhere else.
    web_sys::window().and_then(|w| w.document()).unwrap_throw()
}

/// An element. The tag is one of this program's, so the browser knows it.
pub fn html(tag: &str) -> Html {
    Html(document().create_element(tag).unwrap_throw())
}

impl Html {
    /// Sets an attribute.
    pub fn attr(self, name: &str, value: &str) -> Self {
        let _ = self.0.set_attribute(name, value);
        self
    }

    /// Adds text.
    pub fn text(self, text: &str) -> Self {
        let _ = self.0.append_with_str_1(text);
        self
    }

    /// Adds an element.
    #[expect(clippy::needless_pass_by_value, reason = "it has a new owner: the document")]
    pub fn child(self, child: Self) -> Self {
        let _ = self.0.append_child(&child.0);
        self
    }
}

/// Puts these in place of all that an element holds.
pub fn replace(element: &Element, children: Vec<Html>) {
    element.set_text_content(None);
    for child in children {
        let _ = element.append_child(&child.0);
    }
}

impl From<Element> for Html {
    fn from(element: Element) -> Self {
        Self(element)
    }
}

/// Adds a style sheet to the page.
pub fn style(text: &str) {
    if let Some(head) = document().head() {
        let _ = head.append_child(&html("style").text(text).0);
    }
}

/// A formula.
pub fn math(node: &Node) -> Element {
    let root = html("div").0;
    let mut tree = Tree { open: vec![root.clone()] };
    walk(node, &mut tree);
    // The walk yields one element with all in it.
    root.first_element_child().unwrap_or(root)
}

/// Builds a formula: the elements that are open, each in the one before.
struct Tree {
    open: Vec<Element>,
}

impl Build for Tree {
    fn open(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) {
        let space = Some("http://www.w3.org/1998/Math/MathML");
        let element = document().create_element_ns(space, tag).unwrap_throw();
        for (name, value) in attributes {
            let _ = element.set_attribute(name, value);
        }
        if let Some(parent) = self.open.last() {
            let _ = parent.append_child(&element);
        }
        self.open.push(element);
    }

    fn text(&mut self, text: &str) {
        if let Some(element) = self.open.last() {
            let _ = element.append_with_str_1(text);
        }
    }

    fn close(&mut self, _: &'static str) {
        self.open.pop();
    }
}
