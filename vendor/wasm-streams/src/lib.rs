//! Stands in for the crate of this name, so far as Leptos's server functions name it.
//!
//! The page has no server and calls none of this. The real crate exports classes to JavaScript, which the linker has to keep
//! whether they are used or not: about 9 kB gzip of a page that has 150.

use futures_util::Stream;
use futures_util::stream::{Empty, empty};
use wasm_bindgen::JsValue;

/// A stream of the browser's.
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Would turn a Rust stream into one of the browser's; nothing here sends one.
    ///
    /// # Panics
    /// Always.
    pub fn from_stream<S: Stream<Item = Result<JsValue, JsValue>> + 'static>(_: S) -> Self {
        unreachable!("streams are for server functions, and this page has no server")
    }

    /// Takes over a stream of the browser's.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// The stream of the browser's.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// Its items: none.
    pub fn into_stream(self) -> Empty<Result<JsValue, JsValue>> {
        empty()
    }
}
