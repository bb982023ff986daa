//! The stage in three dimensions beside the plane or in its place; [`crate::lab`] draws it.

use super::super::lab::{self, Lab};
use super::super::store::{Dirty, Picture, Store};
use super::super::ui::{El, button, el};
use crate::look;
use crate::session::{Command, Session};
use std::cell::Cell;
use std::rc::Rc;
use web_sys::Element;

/// The word in links.
const WORD: &str = "space";

/// How the stage is shown; nothing is the plane alone, as of all that has no other picture.
fn shown(session: &Session) -> &str {
    if session.config().is_plane() { session.config().look.get(WORD) } else { "" }
}

/// The same as far as it can be: without what draws it, the plane is shown.
fn drawn(store: Store) -> String {
    let gone = store.ui(|ui| ui.lab) == Lab::Gone;
    store.settings(|s| if gone { "" } else { shown(s) }.to_owned())
}

/// Whether the plane is covered, if there is something to cover it.
pub fn covers(session: &Session) -> bool {
    shown(session) == "3d"
}

/// The buttons that choose.
pub fn buttons(store: Store) -> El {
    let choice = |(word, name): (&'static str, &str)| {
        button(name)
            .test_id(name)
            .live_attr("aria-pressed", move || store.settings(|s| shown(s) == word).to_string())
            .on_click(move || {
                if let Some(place) = look::find(WORD) {
                    store.send(Command::SetLook(place, word.to_owned()));
                    store.send(Command::EndGesture);
                }
            })
    };
    el("div")
        .class("segments")
        .attr("role", "group")
        .attr("aria-label", "Dimensions")
        .live_flag("hidden", move || store.settings(|s| !s.config().is_plane()))
        .children([("", "2D"), ("3d", "3D"), ("split", "Split")].map(choice))
}

/// The plane and the picture beside it.
pub fn panes(store: Store, plot: El) -> El {
    let solid = lab::obeys(store, lab::FOCUSED, el("div").class("space").test_id("space"));
    store.add_picture(Rc::new(Space { element: solid.0.clone(), drawn: Cell::new(false) }));
    super::on_resize(&solid.0, move || store.invalidate(Dirty::LOOK));
    el("div").class("panes").live_attr("data-space", move || drawn(store)).child(plot).child(solid)
}

/// The element, and whether all that is seen has been drawn there.
struct Space {
    element: Element,
    drawn: Cell<bool>,
}

impl Picture for Space {
    fn draw(&self, dirty: Dirty, store: Store) -> bool {
        let is_on = store.peek(|s| !shown(s).is_empty());
        if dirty.any() || !is_on {
            let anew = dirty != Dirty::CURSOR || !self.drawn.get();
            self.drawn.set(is_on && lab::space(store, &self.element, anew));
        }
        false
    }
}
