//! Elements and their bindings: a thin layer between Leptos's signals and the document.
//!
//! Leptos's own views are generic over the type of every attribute and child, and each combination is compiled again: the
//! page came to 313 kB gzip with them, twice its budget. Here every binding is a boxed closure in an effect that touches
//! the document only when what it yields has changed, and all of them share one copy of that code. Signals, effects,
//! owners and context are Leptos's.

use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event};

/// An element under construction.
#[derive(Clone)]
pub struct El(pub Element);

/// An HTML element.
pub fn el(tag: &str) -> El {
    El(document()
        .create_element(tag)
        .expect("a tag of this program's is valid"))
}

/// An SVG element.
pub fn svg(tag: &str) -> El {
    let space = Some("http://www.w3.org/2000/svg");
    El(document()
        .create_element_ns(space, tag)
        .expect("a tag of this program's is valid"))
}

/// Runs now and whenever something it read has changed, until the surrounding region goes.
pub fn effect(run: impl Fn() + 'static) {
    keep(Box::new(run));
}

fn keep(run: Box<dyn Fn()>) {
    // The owner of the region holds the effect.
    StoredValue::new_local(RenderEffect::new(move |_| run()));
}

/// Runs whenever what it yields has changed.
fn on_change(read: Box<dyn Fn() -> String>, write: Box<dyn Fn(&str)>) {
    let last = RefCell::new(None::<String>);
    keep(Box::new(move || {
        let new = read();
        if last.borrow().as_deref() != Some(&new) {
            write(&new);
            *last.borrow_mut() = Some(new);
        }
    }));
}

fn flag(on: bool) -> String {
    if on { "1".to_owned() } else { String::new() }
}

impl El {
    /// Sets an attribute.
    pub fn attr(self, name: &str, value: &str) -> Self {
        let _ = self.0.set_attribute(name, value);
        self
    }

    /// Sets the classes.
    pub fn class(self, names: &str) -> Self {
        self.0.set_class_name(names);
        self
    }

    /// Sets the name by which tests find it.
    pub fn test_id(self, id: &str) -> Self {
        self.attr("data-testid", id)
    }

    /// Sets the tooltip.
    pub fn title(self, text: &str) -> Self {
        self.attr("title", text)
    }

    /// Sets the tooltip, and the name for those who do not see it.
    pub fn label(self, text: &str) -> Self {
        self.attr("title", text).attr("aria-label", text)
    }

    /// Adds text.
    pub fn text(self, text: &str) -> Self {
        let _ = self.0.append_with_str_1(text);
        self
    }

    /// Adds an element.
    pub fn child(self, child: El) -> Self {
        let _ = self.0.append_child(&child.0);
        self
    }

    /// Adds elements.
    pub fn children(self, children: impl IntoIterator<Item = El>) -> Self {
        for child in children {
            let _ = self.0.append_child(&child.0);
        }
        self
    }

    /// Its text follows a closure.
    pub fn live_text(self, read: impl Fn() -> String + 'static) -> Self {
        let node = self.0.clone();
        on_change(
            Box::new(read),
            Box::new(move |text| node.set_text_content(Some(text))),
        );
        self
    }

    /// An attribute follows a closure.
    pub fn live_attr(self, name: &'static str, read: impl Fn() -> String + 'static) -> Self {
        let node = self.0.clone();
        on_change(
            Box::new(read),
            Box::new(move |text| {
                let _ = node.set_attribute(name, text);
            }),
        );
        self
    }

    /// Tooltip and name follow a closure.
    pub fn live_label(self, read: impl Fn() -> String + 'static) -> Self {
        let node = self.0.clone();
        on_change(
            Box::new(read),
            Box::new(move |text| {
                let _ = node.set_attribute("title", text);
                let _ = node.set_attribute("aria-label", text);
            }),
        );
        self
    }

    /// An attribute is there or not, as a closure says: `hidden`, `disabled`.
    pub fn live_flag(self, name: &'static str, read: impl Fn() -> bool + 'static) -> Self {
        let node = self.0.clone();
        on_change(
            Box::new(move || flag(read())),
            Box::new(move |text| {
                let _ = node.toggle_attribute_with_force(name, !text.is_empty());
            }),
        );
        self
    }

    /// A class is there or not, as a closure says.
    pub fn live_class(self, name: &'static str, read: impl Fn() -> bool + 'static) -> Self {
        let node = self.0.clone();
        on_change(
            Box::new(move || flag(read())),
            Box::new(move |text| {
                let _ = node.class_list().toggle_with_force(name, !text.is_empty());
            }),
        );
        self
    }

    /// The value of a field follows a closure. It is written after every change of what the closure read, also to the same
    /// value: what was typed meanwhile makes way.
    pub fn live_value(self, read: impl Fn() -> String + 'static) -> Self {
        let node = self.0.clone();
        effect(move || set_value(&node, &read()));
        self
    }

    /// Whether a box is ticked follows a closure.
    pub fn live_checked(self, read: impl Fn() -> bool + 'static) -> Self {
        let node = self.0.clone();
        effect(move || {
            let _ = js_sys::Reflect::set(&node, &"checked".into(), &JsValue::from_bool(read()));
        });
        self
    }

    /// Does something on an event.
    pub fn on(self, event: &str, act: impl Fn(Event) + 'static) -> Self {
        listen(&self.0, event, Box::new(act));
        self
    }

    /// Does something when it is pressed.
    pub fn on_click(self, act: impl Fn() + 'static) -> Self {
        self.on("click", move |_| act())
    }

    /// Its children are made anew whenever the key changes, and what belonged to the old ones goes.
    pub fn region(
        self,
        key: impl Fn() -> String + 'static,
        make: impl Fn(&str) -> Vec<El> + 'static,
    ) -> Self {
        let node = self.0.clone();
        region(node, Box::new(key), Box::new(make));
        self
    }
}

/// Makes the children of a region for a key.
type Make = Box<dyn Fn(&str) -> Vec<El>>;

fn region(node: Element, key: Box<dyn Fn() -> String>, make: Make) {
    let parent = Owner::current().unwrap_or_default();
    let inner = RefCell::new(None::<Owner>);
    on_change(
        key,
        Box::new(move |key| {
            if let Some(old) = inner.take() {
                old.cleanup();
            }
            let owner = parent.with(Owner::new);
            let children = owner.with(|| untrack(|| make(key)));
            node.set_text_content(None);
            for child in children {
                let _ = node.append_child(&child.0);
            }
            *inner.borrow_mut() = Some(owner);
        }),
    );
}

/// Calls back on an event, as long as the element lives.
fn listen(node: &Element, event: &str, act: Box<dyn Fn(Event)>) {
    // The browser collects the closure with the element.
    let callback = Closure::<dyn Fn(Event)>::wrap(act).into_js_value();
    let _ = node.add_event_listener_with_callback(event, callback.unchecked_ref());
}

/// The value of the field an event came from.
pub fn value(ev: &Event) -> String {
    let Some(target) = ev.target() else {
        return String::new();
    };
    js_sys::Reflect::get(&target, &"value".into())
        .ok()
        .and_then(|v| v.as_string())
        .unwrap_or_default()
}

/// Sets the value of a field.
pub fn set_value(node: &Element, value: &str) {
    let _ = js_sys::Reflect::set(node, &"value".into(), &value.into());
}

/// Whether the box an event came from is ticked.
pub fn checked(ev: &Event) -> bool {
    let Some(target) = ev.target() else {
        return false;
    };
    js_sys::Reflect::get(&target, &"checked".into()).is_ok_and(|v| v.is_truthy())
}

/// A button with words on it.
pub fn button(words: &str) -> El {
    el("button").attr("type", "button").text(words)
}

/// A button with a picture on it: its path in a square of 16.
pub fn icon_button(path: &str, label: &str) -> El {
    el("button")
        .attr("type", "button")
        .class("icon")
        .label(label)
        .child(icon(path))
}

/// A picture: its path in a square of 16.
pub fn icon(path: &str) -> El {
    svg("svg")
        .attr("viewBox", "0 0 16 16")
        .attr("width", "16")
        .attr("height", "16")
        .attr("aria-hidden", "true")
        .child(svg("path").attr("d", path))
}

/// An option of a menu: its key, its name, its tooltip.
pub type Choice<'a> = (&'a str, &'a str, &'a str);

/// A menu: its options in groups; a group without a title stands open, one without options is left out.
pub fn menu(groups: &[(&str, Vec<Choice<'_>>)]) -> El {
    let option =
        |(key, name, help): &Choice<'_>| el("option").attr("value", key).title(help).text(name);
    let groups = groups
        .iter()
        .filter(|(_, options)| !options.is_empty())
        .flat_map(|(title, options)| {
            let options: Vec<El> = options.iter().map(option).collect();
            if title.is_empty() {
                options
            } else {
                vec![el("optgroup").attr("label", title).children(options)]
            }
        });
    el("select").children(groups.collect::<Vec<_>>())
}
