//! Panels with controls: made once for a shape of what they show, then told what is new, so that what is held, typed or
//! reached by keyboard stays where it is.
//!
//! What is set travels to the page as an event of this panel, in the words of links (`web::lab::panel` is the other end).
//! Listeners hold a panel weakly, since its elements, and so its listeners, would keep it alive for ever.

use super::html::{Html, replace};
use super::links;
use super::panels::Shown;
use crate::lab::place::per_place;
use crate::link::item;
use crate::run::{Item, Settings};
use crate::session::Config;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What there is to show now.
pub struct Now {
    /// What is seen.
    pub config: Config,
    /// The run that the panel is about.
    pub run: usize,
    /// Where the cursor stands.
    pub step: u32,
    /// The settings of the run there.
    pub live: Settings,
}

/// What a control sets, as the page hears it.
pub enum Change {
    /// A setting of the run that the panel is about.
    Item(Item),
    /// Something else, in the words that the page knows (`web::lab`).
    Words(String),
}

impl From<Item> for Change {
    fn from(item: Item) -> Self {
        Self::Item(item)
    }
}

type Follower = Box<dyn Fn(&Now)>;

/// A panel with its controls.
pub struct Bound {
    /// The element that it is drawn in.
    pub root: Element,
    now: RefCell<Rc<Now>>,
    shape: RefCell<Option<String>>,
    followers: RefCell<Vec<Follower>>,
}

per_place! {
    static PANELS: RefCell<Vec<Rc<Bound>>> = const { RefCell::new(Vec::new()) };
}

/// Draws a panel: makes it where its shape is another one, and tells its controls what is new.
pub fn draw(
    element: &Element,
    shown: &Shown<'_>,
    shape: fn(&Now) -> String,
    make: fn(&Rc<Bound>) -> Vec<Html>,
) {
    let config = links::read(shown.link).config.clone();
    let Some(live) = config.runs.get(shown.run).map(|run| run.settings_at(shown.step)) else {
        return;
    };
    let now = Now { config, run: shown.run, step: shown.step, live };
    draw_now(element, now, shape, make);
}

/// The same of what is known already.
pub fn draw_now(element: &Element, now: Now, shape: fn(&Now) -> String, make: fn(&Rc<Bound>) -> Vec<Html>) {
    let now = Rc::new(now);
    let bound = panel_of(element, &now);
    bound.now.replace(now.clone());
    let shape = shape(&now);
    let same = bound.shape.borrow().as_deref() == Some(&shape);
    if same {
        return bound.tell(&now);
    }
    bound.shape.replace(Some(shape));
    bound.followers.take();
    let held = focus_within(element);
    replace(element, make(&bound));
    bound.tell(&now);
    if let Some(test_id) = held {
        focus_again(element, &test_id);
    }
}

/// The panel of an element. Those whose elements are gone are forgotten.
fn panel_of(element: &Element, now: &Rc<Now>) -> Rc<Bound> {
    PANELS.with_borrow_mut(|panels| {
        if let Some(known) = panels.iter().find(|p| p.root == *element) {
            return known.clone();
        }
        panels.retain(|p| p.root.is_connected());
        let new = Rc::new(Bound {
            root: element.clone(),
            now: RefCell::new(now.clone()),
            shape: RefCell::default(),
            followers: RefCell::default(),
        });
        panels.push(new.clone());
        new
    })
}

/// The name of what has the focus in an element.
fn focus_within(element: &Element) -> Option<String> {
    let active = super::place::active().filter(|a| element.contains(Some(a)))?;
    active.get_attribute("data-testid")
}

/// Gives the focus to what has this name now, or to something near, where it is gone.
fn focus_again(element: &Element, test_id: &str) {
    let same = format!("[data-testid=\"{test_id}\"]");
    let near = [same.as_str(), "[role=slider][tabindex=\"0\"]", "select, input"];
    let found = near.iter().find_map(|n| element.query_selector(n).ok().flatten());
    if let Some(found) = found.and_then(|f| f.dyn_into::<HtmlElement>().ok()) {
        let _ = found.focus();
    }
}

impl Bound {
    /// What there is to show now.
    pub fn now(&self) -> Rc<Now> {
        self.now.borrow().clone()
    }

    /// Does something whenever there is something new.
    pub fn follow(&self, act: impl Fn(&Now) + 'static) {
        self.followers.borrow_mut().push(Box::new(act));
    }

    fn tell(&self, now: &Now) {
        for act in self.followers.borrow().iter() {
            act(now);
        }
    }

    /// A handle for listeners.
    pub fn weak(self: &Rc<Self>) -> Weak<Self> {
        Rc::downgrade(self)
    }

    /// Tells the controls again, where what they show is not all the page's.
    pub fn tell_again(&self) {
        self.tell(&self.now());
    }

    /// Sets something, as one of many of a gesture.
    pub fn drag(&self, change: impl Into<Change>) {
        self.say(&match change.into() {
            Change::Item(item) => item::write(self.now().live.optimizer, &item),
            Change::Words(words) => words,
        });
    }

    /// Sets something, as a gesture of its own.
    pub fn set(&self, change: impl Into<Change>) {
        self.drag(change);
        self.end();
    }

    /// Begins a gesture.
    pub fn hold(&self) {
        self.say("hold");
    }

    /// Ends a gesture.
    pub fn end(&self) {
        self.say("end");
    }

    fn say(&self, detail: &str) {
        super::say(&self.root, detail);
    }
}
