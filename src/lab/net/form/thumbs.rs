//! The sources of data as small pictures of what they would give with the present settings; one of them is chosen.

use super::formula::FIRST;
use super::own::Own;
use super::{change, of, specs};
use crate::canvas::Layer;
use crate::lab::bound::{Bound, Now};
use crate::lab::html::{Html, html, set};
use crate::lab::net::marks;
use crate::net::DataSpec;
use crate::net::data::{self, Generator, Makes};
use crate::scene::Theme;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// The side of a picture, in pixels.
const SIDE_PX: f64 = 36.0;
/// How many points it shows.
const POINTS: usize = 140;

/// What a picture depends on.
type Key = (DataSpec, Theme);

/// All of them.
pub fn make(bound: &Rc<Bound>, own: &Rc<Own>) -> Html {
    let group = html("div")
        .attr("class", "net-sources")
        .attr("role", "radiogroup")
        .attr("aria-label", "Data")
        .attr("data-testid", "net-sources")
        .children(data::all().iter().map(|source| picture(bound, own, source)));
    let weak = bound.weak();
    group.on("keydown", move |event| {
        if let Some(bound) = weak.upgrade() {
            key(&bound, event.unchecked_ref());
        }
    })
}

fn picture(bound: &Rc<Bound>, own: &Rc<Own>, source: &'static Generator) -> Html {
    let canvas = html("canvas").attr("aria-hidden", "true");
    let layer = canvas.0.clone().dyn_into().ok().and_then(Layer::new);
    let last: RefCell<Option<Key>> = RefCell::default();
    let (weak, chosen) = (bound.weak(), own.clone());
    let face = match source.key {
        "formula" => "ƒ",
        "own" => "✎",
        _ => "",
    };
    let button = html("button")
        .attr("type", "button")
        .attr("role", "radio")
        .attr("title", source.name)
        .attr("aria-label", source.name)
        .attr("data-help", &format!("data/{}", source.key))
        .attr("data-source", source.key)
        .attr("data-testid", &format!("net-data-{}", source.key))
        .child(canvas)
        .child(html("span").attr("aria-hidden", "true").text(face))
        .on("click", move |_| {
            if let Some(bound) = weak.upgrade() {
                choose(&bound, &chosen, source);
            }
        });
    let (node, own) = (button.0.clone(), own.clone());
    bound.follow(move |now| {
        let on = if own.is_wanted() { source.key == "own" } else { is_source(now, source) };
        set(&node, "aria-checked", if on { "true" } else { "false" });
        set(&node, "tabindex", if on { "0" } else { "-1" });
        let key = (wanted(&specs(now).1, source), marks::theme());
        if let Some(layer) = &layer
            && last.borrow().as_ref() != Some(&key)
        {
            draw(layer, &key.0);
            last.replace(Some(key));
        }
    });
    button
}

fn is_source(now: &Now, source: &Generator) -> bool {
    of(now).is_some_and(|n| n.data.source == source.key)
}

/// What a picture shows.
fn wanted(spec: &DataSpec, source: &Generator) -> DataSpec {
    let mine = spec.source == source.key;
    DataSpec {
        source: source.key.to_owned(),
        count: POINTS,
        split: 0.5,
        classes: fitting(spec.classes, source),
        formula: if mine { spec.formula.clone() } else { String::new() },
        points: if mine { spec.points.clone() } else { Vec::new() },
        ..spec.clone()
    }
}

fn fitting(classes: usize, source: &Generator) -> usize {
    match source.makes {
        Makes::Classes(fewest, most) => classes.clamp(fewest, most),
        _ => classes,
    }
}

fn draw(layer: &Layer, spec: &DataSpec) {
    layer.resize((SIDE_PX, SIDE_PX));
    layer.clear();
    let Ok(made) = data::make(spec) else {
        return;
    };
    let points = [made.train, made.test].concat();
    let look = marks::Look::new(made.task, &points);
    for [x, y, label] in points {
        let (_, color) = look.mark(label);
        let [left, top] = marks::place([x, y], SIDE_PX);
        layer.ctx.set_fill_style_str(&color.css());
        layer.ctx.fill_rect(left - 1.0, top - 1.0, 2.0, 2.0);
    }
}

/// Takes another source. What was drawn and typed before comes back with its source.
fn choose(bound: &Bound, own: &Own, source: &Generator) {
    let now = bound.now();
    if source.key == "own" && !own.is_usable() {
        own.want(true);
        return bound.tell_again();
    }
    own.want(false);
    let typed = typed(bound);
    bound.set(change(&now, |_, data| {
        source.key.clone_into(&mut data.source);
        data.classes = fitting(data.classes, source);
        match source.key {
            "own" => (data.points, data.regression) = own.taken(),
            "formula" if data.formula.trim().is_empty() => data.formula = typed,
            _ => {}
        }
    }));
    bound.tell_again();
}

/// What stands in the field of formulas, if it can be used.
fn typed(bound: &Bound) -> String {
    let field = bound.root.query_selector("#net-formula").ok().flatten();
    let text = field.map(|f| crate::lab::html::value(&f)).unwrap_or_default();
    let spec = DataSpec { source: "formula".to_owned(), formula: text, ..DataSpec::default() };
    if data::make(&spec).is_ok() { spec.formula } else { FIRST.to_owned() }
}

/// Arrow keys choose the next one, as in any such group.
fn key(bound: &Bound, event: &KeyboardEvent) {
    let Some(here) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else {
        return;
    };
    let all = data::all();
    let Some(at) = all.iter().position(|s| here.get_attribute("data-source").as_deref() == Some(s.key))
    else {
        return;
    };
    let count = all.len();
    let to = match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => (at + 1) % count,
        "ArrowLeft" | "ArrowUp" => (at + count - 1) % count,
        "Home" => 0,
        "End" => count - 1,
        _ => return,
    };
    event.prevent_default();
    let selector = format!("[data-source={}]", all[to].key);
    if let Some(button) = bound.root.query_selector(&selector).ok().flatten() {
        let button: HtmlElement = button.unchecked_into();
        let _ = button.focus();
        button.click();
    }
}
