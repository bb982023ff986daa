//! Elements of the document.

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

    /// Adds it as the last child of an element that is in the document.
    pub fn put_last_in(self, parent: &Element) {
        let _ = parent.append_child(&self.0);
    }
}

/// Puts these in place of all that an element holds.
pub fn replace(element: &Element, children: Vec<Html>) {
    element.set_text_content(None);
    for child in children {
        let _ = element.append_child(&child.0);
    }
}
