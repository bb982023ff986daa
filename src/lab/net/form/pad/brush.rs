//! The brush: what it puts or takes away, and where.

use super::super::own::Own;
use crate::lab::bound::Bound;
use crate::math::{num, rng};
use crate::net::data::points::MOST_CLASSES;
use crate::net::{MOST_POINTS, PLANE};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, PointerEvent};

/// How far the keys move it, and with shift.
const STEP: (f64, f64) = (0.25, 1.0);
/// How far it has to move before it puts the next points.
const SPACING: f64 = 0.3;
/// It puts so many points at once for each square unit that it covers.
const DENSITY: f64 = 0.6;

/// A brush.
pub struct Brush {
    class: Cell<usize>,
    /// What it puts where labels are numbers.
    pub number: Cell<f64>,
    /// How wide it is.
    pub radius: Cell<f64>,
    erase: Cell<bool>,
    at: Cell<[f64; 2]>,
    /// Where a stroke put its last points, while there is one.
    last: Cell<Option<[f64; 2]>>,
    /// Whether it can be seen: the pointer is there, or the keyboard.
    hover: Cell<bool>,
    focus: Cell<bool>,
    /// So that no two points are put at the same place.
    draws: Cell<u64>,
}

impl Default for Brush {
    fn default() -> Self {
        Self {
            class: Cell::new(0),
            number: Cell::new(1.0),
            radius: Cell::new(0.6),
            erase: Cell::new(false),
            at: Cell::new([0.0, 0.0]),
            last: Cell::new(None),
            hover: Cell::new(false),
            focus: Cell::new(false),
            draws: Cell::new(0),
        }
    }
}

impl Brush {
    /// The class that it puts.
    pub fn class(&self) -> usize {
        self.class.get()
    }

    /// Takes a class, to put it.
    pub fn choose(&self, class: usize) {
        self.class.set(class.min(MOST_CLASSES - 1));
        self.erase.set(false);
    }

    /// Whether it takes away.
    pub fn erases(&self) -> bool {
        self.erase.get()
    }

    /// Puts in place of taking away, or the other way round.
    pub fn toggle(&self) {
        self.erase.set(!self.erase.get());
    }

    /// How wide it is.
    pub fn radius(&self) -> f64 {
        self.radius.get()
    }

    /// Where it is, if it is seen.
    pub fn seen(&self) -> Option<[f64; 2]> {
        (self.hover.get() || self.focus.get()).then(|| self.at.get())
    }

    /// Shows it where the keyboard left it.
    pub fn show_cursor(&self, on: bool) {
        self.focus.set(on);
    }

    /// A pointer goes down: a stroke begins.
    pub fn press(&self, bound: &Rc<Bound>, own: &Own, canvas: &Element, event: &PointerEvent) {
        if event.button() != 0 || !event.is_primary() {
            return;
        }
        let _ = canvas.set_pointer_capture(event.pointer_id());
        // So that keys choose the class meanwhile.
        let _ = canvas.unchecked_ref::<HtmlElement>().focus();
        self.at.set(place(canvas, event));
        bound.drag(crate::lab::bound::Change::Words("hold".to_owned()));
        own.begin();
        own.draw(true);
        self.last.set(Some(self.at.get()));
        self.act(bound, own, self.erase.get());
    }

    /// A pointer moves, with or without drawing.
    pub fn drag(&self, bound: &Rc<Bound>, own: &Own, canvas: &Element, event: &PointerEvent) {
        if !event.is_primary() {
            return;
        }
        let to = place(canvas, event);
        self.at.set(to);
        self.hover.set(true);
        let Some(from) = self.last.get() else {
            return bound.tell_again();
        };
        let way = [to[0] - from[0], to[1] - from[1]];
        let far = num::norm(&way);
        if far < SPACING {
            return bound.tell_again();
        }
        // All along the way, for a fast pointer is reported in few places.
        let steps = (far / SPACING).floor().min(100.0);
        let mut k = 1.0;
        while k <= steps {
            let share = k * SPACING / far;
            self.at.set([from[0] + share * way[0], from[1] + share * way[1]]);
            self.act(bound, own, self.erase.get());
            k += 1.0;
        }
        self.last.set(Some(self.at.get()));
        self.at.set(to);
    }

    /// The stroke ends.
    pub fn let_go(&self, bound: &Rc<Bound>, own: &Own, _: &Element, event: &PointerEvent) {
        if self.last.take().is_some() {
            own.draw(false);
            bound.end();
        }
        if event.pointer_type() != "mouse" {
            self.hover.set(false);
            bound.tell_again();
        }
    }

    /// The pointer goes elsewhere.
    pub fn leave(&self, bound: &Rc<Bound>, _: &Own, _: &Element, _: &PointerEvent) {
        self.hover.set(false);
        bound.tell_again();
    }

    /// Puts points where it is, or takes away those that are there.
    fn act(&self, bound: &Bound, own: &Own, erase: bool) {
        let [x, y] = self.at.get();
        let radius = self.radius();
        let (mut points, regression) = own.taken();
        if erase {
            let reach = radius.max(0.25);
            points.retain(|p| num::norm(&[p[0] - x, p[1] - y]) > reach);
        } else {
            let label = if regression { self.number.get() } else { class_label(self.class()) };
            let many = (DENSITY * std::f64::consts::PI * radius * radius).ceil().max(1.0);
            let mut k = 0.0;
            while k < many && points.len() < MOST_POINTS {
                let [dx, dy] = self.scatter(radius);
                let inside = |v: f64| num::clamp(v, -PLANE, PLANE);
                points.push([inside(x + dx), inside(y + dy), label]);
                k += 1.0;
            }
        }
        own.put(bound, &points, regression);
    }

    /// A place within a disc; the middle where it has no width.
    fn scatter(&self, radius: f64) -> [f64; 2] {
        let draw = self.draws.get();
        self.draws.set(draw + 1);
        let (u, v) = (rng::uniform(0, 0, 2 * draw), rng::uniform(0, 0, 2 * draw + 1));
        let (far, turn) = (radius * u.sqrt(), std::f64::consts::TAU * v);
        [far * num::cos(turn), far * num::sin(turn)]
    }

    /// Keys do all that pointers can.
    pub fn key(&self, bound: &Rc<Bound>, own: &Own, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let by = if event.shift_key() { STEP.1 } else { STEP.0 };
        let go = |x: f64, y: f64| {
            let [a, b] = self.at.get();
            self.at.set([num::clamp(a + x, -PLANE, PLANE), num::clamp(b + y, -PLANE, PLANE)]);
        };
        let widen =
            |by: f64| self.radius.set(num::clamp(((self.radius() + by) * 10.0).round() / 10.0, 0.0, 3.0));
        let once = |erase: bool| {
            own.begin();
            self.act(bound, own, erase);
            bound.end();
        };
        match event.key().as_str() {
            "ArrowLeft" => go(-by, 0.0),
            "ArrowRight" => go(by, 0.0),
            "ArrowUp" => go(0.0, by),
            "ArrowDown" => go(0.0, -by),
            "Home" => self.at.set([0.0, 0.0]),
            " " | "Enter" => once(self.erase.get()),
            "Delete" | "Backspace" => once(true),
            "e" => self.toggle(),
            "+" | "=" => widen(0.2),
            "-" => widen(-0.2),
            key => match key.parse::<usize>() {
                Ok(class) if (1..=MOST_CLASSES).contains(&class) => self.choose(class - 1),
                _ => return,
            },
        }
        event.prevent_default();
        bound.tell_again();
    }
}

fn class_label(class: usize) -> f64 {
    f64::from(u32::try_from(class).unwrap_or(0))
}

/// Where on the plane a pointer is.
fn place(canvas: &Element, event: &PointerEvent) -> [f64; 2] {
    let rect = canvas.get_bounding_client_rect();
    let share = |at: i32, from: f64, size: f64| (f64::from(at) - from) / size.max(1.0);
    let x = share(event.client_x(), rect.left(), rect.width());
    let y = share(event.client_y(), rect.top(), rect.height());
    let inside = |v: f64| num::clamp(v, -PLANE, PLANE);
    [inside((2.0 * x - 1.0) * PLANE), inside((1.0 - 2.0 * y) * PLANE)]
}
