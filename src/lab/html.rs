//! Elements of the document.

use super::place::listen_to;
use crate::formula::{self, Build, walk};
use wasm_bindgen::{JsCast, JsValue, UnwrapThrowExt};
use web_sys::{Document, Element, Event, HtmlElement, Node};

/// An element under construction.
pub struct Html(pub Element);

/// The document of the page.
pub fn document() -> Document {
    // This program runs in a page and nowhere else.
    web_sys::window().and_then(|w| w.document()).unwrap_throw()
}

/// An element. The tag is one of this program's, so the browser knows it.
pub fn html(tag: &str) -> Html {
    Html(document().create_element(tag).unwrap_throw())
}

/// An element of a drawing.
pub fn svg(tag: &str) -> Html {
    Html(document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag).unwrap_throw())
}

impl Html {
    /// The element itself.
    pub fn element(&self) -> Element {
        self.0.clone()
    }

    /// Sets an attribute.
    pub fn attr(self, name: &str, value: &str) -> Self {
        write(&self.0, name, value);
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

impl Html {
    /// Adds elements.
    pub fn children(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// Does something on an event, as long as the element lives.
    pub fn on(self, event: &str, act: impl Fn(&Event) + 'static) -> Self {
        on(&self.0, event, act);
        self
    }
}

/// Calls back on an event of an element, as long as the element lives: the browser keeps a closure as long.
pub fn on(element: &Element, event: &str, act: impl Fn(&Event) + 'static) {
    let act: Box<dyn Fn(&Event)> = Box::new(act);
    listen_to(element, event, move |event| act(&event));
}

/// Sets an attribute, if it is another.
pub fn set(element: &Element, name: &str, value: &str) {
    // The browser writes styles its own way.
    let is_same = if name == "style" {
        let key = JsValue::from_str(STYLE);
        let before = js_sys::Reflect::get(element, &key).ok().and_then(|text| text.as_string());
        let _ = js_sys::Reflect::set(element, &key, &value.into());
        before.as_deref() == Some(value)
    } else {
        element.get_attribute(name).as_deref() == Some(value)
    };
    if !is_same {
        write(element, name, value);
    }
}

/// What an element is asked for the style that was set last.
const STYLE: &str = "descentStyle";

/// Sets an attribute. The policy of the page (index.html) lets no attribute set a style; its own programs may set it directly.
fn write(element: &Element, name: &str, value: &str) {
    if name == "style" {
        element.unchecked_ref::<HtmlElement>().style().set_css_text(value);
    } else {
        let _ = element.set_attribute(name, value);
    }
}

/// Sets the words in an element, if they are others.
pub fn set_text(element: &Element, text: &str) {
    if element.text_content().as_deref() == Some(text) {
        return;
    }
    match element.first_child() {
        // Words in place of words: nothing is taken out of the document and put in.
        Some(words) if words.node_type() == Node::TEXT_NODE && words.next_sibling().is_none() => {
            words.set_text_content(Some(text));
        }
        _ => element.set_text_content(Some(text)),
    }
}

/// The value of a field.
pub fn value(field: &Element) -> String {
    js_sys::Reflect::get(field, &"value".into()).ok().and_then(|v| v.as_string()).unwrap_or_default()
}

/// Sets the value of a field, if it is another.
pub fn set_value(field: &Element, text: &str) {
    if value(field) != text {
        let _ = js_sys::Reflect::set(field, &"value".into(), &text.into());
    }
}

/// Whether a box is ticked.
pub fn is_checked(field: &Element) -> bool {
    js_sys::Reflect::get(field, &"checked".into()).is_ok_and(|v| v.is_truthy())
}

/// Ticks a box, or takes the tick away.
pub fn set_checked(field: &Element, on: bool) {
    let _ = js_sys::Reflect::set(field, &"checked".into(), &JsValue::from_bool(on));
}

/// The element that listens to an event.
pub fn listener(event: &Event) -> Option<Element> {
    event.current_target()?.dyn_into().ok()
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

/// A formula.
pub fn math(node: &formula::Node) -> Element {
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
