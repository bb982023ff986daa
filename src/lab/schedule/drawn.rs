//! A curve that is drawn by hand: its points are dragged one by one, or a stroke is drawn over them.

use super::{change, part};
use crate::lab::bound::{Bound, Now};
use crate::lab::controls::button;
use crate::lab::html::{Html, html, listener, set, set_text, svg};
use crate::math::num;
use crate::run::status::readable;
use crate::run::{Item, sequence};
use crate::scene::drawing::{self, Place};
use crate::schedule::ListSpec;
use std::cell::RefCell;
use std::fmt::Write;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, PointerEvent};

/// How near a mouse and a finger must be to a point to take it, in pixels.
const GRAB: (f64, f64) = (12.0, 24.0);

/// What is being dragged.
struct Drag {
    values: Vec<f64>,
    /// The picture keeps its scale meanwhile.
    top: f64,
    /// A point and how far above the pointer it is; none draws a stroke.
    point: Option<(usize, f64)>,
    last: Place,
}

/// A curve of a run's sequence of schedules.
struct Drawing {
    /// Which schedule of the sequence it is.
    part: usize,
    list: ListSpec,
    drag: RefCell<Option<Drag>>,
}

/// The picture, with its points, and what adds and removes them.
pub fn make(bound: &Rc<Bound>, id: &str, part: usize, list: ListSpec) -> Html {
    let this = Rc::new(Drawing { part, list, drag: RefCell::default() });
    let count = this.values(&bound.now()).len();
    let readout = html("span").attr("class", "note").attr("data-testid", &format!("{id}-readout"));
    let field = field(bound, &this, id, count);
    let (node, line) = (field.0.clone(), readout.0.clone());
    let shown = this.clone();
    bound.follow(move |now| {
        set_text(&line, &shown.show(&node, now));
    });
    let [adding, removing] = [(); 2].map(|()| this.clone());
    let more = button(bound, "Add", &format!("{id}-more"), move |bound| adding.add(bound));
    let fewer = button(bound, "Remove", &format!("{id}-fewer"), move |bound| removing.remove(bound));
    let more = if count < list.count.1 { more } else { more.attr("disabled", "") };
    let fewer = if count > list.count.0 { fewer } else { fewer.attr("disabled", "") };
    let (more, fewer) = (named(more, "Add a point after this one"), named(fewer, "Remove this point"));
    let bar = html("div").attr("class", "bar").child(readout).child(more).child(fewer);
    html("div").child(field).child(bar)
}

fn named(button: Html, what: &str) -> Html {
    button.attr("title", what).attr("aria-label", what)
}

/// The picture: listens to pointers and keys for all its points.
fn field(bound: &Rc<Bound>, this: &Rc<Drawing>, id: &str, count: usize) -> Html {
    let on = |act: fn(&Drawing, &Bound, &Element, &Event)| {
        let (weak, this) = (bound.weak(), this.clone());
        move |event: &Event| {
            if let (Some(bound), Some(field)) = (weak.upgrade(), listener(event)) {
                act(&this, &bound, &field, event);
            }
        }
    };
    let curve = svg("svg")
        .attr("class", "curve")
        .attr("viewBox", "0 0 100 100")
        .attr("preserveAspectRatio", "none")
        .attr("aria-hidden", "true")
        .child(svg("line").attr("class", "one").attr("x2", "100"))
        .child(svg("line").attr("class", "at").attr("y2", "100"))
        .child(svg("polyline"));
    let point = |i: usize| {
        html("div")
            .attr("class", "point")
            .attr("role", "slider")
            .attr("aria-label", &format!("Point {} of {count}", i + 1))
            .attr("aria-orientation", "vertical")
            .attr("aria-valuemin", &crate::param::number(this.list.range.0))
            .attr("aria-valuemax", &crate::param::number(this.list.range.1))
            .attr("aria-keyshortcuts", "ArrowUp ArrowDown ArrowLeft ArrowRight Delete")
            .attr("data-testid", &format!("{id}-point-{i}"))
    };
    html("div")
        .attr("class", "drawing")
        .attr("role", "group")
        .attr("aria-label", "Curve drawn by hand")
        .attr("title", "Drag a point, or draw over them. Keys: up and down move a point, left and right go to the next one, Delete removes it.")
        .attr("data-testid", &format!("{id}-drawing"))
        .child(curve)
        .children((0..count).map(point))
        .on("pointerdown", on(Drawing::press))
        .on("pointermove", on(Drawing::drag))
        .on("pointerup", on(Drawing::let_go))
        .on("pointercancel", on(Drawing::let_go))
        .on("keydown", on(Drawing::key))
        .on("focusin", on(Drawing::focus))
}

impl Drawing {
    /// The values that hold.
    fn values(&self, now: &Now) -> Vec<f64> {
        part(now, self.part).map(|p| p.list.clone()).unwrap_or_default()
    }

    fn item(&self, now: &Now, values: Vec<f64>) -> Item {
        change(now, self.part, |part| part.list = values)
    }

    /// Which point is selected; the panel remembers it, for it is made anew when there is one more or less.
    fn selected(&self, root: &Element, count: usize) -> usize {
        let told = root.get_attribute(&self.name()).and_then(|n| n.parse().ok()).unwrap_or(0);
        usize::min(told, count.saturating_sub(1))
    }

    fn select(&self, root: &Element, i: usize) {
        set(root, &self.name(), &i.to_string());
    }

    fn name(&self) -> String {
        format!("data-point-{}", self.part)
    }

    /// Shows the curve, as it is being dragged or as it holds; gives what there is to read.
    fn show(&self, field: &Element, now: &Now) -> String {
        let drag = self.drag.borrow();
        let values = drag.as_ref().map_or_else(|| self.values(now), |d| d.values.clone());
        let top = drag.as_ref().map_or_else(|| drawing::top(&values, self.list.range.1), |d| d.top);
        let count = values.len();
        let (begin, length) =
            sequence::span(&now.live.schedule, self.part, now.live.warmup, now.config.steps);
        let own = part(now, self.part).and_then(|p| p.params.first()).copied().unwrap_or(0.0);
        let steps = if own > 0.0 { own } else { f64::from(length) };
        let selected = field
            .parent_element()
            .and_then(|e| e.closest("[data-panel]").ok().flatten())
            .map_or(0, |root| self.selected(&root, count));
        let height = |v: f64| 100.0 - v / top * 100.0;
        let mut curve = String::new();
        let step = |i: usize| (drawing::share(i, count) * steps).round();
        let points = points(field);
        for (i, v) in values.iter().enumerate() {
            let x = drawing::share(i, count) * 100.0;
            let _ = write!(curve, "{x:.2},{:.2} ", height(*v));
            if let Some(point) = points.get(i) {
                set(point, "style", &format!("left:{x:.2}%;top:{:.2}%", height(*v)));
                set(point, "aria-valuenow", &crate::param::number(*v));
                set(point, "aria-valuetext", &format!("{} at step {}", readable(*v), step(i)));
                set(point, "tabindex", if i == selected { "0" } else { "-1" });
            }
        }
        let at = (f64::from(now.step) - f64::from(begin)) / steps.max(1.0) * 100.0;
        let find = |selector: &str| field.query_selector(selector).ok().flatten();
        if let (Some(line), Some(one), Some(cursor)) = (find("polyline"), find(".one"), find(".at")) {
            set(&line, "points", &curve);
            set(&one, "transform", &format!("translate(0 {:.2})", height(1.0)));
            set(&cursor, "transform", &format!("translate({at:.2})"));
        }
        let value = values.get(selected).copied().unwrap_or(0.0);
        format!("point {} of {count}: × {} at its step {}", selected + 1, readable(value), step(selected))
    }

    /// Shows what is dragged at once; the page tells the rest a moment later.
    fn show_now(&self, bound: &Bound, field: &Element) {
        let words = self.show(field, &bound.now());
        let line = field.next_element_sibling().and_then(|bar| bar.first_element_child());
        if let Some(line) = line {
            set_text(&line, &words);
        }
    }

    fn press(&self, bound: &Bound, field: &Element, event: &Event) {
        let event: &PointerEvent = event.unchecked_ref();
        if event.button() != 0 {
            return;
        }
        event.prevent_default();
        let _ = field.set_pointer_capture(event.pointer_id());
        let values = self.values(&bound.now());
        let top = drawing::top(&values, self.list.range.1);
        let (place, size) = place(field, event);
        let i = drawing::nearest(place[0], values.len());
        let up = values.get(i).map_or(0.0, |v| v / top - place[1]);
        let across = (drawing::share(i, values.len()) - place[0]) * size[0];
        let reach = if event.pointer_type() == "mouse" { GRAB.0 } else { GRAB.1 };
        let near = across * across + up * up * size[1] * size[1] <= reach * reach;
        let point = near.then_some((i, up));
        self.drag.replace(Some(Drag { values, top, point, last: place }));
        bound.hold();
        focus_point(field, i);
        if !near {
            self.move_to(bound, field, place);
        }
    }

    fn drag(&self, bound: &Bound, field: &Element, event: &Event) {
        if self.drag.borrow().is_some() {
            self.move_to(bound, field, place(field, event.unchecked_ref()).0);
        }
    }

    fn move_to(&self, bound: &Bound, field: &Element, to: Place) {
        let mut values = Vec::new();
        let mut at = None;
        if let Some(drag) = self.drag.borrow_mut().as_mut() {
            if let Some((i, up)) = drag.point {
                drag.values[i] = drawing::value(to[1] + up, drag.top);
            } else {
                drawing::stroke(&mut drag.values, drag.last, to, drag.top);
                at = Some(drawing::nearest(to[0], drag.values.len()));
            }
            drag.last = to;
            values.clone_from(&drag.values);
        }
        if let Some(i) = at {
            self.select(&bound.root, i);
        }
        self.show_now(bound, field);
        bound.drag(self.item(&bound.now(), values));
    }

    /// The page ends the gesture when any pointer is let go.
    fn let_go(&self, bound: &Bound, field: &Element, _: &Event) {
        if self.drag.take().is_some() {
            focus_point(field, self.selected(&bound.root, usize::MAX));
        }
    }

    fn focus(&self, bound: &Bound, field: &Element, event: &Event) {
        if let Some(i) = index_of(field, event) {
            self.select(&bound.root, i);
            self.show_now(bound, field);
        }
    }

    fn key(&self, bound: &Bound, field: &Element, event: &Event) {
        let event: &KeyboardEvent = event.unchecked_ref();
        let Some(i) = index_of(field, event) else {
            return;
        };
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let last = self.values(&bound.now()).len().saturating_sub(1);
        let by = if event.shift_key() { 0.1 } else { 0.01 };
        match event.key().as_str() {
            "ArrowUp" => self.raise(bound, i, by),
            "ArrowDown" => self.raise(bound, i, -by),
            "PageUp" => self.raise(bound, i, 0.1),
            "PageDown" => self.raise(bound, i, -0.1),
            "ArrowLeft" => focus_point(field, i.saturating_sub(1)),
            "ArrowRight" => focus_point(field, (i + 1).min(last)),
            "Home" => focus_point(field, 0),
            "End" => focus_point(field, last),
            "Delete" | "Backspace" => self.remove(bound),
            _ => return,
        }
        event.prevent_default();
    }

    /// Moves a point up or down, in hundredths.
    fn raise(&self, bound: &Bound, i: usize, by: f64) {
        let now = bound.now();
        let mut values = self.values(&now);
        if let Some(v) = values.get_mut(i) {
            let (lo, hi) = self.list.range;
            *v = num::clamp(((*v + by) * 100.0).round() / 100.0, lo, hi);
            bound.set(self.item(&now, values));
        }
    }

    fn add(&self, bound: &Bound) {
        let now = bound.now();
        let mut values = self.values(&now);
        if values.len() < self.list.count.1 {
            let after = self.selected(&bound.root, values.len());
            drawing::insert(&mut values, after);
            bound.set(self.item(&now, values));
        }
    }

    fn remove(&self, bound: &Bound) {
        let now = bound.now();
        let mut values = self.values(&now);
        if values.len() > self.list.count.0 {
            values.remove(self.selected(&bound.root, values.len()));
            bound.set(self.item(&now, values));
        }
    }
}

/// Where in the picture a pointer is, and how large the picture is, in pixels.
fn place(field: &Element, event: &PointerEvent) -> (Place, [f64; 2]) {
    let rect = field.get_bounding_client_rect();
    let size = [rect.width().max(1.0), rect.height().max(1.0)];
    let x = (f64::from(event.client_x()) - rect.left()) / size[0];
    let y = 1.0 - (f64::from(event.client_y()) - rect.top()) / size[1];
    ([x, y], size)
}

/// Gives the focus to a point, which selects it.
fn focus_point(field: &Element, i: usize) {
    if let Some(point) = points(field).get(i) {
        let _ = point.focus();
    }
}

/// Which point of the picture an event came from.
fn index_of(field: &Element, event: &Event) -> Option<usize> {
    let target = event.target()?.dyn_into::<HtmlElement>().ok()?;
    points(field).iter().position(|point| *point == target)
}

/// The points of the picture.
fn points(field: &Element) -> Vec<HtmlElement> {
    let Ok(found) = field.query_selector_all(".point") else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|i| found.item(i)?.dyn_into().ok()).collect()
}
