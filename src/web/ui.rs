//! Elements and their bindings: a thin layer between Leptos's signals and the document.
//!
//! Leptos's own views are generic over the type of every attribute and child, and each combination is compiled again: the
//! page came to 313 kB gzip with them, twice its budget. Here every binding is a boxed closure in an effect that touches
//! the document only when what it yields has changed, and all of them share one copy of that code. Signals, effects,
//! owners and context are Leptos's.

use super::dom::callback;
use super::store;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, UnwrapThrowExt};
use web_sys::{Element, Event, EventTarget, HtmlElement};

/// An element under construction.
#[derive(Clone)]
pub struct El(pub Element);

/// An HTML element. The tag is one of this program's, so the browser knows it.
pub fn el(tag: &str) -> El {
    El(document().create_element(tag).unwrap_throw())
}

/// An SVG element.
pub fn svg(tag: &str) -> El {
    let space = Some("http://www.w3.org/2000/svg");
    El(document().create_element_ns(space, tag).unwrap_throw())
}

/// Runs now and whenever something it read has changed, until the surrounding region goes.
pub fn effect(run: impl Fn() + 'static) {
    keep(Box::new(run));
}

#[inline(never)]
fn keep(run: Box<dyn Fn()>) {
    let number = store::HERE.get();
    let effect = RenderEffect::new(move |_| {
        store::HERE.set(number);
        run();
    });
    // The region that is being built holds it.
    on_cleanup(move || drop(effect));
}

/// Runs whenever what it yields has changed.
#[inline(never)]
pub fn on_change(read: Box<dyn Fn() -> String>, write: Box<dyn Fn(&str)>) {
    let last = RefCell::new(None::<String>);
    keep(Box::new(move || {
        let new = read();
        if last.borrow().as_deref() != Some(&new) {
            write(&new);
            *last.borrow_mut() = Some(new);
        }
    }));
}

/// What of an element follows a closure that yields words.
#[derive(Clone, Copy)]
enum Words {
    Text,
    Attr(&'static str),
    Label,
}

/// What of an element follows a closure that says yes or no.
#[derive(Clone, Copy)]
enum Flag {
    Attr(&'static str),
    Class(&'static str),
}

impl El {
    /// Sets an attribute.
    #[inline(never)]
    pub fn attr(self, name: &str, value: &str) -> Self {
        let _ = self.0.set_attribute(name, value);
        self
    }

    /// Sets the style; the policy of the page (index.html) lets no attribute do that.
    #[inline(never)]
    pub fn style(self, text: &str) -> Self {
        self.0.unchecked_ref::<HtmlElement>().style().set_css_text(text);
        self
    }

    /// Sets the classes.
    #[inline(never)]
    pub fn class(self, names: &str) -> Self {
        self.attr("class", names)
    }

    /// Sets the name by which tests find it.
    #[inline(never)]
    pub fn test_id(self, id: &str) -> Self {
        self.attr("data-testid", id)
    }

    /// Sets the name by which tests find this part of a run's card.
    #[inline(never)]
    pub fn part_of_run(self, run: usize, name: &str) -> Self {
        self.test_id(&format!("run-{run}-{name}"))
    }

    /// Sets the tooltip.
    #[inline(never)]
    pub fn title(self, text: &str) -> Self {
        self.attr("title", text)
    }

    /// Says what it is about, for its tooltip ([`crate::export::words`]).
    #[inline(never)]
    pub fn help(self, key: &str) -> Self {
        self.attr("data-help", key)
    }

    /// Sets the tooltip, and the name for those who do not see it.
    #[inline(never)]
    pub fn label(self, text: &str) -> Self {
        self.attr("title", text).attr("aria-label", text)
    }

    /// Adds text.
    #[inline(never)]
    pub fn text(self, text: &str) -> Self {
        let _ = self.0.append_with_str_1(text);
        self
    }

    /// Adds an element.
    #[inline(never)]
    pub fn child(self, child: El) -> Self {
        let _ = self.0.append_child(&child.0);
        self
    }

    /// Adds elements.
    pub fn children(self, children: impl IntoIterator<Item = El>) -> Self {
        children.into_iter().fold(self, El::child)
    }

    #[inline(never)]
    fn follow(self, what: Words, read: Box<dyn Fn() -> String>) -> Self {
        let node = self.0.clone();
        on_change(
            read,
            Box::new(move |text| match what {
                // Words in place of words: nothing is taken out of the document and put in.
                Words::Text => node.first_child().as_ref().unwrap_or(&node).set_text_content(Some(text)),
                Words::Attr(name) => {
                    let _ = node.set_attribute(name, text);
                }
                Words::Label => {
                    let _ = node.set_attribute("title", text);
                    let _ = node.set_attribute("aria-label", text);
                }
            }),
        );
        self
    }

    #[inline(never)]
    fn follow_flag(self, what: Flag, read: Box<dyn Fn() -> bool>) -> Self {
        let node = self.0.clone();
        let words = move || {
            if read() { "1".to_owned() } else { String::new() }
        };
        on_change(
            Box::new(words),
            Box::new(move |text| {
                let on = !text.is_empty();
                let _ = match what {
                    Flag::Attr(name) => node.toggle_attribute_with_force(name, on),
                    Flag::Class(name) => node.class_list().toggle_with_force(name, on),
                };
            }),
        );
        self
    }

    /// Its text follows a closure.
    pub fn live_text(self, read: impl Fn() -> String + 'static) -> Self {
        self.follow(Words::Text, Box::new(read))
    }

    /// An attribute follows a closure.
    pub fn live_attr(self, name: &'static str, read: impl Fn() -> String + 'static) -> Self {
        self.follow(Words::Attr(name), Box::new(read))
    }

    /// Tooltip and name follow a closure.
    pub fn live_label(self, read: impl Fn() -> String + 'static) -> Self {
        self.follow(Words::Label, Box::new(read))
    }

    /// An attribute is there or not, as a closure says: `hidden`, `disabled`.
    pub fn live_flag(self, name: &'static str, read: impl Fn() -> bool + 'static) -> Self {
        self.follow_flag(Flag::Attr(name), Box::new(read))
    }

    /// A class is there or not, as a closure says.
    pub fn live_class(self, name: &'static str, read: impl Fn() -> bool + 'static) -> Self {
        self.follow_flag(Flag::Class(name), Box::new(read))
    }

    /// The value of a field follows a closure. It is written after every change of what the closure read, also to the same
    /// value: what was typed meanwhile makes way.
    pub fn live_value(self, read: impl Fn() -> String + 'static) -> Self {
        self.follow_value(Box::new(read))
    }

    #[inline(never)]
    fn follow_value(self, read: Box<dyn Fn() -> String>) -> Self {
        let node = self.0.clone();
        keep(Box::new(move || set_value(&node, &read())));
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
        self.listen(event, Box::new(act))
    }

    /// Does something when it is pressed.
    pub fn on_click(self, act: impl Fn() + 'static) -> Self {
        self.on("click", move |_| act())
    }

    #[inline(never)]
    fn listen(self, event: &str, act: Box<dyn Fn(Event)>) -> Self {
        listen(&self.0, event, act);
        self
    }

    /// Its children are made anew whenever the key changes, and what belonged to the old ones goes.
    pub fn region(
        self,
        key: impl Fn() -> String + 'static,
        make: impl Fn(&str) -> Vec<El> + 'static,
    ) -> Self {
        region(self.0.clone(), Box::new(key), Box::new(make));
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

/// Calls back on an event, as long as the page is there that is being built. Then the listener is taken off: elements that it
/// knows, and that know it, would keep each other for ever.
pub fn listen(target: &EventTarget, event: &str, act: Box<dyn Fn(Event)>) {
    let (callback, options) = (callback(move |event| act(event.unchecked_into())), store::listener_options());
    let _ =
        target.add_event_listener_with_callback_and_add_event_listener_options(event, &callback, &options);
}

/// Calls back on an event of the window, as long as the page is there.
pub fn on_window(event: &str, act: impl Fn(Event) + 'static) {
    listen(&window(), event, Box::new(act));
}

/// The value of the field an event came from.
pub fn value(ev: &Event) -> String {
    let Some(target) = ev.target() else {
        return String::new();
    };
    js_sys::Reflect::get(&target, &"value".into()).ok().and_then(|v| v.as_string()).unwrap_or_default()
}

/// Sets the value of a field; left alone where it stands there already, for setting a menu is slow.
pub fn set_value(node: &Element, value: &str) {
    let now = js_sys::Reflect::get(node, &"value".into()).ok().and_then(|v| v.as_string());
    if now.as_deref() == Some(value) {
        return;
    }
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
    el("button").attr("type", "button").class("icon").label(label).child(icon(path))
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

/// An option of a menu: its key, its name.
pub type Choice<'a> = (&'a str, &'a str);

/// A menu: its options in groups; a group without a title stands open, one without options is left out.
pub fn menu(groups: &[(&str, Vec<Choice<'_>>)]) -> El {
    el("select").children(options(groups))
}

/// The options of a menu.
pub fn options(groups: &[(&str, Vec<Choice<'_>>)]) -> Vec<El> {
    let option = |(key, name): &Choice<'_>| el("option").attr("value", key).text(name);
    let groups = groups.iter().filter(|(_, options)| !options.is_empty()).flat_map(|(title, options)| {
        let options: Vec<El> = options.iter().map(option).collect();
        if title.is_empty() { options } else { vec![el("optgroup").attr("label", title).children(options)] }
    });
    groups.collect()
}

/// A value that components follow: shared, with a counter that says when it has changed.
pub struct Live<T> {
    value: Rc<RefCell<T>>,
    changes: RwSignal<u32>,
}

impl<T> Clone for Live<T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), changes: self.changes }
    }
}

impl<T: Clone> Live<T> {
    /// A value to begin with.
    pub fn new(value: T) -> Self {
        Self { value: Rc::new(RefCell::new(value)), changes: RwSignal::new(0) }
    }

    /// The value, again after every change.
    pub fn get(&self) -> T {
        track(self.changes);
        self.peek()
    }

    /// The value now.
    pub fn peek(&self) -> T {
        self.value.borrow().clone()
    }

    /// Another value.
    pub fn set(&self, value: T) {
        self.value.replace(value);
        count(self.changes);
    }
}

/// Reads again whatever runs now when this counter moves.
#[inline(never)]
pub fn track(signal: RwSignal<u32>) {
    signal.track();
}

/// Moves a counter.
#[inline(never)]
pub fn count(signal: RwSignal<u32>) {
    signal.update(|n| *n = n.wrapping_add(1));
}
