//! The pad to draw points on, with a brush: by mouse, finger or keyboard.

mod brush;

use super::own::Own;
use crate::canvas::Layer;
use crate::lab::bound::Bound;
use crate::lab::html::{Html, html, listener, set, set_text, set_value, value};
use crate::lab::net::graph::colors::marker;
use crate::lab::net::marks::{self, Look};
use crate::math::{decimal, num};
use crate::net::data::points::MOST_CLASSES;
use crate::net::{PLANE, Task};
use crate::param::{number, readable};
use crate::scene::{Painter, Polylines, Rgba, Stroke};
use brush::{Brush, class_label};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};

const HELP: &str = "Pad to draw points on. Arrow keys move the brush, space puts points or erases, 1 to 5 choose the class, \
    e changes between drawing and erasing, Delete erases, plus and minus change the brush.";

/// The pad with its tools.
pub fn make(bound: &Rc<Bound>, own: &Rc<Own>) -> Html {
    let brush = Rc::new(Brush::default());
    let canvas = html("canvas")
        .attr("class", "net-pad")
        .attr("tabindex", "0")
        .attr("role", "application")
        .attr("aria-label", HELP)
        .attr("data-testid", "net-pad");
    let said = html("p").attr("class", "note").attr("role", "status").attr("data-testid", "net-pad-said");
    let canvas = listen(bound, own, &brush, canvas);
    if let Some(layer) = canvas.0.clone().dyn_into().ok().and_then(Layer::new) {
        let (own, brush, line) = (own.clone(), brush.clone(), said.0.clone());
        bound.follow(move |_| {
            paint(&layer, &own, &brush);
            set_text(&line, &own.look(count));
        });
    }
    html("div").child(canvas).child(tools(bound, own, &brush)).child(said)
}

/// How many points there are of each class.
fn count(points: &[[f64; 3]], regression: bool) -> String {
    let many = |n: usize| if n == 1 { "1 point".to_owned() } else { format!("{n} points") };
    if regression || points.is_empty() {
        return many(points.len());
    }
    let of = |class: usize| points.iter().filter(|p| crate::param::as_index(p[2]) == class).count();
    let kinds = (0..MOST_CLASSES).map(|class| (class, of(class))).filter(|(_, n)| *n > 0);
    let kinds: Vec<String> = kinds.map(|(class, n)| format!("{} {n}", marker(class).glyph())).collect();
    format!("{}: {}", many(points.len()), kinds.join(", "))
}

type Act<E> = fn(&Brush, &Rc<Bound>, &Own, &Element, &E);

fn listen(bound: &Rc<Bound>, own: &Rc<Own>, brush: &Rc<Brush>, canvas: Html) -> Html {
    let pointer = |act: Act<PointerEvent>| on(bound, own, brush, act);
    canvas
        .on("pointerdown", pointer(Brush::press))
        .on("pointermove", pointer(Brush::drag))
        .on("pointerup", pointer(Brush::let_go))
        .on("pointercancel", pointer(Brush::let_go))
        .on("pointerleave", pointer(Brush::leave))
        .on(
            "focus",
            on(bound, own, brush, |brush, bound, _, _, _: &web_sys::Event| {
                brush.show_cursor(true);
                bound.tell_again();
            }),
        )
        .on(
            "blur",
            on(bound, own, brush, |brush, bound, _, _, _: &web_sys::Event| {
                brush.show_cursor(false);
                bound.tell_again();
            }),
        )
        .on(
            "keydown",
            on(bound, own, brush, |brush, bound, own, _, event: &KeyboardEvent| {
                brush.key(bound, own, event);
            }),
        )
}

fn on<E: JsCast>(
    bound: &Rc<Bound>,
    own: &Rc<Own>,
    brush: &Rc<Brush>,
    act: Act<E>,
) -> impl Fn(&web_sys::Event) + use<E> {
    let (weak, own, brush) = (bound.weak(), own.clone(), brush.clone());
    move |event| {
        if let (Some(bound), Some(canvas)) = (weak.upgrade(), listener(event)) {
            act(&brush, &bound, &own, &canvas, event.unchecked_ref());
        }
    }
}

/// Draws the points, and where the brush is.
fn paint(layer: &Layer, own: &Own, brush: &Brush) {
    let side = f64::from(layer.canvas.client_width());
    if side < 1.0 {
        return;
    }
    layer.resize((side, side));
    layer.clear();
    let theme = marks::theme();
    let mut painter = layer.painter();
    let at = |p: [f64; 2]| marks::place(p, side).map(pixel);
    for ends in [[[-PLANE, 0.0], [PLANE, 0.0]], [[0.0, -PLANE], [0.0, PLANE]]] {
        painter.stroke(&Polylines::line(&ends.map(at)), &Stroke::solid(theme.grid(), 1.0));
    }
    own.look(|points, regression| {
        let task = if regression { Task::Regression } else { Task::Classes(MOST_CLASSES) };
        let look = Look::new(task, points);
        for [x, y, label] in points {
            let (shape, color) = look.mark(*label);
            shape.paint(&mut painter, at([*x, *y]), 3.0, color, (theme.halo(), 0.5));
        }
    });
    if let Some(place) = brush.seen() {
        let color = if brush.erases() { theme.muted() } else { brush.color(own) };
        painter.ring(at(place), (brush.radius() / PLANE * 0.5 * side).max(3.0), color, 1.5);
        painter.disc(at(place), 1.5, theme.text());
    }
}

#[expect(clippy::cast_possible_truncation, reason = "pixels: rounding to f32 is meant")]
const fn pixel(v: f64) -> f32 {
    v as f32
}

fn tools(bound: &Rc<Bound>, own: &Rc<Own>, brush: &Rc<Brush>) -> Html {
    let classes = html("div")
        .attr("class", "net-classes")
        .attr("role", "group")
        .attr("aria-label", "Class of the brush")
        .children((0..MOST_CLASSES).map(|class| class_button(bound, brush, class)));
    let known = own.clone();
    let classes = super::only_where(bound, classes, move |_| !known.look(|_, regression| regression));
    let number = local_slider(
        bound,
        ("number", "net-pad-number", "The number that the brush puts, from −2 to 2."),
        (-2.0, 2.0, 0.1),
        brush,
        |brush| &brush.number,
    );
    let known = own.clone();
    let number = super::only_where(bound, number, move |_| known.look(|_, regression| regression));
    let size = local_slider(
        bound,
        ("brush", "net-pad-size", "How wide the brush is: 0 puts single points."),
        (0.0, 3.0, 0.1),
        brush,
        |brush| &brush.radius,
    );
    let (weak, wiping) = (bound.weak(), brush.clone());
    let erase = html("button")
        .attr("type", "button")
        .attr("class", "toggle")
        .attr("data-testid", "net-pad-erase")
        .text("Erase")
        .on("click", move |_| {
            wiping.toggle();
            if let Some(bound) = weak.upgrade() {
                bound.tell_again();
            }
        });
    let (node, wiping) = (erase.0.clone(), brush.clone());
    bound.follow(move |_| set(&node, "aria-pressed", if wiping.erases() { "true" } else { "false" }));
    html("div").child(html("div").attr("class", "bar").child(classes).child(erase)).child(number).child(size)
}

fn class_button(bound: &Rc<Bound>, brush: &Rc<Brush>, class: usize) -> Html {
    let (weak, chosen) = (bound.weak(), brush.clone());
    let glyph = html("span").attr("aria-hidden", "true").text(marker(class).glyph());
    let face = glyph.0.clone();
    let name = format!("Class {}", class + 1);
    let button = html("button")
        .attr("type", "button")
        .attr("class", "toggle")
        .attr("aria-label", &name)
        .attr("title", &format!("{name} (key {})", class + 1))
        .attr("data-testid", &format!("net-class-{}", class + 1))
        .child(glyph)
        .on("click", move |_| {
            chosen.choose(class);
            if let Some(bound) = weak.upgrade() {
                bound.tell_again();
            }
        });
    let (node, brush) = (button.0.clone(), brush.clone());
    bound.follow(move |_| {
        set(&node, "aria-pressed", if brush.class() == class && !brush.erases() { "true" } else { "false" });
        set(&face, "style", &format!("color:{}", color(class).css()));
    });
    button
}

/// A slider for what is the pad's own and in no link.
fn local_slider(
    bound: &Rc<Bound>,
    (name, id, help): (&str, &str, &str),
    (low, high, step): (f64, f64, f64),
    brush: &Rc<Brush>,
    slot: fn(&Brush) -> &std::cell::Cell<f64>,
) -> Html {
    let (weak, moved) = (bound.weak(), brush.clone());
    let range = html("input")
        .attr("type", "range")
        .attr("class", "slide")
        .attr("id", id)
        .attr("data-testid", id)
        .attr("min", &number(low))
        .attr("max", &number(high))
        .attr("step", &number(step))
        .on("input", move |event| {
            if let (Some(bound), Some(range)) = (weak.upgrade(), listener(event)) {
                let v = decimal::parse(&value(&range)).unwrap_or(low);
                slot(&moved).set(num::clamp(v, low, high));
                bound.tell_again();
            }
        });
    let shown = html("output").attr("class", "value").attr("for", id);
    let (node, line, brush) = (range.0.clone(), shown.0.clone(), brush.clone());
    bound.follow(move |_| {
        let v = slot(&brush).get();
        set_value(&node, &number(v));
        set_text(&line, &readable(v));
    });
    html("div")
        .attr("class", "param local")
        .attr("title", help)
        .child(html("label").attr("class", "name").attr("for", id).text(name))
        .child(range)
        .child(shown)
}

impl Brush {
    /// The colour of what it puts.
    fn color(&self, own: &Own) -> Rgba {
        if own.look(|_, regression| regression) { marks::theme().text() } else { color(self.class()) }
    }
}

/// The colour of a class.
fn color(class: usize) -> Rgba {
    let (_, color) = Look::new(Task::Classes(MOST_CLASSES), &[]).mark(class_label(class));
    color
}
