//! Copying a text, and saying so.

use super::super::html::{Html, html, set_text};
use super::super::place;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlTextAreaElement};

/// How long the button says that it is done, in milliseconds.
const STAY_MS: i32 = 2500;
/// Where the presses are counted.
const PRESSES: &str = "data-presses";

/// A button that copies what stands in a field, with a place beside it that says what came of it.
pub fn button(name: &str, id: &str, field: &Element) -> Html {
    let said = html("span").attr("role", "status").attr("class", "note");
    let (from, place) = (field.clone(), said.element());
    let button = html("button")
        .attr("type", "button")
        .attr("data-testid", &format!("share-copy-{id}"))
        .text(name)
        .on("click", move |_| copy(&from, &place));
    html("div").attr("class", "copy").child(button).child(said)
}

fn copy(field: &Element, said: &Element) {
    let text = super::value(field);
    let select = {
        let (field, said) = (field.clone(), said.clone());
        // Where the page may not write to the clipboard, the reader can.
        move || {
            if let Some(field) = field.dyn_ref::<HtmlTextAreaElement>() {
                let _ = field.focus();
                field.select();
            }
            set_text(&said, "Selected: press ctrl c.");
            press(&said);
        }
    };
    let Some(written) = write(&text) else {
        return select();
    };
    let done = {
        let said = said.clone();
        move || {
            set_text(&said, "Copied.");
            let press = press(&said);
            place::later(STAY_MS, move || {
                // What a later press says stays its own time.
                if said.get_attribute(PRESSES).is_some_and(|last| last == press) {
                    set_text(&said, "");
                }
            });
        }
    };
    let [done, refused] = [place::once(done), place::once(select)];
    if let Ok(then) = Reflect::get(&written, &"then".into()) {
        let _ = then.unchecked_ref::<Function>().call2(&written, &done, &refused);
    }
}

/// Counts a press at the place that says what came of it; gives its number.
fn press(said: &Element) -> String {
    let before = said.get_attribute(PRESSES).and_then(|n| n.parse().ok()).unwrap_or(0_u32);
    let now = before.wrapping_add(1).to_string();
    let _ = said.set_attribute(PRESSES, &now);
    now
}

/// Writes to the clipboard, if there is one: pages that are not served securely have none.
fn write(text: &str) -> Option<Promise> {
    let navigator: JsValue = web_sys::window()?.navigator().into();
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).ok().filter(|c| !c.is_undefined())?;
    Some(clipboard.unchecked_into::<web_sys::Clipboard>().write_text(text))
}
