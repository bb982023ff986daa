//! The stage in three dimensions: a mesh of the surface that the graphics processor draws, the axes' labels on a canvas over it,
//! and what pointers and keys do.
//!
//! The page calls [`space`] in its own frames, whenever something that is seen has changed. What changes only here, such as the
//! camera while it is turned, is drawn with the next frame of the browser, and nothing is while nothing changes.

mod draw;
mod gestures;
mod gpu;
mod map;
mod paths;
mod shaders;
mod sheet;
mod view;

use super::frames;
use super::place::style;
use crate::lab::place::per_place;
use std::cell::{Cell, RefCell};
use view::View;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

per_place! {
    static VIEW: RefCell<Option<View>> = const { RefCell::new(None) };
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

fn with<T>(act: impl FnOnce(&mut View) -> T) -> Option<T> {
    // Still borrowed only after a panic here, which has ended this program.
    VIEW.with(|view| view.try_borrow_mut().ok()?.as_mut().map(act))
}

/// Draws the surface of a link with the paths of its runs at a step into an element. An empty link is the one before.
#[wasm_bindgen]
pub fn space(element: &Element, link: &str, focus: u32, step: u32) {
    let is_there = with(|view| view.is_in(element)).unwrap_or(false);
    if !is_there {
        style(include_str!("space/space.css"));
        let view = View::new(element);
        gestures::listen(&view);
        VIEW.set(Some(view));
    }
    with(|view| {
        view.adopt(link, focus as usize, step as usize);
        view.draw();
    });
}

/// Has it drawn with the next frame.
fn draw_soon() {
    frames::ask(&ASKED, || {
        with(View::draw);
    });
}
