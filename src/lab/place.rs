//! The places where this program is at work: the page itself, or one of several elements of another page, each in a shadow
//! root of its own.
//!
//! There is one program for all of them. What belongs to one place is declared with [`per_place!`] in place of
//! `thread_local!` and used alike; which place is meant is known at any time ([`here`]): the page says so before it calls
//! ([`enter`]), and what is called back later, by an event, a frame or a timer, is called in the place where it was asked for
//! ([`callback`], [`later`]). When a place goes, what belonged to it is dropped, and what still waits for it is not called.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::thread::LocalKey;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::convert::FromWasmAbi;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, AddEventListenerOptions, Document, Element, Event, EventTarget, Node};

use super::html::document;

/// One of the places.
struct Place {
    number: u32,
    /// What the page is built into.
    page: Element,
    /// The document, or the shadow root.
    root: Node,
    /// The style sheets that are there already.
    styles: RefCell<Vec<&'static str>>,
    /// Ends all that listens: elements that a listener knows, and that know it, would keep each other for ever.
    end: Option<AbortController>,
    /// Drops what belongs to it.
    forget: RefCell<Vec<Box<dyn FnOnce()>>>,
}

thread_local! {
    static HERE: Cell<u32> = const { Cell::new(0) };
    static OPEN: RefCell<Vec<Rc<Place>>> = const { RefCell::new(Vec::new()) };
    /// Style sheets for shadow roots, which share them.
    static SHEETS: RefCell<Vec<(&'static str, bool, JsValue)>> = const { RefCell::new(Vec::new()) };
}

/// A page is there: its number, and the element that it was built into.
#[wasm_bindgen]
pub fn open(number: u32, page: &Element) {
    let root = page.get_root_node();
    let place = Place {
        number,
        page: page.clone(),
        root,
        end: AbortController::new().ok(),
        styles: RefCell::default(),
        forget: RefCell::default(),
    };
    OPEN.with_borrow_mut(|all| all.push(Rc::new(place)));
    at(number, super::begin);
}

/// What follows is about this page.
#[wasm_bindgen]
pub fn enter(number: u32) {
    HERE.set(number);
}

/// A page has gone.
#[wasm_bindgen]
pub fn close(number: u32) {
    at(number, super::end);
    let gone = OPEN.with_borrow_mut(|all| {
        let i = all.iter().position(|p| p.number == number)?;
        Some(all.remove(i))
    });
    if let Some(place) = gone {
        if let Some(end) = &place.end {
            end.abort();
        }
        place.forget.take().into_iter().for_each(|forget| forget());
    }
}

/// What the page was built into, where the place is all of the document.
pub fn whole() -> Option<Element> {
    let place = now()?;
    place.root.is_instance_of::<Document>().then(|| place.page.clone())
}

/// What the page was built into.
pub fn page() -> Option<Element> {
    Some(now()?.page.clone())
}

/// The number of the place that all is about now.
pub fn here() -> u32 {
    HERE.get()
}

/// Does something in a place; not in one that has gone.
pub fn at<T>(number: u32, act: impl FnOnce() -> T) -> Option<T> {
    // A worker is no place, and has none.
    if number != 0 && find(number).is_none() {
        return None;
    }
    let before = HERE.replace(number);
    let answer = act();
    HERE.set(before);
    Some(answer)
}

/// How many places there are, at least one.
pub fn count() -> usize {
    OPEN.with_borrow(Vec::len).max(1)
}

fn find(number: u32) -> Option<Rc<Place>> {
    OPEN.with_borrow(|all| all.iter().find(|p| p.number == number).cloned())
}

fn now() -> Option<Rc<Place>> {
    find(here())
}

/// What the browser calls back, in this place.
pub fn callback<A: FromWasmAbi + 'static>(act: impl Fn(A) + 'static) -> JsValue {
    let number = here();
    let act = move |a: A| {
        at(number, || act(a));
    };
    Closure::<dyn Fn(A)>::new(act).into_js_value()
}

/// The same, once.
pub fn once(act: impl FnOnce() + 'static) -> JsValue {
    let number = here();
    Closure::once_into_js(move || {
        at(number, act);
    })
}

/// Does something after so many milliseconds; gives the number of the timer.
pub fn later(ms: i32, act: impl FnOnce() + 'static) -> Option<i32> {
    let window = web_sys::window()?;
    window.set_timeout_with_callback_and_timeout_and_arguments_0(once(act).unchecked_ref(), ms).ok()
}

/// The first element of the place that a selector finds.
pub fn query(selector: &str) -> Option<Element> {
    now()?.page.query_selector(selector).ok()?
}

/// All elements of the place that a selector finds.
pub fn query_all(selector: &str) -> Vec<Element> {
    let Some(Ok(all)) = now().map(|place| place.page.query_selector_all(selector)) else {
        return Vec::new();
    };
    (0..all.length()).filter_map(|i| all.get(i)?.dyn_into().ok()).collect()
}

/// The element of the place that has the focus.
pub fn active() -> Option<Element> {
    let place = now()?;
    js_sys::Reflect::get(&place.root, &"activeElement".into()).ok()?.dyn_into().ok()
}

/// Calls back on an event anywhere in the place, as long as it is there.
pub fn listen(event: &str, act: impl Fn(Event) + 'static) {
    let Some(place) = now() else { return };
    // Keys that are pressed while nothing has the focus are the page's own, and not an element's.
    let target: &EventTarget = place.root.dyn_ref::<Document>().map_or(&place.page, |whole| whole);
    listen_to(target, event, act);
}

/// Calls back on an event, as long as the target and the place are there.
pub fn listen_to(target: &EventTarget, event: &str, act: impl Fn(Event) + 'static) {
    let options = AddEventListenerOptions::new();
    if let Some(end) = now().as_ref().and_then(|place| place.end.as_ref()) {
        options.set_signal(&end.signal());
    }
    let callback = callback(act);
    let callback = callback.unchecked_ref();
    let _ = target.add_event_listener_with_callback_and_add_event_listener_options(event, callback, &options);
}

/// What says which colours are wanted, in its attribute `data-theme`.
pub fn themed() -> Option<Element> {
    let place = now()?;
    place.root.dyn_ref::<Document>().map_or_else(|| Some(place.page.clone()), Document::document_element)
}

/// Whether the place is narrower than this.
pub fn is_narrower(px: i32) -> bool {
    let Some(place) = now() else { return false };
    if place.root.is_instance_of::<Document>() {
        let query = web_sys::window()
            .and_then(|w| w.match_media(&format!("(max-width: {}px)", px - 1)).ok().flatten());
        return query.is_some_and(|q| q.matches());
    }
    place.page.client_width() < px
}

/// Adds a style sheet to the place, if it is not there.
pub fn style(text: &'static str) {
    let Some(place) = now() else { return };
    if place.styles.borrow().contains(&text) {
        return;
    }
    place.styles.borrow_mut().push(text);
    let in_shadow = !place.root.is_instance_of::<Document>();
    let adopted = sheet(text, in_shadow).and_then(|sheet| {
        let all = js_sys::Reflect::get(&place.root, &"adoptedStyleSheets".into()).ok()?;
        let all = js_sys::Array::from(all.dyn_ref::<js_sys::Array>()?);
        all.push(&sheet);
        js_sys::Reflect::set(&place.root, &"adoptedStyleSheets".into(), &all).ok()
    });
    if adopted != Some(true) {
        let text = if in_shadow { for_shadow(text) } else { text.to_owned() };
        let element = super::html::html("style").text(&text).0;
        let parent = if in_shadow { Some(place.root.clone()) } else { document().head().map(Into::into) };
        let _ = parent.map(|parent| parent.append_child(&element));
    }
}

/// A style sheet that several roots can have.
fn sheet(text: &'static str, in_shadow: bool) -> Option<JsValue> {
    let known = |(known, shadow, _): &&(&str, bool, JsValue)| *known == text && *shadow == in_shadow;
    if let Some(sheet) = SHEETS.with_borrow(|all| all.iter().find(known).map(|(_, _, sheet)| sheet.clone())) {
        return Some(sheet);
    }
    let make = js_sys::Reflect::get(&js_sys::global(), &"CSSStyleSheet".into()).ok()?;
    let make: js_sys::Function = make.dyn_into().ok()?;
    let sheet = js_sys::Reflect::construct(&make, &js_sys::Array::new()).ok()?;
    let write = js_sys::Reflect::get(&sheet, &"replaceSync".into()).ok()?;
    let words = if in_shadow { for_shadow(text) } else { text.to_owned() };
    write.dyn_into::<js_sys::Function>().ok()?.call1(&sheet, &words.into()).ok()?;
    SHEETS.with_borrow_mut(|all| all.push((text, in_shadow, sheet.clone())));
    Some(sheet)
}

/// A page asks how wide the window is, an element how wide it is itself (scripts/finish does the same with the page's own
/// style sheets).
fn for_shadow(text: &str) -> String {
    let text = text.replace("@media (max-width", "@container (max-width");
    let text = text.replace("@media (min-width", "@container (min-width");
    // Lengths only, which end in a digit before.
    ('0'..='9').fold(text, |text, digit| text.replace(&format!("{digit}vw"), &format!("{digit}cqw")))
}

/// What a static of [`per_place!`] keeps: a value for each place that has asked for one.
pub struct Slots<T>(RefCell<Vec<(u32, Rc<T>)>>);

impl<T> Slots<T> {
    /// None yet.
    pub const fn new() -> Self {
        Self(RefCell::new(Vec::new()))
    }
}

/// What belongs to a place each ([`per_place!`]).
pub struct Own<T: 'static> {
    slots: &'static LocalKey<Slots<T>>,
    first: fn() -> T,
}

impl<T> Own<T> {
    /// It, as it is at first.
    pub const fn new(slots: &'static LocalKey<Slots<T>>, first: fn() -> T) -> Self {
        Self { slots, first }
    }

    /// Looks at it.
    pub fn with<R>(&'static self, look: impl FnOnce(&T) -> R) -> R {
        let number = here();
        let known = |slots: &Slots<T>| {
            slots.0.borrow().iter().find(|(of, _)| *of == number).map(|(_, value)| Rc::clone(value))
        };
        let value = self.slots.with(known).unwrap_or_else(|| self.begin(number));
        look(&value)
    }

    fn begin(&'static self, number: u32) -> Rc<T> {
        let value = Rc::new((self.first)());
        self.slots.with(|slots| slots.0.borrow_mut().push((number, Rc::clone(&value))));
        if let Some(place) = find(number) {
            place.forget.borrow_mut().push(Box::new(move || self.forget(number)));
        }
        value
    }

    fn forget(&self, number: u32) {
        let gone = self.slots.with(|slots| {
            let mut slots = slots.0.borrow_mut();
            let i = slots.iter().position(|(of, _)| *of == number)?;
            Some(slots.swap_remove(i))
        });
        // It may look at others as it goes.
        drop(gone);
    }
}

impl<T> Own<RefCell<T>> {
    /// As of a [`LocalKey`].
    pub fn with_borrow<R>(&'static self, look: impl FnOnce(&T) -> R) -> R {
        self.with(|value| look(&value.borrow()))
    }

    /// As of a [`LocalKey`].
    pub fn with_borrow_mut<R>(&'static self, act: impl FnOnce(&mut T) -> R) -> R {
        self.with(|value| act(&mut value.borrow_mut()))
    }

    /// As of a [`LocalKey`].
    pub fn set(&'static self, new: T) {
        drop(self.replace(new));
    }

    /// As of a [`LocalKey`].
    pub fn replace(&'static self, new: T) -> T {
        self.with(|value| value.replace(new))
    }

    /// As of a [`LocalKey`].
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.replace(T::default())
    }
}

impl<T> Own<Cell<T>> {
    /// As of a [`LocalKey`].
    pub fn set(&'static self, new: T) {
        self.with(|value| value.set(new));
    }

    /// As of a [`LocalKey`].
    pub fn get(&'static self) -> T
    where
        T: Copy,
    {
        self.with(Cell::get)
    }

    /// As of a [`LocalKey`].
    pub fn replace(&'static self, new: T) -> T {
        self.with(|value| value.replace(new))
    }

    /// As of a [`LocalKey`].
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(Cell::take)
    }
}

/// Statics as of `thread_local!`, of which each place has its own.
macro_rules! per_place {
    ($($(#[$doc:meta])* static $name:ident: $type:ty = $first:expr;)*) => {
        $(
            $(#[$doc])*
            static $name: $crate::lab::place::Own<$type> = {
                thread_local! {
                    static SLOTS: $crate::lab::place::Slots<$type> = const { $crate::lab::place::Slots::new() };
                }
                $crate::lab::place::Own::new(&SLOTS, || $first)
            };
        )*
    };
}
pub(super) use per_place;
