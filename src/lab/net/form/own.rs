//! Points of the user's own: what is drawn or read, held here until it can be data, and what is set of it.

use super::formula::sentence;
use super::{change, of, only_where, pad};
use crate::lab::bound::{Bound, Now};
use crate::lab::controls::button;
use crate::lab::html::{Html, html, listener, set_text, set_value, value};
use crate::net::data::points::{check, fit_link, most_in_link, snap};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// How many strokes can be taken back.
const KEPT: usize = 50;

/// Points, and whether their labels are numbers.
pub type Points = (Vec<[f64; 3]>, bool);

/// What is drawn or read.
#[derive(Default)]
pub struct Own {
    /// What stands on the pad.
    here: RefCell<Points>,
    /// What the page showed last, to know what comes from elsewhere.
    seen: RefCell<Points>,
    before: RefCell<Vec<Points>>,
    wanted: Cell<bool>,
    /// Whether a stroke is being drawn.
    drawing: Cell<bool>,
}

impl Own {
    /// Whether it was chosen while there were too few points for it to hold.
    pub fn is_wanted(&self) -> bool {
        self.wanted.get()
    }

    /// Chooses it, or something else.
    pub fn want(&self, on: bool) {
        self.wanted.set(on);
    }

    /// Whether these points can be data.
    pub fn is_usable(&self) -> bool {
        let here = self.here.borrow();
        check(&here.0, here.1).is_ok()
    }

    /// What stands on the pad.
    pub fn taken(&self) -> Points {
        self.here.borrow().clone()
    }

    /// Looks at what stands on the pad.
    pub fn look<T>(&self, look: impl FnOnce(&[[f64; 3]], bool) -> T) -> T {
        let here = self.here.borrow();
        look(&here.0, here.1)
    }

    /// Begins a stroke or another change, which can be taken back.
    pub fn begin(&self) {
        let mut before = self.before.borrow_mut();
        if before.len() == KEPT {
            before.remove(0);
        }
        before.push(self.taken());
    }

    /// Marks that a stroke is being drawn.
    pub fn draw(&self, on: bool) {
        self.drawing.set(on);
    }

    /// Puts other points on the pad, and makes them the data where they can be.
    pub fn put(&self, bound: &Bound, points: &[[f64; 3]], regression: bool) {
        let points = snap(points, regression);
        self.here.replace((points.clone(), regression));
        // Open until the page says that these are the data, or for as long as they cannot be.
        self.want(true);
        if self.is_usable() {
            bound.drag(change(&bound.now(), |_, data| {
                "own".clone_into(&mut data.source);
                (data.points, data.regression) = (points, regression);
            }));
        }
        bound.tell_again();
    }

    /// The same as a change of its own.
    pub fn put_at_once(&self, bound: &Bound, points: &[[f64; 3]], regression: bool) {
        self.begin();
        self.put(bound, points, regression);
        bound.end();
    }

    /// Takes back the last stroke.
    fn undo(&self, bound: &Bound) {
        let before = self.before.borrow_mut().pop();
        if let Some((points, regression)) = before {
            self.put(bound, &points, regression);
            bound.end();
        }
    }

    /// Takes over points that come from elsewhere: a link, an undo.
    fn follow(&self, now: &Now) {
        let Some(data) = of(now).map(|n| &n.data).filter(|d| d.source == "own") else {
            return;
        };
        self.want(false);
        let there = (data.points.clone(), data.regression);
        if *self.seen.borrow() == there {
            return;
        }
        self.seen.replace(there.clone());
        if !self.drawing.get() {
            self.here.replace(there);
        }
    }

    /// Whether its part is open.
    fn is_open(&self, now: &Now) -> bool {
        self.is_wanted() || of(now).is_some_and(|n| n.data.source == "own")
    }
}

/// The pad, and what belongs to it.
pub fn make(bound: &Rc<Bound>, own: &Rc<Own>) -> Html {
    let following = own.clone();
    bound.follow(move |now| following.follow(now));
    let problem =
        html("p").attr("class", "problem").attr("role", "status").attr("data-testid", "net-own-problem");
    let (line, held) = (problem.0.clone(), own.clone());
    bound.follow(move |_| {
        let wrong = held.look(|points, regression| check(points, regression).err());
        let text = wrong.map(|m| format!("{} Until then the data stay as they were.", sentence(&m)));
        set_text(&line, &text.unwrap_or_default());
        let _ =
            line.toggle_attribute_with_force("hidden", line.text_content().unwrap_or_default().is_empty());
    });
    let part = html("div")
        .attr("class", "net-own")
        .child(pad::make(bound, own))
        .child(actions(bound, own))
        .child(labels(bound, own))
        .child(problem)
        .child(too_many(bound, own));
    let open = own.clone();
    only_where(bound, part, move |now| open.is_open(now))
}

fn actions(bound: &Rc<Bound>, own: &Rc<Own>) -> Html {
    let [undoing, clearing, known] = [(); 3].map(|()| own.clone());
    let undo = button(bound, "Undo", "net-pad-undo", move |bound| undoing.undo(bound));
    let clear = button(bound, "Clear", "net-pad-clear", move |bound| {
        let regression = clearing.look(|_, regression| regression);
        clearing.put_at_once(bound, &[], regression);
    });
    let (first, second) = (undo.0.clone(), clear.0.clone());
    bound.follow(move |_| {
        let nothing = [known.before.borrow().is_empty(), known.look(|points, _| points.is_empty())];
        for (node, off) in [&first, &second].into_iter().zip(nothing) {
            let _ = node.set_attribute("aria-disabled", if off { "true" } else { "false" });
        }
    });
    html("div").attr("class", "bar").child(undo).child(clear)
}

/// Whether labels are classes or numbers.
fn labels(bound: &Rc<Bound>, own: &Rc<Own>) -> Html {
    let (weak, held) = (bound.weak(), own.clone());
    let menu = html("select")
        .attr("data-testid", "net-own-labels")
        .child(html("option").attr("value", "classes").text("classes"))
        .child(html("option").attr("value", "numbers").text("numbers"))
        .on("change", move |event| {
            if let (Some(bound), Some(menu)) = (weak.upgrade(), listener(event)) {
                held.put_at_once(&bound, &held.taken().0, value(&menu) == "numbers");
            }
        });
    let (node, known) = (menu.0.clone(), own.clone());
    bound.follow(move |_| {
        set_value(&node, if known.look(|_, regression| regression) { "numbers" } else { "classes" });
    });
    html("label")
        .attr("class", "row")
        .attr("data-help", "net/labels")
        .child(html("span").attr("class", "name").text("labels are"))
        .child(menu)
}

/// What is said where a link cannot carry the points.
fn too_many(bound: &Rc<Bound>, own: &Rc<Own>) -> Html {
    let note = html("p").attr("class", "note").attr("role", "status").attr("data-testid", "net-too-many");
    let (line, own) = (note.0.clone(), own.clone());
    bound.follow(move |_| {
        let text = own.look(|points, regression| {
            let most = most_in_link(regression);
            let many = points.len();
            let too_many = !fit_link(many, regression);
            too_many.then(|| {
                format!(
                    "{many} points are more than the {most} that a link carries: the link leaves them out. Save them as CSV."
                )
            })
        });
        set_text(&line, &text.unwrap_or_default());
    });
    note
}
