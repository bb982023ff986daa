//! What in a link cannot be used is written on the page; here the page around is told too, as of anything that fails.

use super::place::{self, callback};
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit, Element};

/// Looks at the notices now, and whenever there are others, as long as the page is there.
pub fn listen() {
    let Some(list) = place::query(".notices") else { return };
    tell(&list);
    // The list is looked for again: a closure that knew it would keep it, and be kept by it.
    let changed = callback(|_: JsValue| {
        if let Some(list) = place::query(".notices") {
            tell(&list);
        }
    });
    let observer = Reflect::get(&js_sys::global(), &"MutationObserver".into())
        .ok()
        .and_then(|make| Reflect::construct(make.dyn_ref::<Function>()?, &Array::of1(&changed)).ok());
    let what = js_sys::Object::new();
    let _ = Reflect::set(&what, &"childList".into(), &JsValue::TRUE);
    if let Some(observer) = observer
        && let Ok(observe) = Reflect::get(&observer, &"observe".into())
    {
        // It goes with the list.
        let _ = observe.dyn_into::<Function>().map(|observe| observe.call2(&observer, &list, &what));
    }
}

fn tell(list: &Element) {
    let Ok(items) = list.query_selector_all("li") else { return };
    for i in 0..items.length() {
        let words = items.get(i).and_then(|item| item.text_content()).unwrap_or_default();
        let detail = CustomEventInit::new();
        detail.set_detail(&format!("error {words}").into());
        if let (Some(page), Ok(event)) =
            (place::page(), CustomEvent::new_with_event_init_dict("descent:said", &detail))
        {
            let _ = page.dispatch_event(&event);
        }
    }
}
