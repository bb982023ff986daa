//! Small dealings with the document.

use super::ui::listen;
use crate::param::number;
use js_sys::Function;
use leptos::prelude::window;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleDeclaration, Element};

/// A function for the browser, which collects it once nothing there knows it any more. All are of this one type, for each type
/// that passes to JavaScript has code of its own on either side.
pub fn callback(act: impl Fn(JsValue) + 'static) -> Function {
    boxed_callback(Box::new(act))
}

#[inline(never)]
fn boxed_callback(act: Box<dyn Fn(JsValue)>) -> Function {
    Closure::wrap(act).into_js_value().unchecked_into()
}

/// Does something once, after so many milliseconds.
pub fn later(ms: i32, act: impl Fn() + 'static) {
    let act = callback(move |_| act());
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&act, ms);
}

/// Moves what has this style away from its corner, in CSS pixels, to a hundredth.
pub fn move_to(style: &CssStyleDeclaration, at_px: [f64; 2]) {
    let [x, y] = at_px.map(|px| number((px * 100.0).round() / 100.0));
    let _ = style.set_property("transform", &format!("translate({x}px,{y}px)"));
}

/// Whether this media query holds.
pub fn media(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|m| m.matches())
}

/// Calls back whenever this media query starts or stops to hold, as long as the page is there.
pub fn on_media(query: &str, act: impl Fn() + 'static) {
    if let Ok(Some(list)) = window().match_media(query) {
        listen(&list, "change", Box::new(move |_| act()));
    }
}

/// Leaves a mark for measurements.
pub fn mark(name: &str) {
    if let Some(performance) = window().performance() {
        let _ = performance.mark(name);
    }
}

/// The size of an element in CSS pixels.
pub fn size_px(element: &Element) -> (f64, f64) {
    let rect = element.get_bounding_client_rect();
    (rect.width(), rect.height())
}

/// Whether keys typed here are meant for a field and not for the page.
pub fn is_typing(target: Option<web_sys::EventTarget>) -> bool {
    let Some(element) = target.and_then(|t| t.dyn_into::<Element>().ok()) else {
        return false;
    };
    match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => !matches!(element.get_attribute("type").as_deref(), Some("checkbox" | "radio")),
        _ => false,
    }
}

/// Calls one of two functions when a promise is settled; futures would cost more in download than they save in words.
pub fn then(promise: &JsValue, done: impl Fn(JsValue) + 'static, refused: impl Fn(JsValue) + 'static) {
    let (done, refused) = (callback(done), callback(refused));
    if let Ok(then) = js_sys::Reflect::get(promise, &"then".into()) {
        let _ = then.unchecked_ref::<Function>().call2(promise, &done, &refused);
    }
}
