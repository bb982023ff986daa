//! Files for the reader to keep.

use super::super::html::html;
use super::super::place;
use crate::scene::figure::webm;
use js_sys::{Array, ArrayBuffer, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

/// How long an address of a file is kept: some browsers ask the reader where to put it first.
const KEPT_MS: i32 = 60_000;

/// Has the browser save bytes under a name.
///
/// # Errors
/// That it does not, in words.
pub fn bytes(bytes: &[u8], name: &str, kind: &str) -> Result<(), String> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).map_err(refused)?;
    file(&blob, name)
}

/// Has the browser save a file under a name.
///
/// # Errors
/// That it does not, in words.
pub fn file(blob: &Blob, name: &str) -> Result<(), String> {
    let address = Url::create_object_url_with_blob(blob).map_err(refused)?;
    let link = html("a").attr("href", &address).attr("download", name).attr("hidden", "").element();
    let body = super::super::html::document().body();
    if let (Some(body), Some(link)) = (body, link.dyn_ref::<HtmlElement>()) {
        let _ = body.append_child(link);
        link.click();
        link.remove();
    }
    after(KEPT_MS, move || {
        let _ = Url::revoke_object_url(&address);
    });
    Ok(())
}

/// The parts of a film as one file.
pub fn joined(parts: &Array, ending: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(&format!("video/{ending}"));
    Blob::new_with_blob_sequence_and_options(parts, &options).ok()
}

/// Writes into the head of a film how long it is; what cannot be changed is used as it is.
pub fn with_length(film: Blob, length_ms: f64, then: impl Fn(&Blob) + 'static) {
    let head = film.slice_with_f64_and_f64(0.0, f64::from(webm::HEAD_BYTES));
    let Ok(head) = head else { return then(&film) };
    let read = place::callback(move |head: JsValue| {
        // None where it could not be read.
        let head =
            if head.is_instance_of::<ArrayBuffer>() { Uint8Array::new(&head).to_vec() } else { Vec::new() };
        let longer = webm::with_duration(&head, length_ms).and_then(|head| {
            let rest = film.slice_with_f64(f64::from(webm::HEAD_BYTES)).ok()?;
            joined(&Array::of2(&Uint8Array::from(&head[..]), &rest), "webm")
        });
        then(longer.as_ref().unwrap_or(&film));
    });
    let then: JsValue = head.array_buffer().into();
    let _ = Reflect::get(&then, &"then".into())
        .and_then(|call| call.unchecked_into::<Function>().call2(&then, &read, &read));
}

fn refused(_: JsValue) -> String {
    "The browser did not let the file be saved.".to_owned()
}

/// Does something after so many milliseconds.
pub fn after(ms: i32, act: impl FnOnce() + 'static) {
    place::later(ms, act);
}
