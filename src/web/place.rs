//! Where a page is: the whole document, or an element of another one, in a shadow root.
//!
//! Several may be there at once, each with a store of its own. What a page has to tell the one around it is an event of the
//! element it was built into, `descent:said`: a word and what goes with it.

use super::ui::{listen, on_window};
use leptos::prelude::{document, location};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, AddEventListenerOptions, CustomEvent, CustomEventInit};
use web_sys::{Document, Element, Event, HtmlElement};

/// Where a page is.
pub struct Place {
    /// What the page is built into.
    pub root: Element,
    /// What knows how the second program is loaded: the window, or what has put the page there.
    pub host: JsValue,
    /// Whether the page is all of the document.
    pub is_whole: bool,
    /// Ends all that listens.
    end: Option<AbortController>,
    /// With which listeners are set up.
    pub options: AddEventListenerOptions,
}

impl Place {
    /// The place of a page in this element.
    pub fn new(root: Element, host: JsValue) -> Self {
        let is_whole = root.get_root_node().is_instance_of::<Document>();
        let (end, options) = (AbortController::new().ok(), AddEventListenerOptions::new());
        if let Some(end) = &end {
            options.set_signal(&end.signal());
        }
        Self { root, host, is_whole, end, options }
    }

    /// The first element of the page that a selector finds.
    pub fn query(&self, selector: &str) -> Option<Element> {
        self.root.query_selector(selector).ok()?
    }

    /// What the colours of the page are set on.
    pub fn themed(&self) -> HtmlElement {
        let whole = if self.is_whole { document().document_element() } else { None };
        whole.unwrap_or_else(|| self.root.clone()).unchecked_into()
    }

    /// Listens to keys: those of the whole document, or those that are pressed in the element.
    pub fn on_key(&self, act: impl Fn(Event) + 'static) {
        if self.is_whole {
            on_window("keydown", act);
        } else {
            listen(&self.root, "keydown", Box::new(act));
        }
    }

    /// Takes the page away, and with it what listens.
    pub fn leave(&self) {
        self.root.set_text_content(None);
        if let Some(end) = &self.end {
            end.abort();
        }
    }

    /// Tells the page around something.
    pub fn tell(&self, word: &str, more: &str) {
        let detail = CustomEventInit::new();
        detail.set_detail(&(word.to_owned() + " " + more).into());
        if let Ok(event) = CustomEvent::new_with_event_init_dict("descent:said", &detail) {
            let _ = self.root.dispatch_event(&event);
        }
    }

    /// The address of the whole page with this fragment.
    pub fn address(&self, fragment: &str) -> String {
        let known = js_sys::Reflect::get(&self.host, &"page".into()).ok().and_then(|page| page.as_string());
        let href = known.unwrap_or_else(|| location().href().unwrap_or_default());
        let base = href.split('#').next().unwrap_or_default();
        base.to_owned() + "#" + fragment
    }
}
