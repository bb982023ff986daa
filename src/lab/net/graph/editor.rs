//! The numbers of a unit, each with a slider and a field: its bias, γ and β, its weights.

use super::super::super::html::{Html, html, listener, set, set_text, set_value, value};
use super::layout::Unit;
use super::params::{self, Role};
use crate::math::decimal;
use crate::net::Model;
use crate::param::{number, readable, shorten};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// The largest weight that a link may set.
const LARGEST: f64 = 1e9;
/// Sliders go at least so far.
const SLIDER: f64 = 3.0;

/// What happens to a number.
#[derive(Clone, Copy)]
pub enum Change {
    /// A slider is taken hold of.
    Hold,
    /// It is this now.
    Set(usize, f64),
    /// It is let go.
    End,
    /// The mouse or the focus is on it, or on none of them.
    Light(Option<usize>),
    /// The editor is to be closed.
    Close,
}

/// Who is told.
pub type Tell = Rc<dyn Fn(Change)>;

struct Row {
    index: usize,
    element: Element,
    range: Element,
    field: Element,
}

/// The editor of a unit.
pub struct Editor {
    /// Whose numbers these are.
    pub unit: Unit,
    rows: Vec<Row>,
}

impl Editor {
    /// Builds it in this element.
    pub fn new(place: &Element, model: &Model, unit: Unit, w: &[f64], tell: &Tell) -> Self {
        let mut rows = Vec::new();
        let close = {
            let tell = Rc::clone(tell);
            html("button")
                .attr("type", "button")
                .attr("class", "icon")
                .attr("aria-label", "Close")
                .attr("data-testid", "net-edit-close")
                .text("✕")
                .on("click", move |_| tell(Change::Close))
        };
        let title = html("p").attr("class", "graph-title").text(&params::name(model, unit));
        let head = html("div").attr("class", "graph-edit-head").child(title).child(close);
        let mut children = vec![head];
        for (role, index) in params::of(&model.shape, unit) {
            let at = w.get(index).copied().unwrap_or(0.0);
            let (element, row) = row(model, unit, role, index, at, tell);
            rows.push(row);
            children.push(element);
        }
        super::super::super::html::replace(place, children);
        let editor = Self { unit, rows };
        editor.show(w);
        editor
    }

    /// Shows these parameters; leaves alone what is being typed.
    pub fn show(&self, w: &[f64]) {
        let active = crate::lab::place::active();
        for row in &self.rows {
            let Some(w) = w.get(row.index) else {
                continue;
            };
            let typing = active.as_ref() == Some(&row.field);
            if !typing && row.field.get_attribute("aria-invalid").as_deref() != Some("true") {
                set_value(&row.field, &readable(*w));
            }
            set_value(&row.range, &number(*w));
            set(&row.range, "aria-valuetext", &readable(*w));
        }
    }

    /// The row of a parameter is marked, and seen.
    pub fn mark(&self, index: usize) {
        for row in &self.rows {
            let on = row.index == index;
            set(&row.element, "data-on", if on { "true" } else { "false" });
            if on && let Some(list) = row.element.parent_element() {
                let (top, height) =
                    (row.element.unchecked_ref::<HtmlElement>().offset_top(), list.client_height());
                if top < list.scroll_top() || top > list.scroll_top() + height - 32 {
                    list.set_scroll_top(top - height / 2);
                }
            }
        }
    }

    /// What takes the focus for a parameter, or for the first.
    pub fn slider(&self, index: Option<usize>) -> Option<HtmlElement> {
        let row = self.rows.iter().find(|r| Some(r.index) == index).or(self.rows.first())?;
        row.range.clone().dyn_into().ok()
    }
}

fn row(model: &Model, unit: Unit, role: Role, index: usize, at: f64, tell: &Tell) -> (Html, Row) {
    let name = model.shape.name(index);
    let range = range(&name, index, at, tell);
    let field = field(&name, index, tell);
    let problem = html("p").attr("class", "problem").attr("role", "alert").attr("hidden", "");
    let nodes = (range.element(), field.element());
    let label = html("span").attr("class", "name").text(&params::role(model, unit, role));
    let [enter, leave, focus] = [(); 3].map(|()| Rc::clone(tell));
    let element = html("div")
        .attr("class", "graph-param")
        .attr("title", &name)
        .child(label)
        .child(range)
        .child(field)
        .child(problem)
        .on("pointerenter", move |_| enter(Change::Light(Some(index))))
        .on("pointerleave", move |_| leave(Change::Light(None)))
        .on("focusin", move |_| focus(Change::Light(Some(index))));
    let row = Row { index, element: element.element(), range: nodes.0, field: nodes.1 };
    (element, row)
}

fn range(name: &str, index: usize, at: f64, tell: &Tell) -> Html {
    let reach = SLIDER.max((2.0 * at.abs()).ceil()).min(LARGEST);
    let [hold, moved, end] = [(); 3].map(|()| Rc::clone(tell));
    html("input")
        .attr("type", "range")
        .attr("class", "slide")
        .attr("min", &number(-reach))
        .attr("max", &number(reach))
        .attr("step", &number(reach / 300.0))
        .attr("aria-label", name)
        .attr("data-testid", &format!("net-w{index}"))
        .on("pointerdown", move |_| hold(Change::Hold))
        .on("input", move |event| {
            if let Some(v) = listener(event).and_then(|f| decimal::parse(&value(&f))) {
                moved(Change::Set(index, crate::math::num::round_significant(v, 4)));
            }
        })
        .on("change", move |_| end(Change::End))
}

fn field(name: &str, index: usize, tell: &Tell) -> Html {
    let tell = Rc::clone(tell);
    html("input")
        .attr("type", "text")
        .attr("class", "number")
        .attr("inputmode", "decimal")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("maxlength", "40")
        .attr("aria-label", &format!("{name}, exact value"))
        .attr("data-testid", &format!("net-w{index}-number"))
        .on("change", move |event| {
            let Some(field) = listener(event) else {
                return;
            };
            let text = value(&field);
            let parsed = decimal::parse(text.trim()).filter(|v| v.abs() <= LARGEST);
            let wrong = match parsed {
                Some(v) => {
                    tell(Change::Set(index, v));
                    tell(Change::End);
                    String::new()
                }
                None => format!("{} is not a number from −1e9 to 1e9", shorten(&text)),
            };
            set(&field, "aria-invalid", if wrong.is_empty() { "false" } else { "true" });
            if let Some(line) = field.next_element_sibling() {
                set_text(&line, &wrong);
                let _ = line.toggle_attribute_with_force("hidden", wrong.is_empty());
            }
        })
        .on("keydown", |event| {
            // What is typed with Enter holds; the field keeps the focus.
            if event.unchecked_ref::<KeyboardEvent>().key() == "Enter"
                && let Some(field) = listener(event)
            {
                let _ = field.unchecked_ref::<HtmlElement>().blur();
                let _ = field.unchecked_ref::<HtmlElement>().focus();
            }
        })
}
