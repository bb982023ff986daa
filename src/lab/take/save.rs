//! Files for the reader to keep.

use super::super::html::html;
use js_sys::{Array, Uint8Array};
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

fn refused(_: JsValue) -> String {
    "The browser did not let the file be saved.".to_owned()
}

/// Does something after so many milliseconds.
pub fn after(ms: i32, act: impl FnOnce() + 'static) {
    super::super::place::later(ms, act);
}
